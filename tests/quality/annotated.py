"""Texts annotated by hand with mentions and events: outlets.txt, unseen.txt, and the five articles."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from dashboard.model.corpus import Corpus

HERE = Path(__file__).parent
_TOKEN = re.compile(r"\[\[|\|([^|\[\]]+)\]\]")
# A day of publication is wanted where an annotation says "?".
UNRESOLVED = "?"


@dataclass(frozen=True)
class AnnotatedEvent:
    """An event as the text reports it; `days` is `None` if the text does not date it."""

    kind: str
    places: frozenset[str]
    days: tuple[date, date] | None
    stances: frozenset[str]


@dataclass(frozen=True)
class Annotated:
    """A text and its mentions: places (start, end, id, use), actors and dates (start, end, value)."""

    name: str
    text: str
    published: date | None = None
    places: frozenset[tuple[int, int, str, str]] = frozenset()
    actors: frozenset[tuple[int, int, str]] = frozenset()
    dates: frozenset[tuple[int, int, str]] = frozenset()
    events: tuple[AnnotatedEvent, ...] = ()


@dataclass
class Parsed:
    """A text without marks, with the mentions that were marked in it."""

    text: str = ""
    places: set[tuple[int, int, str, str]] = field(default_factory=set)
    actors: set[tuple[int, int, str]] = field(default_factory=set)
    dates: set[tuple[int, int, str]] = field(default_factory=set)


def unseen() -> list[Annotated]:
    """Sentences of other manners and years, annotated with places alone (unseen.txt)."""
    lines = (HERE / "unseen.txt").read_text(encoding="utf-8").splitlines()
    texts = []
    for number, line in enumerate(lines, 1):
        if not line.startswith("#"):
            parsed = parse_marks(line)
            texts.append(Annotated(f"line {number}", parsed.text, places=frozenset(parsed.places)))
    return texts


def outlets() -> list[Annotated]:
    """Short texts in the manner of outlets, annotated with everything (outlets.txt)."""
    blocks = (HERE / "outlets.txt").read_text(encoding="utf-8").split("\n@ ")[1:]
    return [_block(block) for block in blocks]


def articles(corpus: Corpus) -> list[Annotated]:
    """The five articles: mentions from places.csv, actors.csv and dates.csv, events from the seeds."""
    return [
        Annotated(
            name=key,
            text=article.text,
            published=article.published.date() if article.published else None,
            places=frozenset(
                (int(r["start"]), int(r["end"]), r["place_id"], r["use"])
                for r in _rows("places.csv", key, article.text)
            ),
            actors=frozenset(
                (int(r["start"]), int(r["end"]), r["actor_id"])
                for r in _rows("actors.csv", key, article.text)
            ),
            dates=frozenset(
                (int(r["start"]), int(r["end"]), r["days"])
                for r in _rows("dates.csv", key, article.text)
            ),
            events=tuple(_curated(corpus, key)),
        )
        for key, article in corpus.articles.items()
    ]


def _rows(file: str, article_id: str, text: str) -> Iterator[dict[str, str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["article_id"] == article_id:
                assert text[int(row["start"]) : int(row["end"])] == row["surface"], row
                yield row


def _curated(corpus: Corpus, article_id: str) -> Iterator[AnnotatedEvent]:
    """The curated events on which the article makes a claim."""
    for event_id, event in corpus.events.events.items():
        stances = {
            claim.stance.value
            for claim in corpus.events.claims
            if claim.event_id == event_id and claim.article_id == article_id
        }
        if not stances:
            continue
        places = {row.place_id for row in corpus.events.places if row.event_id == event_id}
        start, end = event.when.start, event.when.end
        days = None if end is None else (start or date(1900, 1, 1), end)
        yield AnnotatedEvent(event.kind, frozenset(places), days, frozenset(stances))


def _block(block: str) -> Annotated:
    head, *lines = block.strip().split("\n")
    name, manner, published = (part.strip() for part in head.split("|"))
    events = [_event(line[2:]) for line in lines if line.startswith("> ")]
    parsed = parse_marks("\n\n".join(line for line in lines if line and not line.startswith(">")))
    return Annotated(
        name=f"{name} ({manner})",
        text=parsed.text,
        published=None if published == UNRESOLVED else date.fromisoformat(published),
        places=frozenset(parsed.places),
        actors=frozenset(parsed.actors),
        dates=frozenset(parsed.dates),
        events=tuple(events),
    )


def _event(line: str) -> AnnotatedEvent:
    kind, places, days, stances = (part.strip() for part in line.split("|"))
    return AnnotatedEvent(
        kind=kind,
        places=frozenset() if places == "-" else frozenset(places.split(",")),
        days=None if days == UNRESOLVED else _days(days),
        stances=frozenset(stances.split(",")),
    )


def _days(text: str) -> tuple[date, date]:
    first, _, last = text.partition("..")
    return date.fromisoformat(first), date.fromisoformat(last or first)


def parse_marks(marked: str) -> Parsed:
    """The text without its marks, and the spans that they mark; marks may nest."""
    parsed, opened, at = Parsed(), [], 0
    for token in _TOKEN.finditer(marked):
        parsed.text += marked[at : token.start()]
        at = token.end()
        if token[1] is None:
            opened.append(len(parsed.text))
        else:
            _put(parsed, opened.pop(), token[1])
    parsed.text += marked[at:]
    return parsed


def _put(parsed: Parsed, start: int, label: str) -> None:
    end = len(parsed.text)
    if label.startswith("a:"):
        parsed.actors.add((start, end, label[2:]))
    elif label.startswith("d:"):
        first, _, last = label[2:].partition("..")
        parsed.dates.add(
            (start, end, first if first == UNRESOLVED else f"{first}..{last or first}")
        )
    else:
        # unseen.txt leaves the letter of its only kind of mark out, with the use after a bar.
        place, _, use = label.removeprefix("p:").partition(":")
        parsed.places.add((start, end, place, use or "location"))
