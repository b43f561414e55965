"""Places of rows that are wider than one, e.g. "nationwide", "near Ain Issa", "northern Syria"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dashboard.gazetteer.area_names import name_key
from dashboard.gazetteer.place_names import PlaceNames
from dashboard.model.place import FeatureClass, PlacePrecision
from dashboard.model.rows import load_records
from dashboard.settings import DATA
from dashboard.text.clitics import AND

# Between two places, as "between Ain Issa and Tal Abyad".
_AND = re.compile(rf" (?:and|et|und|ve|to|{AND}) ?")


@dataclass(frozen=True, slots=True)
class WidePlace:
    """Words for a wide place: all of a name, or before a place (`use`); `None`: too wide for a place."""

    words: str
    use: str
    precision: PlacePrecision | None
    source: str


@cache
def _words() -> Mapping[tuple[str, str], str]:
    """The precision by use and key of the words, "" for too wide; raises DataError for a fault."""
    rows = load_records(DATA / "lexicon" / "wide_places.csv", WidePlace, "words", "use")
    return {(row.use, name_key(row.words)): row.precision or "" for row in rows}


def precision_of_wide_place(key: str, names: PlaceNames) -> str | None:
    """The precision of a place by its key (`name_key`), "" for one that is none; else `None`.

    A name of the gazetteer is as wide as the smallest place of that name. Words before a name count only
    if the gazetteer has it: "near the bakery" may be exact.
    """
    if (found := _words().get(("all", key))) is not None:
        return found
    if key in names.by_name:
        return _of_places([names.places[key].precision for key in names.by_name[key]])
    words = key.split()
    for count in range(min(len(words) - 1, 3), 0, -1):
        precision = _words().get(("before", " ".join(words[:count])))
        rest = " ".join(words[count:])
        if precision is not None:
            return _before(precision, rest, names)
    return None


def _of_places(precisions: Sequence[PlacePrecision]) -> str | None:
    """The precision of the smallest place, if it is wider than a town."""
    order = list(PlacePrecision)
    smallest = min(precisions, key=order.index)
    wide = order.index(smallest) > order.index(PlacePrecision.SETTLEMENT)
    return smallest.value if wide else None


def _before(precision: str, rest: str, names: PlaceNames) -> str | None:
    if rest in names.areas[FeatureClass.COUNTRY]:
        return PlacePrecision.REGION.value
    # A direction alone may be a part of a town.
    if precision == PlacePrecision.REGION:
        return None
    known = any(part in names.by_name for part in (rest, *_AND.split(rest)))
    return precision if known else None
