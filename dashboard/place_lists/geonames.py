"""GeoNames' files of a country: its places (SY.txt), and further names (alternateNamesV2).

Formats: https://download.geonames.org/export/dump/readme.txt
"""

from collections.abc import Iterator
from functools import cache
from typing import IO

from dashboard.gazetteer.tiers import geonames_classes
from dashboard.model.place import FeatureClass
from dashboard.model.place_list import LOCAL, ListedPlace
from dashboard.place_lists.rows import (
    DAMAGED_ROW,
    HISTORIC,
    NO_NAME_OF_PLACE,
    OTHER_LANGUAGE,
    TWICE,
    Rows,
    classes_of,
    clean_names,
)

PLACES, NAMES = "geonames", "geonames_names"
_PLACE_COLUMNS, _NAME_COLUMNS = 19, (4, 8, 10)
# Above any row of GeoNames: one place may have thousands of letters of alternate names.
_MOST_LINE = 100_000
# Of the languages that articles are read in; "" are names without a language, often Arabic ones.
_LANGUAGES = frozenset({"", "ar", "en", "ku", "kmr", "ckb", "tr"})
_AREA_CODES = {"ADM1": 1, "ADM2": 2, "ADM3": 3}


def format_of_line(line: str) -> str | None:
    """Whether a line is of GeoNames' places or of its names, by its columns; `None` if of neither."""
    cells = line.rstrip("\r\n").split("\t")
    if len(cells) == _PLACE_COLUMNS and cells[0].isdecimal():
        return PLACES
    if len(cells) in _NAME_COLUMNS and cells[0].isdecimal() and cells[1].isdecimal():
        return NAMES
    return None


def read_places(file: IO[bytes], rows: Rows) -> Iterator[ListedPlace]:
    """The populated places and areas of a country's file; other features are left out."""
    seen: set[str] = set()
    for cells in _lines(file, rows, (_PLACE_COLUMNS,)):
        place = rows.place(
            f"geonames_{cells[0]}",
            _classes().get(cells[7]),
            (cells[4], cells[5]),
            (cells[1], *cells[3].split(",")),
            f"GeoNames {cells[0]}",
            country=cells[8],
            within=_areas(cells),
            same_as=_area_key(cells),
        )
        if place is None or place.key in seen:
            rows.leave_out(TWICE, int(place is not None))
            continue
        seen.add(place.key)
        yield place


def read_names(file: IO[bytes], rows: Rows) -> Iterator[ListedPlace]:
    """The names of each place in the languages that are read, in one row, the preferred ones first."""
    names: dict[str, list[tuple[bool, str]]] = {}
    for cells in _lines(file, rows, _NAME_COLUMNS):
        preferred, historic = (len(cells) > at and cells[at] == "1" for at in (4, 7))
        if historic:
            rows.leave_out(HISTORIC)
        elif cells[2] not in _LANGUAGES:
            is_language = 2 <= len(cells[2]) <= 3 or "-" in cells[2]
            rows.leave_out(OTHER_LANGUAGE if is_language else NO_NAME_OF_PLACE)
        else:
            names.setdefault(cells[1], []).append((not preferred, cells[3]))
    for place, found in names.items():
        clean = clean_names(name for _other, name in sorted(found, key=lambda pair: pair[0]))
        if clean:
            source = f"GeoNames {place}, alternate names"
            yield ListedPlace(f"geonames_{place}", None, None, None, "", clean, source)


@cache
def _classes() -> dict[str, FeatureClass]:
    return geonames_classes() | classes_of(PLACES)


def _areas(cells: list[str]) -> list[str]:
    """The keys of the areas that contain a place, the smallest first."""
    level = _AREA_CODES.get(cells[7], 4)
    codes = [cells[8], *cells[10:13]]
    return [_key(codes[: at + 1]) for at in range(min(level, 4) - 1, 0, -1) if codes[at]]


def _area_key(cells: list[str]) -> list[str]:
    """For an area the key by which its places name it."""
    level = _AREA_CODES.get(cells[7])
    return [] if level is None else [_key([cells[8], *cells[10 : 10 + level]])]


def _key(codes: list[str]) -> str:
    return LOCAL + ".".join(codes)


def _lines(file: IO[bytes], rows: Rows, columns: tuple[int, ...]) -> Iterator[list[str]]:
    while line := file.readline(_MOST_LINE):
        try:
            cells = line.decode("utf-8").rstrip("\r\n").split("\t")
        except UnicodeDecodeError:
            rows.leave_out(DAMAGED_ROW)
            continue
        if len(cells) in columns:
            yield cells
        elif line.strip():
            rows.leave_out(DAMAGED_ROW)
