"""The selection as flat tables for other tools: events, claims, places and articles.

Column names are the same in every language and format, lower snake_case; names come in English and in
Arabic. A row of `places` is a place of an event, with its coordinates by name; `geometry` beside it is
in EPSG:4326, lon before lat.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from shapely.geometry.base import BaseGeometry

from dashboard.export.coarsen import Coarseness, coarsened
from dashboard.model.article import Article
from dashboard.model.corpus import Corpus
from dashboard.model.event import Claim, Event, EventActor, Stance
from dashboard.model.gazetteer import Gazetteer
from dashboard.model.place import FeatureClass, Place, PlacePrecision
from dashboard.model.when import DatePrecision
from dashboard.query.select import EventIndex, Selection

# Credits of what every export may hold; sources: data/basemap/SOURCES.md, data/gazetteer/SOURCES.md.
CREDITS = (
    "Places: GeoNames (CC BY 4.0), Natural Earth (public domain) and the sources named in each row. "
    "Events: read from the articles listed; they are claims of their sources, not verified facts."
)
_BETWEEN = "; "
# Crosswalks: docs/codebook.md, "Precision crosswalks".
ACLED_GEO: Mapping[PlacePrecision, int] = {
    PlacePrecision.EXACT: 1,
    PlacePrecision.SETTLEMENT: 1,
    PlacePrecision.VICINITY: 2,
    PlacePrecision.SUBDISTRICT: 2,
    PlacePrecision.DISTRICT: 2,
    PlacePrecision.GOVERNORATE: 3,
    PlacePrecision.REGION: 3,
}
UCDP_WHERE: Mapping[PlacePrecision, int] = {
    PlacePrecision.EXACT: 1,
    PlacePrecision.SETTLEMENT: 1,
    PlacePrecision.VICINITY: 2,
    PlacePrecision.SUBDISTRICT: 3,
    PlacePrecision.DISTRICT: 3,
    PlacePrecision.GOVERNORATE: 4,
    PlacePrecision.REGION: 5,
}
ACLED_TIME: Mapping[DatePrecision, int] = {
    DatePrecision.DAY: 1,
    DatePrecision.WEEK: 2,
    DatePrecision.MONTH: 3,
}
_ADMIN = {
    "admin1": FeatureClass.GOVERNORATE,
    "admin2": FeatureClass.DISTRICT,
    "admin3": FeatureClass.SUBDISTRICT,
    "country": FeatureClass.COUNTRY,
}
EVENTS = (
    "event_id", "kind", "kind_en", "kind_ar", "group", "plover_type", "acled_event_type",
    "acled_sub_event_type", "title_en", "title_ar", "date_start", "date_end", "date_precision",
    "date_reason", "summary_en", "attestation", "origins_asserting", "claims_asserting",
    "claims_denying", "claims_doubting", "reviewed", "located", "places_en", "places_ar",
    "actors_en", "actors_ar", "sources",
)  # fmt: skip
CLAIMS = (
    "claim_id", "event_id", "article_id", "outlet_en", "outlet_ar", "speaker_en", "speaker_ar",
    "via_en", "via_ar", "origin", "stance", "quote", "gloss_en", "figure_value", "figure_unit",
    "quote_start", "quote_end", "note",
)  # fmt: skip
PLACES = (
    "event_id", "place_id", "role", "name_en", "name_ar", "feature_class", "precision",
    "uncertainty_m", "lat", "lon", "admin1", "admin2", "admin3", "country", "acled_geo_precision",
    "ucdp_where_prec", "place_sources", "place_doubt", "coarsened",
)  # fmt: skip
ARTICLES = (
    "article_id", "outlet_en", "outlet_ar", "headline", "lang", "published",
    "published_earliest", "published_latest", "published_reason", "file", "sha256",
)  # fmt: skip

# Whole numbers stay whole where a row has none.
_WHOLE = frozenset(
    {"quote_start", "quote_end", "uncertainty_m", "acled_geo_precision", "ucdp_where_prec"}
)


@dataclass(frozen=True, slots=True)
class Export:
    """What is exported; `geometry` goes with the rows of `places`.

    `about` is told with every file: what the selection is, the credits, and how coarse it is.
    """

    events: pd.DataFrame
    claims: pd.DataFrame
    places: pd.DataFrame
    articles: pd.DataFrame
    geometry: tuple[BaseGeometry, ...]
    about: Mapping[str, str]

    @property
    def sources(self) -> str:
        """The articles behind the selection, in one line."""
        return _BETWEEN.join(
            f"{row['outlet_en']}: {row['headline']} ({row['published'] or 'undated'})"
            for row in records(self.articles)
        )


@dataclass(frozen=True, slots=True)
class _Rows:
    """The records of the selected events, by event."""

    claims: Mapping[str, list[Claim]]
    actors: Mapping[str, list[EventActor]]
    places: Mapping[str, list[tuple[Place, str, bool]]]


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table, `None` for what is unknown."""
    known = frame.astype(object).where(frame.notna(), None)
    return [
        dict(zip(map(str, known.columns), row, strict=True))
        for row in known.itertuples(index=False, name=None)
    ]


def by_event(frame: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """The rows of a table by their event; a table an event would take seconds at 10,000 events."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in records(frame):
        found[row["event_id"]].append(row)
    return found


def export_of(
    corpus: Corpus,
    index: EventIndex,
    selection: Selection,
    coarseness: Coarseness,
    about: Mapping[str, str],
) -> Export:
    """The selected events with all that hangs on them, their places as coarse as asked."""
    shown = index.tables.events[selection.shown]
    ids = list(shown["event_id"])
    rows = _rows(corpus, frozenset(ids), coarseness)
    attested = dict(zip(shown["event_id"], shown["attestation"], strict=True))
    claims = [claim for event_id in ids for claim in rows.claims[event_id]]
    placed = [
        (event_id, place, role, moved)
        for event_id in ids
        for place, role, moved in rows.places[event_id]
    ]
    articles = sorted({claim.article_id for claim in claims})
    return Export(
        events=_frame(
            EVENTS, (_event(corpus, corpus.events.events[key], attested[key], rows) for key in ids)
        ),
        claims=_frame(CLAIMS, (_claim(corpus, claim) for claim in claims)),
        places=_frame(PLACES, (_place(corpus.gazetteer, *item) for item in placed)),
        articles=_frame(ARTICLES, (_article(corpus, corpus.articles[key]) for key in articles)),
        geometry=tuple(place.geometry for _id, place, _role, _moved in placed),
        about={**about, "credits": CREDITS, **_marked(coarseness)},
    )


def _marked(coarseness: Coarseness) -> dict[str, str]:
    """The mark of a coarsened file."""
    if coarseness is Coarseness.AS_HELD:
        return {"coarsened": "no"}
    return {
        "coarsened": f"yes: no place finer than its {coarseness.value}. Quotations, titles and "
        "summaries are as they were, and may name places."
    }


def _frame(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=list(columns))
    return frame.astype({name: "Int64" for name in columns if name in _WHOLE})


def _rows(corpus: Corpus, ids: frozenset[str], coarseness: Coarseness) -> _Rows:
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in corpus.events.claims:
        if claim.event_id in ids:
            claims[claim.event_id].append(claim)
    actors: dict[str, list[EventActor]] = defaultdict(list)
    for actor in corpus.events.actors:
        if actor.event_id in ids:
            actors[actor.event_id].append(actor)
    places: dict[str, list[tuple[Place, str, bool]]] = defaultdict(list)
    for row in corpus.events.places:
        if row.event_id in ids:
            place = coarsened(corpus.gazetteer, row.place_id, coarseness)
            item = (place, row.role.value, place is None or place.place_id != row.place_id)
            if place and not any(
                held.place_id == place.place_id and role == row.role.value
                for held, role, _moved in places[row.event_id]
            ):
                places[row.event_id].append((place, item[1], item[2]))
    return _Rows(claims, actors, places)


def _event(corpus: Corpus, event: Event, attested: str, rows: _Rows) -> dict[str, object]:
    kind = corpus.lexicon.kinds[event.kind]
    claims, places = rows.claims[event.event_id], rows.places[event.event_id]
    actors = [
        (row.role.value, corpus.lexicon.actors[row.actor_id]) for row in rows.actors[event.event_id]
    ]
    counts = {stance: sum(claim.stance is stance for claim in claims) for stance in Stance}
    asserting = {corpus.origin(claim) for claim in claims if claim.stance is Stance.ASSERTS}
    return {
        "event_id": event.event_id,
        "kind": event.kind,
        "kind_en": kind.name_en,
        "kind_ar": kind.name_ar,
        "group": kind.group.value,
        "plover_type": kind.plover_type,
        "acled_event_type": kind.acled_event_type,
        "acled_sub_event_type": kind.acled_sub_event_type,
        "title_en": event.title_en,
        "title_ar": event.title_ar,
        "date_start": _iso(event.when.start),
        "date_end": _iso(event.when.end),
        "date_precision": event.when.precision.value if event.when.precision else None,
        "date_reason": event.date_reason,
        "summary_en": event.summary_en,
        "attestation": attested,
        "origins_asserting": len(asserting),
        "claims_asserting": counts[Stance.ASSERTS],
        "claims_denying": counts[Stance.DENIES],
        "claims_doubting": counts[Stance.DOUBTS],
        "reviewed": event.event_id not in corpus.unreviewed,
        "located": bool(places),
        "places_en": _BETWEEN.join(f"{role}: {place.name_en}" for place, role, _m in places),
        "places_ar": _BETWEEN.join(place.name_ar for place, _role, _m in places),
        "actors_en": _BETWEEN.join(f"{role}: {actor.name_en}" for role, actor in actors),
        "actors_ar": _BETWEEN.join(actor.name_ar for _role, actor in actors),
        "sources": _BETWEEN.join(sorted({claim.article_id for claim in claims})),
    }


def _claim(corpus: Corpus, claim: Claim) -> dict[str, object]:
    lexicon = corpus.lexicon
    outlet = lexicon.outlets[corpus.articles[claim.article_id].outlet_id]
    speaker = lexicon.speakers[claim.speaker_id] if claim.speaker_id else None
    via = lexicon.speakers[claim.via_id] if claim.via_id else None
    return {
        "claim_id": claim.claim_id,
        "event_id": claim.event_id,
        "article_id": claim.article_id,
        "outlet_en": outlet.name_en,
        "outlet_ar": outlet.name_ar,
        "speaker_en": speaker.name_en if speaker else None,
        "speaker_ar": speaker.name_ar if speaker else None,
        "via_en": via.name_en if via else None,
        "via_ar": via.name_ar if via else None,
        "origin": corpus.origin(claim),
        "stance": claim.stance.value,
        "quote": claim.quote,
        "gloss_en": claim.gloss_en,
        "figure_value": claim.figure_value,
        "figure_unit": claim.figure_unit,
        "quote_start": claim.start,
        "quote_end": claim.end,
        "note": claim.note,
    }


def _place(
    gazetteer: Gazetteer,
    event_id: str,
    place: Place,
    role: str,
    moved: bool,  # noqa: FBT001
) -> dict[str, object]:
    holders = [place, *(gazetteer.places[key] for key in gazetteer.containers(place.place_id))]
    units = {
        column: next((h.name_en for h in holders if h.feature_class is unit), None)
        for column, unit in _ADMIN.items()
    }
    return {
        "event_id": event_id,
        "place_id": place.place_id,
        "role": role,
        "name_en": place.name_en,
        "name_ar": place.name_ar,
        "feature_class": place.feature_class.value,
        "precision": place.precision.value,
        "uncertainty_m": place.uncertainty_m,
        "lat": place.lat,
        "lon": place.lon,
        **units,
        "acled_geo_precision": ACLED_GEO[place.precision],
        "ucdp_where_prec": UCDP_WHERE[place.precision],
        "place_sources": place.sources,
        "place_doubt": place.doubt,
        "coarsened": moved,
    }


def _article(corpus: Corpus, article: Article) -> dict[str, object]:
    outlet = corpus.lexicon.outlets[article.outlet_id]
    return {
        "article_id": article.article_id,
        "outlet_en": outlet.name_en,
        "outlet_ar": outlet.name_ar,
        "headline": article.headline,
        "lang": article.lang,
        "published": article.published.isoformat() if article.published else None,
        "published_earliest": _iso(article.published_earliest),
        "published_latest": _iso(article.published_latest),
        "published_reason": article.published_reason,
        "file": article.file,
        "sha256": article.sha256,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
