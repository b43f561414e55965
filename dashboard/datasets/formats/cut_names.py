"""Names of columns that a shapefile has cut to 10 letters, e.g. "geo_precis" -> geo_precision.

Source: GDAL, driver "ESRI Shapefile", creation issues: of several names with the same 10 letters the
later ones have their first 8 letters, and a number.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

_LETTERS = 10
_NUMBERED = re.compile(r"(.{8})_([1-9])")


def cut_names(names: Iterable[str]) -> Mapping[str, str]:
    """The names by what a shapefile makes of them, in lower case; those that it leaves are not in it."""
    cut: dict[str, str] = {}
    used: set[str] = set()
    for name in names:
        short = _free(name.lower()[:_LETTERS], used)
        used.add(short)
        if short != name.lower():
            cut[short] = name
    return cut


def _free(short: str, used: set[str]) -> str:
    if short not in used:
        return short
    numbered = (f"{short[:8]}_{number}" for number in range(1, 10))
    return next((name for name in numbered if name not in used), short)


def full_names(columns: Iterable[str], names: Sequence[str]) -> Mapping[str, str]:
    """The known names by the columns that have them in full or cut, in any case."""
    cut = cut_names(names)
    known = {name.lower(): name for name in names}
    found: dict[str, str] = {}
    for column in columns:
        lower = column.strip().lower()
        match = _NUMBERED.fullmatch(lower)
        # Which of the names got the number depends on the columns that the file has.
        name = known.get(lower) or cut.get(lower) or (match and _first(match[1], names, found))
        if name and name not in found.values():
            found[column] = name
    return found


def _first(start: str, names: Sequence[str], found: Mapping[str, str]) -> str | None:
    taken = set(found.values())
    return next(
        (
            name
            for name in names
            if name.lower().startswith(start) and len(name) > _LETTERS and name not in taken
        ),
        None,
    )
