"""The corpus of exported events alone, e.g. of the events that one file has."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import shapely

from dashboard.model.corpus import Corpus, Events, Lexicon
from dashboard.model.event import Claim, EventKind
from dashboard.model.exported_event import ExportedEvent, ExportedPlace
from dashboard.model.place import Gazetteer, NameStrength, Place, PlaceName
from dashboard.model.verification import Judgements

# Offsets of quotes are given by files: a few bytes could ask for megabytes of spaces.
_MOST_TEXT = 100_000_000


def place_of(record: ExportedPlace) -> Place:
    """The place, with its point as geometry."""
    lat, lon = record.latitude, record.longitude
    point = shapely.Point() if lat is None or lon is None else shapely.Point(lon, lat)
    return Place(
        place_id=record.place_id,
        name_en=record.name_en,
        name_ar=record.name_ar,
        feature_class=record.feature_class,
        within=record.within,
        geometry=point,
        lat=lat or 0.0,
        lon=lon or 0.0,
        uncertainty_m=record.uncertainty_m,
        precision=record.precision,
        sources=record.sources,
        doubt=record.doubt,
        tier=record.tier,
    )


def corpus_of(records: Iterable[ExportedEvent], kinds: Mapping[str, EventKind]) -> Corpus:
    """The corpus of these events alone; an article's text has only its quotes, at their offsets."""
    records = list(records)
    places = {row.place_id: place_of(row) for it in records for row in it.gazetteer}
    claims = tuple(claim for it in records for claim in it.claims)
    texts = article_texts(claims)
    return Corpus(
        Gazetteer(places, tuple(_names(places.values()))),
        Lexicon(
            {row.actor_id: row for it in records for row in it.parties},
            (),
            {row.outlet_id: row for it in records for row in it.outlets},
            {row.speaker_id: row for it in records for row in it.speakers},
            kinds,
        ),
        {
            row.article_id: replace(row, text=texts.get(row.article_id, ""))
            for it in records
            for row in it.articles
        },
        Events(
            {it.event.event_id: it.event for it in records},
            tuple(row for it in records for row in it.places),
            tuple(row for it in records for row in it.actors),
            claims,
        ),
        (),
        frozenset(it.event.event_id for it in records if not it.reviewed),
        tuple(row for it in records for row in it.judged.relations),
        judgements=judgements_of(records),
        proof={row.claim_id: row for it in records for row in it.proven},
    )


def judgements_of(records: Iterable[ExportedEvent]) -> Judgements:
    """The judgements in the records; their ratings of outlets count for their own events alone."""
    records = list(records)
    judged = [it.judged for it in records]
    return Judgements(
        {(row.event_id, row.part): row for it in judged for row in it.verifications},
        claims={row.claim_id: row for it in judged for row in it.claims},
        lapsed={(row.event_id, row.part): row for it in judged for row in it.lapsed},
        imported={
            it.event.event_id: {row.outlet_id: row for row in it.judged.sources} for it in records
        },
    )


def _names(places: Iterable[Place]) -> Iterator[PlaceName]:
    for place in places:
        for name, lang in ((place.name_en, "en"), (place.name_ar, "ar")):
            if name:
                yield PlaceName(place.place_id, name, lang, NameStrength.STRONG, place.sources)


def article_texts(claims: Iterable[Claim]) -> dict[str, str]:
    """The known parts of each article's text, with spaces between them, so that offsets fit.

    Only of so many articles that they have `_MOST_TEXT` characters: no text is read of thousands.
    """
    quotes: dict[str, list[tuple[int, str]]] = {}
    for claim in claims:
        quotes.setdefault(claim.article_id, []).append((claim.start, claim.quote))
    texts: dict[str, str] = {}
    left = _MOST_TEXT
    for article_id, parts in quotes.items():
        left -= max(start + len(text) for start, text in parts)
        if left < 0:
            break
        texts[article_id] = _spaced(sorted(parts))
    return texts


def _spaced(parts: Iterable[tuple[int, str]]) -> str:
    """Texts at their offsets, which ascend, with spaces between them; they may overlap."""
    pieces: list[str] = []
    at = 0
    for start, text in parts:
        pieces += [" " * (start - at), text[max(0, at - start) :]]
        at = max(at, start + len(text))
    return "".join(pieces)
