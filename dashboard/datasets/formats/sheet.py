"""A part of a table, read by column: what cannot be read is a fault, and its row is left out.

Values are read once each and not once a row: a hundred thousand rows have a few thousand days.
"""

import csv
from collections import Counter
from collections.abc import Callable, Mapping
from functools import reduce
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.datasets.formats.days import DateOrder, day
from dashboard.model.errors import Fault
from dashboard.text.escape import defuse

T = TypeVar("T")
# Faults kept in memory; all of them are in the file.
_FIRST = 200
_MOST_SHOWN = 80


class FaultLog:
    """Faults, counted by kind; each is written to a file that can be downloaded."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.first: list[Fault] = []
        self.counts: Counter[tuple[str, str]] = Counter()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(("file", "row", "field", "expected", "found"))

    def __call__(self, fault: Fault) -> None:
        """Note a fault."""
        self.counts[fault.field, fault.expected] += 1
        if len(self.first) < _FIRST:
            self.first.append(fault)
        texts = (defuse(text) for text in (fault.field, fault.expected, fault.found))
        self._writer.writerow((defuse(fault.file), fault.row, *texts))

    @property
    def total(self) -> int:
        """How many there are."""
        return self.counts.total()

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


class Sheet:
    """Rows of a table as columns; `good` tells which rows had no fault so far.

    `order` is that of its dates in numbers, `comma` says that 36,38 is a number.
    """

    def __init__(
        self,
        file: str,
        frame: pd.DataFrame,
        numbers: npt.NDArray[np.int64],
        tell: Callable[[Fault], None],
        *,
        order: DateOrder | None = None,
        comma: bool = False,
    ) -> None:
        self.file = file
        self.order, self.comma = order, comma
        self.frame = frame.reset_index(drop=True)
        self.numbers = numbers
        self.good: npt.NDArray[np.bool_] = np.ones(len(frame), dtype=bool)
        self._tell = tell

    def fault(self, bad: npt.NDArray[np.bool_], column: str, expected: str) -> None:
        """Note that these rows are wrong in `column`, and leave them out."""
        found = self.frame[column].to_numpy() if column in self.frame else None
        for at in np.flatnonzero(bad).tolist():
            value = "nothing" if found is None or not told(found[at]) else repr(found[at])
            row = int(self.numbers[at])
            self._tell(Fault(self.file, row, column, expected, value[:_MOST_SHOWN]))
        self.good &= ~bad

    def text(self, column: str) -> pd.Series:
        """The cells, stripped; "" where there is none, or no such column."""
        if column not in self.frame:
            return pd.Series("", index=self.frame.index, dtype=object)
        try:
            cells = pa.array(self.frame[column], pa.string(), from_pandas=True)
        except (pa.ArrowTypeError, pa.ArrowInvalid):  # numbers, dates, or cells of several types
            return self.mapped(column, told)
        return _series(pc.fill_null(pc.utf8_trim_whitespace(cells), ""))

    def mapped(self, column: str, read: Callable[[object], T]) -> pd.Series:
        """The cells through `read`, which is called once a distinct value."""
        codes, values = pd.factorize(self.frame[column], use_na_sentinel=False)
        made = np.empty(len(values), dtype=object)
        for at, value in enumerate(np.asarray(values, dtype=object)):
            made[at] = read(value)
        return pd.Series(made[codes], index=self.frame.index, dtype=object)

    def mapped_or_blank(self, column: str, read: Callable[[object], str]) -> pd.Series:
        """The cells through `read`; "" if there is no such column."""
        return self.mapped(column, read) if column in self.frame else self.text(column)

    def needed(self, column: str, expected: str = "a value") -> pd.Series:
        """The cells; a blank one is a fault."""
        cells = self.text(column)
        self.fault((cells == "").to_numpy(), column, expected)
        return cells

    def parsed(self, column: str, read: Callable[[str], T | None], expected: str) -> pd.Series:
        """The cells through `read`; where it gives `None` or raises ValueError there is a fault."""

        def checked(value: object) -> T | None:
            text = told(value)
            try:
                return read(text) if text else None
            except (ValueError, OverflowError):
                return None

        if column not in self.frame:
            self.fault(np.ones(len(self.frame), dtype=bool), column, expected)
            return pd.Series(None, index=self.frame.index, dtype=object)
        found = self.mapped(column, checked)
        self.fault(found.isna().to_numpy(), column, expected)
        return found

    def day(self, column: str) -> pd.Series:
        """The cells as days; blank ones and others are faults."""
        return self.parsed(column, lambda text: day(text, self.order), "a day, as 2021-01-18")

    def number(self, column: str, low: float, high: float) -> "pd.Series[float]":
        """The cells as numbers between `low` and `high`, NaN where blank; others are faults."""
        if column not in self.frame:
            return pd.Series(np.nan, index=self.frame.index)
        cells = self.frame[column]
        if cells.dtype.kind in "fiu":
            values = cells.astype(float)
            blank = values.isna()
        else:
            texts = self.text(column)
            blank = texts == ""
            texts = texts.str.replace(",", ".", regex=False) if self.comma else texts
            values = pd.to_numeric(texts, errors="coerce").astype(float)
        wrong = ~values.between(low, high) & ~blank
        self.fault(wrong.to_numpy(), column, f"a number from {low:g} to {high:g}")
        return values.where(values.between(low, high))

    def codes(self, column: str, known: Mapping[str, T], expected: str) -> pd.Series:
        """The cells as what a table of codes says of them; an unknown one is a fault."""
        return self.parsed(column, known.get, expected)


def told(value: object) -> str:
    """A cell as text, "" if it is blank: a whole number without ".0", which files add by themselves."""
    if value is None or value is pd.NaT or value is pd.NA:
        return ""
    if isinstance(value, float):
        if value != value:  # noqa: PLR0124
            return ""
        return str(int(value)) if value.is_integer() else repr(float(value))
    return str(value).strip()


def joined(*columns: pd.Series, between: str) -> pd.Series:
    """Cells side by side, blank ones left out."""
    cells = [pa.array(column, pa.string()) for column in columns]
    return _series(reduce(lambda first, second: _side_by_side(first, second, between), cells))


def _side_by_side(first: pa.Array, second: pa.Array, between: str) -> pa.Array:
    lone = pc.or_(pc.equal(first, ""), pc.equal(second, ""))
    # Not by `null_handling="skip"`: pyarrow 26 gives no row where all cells are null.
    return pc.binary_join_element_wise(first, pc.if_else(lone, "", between), second, "")


def _series(cells: pa.Array) -> pd.Series:
    return pd.Series(cells.to_numpy(zero_copy_only=False), dtype=object)
