"""The settlements of vector tiles: their names, and how important they are, e.g. 1 for a large city.

The classes: docs.protomaps.com/basemaps/layers (`kind`, `kind_detail`, `population_rank`) and
openmaptiles.org/schema (`class`).
"""

import pandas as pd

from dashboard.text.escape import without_controls

# The layers of the two usual schemas that have settlements.
PLACE_LAYERS = ("places", "place")
_RANKS = {"city": 1, "town": 2, "village": 4, "hamlet": 6, "isolated_dwelling": 6}
# Of Protomaps' files without the detail of a kind: the least rank of population, and ours.
_POPULATION = ((11, 1), (8, 2), (0, 4))
_ENGLISH = ("name:en", "name_en", "name:latin", "name_int", "name")
_ARABIC = ("name:ar", "name_ar")
_MOST_NAME = 80


class Settlements:
    """The rows of a layer of settlements."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def of(self, row: int) -> tuple[str, str, int]:
        """English or only name, Arabic name or "", and rank, 0 if the row is no settlement."""
        name, arabic = self._first(row, _ENGLISH), self._first(row, _ARABIC)
        return (name or arabic, arabic, self._rank(row)) if name or arabic else ("", "", 0)

    def _rank(self, row: int) -> int:
        classes = (self._cell(row, name) for name in ("class", "kind_detail", "kind"))
        for each in classes:
            if each in _RANKS:
                return _RANKS[each]
        if self._cell(row, "kind") != "locality":
            return 0
        people = pd.to_numeric(self._cell(row, "population_rank") or "0", errors="coerce")
        return next((rank for least, rank in _POPULATION if people >= least), 4)

    def _first(self, row: int, names: tuple[str, ...]) -> str:
        return next((text for name in names if (text := self._cell(row, name))), "")

    def _cell(self, row: int, name: str) -> str:
        if name not in self._frame:
            return ""
        cell = self._frame[name].iloc[row]
        return "" if pd.isna(cell) else " ".join(without_controls(str(cell)).split())[:_MOST_NAME]
