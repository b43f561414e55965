"""Places of Who's On First: a CSV with the columns wof_id, level, names_ar, or GeoJSON features.

Properties: https://whosonfirst.org/docs/properties/
"""

from collections.abc import Collection, Iterator
from functools import cache

import msgspec

from dashboard.gazetteer.country_names import country_codes
from dashboard.model.place import FeatureClass
from dashboard.model.place_list import LOCAL, ListedPlace
from dashboard.place_lists.rows import HISTORIC, Rows, classes_of, number_of
from dashboard.place_lists.tables import Cells, as_list, first_of, text_of
from dashboard.text.normalise import fold

FORMAT = "wof"
# Languages of names: ISO 639-3, as in "name:ara_x_preferred"; historical ones are left out.
_LANGUAGES = ("ara", "eng", "kur", "kmr", "ckb", "tur")
_FORMS = ("preferred", "variant", "colloquial")
_LEVELS = ("county_id", "region_id", "country_id")
# Inhabitants from which a populated place is a town, and a city.
_TOWN, _CITY = 10_000, 100_000


def is_wof(columns: Collection[str]) -> bool:
    """Whether the columns, in lower case, are those of Who's On First."""
    return {"wof_id", "name"} <= set(columns) or {"wof:id", "wof:placetype"} <= set(columns)


class WhosOnFirst:
    """Reads the rows of one file; a row of the country itself gives the country of those after it."""

    def __init__(self) -> None:
        self._country = ""

    def read(self, cells: Cells, rows: Rows) -> Iterator[ListedPlace]:
        """The place of a row."""
        place = self._feature(cells, rows) if "wof:id" in cells else self._csv_row(cells, rows)
        if place is not None:
            yield place

    def _csv_row(self, cells: Cells, rows: Rows) -> ListedPlace | None:
        kind = _class(text_of(cells, "level"), cells)
        name, key = text_of(cells, "name"), text_of(cells, "wof_id")
        names = [name, *_parts(cells, "names_ar"), *_parts(cells, "names_en")]
        if kind is FeatureClass.COUNTRY:
            codes = country_codes()
            self._country = next((codes[fold(n)] for n in names if fold(n) in codes), "")
        region, county = text_of(cells, "admin1"), text_of(cells, "admin2")
        areas = [_area(region, county)] if county else []
        areas += [_area(region)] if region else []
        is_area = kind in (FeatureClass.GOVERNORATE, FeatureClass.DISTRICT)
        itself = areas[:1] if is_area else []
        return rows.place(
            f"wof_{key}",
            kind,
            (cells.get("lat"), cells.get("lon")),
            names,
            f"Who's On First {key}",
            country=self._country,
            within=areas[1:] if is_area else areas,
            same_as=[*itself, *_geonames(text_of(cells, "geonames_id"))],
        )

    def _feature(self, cells: Cells, rows: Rows) -> ListedPlace | None:
        if _is_past(cells):
            rows.leave_out(HISTORIC)
            return None
        key = text_of(cells, "wof:id")
        return rows.place(
            f"wof_{key}",
            _class(text_of(cells, "wof:placetype"), cells),
            (
                first_of(cells, "lbl:latitude", "geom:latitude", "latitude"),
                first_of(cells, "lbl:longitude", "geom:longitude", "longitude"),
            ),
            list(_names(cells)),
            f"Who's On First {key}",
            country=text_of(cells, "wof:country", "iso:country"),
            within=_hierarchy(cells, key),
            same_as=_geonames(text_of(_json_object(cells, "wof:concordances"), "gn:id")),
        )


@cache
def _codes() -> dict[str, FeatureClass]:
    return classes_of(FORMAT)


def _class(code: str, cells: Cells) -> FeatureClass | None:
    kind = _codes().get(code)
    if kind is not FeatureClass.VILLAGE:
        return kind
    people = number_of(first_of(cells, "population", "wof:population", "gn:population")) or 0
    if people >= _CITY:
        return FeatureClass.CITY
    return FeatureClass.TOWN if people >= _TOWN else kind


def _parts(cells: Cells, name: str) -> list[str]:
    return text_of(cells, name).split("|")


def _area(region: str, county: str = "") -> str:
    return f"{LOCAL}{region}|{county}"


def _geonames(number: str) -> list[str]:
    return [f"geonames_{number}"] if number.isdecimal() else []


def _is_past(cells: Cells) -> bool:
    """Whether the place no longer exists, or was replaced: dates in EDTF, "" or "uuuu" if unknown."""
    dates = (text_of(cells, "edtf:cessation"), text_of(cells, "edtf:deprecated"))
    return any(date[:1].isdecimal() for date in dates)


def _names(cells: Cells) -> Iterator[object]:
    yield cells.get("wof:name")
    members = _json_object(cells, "names")
    for language in _LANGUAGES:
        for form in _FORMS:
            name = f"{language}_x_{form}"
            yield from as_list(cells.get(f"name:{name}"))
            yield from as_list(cells.get(f"names.{name}"))
            found = members.get(name)
            yield from found if isinstance(found, list) else [found]


def _hierarchy(cells: Cells, key: str) -> list[str]:
    first = next(iter(as_list(cells.get("wof:hierarchy"))), None)
    ids = first if isinstance(first, dict) else {}
    numbers = [text_of(ids, level) for level in _LEVELS]
    return [f"wof_{number}" for number in numbers if number.isdecimal() and number != key]


def _json_object(cells: Cells, name: str) -> Cells:
    value = cells.get(name)
    try:
        decoded = msgspec.json.decode(value) if isinstance(value, str) else {}
    except (msgspec.DecodeError, RecursionError):
        return {}
    return decoded if isinstance(decoded, dict) else {}
