"""One whole event as JSON: with its places, actors, claims, and all that they refer to.

Exported files carry it, so that the program reads its own files back with nothing lost.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import msgspec
import shapely

from dashboard.model.actor import Actor
from dashboard.model.article import Article, Outlet, Speaker
from dashboard.model.corpus import Corpus, Events, Lexicon
from dashboard.model.event import Claim, Event, EventActor, EventKind, EventPlace
from dashboard.model.place import (
    FeatureClass,
    Gazetteer,
    NameStrength,
    Place,
    PlaceName,
    PlacePrecision,
)

VERSION = 1


class PlaceRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place without its outline; coordinates in degrees (EPSG:4326), `None` for areas without any."""

    place_id: str
    name_en: str
    name_ar: str
    feature_class: FeatureClass
    within: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    uncertainty_m: int
    precision: PlacePrecision
    sources: str
    doubt: str | None
    tier: int


class EventRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An event and all that it refers to; articles are without their texts.

    `coarsened` has place and role of each place that was made less precise for sharing.
    """

    version: int = VERSION
    event: Event
    dataset: str
    reviewed: bool
    places: tuple[EventPlace, ...]
    actors: tuple[EventActor, ...]
    claims: tuple[Claim, ...]
    gazetteer: tuple[PlaceRecord, ...]
    coarsened: tuple[tuple[str, str], ...] = ()
    parties: tuple[Actor, ...]
    outlets: tuple[Outlet, ...]
    speakers: tuple[Speaker, ...]
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class EventChildren:
    """The rows of one event; `coarsened` as in EventRecord."""

    places: tuple[EventPlace, ...]
    actors: tuple[EventActor, ...]
    claims: tuple[Claim, ...]
    coarsened: tuple[tuple[str, str], ...] = ()


def event_record(
    corpus: Corpus, event: Event, dataset: str, children: EventChildren
) -> EventRecord:
    """The record of an event of the corpus."""
    lexicon, articles = corpus.lexicon, _articles(corpus, children.claims)
    claims = _named_claims(event.event_id, corpus, children.claims)
    speaker_ids = [key for claim in claims for key in (claim.speaker_id, claim.via_id) if key]
    speakers = [lexicon.speakers[key] for key in dict.fromkeys(speaker_ids)]
    actor_ids = [row.actor_id for row in children.actors]
    actor_ids += [speaker.affiliation for speaker in speakers if speaker.affiliation]
    outlet_ids = [article.outlet_id for article in articles]
    outlet_ids += [speaker.outlet_id for speaker in speakers if speaker.outlet_id]
    return EventRecord(
        event=event,
        dataset=dataset,
        reviewed=event.event_id not in corpus.unreviewed,
        places=children.places,
        actors=children.actors,
        claims=claims,
        gazetteer=tuple(_places(corpus.gazetteer, children.places)),
        coarsened=children.coarsened,
        parties=tuple(_with_larger(lexicon.actors, actor_ids)),
        outlets=tuple(lexicon.outlets[key] for key in dict.fromkeys(outlet_ids)),
        speakers=tuple(speakers),
        articles=tuple(
            replace(article, article_id=name, text="")
            for article, name in zip(
                articles, dict.fromkeys(claim.article_id for claim in claims), strict=True
            )
        ),
    )


def _articles(corpus: Corpus, claims: Iterable[Claim]) -> list[Article]:
    return [corpus.articles[key] for key in dict.fromkeys(claim.article_id for claim in claims)]


def _named_claims(event_id: str, corpus: Corpus, claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims; those of rows of datasets with ids that no other workspace uses for another row."""
    named = []
    for number, claim in enumerate(claims, start=1):
        of_row = not corpus.articles[claim.article_id].sha256
        name = f"{event_id}:{number}"
        named.append(replace(claim, claim_id=name, article_id=name) if of_row else claim)
    return tuple(named)


def _places(gazetteer: Gazetteer, rows: Iterable[EventPlace]) -> Iterator[PlaceRecord]:
    """The places of the rows and all that contain them."""
    direct = [row.place_id for row in rows]
    ids = [key for place_id in direct for key in (place_id, *gazetteer.containers(place_id))]
    for key in dict.fromkeys(ids):
        place = gazetteer.places[key]
        known = not place.geometry.is_empty
        yield PlaceRecord(
            place_id=key,
            name_en=place.name_en,
            name_ar=place.name_ar,
            feature_class=place.feature_class,
            within=place.within,
            latitude=place.lat if known else None,
            longitude=place.lon if known else None,
            uncertainty_m=place.uncertainty_m,
            precision=place.precision,
            sources=place.sources,
            doubt=place.doubt,
            tier=place.tier,
        )


def _with_larger(actors: Mapping[str, Actor], ids: Iterable[str]) -> Iterator[Actor]:
    """The actors and the larger parties that they are part of, each once."""
    seen: set[str] = set()
    for key in ids:
        at: str | None = key
        while at is not None and at not in seen:
            seen.add(at)
            yield actors[at]
            at = actors[at].part_of


def place_of_record(record: PlaceRecord) -> Place:
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


def corpus_of(records: Iterable[EventRecord], kinds: Mapping[str, EventKind]) -> Corpus:
    """The corpus of these events alone; an article's text has only its quotes, at their offsets."""
    records = list(records)
    places = {row.place_id: place_of_record(row) for it in records for row in it.gazetteer}
    claims = tuple(claim for it in records for claim in it.claims)
    texts = _texts(claims)
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
    )


def _names(places: Iterable[Place]) -> Iterator[PlaceName]:
    for place in places:
        for name, lang in ((place.name_en, "en"), (place.name_ar, "ar")):
            if name:
                yield PlaceName(place.place_id, name, lang, NameStrength.STRONG, place.sources)


def _texts(claims: Iterable[Claim]) -> dict[str, str]:
    """The known parts of each article's text, with spaces between them, so that offsets fit."""
    quotes: dict[str, list[tuple[int, str]]] = {}
    for claim in claims:
        quotes.setdefault(claim.article_id, []).append((claim.start, claim.quote))
    return {article_id: _spaced(sorted(parts)) for article_id, parts in quotes.items()}


def _spaced(parts: Iterable[tuple[int, str]]) -> str:
    """Texts at their offsets, which ascend, with spaces between them; they may overlap."""
    pieces: list[str] = []
    at = 0
    for start, text in parts:
        pieces += [" " * (start - at), text[max(0, at - start) :]]
        at = max(at, start + len(text))
    return "".join(pieces)


def with_local_ids(record: EventRecord, local: Corpus, dataset: str) -> EventRecord:
    """The record with other ids for articles and places that another workspace gave the same id.

    A place is the same if its point, precision and radius are; an article if its hash is.
    """
    articles = {
        row.article_id: f"{dataset}:{row.article_id}"
        for row in record.articles
        if (known := local.articles.get(row.article_id)) and known.sha256 != row.sha256
    }
    places = {
        row.place_id: f"{dataset}:{row.place_id}"
        for row in record.gazetteer
        if (place := local.gazetteer.places.get(row.place_id)) and not _same_place(row, place)
    }
    if not articles and not places:
        return record
    return msgspec.structs.replace(
        record,
        articles=tuple(
            replace(row, article_id=articles.get(row.article_id, row.article_id))
            for row in record.articles
        ),
        claims=tuple(
            replace(row, article_id=articles.get(row.article_id, row.article_id))
            for row in record.claims
        ),
        places=tuple(
            replace(
                row,
                place_id=places.get(row.place_id, row.place_id),
                article_id=articles.get(row.article_id, row.article_id) if row.article_id else None,
            )
            for row in record.places
        ),
        coarsened=tuple((places.get(key, key), role) for key, role in record.coarsened),
        gazetteer=tuple(
            msgspec.structs.replace(
                row,
                place_id=places.get(row.place_id, row.place_id),
                within=tuple(places.get(key, key) for key in row.within),
            )
            for row in record.gazetteer
        ),
    )


def _same_place(record: PlaceRecord, place: Place) -> bool:
    known = None if place.geometry.is_empty else (place.lat, place.lon)
    point = None if record.latitude is None else (record.latitude, record.longitude)
    return (point, record.precision, record.uncertainty_m) == (
        known,
        place.precision,
        place.uncertainty_m,
    )
