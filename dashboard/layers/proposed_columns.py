"""Which columns of a file are proposed for labels and days, by their names and some of their cells."""

import re
from collections.abc import Collection, Sequence

from dashboard.datasets.formats.column_words import plain_name
from dashboard.datasets.formats.days import DateOrder
from dashboard.layers.dates import UNDATED, read_days
from dashboard.layers.layer_file import Column, LayerColumns

# Names as programs and publishers write them, compared without case, spaces and punctuation; source:
# columns of geoBoundaries, of UN OCHA's common operational datasets, and of KML; general usage.
_LABELS = (
    "label", "name", "name en", "name ar", "title", "shapeName", "controlled by", "control",
    "ADM4_EN", "ADM3_EN", "ADM2_EN", "ADM1_EN", "ADM0_EN", "الاسم", "اسم", "العنوان",
)  # fmt: skip
_FIRST = (
    "date", "valid from", "date from", "from", "start", "start date", "date start", "begin", "since",
    "as of", "validOn", "تاريخ", "التاريخ", "من",
)  # fmt: skip
_LAST = ("date_end", "valid to", "date to", "to", "end", "end date", "until", "إلى", "حتى")
_NUMBER = re.compile(r"[-+]?[\d.,]+")


def proposed_columns(columns: Sequence[Column]) -> LayerColumns:
    """The proposal; a column of days is one by its name, and if half of its samples are dates."""
    last = _named(_LAST, [column for column in columns if _has_dates(column)])
    dated = [column for column in columns if _has_dates(column) and column.name != last]
    first = _named(_FIRST, dated)
    texts = [column for column in columns if column.name not in {first, last}]
    label = _named(_LABELS, texts) or next((it.name for it in texts if _has_words(it)), "")
    return LayerColumns(label, first, last if first else "")


def _named(names: Collection[str], columns: Sequence[Column]) -> str:
    """The column with the first of these names; "" without one."""
    by_name = {plain_name(column.name): column.name for column in reversed(columns)}
    return next((by_name[it] for it in map(plain_name, names) if it in by_name), "")


def _has_dates(column: Column) -> bool:
    # Whichever order the dates of numbers have.
    read = [
        {read_days(cell, None, order) for order in DateOrder} - {None} for cell in column.samples
    ]
    return bool(read) and 2 * sum(bool(days - {UNDATED}) for days in read) >= len(read)


def _has_words(column: Column) -> bool:
    return bool(column.samples) and not all(map(_NUMBER.fullmatch, column.samples))
