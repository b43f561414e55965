"""The precision of a place by the words or codes of a cell, e.g. "(6) Country", "village", "قرية"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dashboard.gazetteer.precision import radius_m
from dashboard.model.place import PlacePrecision
from dashboard.model.rows import load_records
from dashboard.settings import DATA
from dashboard.text.normalise import fold

# Of a value that is not understood: as uncertain as any, thus not sharp.
UNKNOWN_PRECISION = PlacePrecision.REGION
# Names of columns whose codes have a scale of their own.
_SCALES = {
    "whereprec": "ucdp",
    "geoprecision": "acled",
    "specificity": "gtd",
    "locnum": "scad",
}
_CODE = re.compile(r"\(?\s*(-?\d+)\s*\)?\s*(?:[.:=)-]\s*)?(.*)")

_ARTICLE = re.compile(r"\bال(?=\w{2})")
# Words that turn the others round: "not exact", "غير دقيق". Folded.
_NOT = frozenset(map(fold, (
    "no", "not", "non", "un", "pas", "nicht", "ungenau", "değil", "غير", "ليس", "ليست", "لا", "بدون",
)))  # fmt: skip
# A unit of length at the end of a column's name, as "radius (km)", "accuracy_m", "ErrorInMeters".
_UNIT = re.compile(
    rf"(?:^|[\W_])(km|kilomet\w+|m|met(?:er|re)s?|{fold('كم')}|{fold('كيلومتر')}|{fold('متر')})\W*$"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_DISTANCE = re.compile(r"(\d+(?:[.,]\d+)?) ?(km|kilomet\w+|m|met(?:er|re)s?|كم|كيلومتر|متر)\b")


@dataclass(frozen=True, slots=True)
class PrecisionValue:
    """A word or code of a scale ("words" for those of any table); `None`: too wide for a place."""

    scale: str
    value: str
    precision: PlacePrecision | None
    source: str


@cache
def _values() -> Mapping[tuple[str, str], PlacePrecision | None]:
    """The precision by scale and folded value; raises DataError for a fault."""
    file = DATA / "lexicon" / "precision_values.csv"
    rows = load_records(file, PrecisionValue, "scale", "value")
    return {(row.scale, fold(row.value)): row.precision for row in rows}


def precision_of(text: str, column: str) -> str | None:
    """The precision of a cell of a column, "" for what is too wide, `None` if it is not understood.

    Words count before a code: of "(6) Country" the word. Of several words the widest counts. A number
    is a distance in a column whose name has a unit.
    """
    folded = fold(text).strip().replace("_", " ")
    if not _NOT.isdisjoint(re.findall(r"\w+", folded)):
        return None
    if _NUMBER.fullmatch(folded) and (unit := _UNIT.search(fold(_CAMEL.sub(" ", column)))):
        folded = f"{folded} {unit[1]}"
    match = _CODE.fullmatch(folded)
    words = match[2] if match else folded
    if matches := _by_words(words):
        widest = max(matches, key=_width)
        # The first code of the scales is a town, whatever its words: "(1) Exact location".
        coded = match is not None and widest == PlacePrecision.EXACT
        return PlacePrecision.SETTLEMENT.value if coded else widest
    if distance := _DISTANCE.search(folded):
        return _by_distance(distance)
    if match is None or words:
        return None
    scale = _SCALES.get(re.sub(r"[\W_]+", "", fold(column)), "codes")
    precision = _values().get((scale, match[1]), UNKNOWN_PRECISION)
    if (scale, match[1]) not in _values():
        return None
    return "" if precision is None else precision.value


def _by_distance(match: re.Match[str]) -> str:
    """The finest precision that is as wide as a distance, "" beyond all: "within 5 km"."""
    metres = float(match[1].replace(",", ".")) * (1000 if match[2][0] in "kك" else 1)
    return next((item.value for item in PlacePrecision if radius_m(item) >= metres), "")


def _by_words(words: str) -> set[str]:
    plain = re.sub(r"\W+", " ", words).strip()
    padded = f" {plain} {_ARTICLE.sub('', plain)} "
    matches = {
        "" if precision is None else precision.value
        for (scale, value), precision in _values().items()
        if scale == "words" and f" {value} " in padded
    }
    return matches if plain else set()


def _width(value: str) -> int:
    """The position among the precisions, from the finest; what is too wide comes last."""
    order = [precision.value for precision in PlacePrecision]
    return order.index(value) if value else len(order)
