"""An event in the columns of UCDP GED 25.1; the crosswalk is in docs/codebook.md.

Codes that nobody made here (conflicts, dyads, event_clarity) are empty, never guessed. Further
columns follow, for what UCDP has no column for.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.datasets.event_map.acled_actors import acled_sides
from dashboard.datasets.event_map.coding_notes import place_notes, span_note, verified_notes
from dashboard.datasets.event_map.layouts import RECORD, best_place, id_in_source, is_of_source
from dashboard.datasets.event_map.tables import EventRows
from dashboard.datasets.formats.codebook_columns import UCDP_GED
from dashboard.dates.precision import date_precisions, interval_precision
from dashboard.model.when import DatePrecision

Row = Mapping[str, Any]
FURTHER = (
    "kind",
    "attestation",
    "uncertainty_m",
    "coding_note",
    "credits",
    "coarsened",
    "terms",
    RECORD,
)
# Of the ids of events that were imported from UCDP GED.
PREFIX = "ucdp:"
_BETWEEN = "; "


def ucdp_row(rows: EventRows) -> dict[str, Any]:
    """The cells of an event by column, at its best known place.

    An event that was imported from UCDP GED has UCDP's own cells.
    """
    event, (side_a, side_b) = rows.event, acled_sides(rows.actors)
    row = {
        "id": id_in_source(event["event_id"], PREFIX),
        **_sides(side_a, side_b),
        **_sources(rows.claims, {row["article_id"]: row for row in rows.articles}),
        **_where(best_place(rows.places)),
        **_when(event),
        **{name: event[f"killed_{name}"] for name in ("best", "high", "low")},
        **_deaths(rows.estimates, side_a, side_b),
        "kind": event["kind"],
        "attestation": event["attestation"],
        "coding_note": _BETWEEN.join(_notes(event, rows.places)),
        RECORD: rows.record,
    }
    if not is_of_source(event["event_id"], PREFIX):
        return row
    return row | {name: rows.source[name] for name in UCDP_GED if name in rows.source}


def _deaths(
    estimates: Sequence[Row], side_a: Sequence[Row], side_b: Sequence[Row]
) -> dict[str, object]:
    """The best figure of each group, if all claims that give one agree."""
    sides = [
        {row[key] for row in side for key in ("actor_id", "name_en")} for side in (side_a, side_b)
    ]
    groups = {
        "deaths_a": ("combatants", sides[0]),
        "deaths_b": ("combatants", sides[1]),
        "deaths_civilians": ("civilians", {None}),
        "deaths_unknown": ("unknown", {None}),
    }
    deaths = {}
    for name, (counted, among) in groups.items():
        best = {
            row["best"]
            for row in estimates
            if (row["measure"], row["counted"]) == ("killed", counted) and row["side"] in among
        }
        deaths[name] = best.pop() if len(best) == 1 else None
    return deaths


def _sides(first: Sequence[Row], second: Sequence[Row]) -> dict[str, object]:
    """Side A acts, or is the first party; side B is the other. Several names are joined."""
    side_a, side_b = (_BETWEEN.join(row["name_en"] for row in side) for side in (first, second))
    dyad = f"{side_a} - {side_b}" if side_a and side_b else None
    return {"side_a": side_a, "side_b": side_b, "dyad_name": dyad}


def _sources(claims: Sequence[Row], articles: Mapping[str, Row]) -> dict[str, object]:
    ids = list(dict.fromkeys(claim["article_id"] for claim in claims))
    cited = [articles[key] for key in ids]
    speakers = dict.fromkeys(claim["speaker_en"] for claim in claims if claim["speaker_en"])
    return {
        "number_of_sources": len(cited),
        "source_article": _BETWEEN.join(_cited(article) for article in cited),
        "source_office": _BETWEEN.join(dict.fromkeys(row["outlet_en"] for row in cited)),
        "source_date": _BETWEEN.join(
            str(row["published"])[:10] for row in cited if row["published"]
        ),
        "source_headline": _BETWEEN.join(row["headline"] for row in cited),
        "source_original": _BETWEEN.join(speakers),
    }


def _cited(article: Row) -> str:
    """An article as GED cites it, e.g. "SANA,2021-02-21,The headline"."""
    day = str(article["published"])[:10] if article["published"] else "undated"
    return f"{article['outlet_en']},{day},{article['headline']}"


def _where(place: Row | None) -> dict[str, object]:
    if place is None:
        return {}
    return {
        "where_prec": place["ucdp_where_prec"],
        "where_coordinates": place["name_en"],
        "adm_1": place["admin1"],
        "adm_2": place["admin2"],
        "latitude": place["latitude"],
        "longitude": place["longitude"],
        "geom_wkt": f"POINT ({place['longitude']} {place['latitude']})",
        "country": place["country"],
        "uncertainty_m": place["uncertainty_m"],
    }


def _when(event: Row) -> dict[str, object]:
    start, end = event["date_start"], event["date_end"]
    years = {str(day)[:4] for day in (start, end) if day}
    return {
        "year": years.pop() if len(years) == 1 else None,
        "date_prec": ucdp_date_prec(event),
        "date_start": start,
        "date_end": end,
    }


def ucdp_date_prec(event: Row) -> int | None:
    """UCDP's `date_prec` of an event; `None` for undated ones and for spans without a code.

    A week has 2 (two to six days) or 3 (all seven); an open interval has 5 if it lies within a year.
    """
    if event["date_precision"] is None:
        return None
    precision = DatePrecision(event["date_precision"])
    start, end = (
        date.fromisoformat(day) if day else None for day in (event["date_start"], event["date_end"])
    )
    if precision is DatePrecision.OPEN and interval_precision(start, end) is DatePrecision.OPEN:
        return None
    shorter, *longer = date_precisions()[precision].ucdp_date_prec
    days = (end - start).days + 1 if start and end else 0
    whole_week = days == date_precisions()[DatePrecision.WEEK].most_days
    return int(longer[0] if longer and whole_week else shorter)


def _notes(event: Row, places: Sequence[Row]) -> list[str]:
    """What could not be coded, and why."""
    notes = []
    if event["date_precision"] is None:
        notes.append("undated")
    elif ucdp_date_prec(event) is None:
        precision, span = event["date_precision"], span_note(event)
        notes.append(f"no UCDP date precision for {precision} ({span})")
    return [*verified_notes(event), *notes, *place_notes(event, places)]
