"""`event-map read --json`: what the reader reads in each article, as one JSON object a line.

`docs/reading.schema.json` is the schema; offsets count code points of `text`.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from dashboard.exit_status import ExitStatus
from dashboard.extraction.reader import Reader, Reading
from dashboard.ingest.parallel import ArticleProcess
from dashboard.ingest.run import files_at
from dashboard.ingest.work import ArticleReading, Knowledge
from dashboard.model.corpus import Corpus
from dashboard.model.errors import DashboardError, Fault
from dashboard.model.suggestion import SuggestedClaim, Suggestion
from dashboard.model.when import When
from dashboard.project.project import open_project
from dashboard.review.rereading import reader_of
from dashboard.settings import read_settings


def print_readings(paths: Sequence[Path], published: str | None) -> int:
    """Print a line an article; faults go to the error output."""
    try:
        day = date.fromisoformat(published) if published else None
    except ValueError:
        print(f"read: expected --published YYYY-MM-DD, found {published!r}", file=sys.stderr)
        return ExitStatus.NOTHING
    faults = [Fault(str(p), 0, "", "a file or folder", "none") for p in paths if not p.exists()]
    lines = 0
    try:
        corpus = open_project(read_settings()).seeds
        reader = reader_of(corpus)
        for article in _articles(corpus, [p for p in paths if p.exists()], faults):
            stated = article.published.date() if article.published else None
            reading = _read(reader, article, day or stated)
            print(msgspec.json.encode(as_json(corpus, article, reading)).decode())
            lines += 1
    except (DashboardError, OSError) as error:
        print(f"read: {error}", file=sys.stderr)
        return ExitStatus.NOTHING
    for fault in faults:
        print(fault, file=sys.stderr)
    if not lines:
        return ExitStatus.NOTHING
    return ExitStatus.FAULTS if faults else ExitStatus.OK


def _read(reader: Reader, article: ArticleReading, day: date | None) -> Reading:
    return reader.read(article.document.text, day)


def _articles(
    corpus: Corpus, paths: Sequence[Path], faults: list[Fault]
) -> Iterator[ArticleReading]:
    """The articles of the files, which are opened in a reading process."""
    lexicon = corpus.lexicon
    nothing: frozenset[str] = frozenset()
    knowledge = Knowledge(
        "json", corpus.gazetteer, lexicon.actors, lexicon.actor_names, nothing, nothing
    )
    with closing(ArticleProcess(knowledge, lambda: False)) as process:
        for file in files_at(paths, faults):
            read = process.read(file)
            faults.extend(read.faults)
            yield from read.articles


def as_json(corpus: Corpus, article: ArticleReading, reading: Reading) -> dict[str, Any]:
    """What one line has."""
    published = article.published or (reading.published.value if reading.published else None)
    return {
        "file": article.document.name,
        "text": article.document.text,
        "published": published.isoformat() if published else None,
        "places": [_place(corpus, mention) for mention in reading.places],
        "dates": [
            {**_span(mention), "surface": mention.surface, **_when(mention.when)}
            for mention in reading.dates
        ],
        "actors": [
            {**_span(mention), "surface": mention.surface, "actor_id": mention.actor_id}
            for mention in reading.actors
        ],
        "unknown_places": [
            {**_span(name), "surface": name.surface, "kind_word": name.kind_word}
            for name in reading.unknown
        ],
        "events": [_event(suggestion) for suggestion in reading.suggestions],
    }


def _span(mention: Any) -> dict[str, int]:
    return {"start": mention.start, "end": mention.end}


def _when(when: When | None) -> dict[str, str | None]:
    return {
        "date_start": when.start.isoformat() if when and when.start else None,
        "date_end": when.end.isoformat() if when and when.end else None,
        "precision": when.precision.value if when and when.precision else None,
    }


def _place(corpus: Corpus, mention: Any) -> dict[str, object]:
    place = corpus.gazetteer.places.get(mention.place_id) if mention.place_id else None
    return {
        **_span(mention),
        "surface": mention.surface,
        "place_id": mention.place_id,
        "name_en": place.name_en if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "use": mention.use.value,
        "confidence": mention.confidence,
        "reason": mention.reason,
    }


def _event(suggestion: Suggestion) -> dict[str, object]:
    days = _when(suggestion.when)
    return {
        "kind": suggestion.kind,
        "date_start": days["date_start"],
        "date_end": days["date_end"],
        "date_precision": days["precision"],
        "places": [
            {"place_id": place.place_id, "role": place.role.value, **_span(place)}
            for place in suggestion.places
        ],
        "actors": [
            {"actor_id": actor.actor_id, "role": actor.role.value, **_span(actor)}
            for actor in suggestion.actors
        ],
        "claims": [_claim(claim, suggestion.confidence) for claim in suggestion.claims],
        "confidence": suggestion.confidence,
    }


def _claim(claim: SuggestedClaim, confidence: float) -> dict[str, object]:
    return {
        **_span(claim),
        "quote": claim.quote,
        "stance": claim.stance.value,
        "speaker": claim.speaker_id or claim.speaker_actor_id or claim.speaker,
        "confidence": confidence,
    }
