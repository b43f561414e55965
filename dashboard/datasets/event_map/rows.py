"""One row of each exported table, as a mapping from column to value."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

import msgspec

from dashboard.datasets.event_map.judged_columns import (
    RATINGS,
    VERIFICATIONS,
    rating_cells,
    relations_text,
    verification_cells,
)
from dashboard.gazetteer.precision import precision_meanings
from dashboard.model.actor import Actor
from dashboard.model.article import Article
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Measure, event_figures
from dashboard.model.event import (
    Claim,
    Event,
    EventActor,
    EventKind,
    EventRelation,
    Stance,
    estimates_by_source,
)
from dashboard.model.place import FeatureClass, Gazetteer, Place

_BETWEEN = "; "
_BOUNDS = ("low", "best", "high")
EVENTS = (
    "event_id", "dataset", "kind", "kind_en", "kind_ar", "group", "plover_type", "acled_event_type",
    "acled_sub_event_type", "title_en", "title_ar", "date_start", "date_end", "date_precision",
    "date_reason", "date_reason_ar", "summary_en", "summary_ar", "attestation",
    "origins_asserting", "claims_asserting", "claims_denying", "claims_doubting", "reviewed",
    "located", "places_en", "places_ar", "actors_en", "actors_ar", "outlets", "article_ids",
    "sources", *(f"{measure}_{bound}" for measure in Measure for bound in _BOUNDS),
    *VERIFICATIONS, "relations",
)  # fmt: skip
CLAIMS = (
    "claim_id", "event_id", "article_id", "outlet_en", "outlet_ar", "speaker_en", "speaker_ar",
    "via_en", "via_ar", "origin", "stance", "disputes", "quote", "gloss_en", "estimates",
    "quote_start", "quote_end", "note", *RATINGS,
    "original_url", "archived_url", "capture_sha256",
)  # fmt: skip
PLACES = (
    "event_id", "place_id", "role", "name_en", "name_ar", "feature_class", "precision",
    "uncertainty_m", "latitude", "longitude", "admin1", "admin2", "admin3", "country",
    "acled_geo_precision", "ucdp_where_prec", "place_sources", "place_doubt", "coarsened",
)  # fmt: skip
ARTICLES = (
    "article_id", "outlet_en", "outlet_ar", "headline", "lang", "published",
    "published_offset", "published_earliest", "published_latest", "published_reason", "file", "sha256",
)  # fmt: skip

ACTORS = (
    "event_id", "actor_id", "role", "name_en", "name_ar", "type", "part_of", "acled_name", "note",
    "top_party",
)  # fmt: skip
ESTIMATES = (
    "event_id", "claim_id", "measure", "low", "best", "high", "counted", "side", "words",
)  # fmt: skip

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
        **_fields(kind),
        **_fields(event),
        "dataset": dataset,
        "kind_en": kind.name_en,
        "kind_ar": kind.name_ar,
        "group": kind.group.value,
        "date_start": _iso(event.when.start),
        "date_end": _iso(event.when.end),
        "date_precision": event.when.precision.value if event.when.precision else None,
        "date_reason": str(event.date_reason),
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
        f"{outlet}: {article.headline} ({_time(article) or 'undated'})"
        for outlet, article in zip(outlets, articles, strict=True)
    ]
    return {
        "outlets": _BETWEEN.join(dict.fromkeys(outlets)),
        "article_ids": _BETWEEN.join(sorted(article.article_id for article in articles)),
        "sources": _BETWEEN.join(dict.fromkeys(lines)),
    }


def _figures(claims: Sequence[Claim]) -> dict[str, object]:
    """The columns of figures, e.g. `killed_low`; a blank high beside a low is an open end."""
    giving = [claim for claim in claims if claim.estimates]
    figures = event_figures(estimates_by_source(giving))
    return {
        f"{measure}_{bound}": getattr(figures[measure], bound) if measure in figures else None
        for measure in Measure
        for bound in _BOUNDS
    }


def estimate_rows(claim: Claim) -> list[dict[str, object]]:
    """A row for each estimate of a claim."""
    return [
        {
            "event_id": claim.event_id,
            "claim_id": claim.claim_id,
            "measure": estimate.measure.value,
            **{bound: getattr(estimate, bound) for bound in _BOUNDS},
            "counted": estimate.counted.value,
            "side": estimate.side,
            "words": estimate.words,
        }
        for estimate in claim.estimates
    ]


def actor_row(corpus: Corpus, row: EventActor) -> dict[str, object]:
    """An actor of an event; `top_party` is the id of the largest party that it is part of."""
    values = {
        **_fields(corpus.lexicon.actors[row.actor_id]),
        "event_id": row.event_id,
        "role": row.role.value,
        "note": row.note,
        "top_party": corpus.top_party(row.actor_id),
    }
    return {name: values[name] for name in ACTORS}


def claim_row(corpus: Corpus, claim: Claim) -> dict[str, object]:
    """A claim with its outlet, its speakers, its ratings and its proof."""
    lexicon, article = corpus.lexicon, corpus.articles[claim.article_id]
    outlet = lexicon.outlets[article.outlet_id]
    speaker = lexicon.speakers[claim.speaker_id] if claim.speaker_id else None
    via = lexicon.speakers[claim.via_id] if claim.via_id else None
    proof = corpus.proof.get(claim.claim_id)
    original = proof.original if proof else None
    row = {
        **_fields(claim),
        "outlet_en": outlet.name_en,
        "outlet_ar": outlet.name_ar,
        "speaker_en": speaker.name_en if speaker else None,
        "speaker_ar": speaker.name_ar if speaker else None,
        "via_en": via.name_en if via else None,
        "via_ar": via.name_ar if via else None,
        "origin": corpus.origin(claim),
        "stance": claim.stance.value,
        "disputes": claim.disputes.value if claim.disputes else None,
        "estimates": msgspec.json.encode(claim.estimates).decode() if claim.estimates else None,
        "quote_start": claim.start,
        "quote_end": claim.end,
        **rating_cells(corpus, claim, article),
        "original_url": original or article.url,
        "archived_url": proof.archived if proof else None,
        "capture_sha256": _BETWEEN.join(proof.captures) if proof and proof.captures else None,
    }
    return {name: row[name] for name in CLAIMS}


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
        **_fields(place),
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


def article_row(corpus: Corpus, article: Article) -> dict[str, object]:
    """An article without its text."""
    outlet = corpus.lexicon.outlets[article.outlet_id]
    row = {
        **_fields(article),
        "outlet_en": outlet.name_en,
        "outlet_ar": outlet.name_ar,
        "published": _time(article),
        "published_offset": _offset(article),
        "published_earliest": _iso(article.published_earliest),
        "published_latest": _iso(article.published_latest),
        "published_reason": str(article.published_reason),
    }
    return {name: row[name] for name in ARTICLES}


def _time(article: Article) -> str | None:
    return article.published.isoformat() if article.published else None


def _offset(article: Article) -> str | None:
    """The stated offset from UTC, e.g. "+03:00"; spreadsheets have no times with an offset."""
    stated = article.published.strftime("%z") if article.published else ""
    return f"{stated[:3]}:{stated[3:5]}" if stated else None


def _fields(record: Actor | Article | Claim | Event | EventKind | Place) -> dict[str, object]:
    """The fields of a record; of those that are columns too, most go into the row as they are."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
