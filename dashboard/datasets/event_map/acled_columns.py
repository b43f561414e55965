"""An event in the columns of ACLED, for comparing lists; the crosswalk is in docs/codebook.md.

Codes that are not in our data (e.g. civilian_targeting) are empty, never guessed. Further columns
follow, for what ACLED has no column for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dashboard.datasets.event_map.acled_actors import ACTOR_COLUMNS, acled_actors
from dashboard.datasets.event_map.coding_notes import place_notes, span_note, verified_notes
from dashboard.datasets.event_map.layouts import RECORD, best_place, id_in_source, is_of_source
from dashboard.datasets.event_map.tables import EventRows
from dashboard.datasets.formats.codebook_columns import ACLED
from dashboard.datasets.formats.crosswalk import load_types
from dashboard.dates.precision import acled_time_codes
from dashboard.model.rows import load_records
from dashboard.model.when import DatePrecision
from dashboard.settings import DATA

FURTHER = (
    "kind",
    "attestation",
    "stances",
    "uncertainty_m",
    "coding_note",
    "sources",
    "credits",
    "coarsened",
    "terms",
    RECORD,
)
# Of the ids of events that were imported from ACLED.
PREFIX = "acled:"
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


def acled_row(rows: EventRows) -> dict[str, Any]:
    """The cells of an event by column; `sources` are the articles of its own claims.

    An event that was imported from ACLED has ACLED's own cells.
    """
    event, where = rows.event, _where(rows.places)
    kind, country = str(event["acled_event_type"] or ""), str(where.get("country") or "")
    of_acled = is_of_source(event["event_id"], PREFIX)
    row = {
        "event_id_cnty": id_in_source(event["event_id"], PREFIX),
        **_when(event),
        **_type(event),
        **acled_actors(rows.actors, kind, country),
        **where,
        **_sources(rows.claims),
        "notes": rows.claims[0]["quote"] if of_acled and rows.claims else event["summary_en"],
        "fatalities": _fatalities(event),
        "kind": event["kind"],
        "attestation": event["attestation"],
        "sources": event["sources"],
        "coding_note": "; ".join(_notes(event, rows.places)),
        RECORD: rows.record,
    }
    return row | _acled_cells(rows.source) if of_acled else row


def _acled_cells(source: Mapping[str, str]) -> dict[str, str]:
    """ACLED's own cells; `source` has those that are not blank, so other actors are blank."""
    cells = {name: source[name] for name in ACLED if name in source}
    return dict.fromkeys(ACTOR_COLUMNS, "") | cells if ACTOR_COLUMNS & cells.keys() else cells


def _fatalities(event: Mapping[str, Any]) -> object:
    """The best figure of people killed, else the lowest; the note says so."""
    best = event["killed_best"]
    return event["killed_low"] if best is None else best


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


def stance_words(claim: Mapping[str, Any]) -> str:
    """The stance of a claim and the field that it disputes, e.g. "denies (place)"."""
    disputes = claim["disputes"]
    return f"{claim['stance']} ({disputes})" if disputes else str(claim["stance"])


def _sources(claims: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    stances = [
        f"{stance_words(row)}: {row['speaker_en'] or row['outlet_en']} ({row['outlet_en']})"
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
        precision, span = event["date_precision"], span_note(event)
        notes.append(f"no ACLED time precision for {precision}: {span}; coded as a month")
    if event["killed_low"] is not None and event["killed_best"] is None:
        most = event["killed_high"] if event["killed_high"] is not None else "more"
        notes.append(f"fatalities: the lowest of {event['killed_low']} to {most}")
    return [*verified_notes(event), *notes, *place_notes(event, places)]
