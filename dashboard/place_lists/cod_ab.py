"""OCHA's tables of administrative areas (COD-AB) with their P-codes, and its tables of settlements.

Columns are e.g. ADM1_EN, ADM1_AR, ADM1_PCODE, or adm1_name, adm1_name1, adm1_pcode in newer tables.
Source: https://cod.unocha.org
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from dashboard.gazetteer.country_names import country_codes
from dashboard.model.place import FeatureClass
from dashboard.model.place_list import ListedPlace
from dashboard.place_lists.rows import NO_NAME, Rows, classes_of
from dashboard.place_lists.tables import Cells, first_of, text_of
from dashboard.text.normalise import fold

FORMAT = "cod_ab"
_LEVELS = (4, 3, 2, 1, 0)
_COLUMN = re.compile(r"adm[0-4]_?(pcode|en|ar|name\d?|ref)")
_LANGUAGES = ("en", "ar", "name", "name1", "name2", "name3", "ref", "alt1en", "alt1ar", "alt2ar")
_LAT = ("latitude", "lat", "latitude_y", "center_lat", "point_y", "y_lat", "lat_dd", "y_coord")
_LON = (
    "longitude",
    "lon",
    "long",
    "longitude_x",
    "center_lon",
    "point_x",
    "x_long",
    "lon_dd",
    "x_coord",
)
# Columns of the settlements themselves, in tables "pplp".
_SETTLEMENT_CODES = ("pcode", "ppl_pcode", "pplp_pcode", "place_pcode", "popplace_p")
_SETTLEMENT_NAMES = (
    "name_en", "name_ar", "name", "ppl_name", "ppl_en", "ppl_ar", "featurename", "featurenam",
    "featurename_en", "featurename_ar", "feature_en", "feature_ar", "popplace_e", "popplace_a",
    "place_en", "place_ar",
)  # fmt: skip
_CODE = re.compile(r"[A-Za-z]{1,3}[A-Za-z0-9_-]{0,20}")


def is_cod_ab(columns: Collection[str]) -> bool:
    """Whether the columns, in lower case, are those of areas with P-codes."""
    areas = [name for name in columns if _COLUMN.fullmatch(name)]
    return len(areas) >= 2 and any(name.endswith("pcode") for name in areas)


class CodAb:
    """Reads the rows of one table; each area above the row's own is a place once."""

    def __init__(self) -> None:
        self._read: set[str] = set()

    def read(self, cells: Cells, rows: Rows) -> Iterator[ListedPlace]:
        """The place of a row, and the areas that contain it, the largest first."""
        codes = {level: _pcode(cells, level) for level in _LEVELS}
        levels = [level for level in _LEVELS if codes[level] and _names(cells, level)]
        settlement = [name for name in _SETTLEMENT_NAMES if text_of(cells, name)]
        if not levels and not settlement:
            rows.leave_out(NO_NAME)
            return
        country = _country(cells)
        keys = [f"pcode_{codes[level]}" for level in levels]
        point = (first_of(cells, *_LAT), first_of(cells, *_LON))
        for at in range(len(levels) - 1, -1, -1):
            own = at == 0 and not settlement
            if keys[at] in self._read:
                continue
            self._read.add(keys[at])
            names = _names(cells, levels[at])
            kind = _classes()[str(levels[at])]
            source = f"OCHA COD-AB {codes[levels[at]]}"
            where = point if own else (None, None)
            place = rows.place(
                keys[at], kind, where, names, source, country=country, within=keys[at + 1 :]
            )
            if place is not None:
                yield place
        if settlement:
            yield from self._settlement(cells, rows, point, country, keys)

    def _settlement(
        self,
        cells: Cells,
        rows: Rows,
        point: tuple[object, object],
        country: str,
        within: Sequence[str],
    ) -> Iterator[ListedPlace]:
        names = [cells.get(name) for name in _SETTLEMENT_NAMES]
        code = text_of(cells, *_SETTLEMENT_CODES) or _made_code(cells, point)
        key = f"pcode_{code}"
        if key in self._read:
            return
        self._read.add(key)
        kind, source = _classes()["pplp"], f"OCHA COD-AB {code}"
        place = rows.place(key, kind, point, names, source, country=country, within=within)
        if place is not None:
            yield place


@cache
def _classes() -> dict[str, FeatureClass]:
    return classes_of(FORMAT)


def _pcode(cells: Cells, level: int) -> str:
    code = text_of(cells, f"adm{level}_pcode", f"adm{level}pcode")
    return code.upper() if _CODE.fullmatch(code) else ""


def _names(cells: Cells, level: int) -> list[object]:
    columns = [f"adm{level}{gap}{name}" for name in _LANGUAGES for gap in ("_", "")]
    return [cells[name] for name in columns if text_of(cells, name)]


def _country(cells: Cells) -> str:
    """The country's ISO code: the first letters of its P-code, or by its name."""
    code = text_of(cells, "iso2", "adm0_pcode", "adm0pcode")
    if len(code) == 2:
        return code
    names = (fold(str(name)) for name in _names(cells, 0))
    return next((country_codes()[name] for name in names if name in country_codes()), "")


def _made_code(cells: Cells, point: tuple[object, object]) -> str:
    """A key for a settlement without a P-code: its name and its point."""
    name = fold(text_of(cells, *_SETTLEMENT_NAMES)).replace(" ", "_")
    return f"{name}_{point[0]}_{point[1]}"
