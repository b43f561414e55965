"""The columns of each exported table, and the cells that several tables have."""

from dataclasses import fields
from datetime import date

from dashboard.datasets.event_map.judged_columns import RATINGS, VERIFICATIONS
from dashboard.model.actor import Actor
from dashboard.model.article import Article
from dashboard.model.estimate import Measure
from dashboard.model.event import Claim, Event, EventKind
from dashboard.model.place import Place

# Between several values of a cell.
BETWEEN = "; "
# Of a figure.
BOUNDS = ("low", "best", "high")
EVENTS = (
    "event_id", "dataset", "kind", "kind_en", "kind_ar", "group", "plover_type", "acled_event_type",
    "acled_sub_event_type", "title_en", "title_ar", "date_start", "date_end", "date_precision",
    "date_reason", "date_reason_ar", "summary_en", "summary_ar", "attestation",
    "origins_asserting", "claims_asserting", "claims_denying", "claims_doubting", "reviewed",
    "located", "places_en", "places_ar", "actors_en", "actors_ar", "outlets", "article_ids",
    "sources", *(f"{measure}_{bound}" for measure in Measure for bound in BOUNDS),
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


def fields_of(record: Actor | Article | Claim | Event | EventKind | Place) -> dict[str, object]:
    """The fields of a record; of those that are columns too, most go into the row as they are."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def iso(day: date | None) -> str | None:
    """A day as text, e.g. "2021-01-18"."""
    return day.isoformat() if day else None


def published_at(article: Article) -> str | None:
    """When an article was published, with the clock; `None` if that is not known."""
    return article.published.isoformat() if article.published else None
