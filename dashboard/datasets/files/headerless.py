"""Tables that are published without a header row: GDELT 1.0 and 2.0, and UCDP GED.

They are recognised by the number of their columns, and by the form of the cells that are never blank.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.datasets.formats.codebook_columns import GDELT, GDELT_1, UCDP_GED


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
    _Layout(UCDP_GED, _GED_FORMS),
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
