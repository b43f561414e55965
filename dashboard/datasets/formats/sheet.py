"""Parse a chunk of a table by column: a row is taken without the cells that are not understood.

Each distinct value is parsed once: a hundred thousand rows have a few thousand days.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import reduce
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.datasets.build.codes import factorize_rows
from dashboard.datasets.formats.answers import NO_ANSWERS, Answers
from dashboard.datasets.formats.days import DateOrder
from dashboard.datasets.formats.notices import OTHER_VALUES, Notice, NoticeKind
from dashboard.model.errors import Fault
from dashboard.model.message import Message, StoredText, message
from dashboard.text.escape import defuse

T = TypeVar("T")
# Faults in memory; the file has all of them.
_FIRST = 200
_MOST_SHOWN = 80
# Distinct values that a report names of those that are not understood for the same reason.
_EXAMPLES = 5
# Distinct values of a notice in a chunk; the others are counted together.
_MOST_VALUES = 1_250
# Most characters of a value in a notice; longer ones cannot be answered by name.
MOST_NOTED = 200
_ROW_LEFT_OUT, _CELL_LEFT_OUT = "row left out", "row imported without this cell"


class FaultLog:
    """Counts faults by column and expectation, and writes each to a CSV file for download.

    `counts` has those for which a row was left out, `unread` the cells without which a row was taken.
    `examples` has the first distinct values of each, and "…" if there are more.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.first: list[Fault] = []
        self.counts: Counter[tuple[str, StoredText]] = Counter()
        self.unread: Counter[tuple[str, StoredText]] = Counter()
        self.examples: dict[tuple[str, StoredText], list[str]] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(("file", "row", "field", "expected", "found", "result"))

    def __call__(self, fault: Fault, *, row_taken: bool = False) -> None:
        """Count a fault and write it to the file."""
        key = fault.field, fault.expected
        (self.unread if row_taken else self.counts)[key] += 1
        examples = self.examples.setdefault(key, [])
        if len(examples) <= _EXAMPLES and fault.found not in examples:
            examples.append(fault.found if len(examples) < _EXAMPLES else OTHER_VALUES)
        if len(self.first) < _FIRST:
            self.first.append(fault)
        texts = (defuse(text) for text in (fault.field, str(fault.expected), fault.found))
        result = _CELL_LEFT_OUT if row_taken else _ROW_LEFT_OUT
        self._writer.writerow((defuse(fault.file), fault.row, *texts, result))

    @property
    def total(self) -> int:
        """The number of faults so far for which a row was left out."""
        return self.counts.total()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class CellOptions:
    """How cells are read: `answers` are those of the analyst about values.

    `date_order` is that of dates such as 1/2/2021, `None` if it is unclear; if `decimal_comma`, 36,38 is
    a number. `rounded_ids` is set if a spreadsheet rounded all long ids, as 182891173641581000.
    """

    date_order: DateOrder | None = None
    decimal_comma: bool = False
    answers: Answers = NO_ANSWERS
    rounded_ids: bool = False


class Sheet:
    """The columns of a chunk (`frame`) and their parsers.

    `numbers` are the rows' numbers in the file; `report` is called with each cell that is not
    understood.
    """

    def __init__(
        self,
        file: str,
        frame: pd.DataFrame,
        numbers: npt.NDArray[np.int64],
        report: Callable[[Fault], None],
        cells: CellOptions | None = None,
    ) -> None:
        self.file = file
        self.cells = cells or CellOptions()
        self.frame = frame.reset_index(drop=True)
        self.numbers = numbers
        self.not_used: dict[str, npt.NDArray[np.bool_]] = {}
        self._report = report
        self._notices: list[Notice] = []
        # Several columns of the event rows come from the same cells.
        self._texts: dict[str, pd.Series] = {}
        self._distinct: dict[str, tuple[npt.NDArray[np.intp], npt.NDArray[np.object_]]] = {}

    def unread(self, bad: npt.NDArray[np.bool_], column: str, expected: StoredText) -> None:
        """Report that the cells of `column` in the rows of the mask `bad` are not understood."""
        if not bad.any():
            return
        self.keep(bad, column)
        cells = self.frame[column].to_numpy() if column in self.frame else None
        for at in np.flatnonzero(bad).tolist():
            found = (
                "nothing" if cells is None or not cell_text(cells[at]) else repr(_plain(cells[at]))
            )
            row = int(self.numbers[at])
            self._report(Fault(self.file, row, column, expected, found[:_MOST_SHOWN]))

    def keep(self, rows: npt.NDArray[np.bool_], column: str) -> None:
        """Keep the cells of these rows among the columns of the source: no field has their value."""
        self.not_used[column] = self.not_used.get(column, False) | rows

    def note(
        self,
        rows: npt.NDArray[np.bool_],
        column: str,
        kind: NoticeKind,
        meanings: "pd.Series | None" = None,
    ) -> None:
        """Note something about the rows of the mask, which are taken; `column` has its value.

        `meanings` are what the values were taken for, e.g. "clash" for "Armed clash".
        """
        if not rows.any():
            return
        self.note_texts(column, kind, self.text(column)[rows], meanings)

    def note_texts(
        self, column: str, kind: NoticeKind, texts: pd.Series, meanings: "pd.Series | None" = None
    ) -> None:
        """Note something about the rows in the index of `texts`, which are its values."""
        columns = {"value": texts}
        if meanings is not None:
            columns["meaning"] = meanings[texts.index].fillna("")
        rows = pd.DataFrame(columns)
        codes, first = factorize_rows(rows)
        listed = rows.iloc[first].assign(meaning=rows.iloc[first].get("meaning", ""))
        pairs = zip(listed["value"], listed["meaning"], strict=True)
        counts = Counter(dict(zip(pairs, np.bincount(codes).tolist(), strict=True)))
        for (value, meant), count in counts.most_common(_MOST_VALUES):
            self._notices.append(Notice(kind, column, value[:MOST_NOTED], count, meant))
        if others := counts.total() - sum(n for _, n in counts.most_common(_MOST_VALUES)):
            self._notices.append(Notice(kind, column, OTHER_VALUES, others))

    def notices(self) -> tuple[Notice, ...]:
        """The notices, counted by value."""
        return tuple(self._notices)

    def text(self, column: str) -> pd.Series:
        """The cells as stripped text; "" for a blank cell, and for all if there is no such column."""
        if column not in self._texts:
            self._texts[column] = self._read_text(column)
        return self._texts[column].copy(deep=False)

    def _read_text(self, column: str) -> pd.Series:
        if column not in self.frame:
            return pd.Series("", index=self.frame.index, dtype="str")
        try:
            cells = pa.array(self.frame[column], pa.string(), from_pandas=True)
        except (pa.ArrowTypeError, pa.ArrowInvalid):  # numbers, dates, or cells of several types
            return self.map_text(column, cell_text)
        return text_series(pc.fill_null(pc.utf8_trim_whitespace(cells), ""))

    @contextmanager
    def added(self, column: str, cells: pd.Series) -> Iterator[str]:
        """A further column within a `with` block, by its name, of which faults and notices can tell."""
        self.frame[column] = cells
        try:
            yield column
        finally:
            del self.frame[column]
            self._texts.pop(column, None)
            self._distinct.pop(column, None)

    def distinct(self, column: str) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.object_]]:
        """Number the distinct cells of a column: the number of each row, and the cell by number."""
        if column not in self._distinct:
            codes, values = pd.factorize(self.frame[column], use_na_sentinel=False)
            self._distinct[column] = codes, np.asarray(values, dtype=object)
        return self._distinct[column]

    def map(self, column: str, function: Callable[[object], T]) -> pd.Series:
        """The results of `function` for the cells; it is called once per distinct value."""
        codes, values = self.distinct(column)
        results = np.empty(len(values), dtype=object)
        for at, value in enumerate(values):
            results[at] = function(value)
        return pd.Series(results[codes], index=self.frame.index, dtype=object)

    def map_text(self, column: str, function: Callable[[object], str]) -> pd.Series:
        """The same for a function that returns text."""
        codes, values = self.distinct(column)
        results = pa.array(list(map(function, values)), pa.string())
        return text_series(results.take(pa.array(codes)))

    def map_or_blank(self, column: str, function: Callable[[object], str]) -> pd.Series:
        """The same; "" for all rows if there is no such column."""
        return self.map_text(column, function) if column in self.frame else self.text(column)

    def parse(
        self, column: str, parser: Callable[[str], T | None], expected: StoredText
    ) -> pd.Series:
        """The results of `parser` for the cells as text, `None` for a blank one.

        A cell for which it returns `None` or raises ValueError is reported as not understood.
        """

        def parse_cell(value: object) -> T | None:
            text = cell_text(value)
            try:
                return parser(text) if text else None
            except (ValueError, OverflowError):
                return None

        if column not in self.frame:
            return pd.Series(None, index=self.frame.index, dtype=object)
        results = self.map(column, parse_cell)
        blank = self.text(column) == ""
        self.unread((results.isna() & ~blank).to_numpy(), column, expected)
        return results

    def number(self, column: str, low: int, high: int) -> "pd.Series[float]":
        """The cells as numbers, NaN where blank or not a number from `low` to `high`."""
        if column not in self.frame:
            return pd.Series(np.nan, index=self.frame.index)
        cells = self.frame[column]
        if cells.dtype.kind in "fiu":
            values = cells.astype(float)
            blank = values.isna()
        else:
            texts = self.text(column)
            blank = texts == ""
            codes, distinct = pd.factorize(texts)
            # Of objects: text of Arrow has another parser.
            plain: list[str] = distinct.tolist()
            if self.cells.decimal_comma:
                plain = [text.replace(",", ".") for text in plain]
            numbers = pd.to_numeric(np.array(plain, dtype=object), errors="coerce").astype(float)
            values = pd.Series(numbers[codes], index=texts.index)
        outside = ~values.between(low, high) & ~blank
        self.unread(outside.to_numpy(), column, number_from(low, high))
        return values.where(values.between(low, high))

    def decode(self, column: str, values: Mapping[str, T], expected: StoredText) -> pd.Series:
        """The value of each code in the column, `None` for a blank or an unknown one."""
        return self.parse(column, values.get, expected)


def _plain(cell: object) -> object:
    """A cell as it is shown: a number of a geometry and a day as people write them."""
    if isinstance(cell, date):
        return cell.isoformat()
    return cell.item() if isinstance(cell, np.generic) else cell


def number_from(low: int, high: int) -> Message:
    """What is expected of a number in these limits."""
    return message("a number from {low} to {high}", low=low, high=high)


def cell_text(value: object) -> str:
    """A cell as stripped text, "" if it is missing: whole numbers without the ".0" that files add."""
    if value is None or value is pd.NaT or value is pd.NA:
        return ""
    if isinstance(value, float):
        if value != value:  # noqa: PLR0124
            return ""
        return str(int(value)) if value.is_integer() else repr(float(value))
    return str(value).strip()


def map_distinct(texts: pd.Series, function: Callable[[str], T]) -> pd.Series:
    """The results of `function` for the texts; it is called once per distinct one."""
    return texts.map({text: function(text) for text in texts.unique()})


def join_columns(*columns: pd.Series, separator: str) -> pd.Series:
    """Join the cells of each row by `separator`, without blank ones."""
    cells = [pa.array(column, pa.string()) for column in columns]
    return text_series(reduce(lambda first, second: _join_two(first, second, separator), cells))


def _join_two(first: pa.Array, second: pa.Array, separator: str) -> pa.Array:
    either_blank = pc.or_(pc.equal(first, ""), pc.equal(second, ""))
    # Not by `null_handling="skip"`: pyarrow 26 drops rows in which all cells are null.
    return pc.binary_join_element_wise(first, pc.if_else(either_blank, "", separator), second, "")


def text_series(cells: pa.Array) -> pd.Series:
    """Text of Arrow as a Series: it is neither copied nor made into an object per cell."""
    return pd.Series(cells, dtype="str")
