"""The selection in the columns of ACLED, for comparing lists; the crosswalk is in docs/codebook.md.

Codes that are not in our data (e.g. civilian_targeting) are empty, never guessed. Columns of our own
follow, for what ACLED has no column for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dashboard.datasets.formats.crosswalk import load_types
from dashboard.dates.precision import acled_time_codes
from dashboard.export.acled_actors import acled_actors
from dashboard.export.layouts import best_place
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
# ACLED's coarsest time precision: for spans that it has no code for.
_MONTH = acled_time_codes()[DatePrecision.MONTH]


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
    """CSV with one row per event; `sources` are the articles of the event's own claims."""
    children = tuple(map(by_event, (export.places, export.actors, export.claims)))
    shared = {name: export.about[name] for name in ("credits", "coarsened")}
    rows = [
        _row(event, *(rows.get(event["event_id"], []) for rows in children)) | shared
        for event in records(export.events)
    ]
    columns = [*COLUMNS, *OURS]
    return write_csv(columns, ([row.get(name) for name in columns] for row in rows))


def _row(
    event: Mapping[str, Any],
    places: Sequence[Mapping[str, Any]],
    actors: Sequence[Mapping[str, Any]],
    claims: Sequence[Mapping[str, Any]],
) -> dict[str, object]:
    where = _where(places)
    kind, country = str(event["acled_event_type"] or ""), str(where.get("country") or "")
    return {
        "event_id_cnty": event["event_id"],
        **_when(event),
        **_type(event),
        **acled_actors(actors, kind, country),
        **where,
        **_said(claims),
        "notes": event["summary_en"],
        "kind": event["kind"],
        "attestation": event["attestation"],
        "sources": event["sources"],
        "coding_note": "; ".join(_notes(event, places)),
    }


def _when(event: Mapping[str, Any]) -> dict[str, object]:
    """ACLED gives an imprecise event a day: here the first on which it may lie, else the last.

    A span that ACLED has no code for has that of a month, its coarsest; the note has the interval.
    """
    if event["date_precision"] is None:
        return {}
    code = acled_time_codes().get(DatePrecision(str(event["date_precision"])), _MONTH)
    day = event["date_start"] or event["date_end"]
    return {"event_date": day, "year": str(day)[:4], "time_precision": code}


def _type(event: Mapping[str, Any]) -> dict[str, object]:
    kind = event["acled_event_type"]
    return {
        "disorder_type": _disorder_types().get(str(kind)),
        "event_type": kind,
        "sub_event_type": event["acled_sub_event_type"],
    }


def _where(places: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    place = best_place(places)
    if place is None:
        return {}
    country = _countries().get(str(place["country"]))
    return {
        "iso": country.iso_numeric if country else None,
        "region": country.acled_region if country else None,
        **{unit: place[unit] for unit in ("country", "admin1", "admin2", "admin3")},
        "location": place["name_en"],
        "latitude": place["latitude"],
        "longitude": place["longitude"],
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
        notes.append(
            f"no ACLED time precision for {event['date_precision']}: {span}; coded as a month"
        )
    if not places:
        notes.append("not located")
    elif len(places) > 1:
        notes.append(f"places: {event['places_en']}")
    return notes
