"""Parts of a table, and what is said when a file does not tell how it is to be read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.model.errors import DashboardError, Fault

# What is told of each fault.
Tell = Callable[[Fault], None]


class UnclearError(DashboardError):
    """What a file does not tell and an analyst has to: `option` names it, `choices` are its values."""

    def __init__(self, option: str, choices: Sequence[str], why: str) -> None:
        super().__init__(f"{why}; say which: {option} = {' or '.join(choices)}")
        self.option = option
        self.choices = tuple(choices)
        self.why = why


class TableError(DashboardError):
    """A file that is no table that can be read."""


@dataclass(frozen=True, slots=True)
class How:
    """What was asked for; `None` is to be recognised.

    `layer` is one of a geographic file, or a sheet of a workbook.
    """

    encoding: str | None = None
    delimiter: str | None = None
    layer: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows, their numbers as a spreadsheet counts, and how much of the file is read (0 to 1)."""

    frame: pd.DataFrame
    numbers: npt.NDArray[np.int64]
    share: float

    def without_blank_rows(self) -> "Part":
        """The rows in which there is anything."""
        blank = (self.frame.isna() | (self.frame == "")).to_numpy(dtype=bool).all(axis=1)
        if not blank.any():
            return self
        kept = np.flatnonzero(~blank)
        return Part(self.frame.iloc[kept], self.numbers[kept], self.share)


def named(header: Sequence[object]) -> list[str]:
    """The names of the columns, each its own: "x", "x (2)", and "column 3" for one without a name."""
    names: list[str] = []
    for at, cell in enumerate(header, start=1):
        name = str("" if cell is None else cell).strip().lstrip("\ufeff") or f"column {at}"
        count = 1
        while (unique := name if count == 1 else f"{name} ({count})") in names:
            count += 1
        names.append(unique)
    return names


def only(layers: Sequence[str], how: How, file: str, kind: str) -> str:
    """The layer asked for, or the only one; raises UnclearError if there are several."""
    if how.layer is not None:
        if how.layer not in layers:
            raise TableError(f"{file}: expected the {kind} {how.layer}, found {', '.join(layers)}")
        return how.layer
    if len(layers) != 1:
        raise UnclearError("layer", layers, f"{file} has several of these: {kind}")
    return layers[0]
