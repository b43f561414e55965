"""The names, ids, points and radii of areas, e.g. IQ.15 -> nineveh_governorate, محافظة نينوى."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, cos, hypot, radians

from area_words import CORRECTED, EXISTING, FULL_NAMES, KINDS, PRESS_NAMES, REGIONS
from packages import CORE, Area, Town, plain
from unidecode import unidecode

_KM_PER_DEGREE = 111.2
# A single town says nothing of its area; the districts of the first tier have 30 km.
_MIN_KM, _ALONE_KM = 15, 30
_KIND_WORDS_AR = (
    *("محافظة", "ولاية", "قضاء", "منطقة", "مديرية", "لواء", "شعبية", "إمارة", "مركز", "استان"),
    *("پارێزگای", "قەزای", "محلية", "امارة", "أمانة", "بلدية", "شهرستان", "قسم", "مدينة"),
    *("محافظه", "المنطقة", "دائرة", "جهة", "إقليم"),
)
_KIND_WORDS_EN = {
    *("governorate", "province", "state", "district", "region", "city", "municipality", "county"),
    *("qada", "qadaa", "markaz", "mintaqat", "mudiriyat", "liwa", "department", "muhafazat"),
    *(
        "de",
        "du",
        "la",
        "the",
        "locality",
        "countryside",
        "shahrestan",
        "ostan",
        "e",
        "wilaya",
        "wilayat",
        "qism",
        "caza",
    ),
}


@dataclass(frozen=True, slots=True)
class NamedArea:
    """An area with the id, label and names that ship; `arabic` is its name with the word of kind."""

    area: Area
    place_id: str
    english: str
    arabic: str
    short: str
    seat: Town | None
    radius_m: int
    derived: bool

    @property
    def source(self) -> str:
        """Where its names come from, and those of its seat."""
        names = f"GeoNames {self.area.geoname_id}"
        if self.derived and self.seat:
            names += f", name from its seat, GeoNames {self.seat.geoname_id}"
        return names


class AreaNamer:
    """Makes ids and labels of areas, each id once."""

    def __init__(self, towns: Sequence[Town]) -> None:
        self._by_area: dict[str, list[Town]] = defaultdict(list)
        for town in towns:
            self._by_area[town.admin1].append(town)
            self._by_area[town.admin2].append(town)
        self._used: set[str] = set(EXISTING.values())

    def named(self, area: Area, ids: Mapping[str, str]) -> NamedArea | None:
        """The area with its names; `None` if no source has an Arabic name for it or its seat.

        `ids` are the ids of the areas that contain it, by code.
        """
        towns = self._by_area[area.code] or self._namesakes(area)
        seat = _seat(area, towns)
        kind = KINDS[area.country][area.level - 1]
        short = next((_short(name) for name in _arabic(area)), "")
        derived = not short and area.code not in PRESS_NAMES
        if derived and seat and _same_name(area, seat) and seat.arabic:
            short = _short(seat.arabic[0])
        if not short and area.code not in PRESS_NAMES:
            return None
        label = CORRECTED.get(area.code) or _label(area)
        is_region = area.code in REGIONS
        english = label if is_region else f"{label} {kind.english}"
        short = PRESS_NAMES.get(area.code, short)
        return NamedArea(
            area=area,
            place_id=self._id(area, english, ids),
            english=english,
            arabic=FULL_NAMES.get(area.code, short if is_region else f"{kind.arabic} {short}"),
            short=short,
            seat=seat,
            radius_m=_radius_m(seat, towns),
            derived=derived,
        )

    def _namesakes(self, area: Area) -> list[Town]:
        """The towns of its name in the area that contains it: GeoNames often has no code of theirs."""
        return [town for town in self._by_area[area.parent] if _same_name(area, town)][:1]

    def _id(self, area: Area, english: str, ids: Mapping[str, str]) -> str:
        if area.code in EXISTING:
            return EXISTING[area.code]
        place_id = plain(english).replace(" ", "_")
        if place_id in self._used:
            place_id = f"{place_id}_{ids.get(area.parent, area.country.lower())}"
        if place_id in self._used:
            place_id = f"{place_id}_{area.geoname_id}"
        self._used.add(place_id)
        return place_id


def _arabic(area: Area) -> list[str]:
    """Its Arabic names, first those that begin with a word of kind."""
    return sorted(area.arabic, key=lambda name: not name.startswith(_KIND_WORDS_AR))


def _short(name: str) -> str:
    """The name without its words of kind, e.g. "منطقة مركز حمص" -> "حمص"."""
    words = name.split()
    while len(words) > 1 and words[0] in _KIND_WORDS_AR:
        del words[0]
    return " ".join(words)


def _stem(name: str) -> str:
    """A Latin name without words of kind and article, to compare with that of a town."""
    words = [word for word in plain(name).split() if word not in _KIND_WORDS_EN]
    return "".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)


_ARTICLES = {"al", "ad", "ar", "as", "at", "an", "az", "ash", "adh", "el"}


def _same_name(area: Area, town: Town) -> bool:
    stems = {_stem(name) for name in area.latin} - {""}
    return not stems.isdisjoint(_stem(name) for name in town.latin)


def _seat(area: Area, towns: Sequence[Town]) -> Town | None:
    """The town of the area's name, or its most populous one."""
    order = sorted(towns, key=lambda town: (-town.population, town.geoname_id))
    return next((town for town in order if _same_name(area, town)), order[0] if order else None)


def _label(area: Area) -> str:
    """The plainest Latin name: one that had a word of kind in English, else GeoNames' own."""
    named = [n for n in area.latin[1:] if n.isascii() and n.split()[-1].lower() in _KIND_WORDS_EN]
    name = named[0] if named else area.name
    words = [word for word in name.split() if plain(word) not in _KIND_WORDS_EN]
    label = " ".join(words) or name
    # Turkish letters are those of the language; elsewhere the marks are of a transliteration.
    return label if area.country == "TR" else unidecode(label).replace("`", "").lstrip("'")


def _radius_m(seat: Town | None, towns: Sequence[Town]) -> int:
    """Metres from the seat to the farthest town of the area, and a little more."""
    if seat is None:
        return 0
    if len(towns) == 1:
        return 1000 * _ALONE_KM
    far = max(distance_km((seat.lat, seat.lon), (town.lat, town.lon)) for town in towns)
    return 1000 * max(_MIN_KM, ceil(far) + 5)


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points (lat, lon)."""
    shrink = cos(radians((one[0] + other[0]) / 2))
    return _KM_PER_DEGREE * hypot(one[0] - other[0], (one[1] - other[1]) * shrink)


def name_areas(towns: Sequence[Town], areas: Sequence[Area]) -> dict[str, NamedArea]:
    """GeoNames code -> named area, those that contain others first; those without a name are left out.

    Second-level areas are named only in the core countries.
    """
    namer = AreaNamer(towns)
    named: dict[str, NamedArea] = {}
    ids: dict[str, str] = dict(EXISTING)
    for area in sorted(areas, key=lambda area: (area.level, area.code)):
        if area.level > 1 and area.country not in CORE:
            continue
        result = namer.named(area, ids)
        if result is not None:
            named[area.code] = result
            ids[area.code] = result.place_id
    return named
