"""Rows of the exported tables of events, their actors and places: a mapping from column to value."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.datasets.event_map.judged_columns import relations_text, verification_cells
from dashboard.datasets.event_map.row_columns import (
    ACTORS,
    BETWEEN,
    BOUNDS,
    EVENTS,
    PLACES,
    fields_of,
    iso,
    published_at,
)
from dashboard.gazetteer.precision import precision_meanings
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Measure, event_figures
from dashboard.model.event import (
    Claim,
    Event,
    EventActor,
    EventRelation,
    Stance,
    estimates_by_source,
)
from dashboard.model.place import FeatureClass, Gazetteer, Place

_ADMIN = {
    "admin1": FeatureClass.GOVERNORATE,
    "admin2": FeatureClass.DISTRICT,
    "admin3": FeatureClass.SUBDISTRICT,
    "country": FeatureClass.COUNTRY,
}


@dataclass(frozen=True, slots=True)
class ChildRows:
    """The child rows of one event; places with role, and whether they were coarsened.

    `relations` are those of the event to others of the same file.
    """

    claims: list[Claim]
    actors: list[EventActor]
    places: list[tuple[Place, str, bool]]
    relations: tuple[EventRelation, ...] = ()


def event_row(
    corpus: Corpus, event: Event, dataset: str, attested: str, children: ChildRows
) -> dict[str, object]:
    """An event with counts of its claims, and its places, actors, outlets and articles as text."""
    kind = corpus.lexicon.kinds[event.kind]
    claims, places = children.claims, children.places
    actors = [(row.role.value, corpus.lexicon.actors[row.actor_id]) for row in children.actors]
    counts = {stance: sum(claim.stance is stance for claim in claims) for stance in Stance}
    asserting = {corpus.origin(claim) for claim in claims if claim.stance is Stance.ASSERTS}
    row = {
        **fields_of(kind),
        **fields_of(event),
        "dataset": dataset,
        "kind_en": kind.name_en,
        "kind_ar": kind.name_ar,
        "group": kind.group.value,
        "date_start": iso(event.when.start),
        "date_end": iso(event.when.end),
        "date_precision": event.when.precision.value if event.when.precision else None,
        "date_reason": str(event.date_reason),
        "attestation": attested,
        "origins_asserting": len(asserting),
        "claims_asserting": counts[Stance.ASSERTS],
        "claims_denying": counts[Stance.DENIES],
        "claims_doubting": counts[Stance.DOUBTS],
        "reviewed": event.event_id not in corpus.unreviewed,
        "located": bool(places),
        "places_en": BETWEEN.join(f"{role}: {place.name_en}" for place, role, _m in places),
        "places_ar": BETWEEN.join(place.name_ar for place, _role, _m in places),
        "actors_en": BETWEEN.join(f"{role}: {actor.name_en}" for role, actor in actors),
        "actors_ar": BETWEEN.join(actor.name_ar for _role, actor in actors),
        **_published_in(corpus, claims),
        **_figures(claims),
        **verification_cells(corpus, event.event_id),
        "relations": relations_text(children.relations),
    }
    return {name: row[name] for name in EVENTS}


def _published_in(corpus: Corpus, claims: Sequence[Claim]) -> dict[str, object]:
    """The outlets of an event's own claims, and their articles, each in one line."""
    articles = [corpus.articles[key] for key in dict.fromkeys(claim.article_id for claim in claims)]
    outlets = [corpus.lexicon.outlets[article.outlet_id].name_en for article in articles]
    lines = [
        f"{outlet}: {article.headline} ({published_at(article) or 'undated'})"
        for outlet, article in zip(outlets, articles, strict=True)
    ]
    return {
        "outlets": BETWEEN.join(dict.fromkeys(outlets)),
        "article_ids": BETWEEN.join(sorted(article.article_id for article in articles)),
        "sources": BETWEEN.join(dict.fromkeys(lines)),
    }


def _figures(claims: Sequence[Claim]) -> dict[str, object]:
    """The columns of figures, e.g. `killed_low`; a blank high beside a low is an open end."""
    giving = [claim for claim in claims if claim.estimates]
    figures = event_figures(estimates_by_source(giving))
    return {
        f"{measure}_{bound}": getattr(figures[measure], bound) if measure in figures else None
        for measure in Measure
        for bound in BOUNDS
    }


def actor_row(corpus: Corpus, row: EventActor) -> dict[str, object]:
    """An actor of an event; `top_party` is the id of the largest party that it is part of."""
    values = {
        **fields_of(corpus.lexicon.actors[row.actor_id]),
        "event_id": row.event_id,
        "role": row.role.value,
        "note": row.note,
        "top_party": corpus.top_party(row.actor_id),
    }
    return {name: values[name] for name in ACTORS}


def place_row(
    gazetteer: Gazetteer,
    event_id: str,
    place: Place,
    role: str,
    moved: bool,  # noqa: FBT001
) -> dict[str, object]:
    """A place of an event, with its administrative units and its precision as in ACLED and UCDP."""
    containers = [place, *(gazetteer.places[key] for key in gazetteer.containers(place.place_id))]
    units = {
        column: next((h.name_en for h in containers if h.feature_class is unit), None)
        for column, unit in _ADMIN.items()
    }
    precision = precision_meanings()[place.precision]
    row = {
        **fields_of(place),
        **units,
        "event_id": event_id,
        "role": role,
        "latitude": place.lat,
        "longitude": place.lon,
        "feature_class": place.feature_class.value,
        "precision": place.precision.value,
        "acled_geo_precision": precision.acled_geo_precision,
        "ucdp_where_prec": precision.ucdp_where_prec,
        "place_sources": place.sources,
        "place_doubt": place.doubt,
        "coarsened": moved,
    }
    return {name: row[name] for name in PLACES}
