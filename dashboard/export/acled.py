"""The selection in the columns of ACLED, for comparing lists; the crosswalk is in docs/codebook.md.

Codes that are not in our data (inter1, interaction, fatalities) are empty, never guessed. Columns of our
own follow, for what ACLED has no column for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dashboard.datasets.formats.crosswalk import load_types
from dashboard.dates.precision import acled_time_codes
from dashboard.export.selection import Export, by_event, records
from dashboard.export.tables import write_csv
from dashboard.model.rows import load_records
from dashboard.model.when import DatePrecision
from dashboard.settings import DATA

# Source: ACLED Codebook (2023 and later), columns of the export tool.
COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
)  # fmt: skip
OURS = (
    "kind",
    "attestation",
    "stances",
    "uncertainty_m",
    "coding_note",
    "sources",
    "credits",
    "coarsened",
)
# The order in which the roles of places are preferred, as ACLED has one place per event.
_ROLES = ("at", "to", "from", "along", "near")


@dataclass(frozen=True, slots=True)
class Country:
    """A country of the gazetteer with its numeric code of ISO 3166-1 and its region in ACLED."""

    name_en: str
    iso_numeric: int
    acled_region: str
    source: str


@cache
def _countries() -> Mapping[str, Country]:
    rows = load_records(DATA / "lexicon" / "countries.csv", Country, "name_en")
    return {row.name_en: row for row in rows}


@cache
def _disorder_types() -> Mapping[str, str | None]:
    """ACLED's disorder type, which follows from its event type."""
    types = load_types(DATA / "lexicon")
    return {row.type: row.disorder_type for row in types if row.format == "acled"}


def to_acled(export: Export) -> bytes:
    """CSV with one row per event."""
    places, claims = by_event(export.places), by_event(export.claims)
    shared = {
        "sources": export.sources,
        "credits": export.about["credits"],
        "coarsened": export.about["coarsened"],
    }
    rows = [
        _row(event, places.get(event["event_id"], []), claims.get(event["event_id"], [])) | shared
        for event in records(export.events)
    ]
    columns = [*COLUMNS, *OURS]
    return write_csv(columns, ([row.get(name) for name in columns] for row in rows))


def _row(
    event: Mapping[str, Any],
    places: Sequence[Mapping[str, Any]],
    claims: Sequence[Mapping[str, Any]],
) -> dict[str, object]:
    return {
        "event_id_cnty": event["event_id"],
        **_when(event),
        **_type(event),
        **_actors(str(event["actors_en"] or "")),
        **_where(places),
        **_said(claims),
        "notes": event["summary_en"],
        "kind": event["kind"],
        "attestation": event["attestation"],
        "coding_note": "; ".join(_notes(event, places)),
    }


def _when(event: Mapping[str, Any]) -> dict[str, object]:
    """ACLED gives an imprecise event a day: here the first day on which it may lie."""
    precision = event["date_precision"]
    code = acled_time_codes().get(DatePrecision(str(precision))) if precision else None
    day = event["date_start"] if code else None
    return {"event_date": day, "year": str(day)[:4] if day else None, "time_precision": code}


def _type(event: Mapping[str, Any]) -> dict[str, object]:
    kind = event["acled_event_type"]
    return {
        "disorder_type": _disorder_types().get(str(kind)),
        "event_type": kind,
        "sub_event_type": event["acled_sub_event_type"],
    }


def _actors(actors: str) -> dict[str, object]:
    """Actor 1 is the initiator, actor 2 the target or other party; further ones are associated."""
    named = [part.split(": ", 1) for part in actors.split("; ") if part]
    first = [name for role, name in named if role in {"initiator", "party"}]
    second = [name for role, name in named if role == "target"]
    if not second and len(first) > 1:
        first, second = first[:1], first[1:]
    return {
        "actor1": first[0] if first else None,
        "assoc_actor_1": "; ".join(first[1:]) or None,
        "actor2": second[0] if second else None,
        "assoc_actor_2": "; ".join(second[1:]) or None,
    }


def _where(places: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    if not places:
        return {}
    place = min(places, key=lambda row: (row["acled_geo_precision"], _ROLES.index(row["role"])))
    country = _countries().get(str(place["country"]))
    return {
        "iso": country.iso_numeric if country else None,
        "region": country.acled_region if country else None,
        **{unit: place[unit] for unit in ("country", "admin1", "admin2", "admin3")},
        "location": place["name_en"],
        "latitude": place["lat"],
        "longitude": place["lon"],
        "geo_precision": place["acled_geo_precision"],
        "uncertainty_m": place["uncertainty_m"],
    }


def _said(claims: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    stances = [
        f"{row['stance']}: {row['speaker_en'] or row['outlet_en']} ({row['outlet_en']})"
        for row in claims
    ]
    return {
        "source": "; ".join(dict.fromkeys(row["outlet_en"] for row in claims)),
        "stances": "; ".join(dict.fromkeys(stances)),
    }


def _notes(event: Mapping[str, Any], places: Sequence[Mapping[str, Any]]) -> list[str]:
    """What could not be coded, and why."""
    notes = []
    if not event["acled_event_type"]:
        notes.append(f"no ACLED code for kind {event['kind']}")
    if event["date_precision"] is None:
        notes.append("undated")
    elif DatePrecision(str(event["date_precision"])) not in acled_time_codes():
        span = f"{event['date_start'] or 'unknown'} to {event['date_end'] or 'unknown'}"
        notes.append(f"no ACLED time precision for {event['date_precision']} ({span})")
    if not places:
        notes.append("not located")
    elif len(places) > 1:
        notes.append(f"places: {event['places_en']}")
    return notes
