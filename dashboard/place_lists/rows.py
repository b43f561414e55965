"""The rows of a list while it is read: places with clean names, and the number left out by reason."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from math import isfinite

from dashboard.language.messages import N_
from dashboard.model.place import FeatureClass
from dashboard.model.place_list import ListedPlace
from dashboard.model.rows import load_records
from dashboard.settings import DATA

# The longest names of places in the sources have some 100 letters, the best known places 200 names.
_MOST_LETTERS, _MOST_NAMES = 200, 400
OTHER_FEATURE = N_("another kind of feature")
NO_NAME = N_("no name")
NO_POINT = N_("no coordinates")
OFF_GLOBE = N_("coordinates that are none")
DAMAGED_ROW = N_("a row that cannot be read")
TWICE = N_("the same id twice")
HISTORIC = N_("a historical name")
NO_NAME_OF_PLACE = N_("a link, a post code or another code")
OTHER_LANGUAGE = N_("a name in a language that is not read")


@dataclass(frozen=True, slots=True)
class ClassRow:
    """The class of the places of a code of a format; rows of other codes are left out."""

    format: str
    code: str
    feature_class: FeatureClass
    source: str


@cache
def classes_of(format_: str) -> dict[str, FeatureClass]:
    """The classes of places by the codes of a format."""
    rows = load_records(DATA / "lexicon" / "place_list_classes.csv", ClassRow)
    return {row.code: row.feature_class for row in rows if row.format == format_}


@dataclass(slots=True)
class Rows:
    """Counts what is left out, and makes places of the rest."""

    left_out: Counter[str] = field(default_factory=Counter)

    def leave_out(self, reason: str, number: int = 1) -> None:
        """Count rows or names that are not read."""
        self.left_out[reason] += number

    def place(  # noqa: PLR0913 the fields of a place
        self,
        key: str,
        kind: FeatureClass | None,
        point: tuple[object, object],
        names: Iterable[object],
        source: str,
        *,
        country: str = "",
        within: Iterable[str] = (),
        same_as: Iterable[str] = (),
    ) -> ListedPlace | None:
        """A place of a list, `None` if it is left out; areas need no point."""
        if kind is None:
            self.leave_out(OTHER_FEATURE)
            return None
        clean = clean_names(names)
        if not clean:
            self.leave_out(NO_NAME)
            return None
        lat, lon = map(number_of, point)
        if lat is None or lon is None:
            if kind not in AREAS:
                self.leave_out(NO_POINT)
                return None
            lat = lon = None
        elif not (-90 <= lat <= 90 and -180 <= lon <= 180):
            self.leave_out(OFF_GLOBE)
            return None
        code = country if len(country) == 2 and country.isascii() and country.isalpha() else ""
        return ListedPlace(
            key, kind, lat, lon, code.upper(), clean, source, tuple(within), tuple(same_as)
        )


AREAS = frozenset({
    FeatureClass.COUNTRY, FeatureClass.GOVERNORATE, FeatureClass.DISTRICT, FeatureClass.SUBDISTRICT,
})  # fmt: skip


def clean_names(names: Iterable[object]) -> tuple[str, ...]:
    """The names as texts, each once, without control characters and blanks around them."""
    texts = dict.fromkeys(clean_text(name) for name in names)
    return tuple(text for text in texts if 0 < len(text) <= _MOST_LETTERS)[:_MOST_NAMES]


def clean_text(value: object) -> str:
    """A cell as text of one line; "" for a blank one and for what is no text."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str | int | float) or value != value:  # noqa: PLR0124 NaN
        return ""
    text = " ".join(str(value).split())
    return text if text.isprintable() else "".join(c for c in text if c.isprintable())


def number_of(value: object) -> float | None:
    """A cell as a number; `None` for anything else, and for infinity."""
    try:
        number = float(value) if isinstance(value, str | int | float) else None
    except ValueError:
        return None
    return number if number is not None and isfinite(number) else None
