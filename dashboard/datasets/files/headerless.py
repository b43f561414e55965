"""Tables that are published without a header row: GDELT 1.0 and 2.0, and UCDP GED.

They are recognised by the number of their columns, and by the form of the cells that are never blank.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_ACTORS = tuple(
    f"{of}{name}" for of in ("Actor1", "Actor2") for name in (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
        "Religion2Code", "Type1Code", "Type2Code", "Type3Code")
)  # fmt: skip
_FIRST = ("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *_ACTORS)
_EVENT = (
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
)  # fmt: skip


def _places(*names: str) -> tuple[str, ...]:
    return tuple(f"{of}Geo_{name}" for of in ("Actor1", "Actor2", "Action") for name in names)


# Source: GDELT 2.0 Event Database codebook.
GDELT = (
    *_FIRST,
    *_EVENT,
    *_places("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"),
    "DATEADDED",
    "SOURCEURL",
)
# Source: GDELT 1.0 Event Database codebook; files of before April 2013 have no SOURCEURL.
GDELT_1 = (
    *_FIRST,
    *_EVENT,
    *_places("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID"),
    "DATEADDED",
    "SOURCEURL",
)
# Source: UCDP GED Codebook, version 25.1; UCDP Candidate Events have the same columns.
GED = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id",
    "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region",
    "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Layout:
    """The columns of a table without a header row, and the form of cells that are never blank."""

    columns: Sequence[str]
    forms: Mapping[str, re.Pattern[str]]


_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_GDELT_FORMS = {
    "GLOBALEVENTID": re.compile(r"\d+"),
    "SQLDATE": re.compile(r"\d{8}"),
    "MonthYear": re.compile(r"(\d{6})?"),
    "EventCode": re.compile(r"\d{1,4}"),
}
_GED_FORMS = {
    "id": re.compile(r"\d+"),
    "year": re.compile(r"\d{4}"),
    "type_of_violence": re.compile(r"[123]"),
    "where_prec": re.compile(r"[1-7]"),
    "latitude": _NUMBER,
    "longitude": _NUMBER,
    "date_start": re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*"),
    "date_end": re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*"),
}
_LAYOUTS = (
    _Layout(GDELT, _GDELT_FORMS),
    _Layout(GDELT_1, _GDELT_FORMS),
    _Layout(GDELT_1[:-1], _GDELT_FORMS),
    _Layout(GED, _GED_FORMS),
)


def columns_without_header(first: Sequence[str]) -> list[str] | None:
    """The names of the columns if the first row is one of events of a known table, else `None`."""
    for layout in _LAYOUTS:
        if len(layout.columns) != len(first):
            continue
        cells = dict(zip(layout.columns, first, strict=True))
        if all(form.fullmatch(cells[name].strip()) for name, form in layout.forms.items()):
            return list(layout.columns)
    return None
