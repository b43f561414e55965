"""Places and names of added lists as columns: a `Place` is built when it is first needed.

A list has 50,000 places, of which a page shows a few.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from dashboard.model.place import (
    FeatureClass,
    Gazetteer,
    NameStrength,
    Place,
    PlaceName,
    PlacePrecision,
)

PLACES_SCHEMA = pa.schema({
    "place_id": pa.string(),
    "name_en": pa.string(),
    "name_ar": pa.string(),
    "feature_class": pa.string(),
    "within": pa.string(),
    "lat": pa.float64(),
    "lon": pa.float64(),
    "uncertainty_m": pa.int32(),
    "precision": pa.string(),
    "sources": pa.string(),
    "doubt": pa.string(),
})  # fmt: skip
NAMES_SCHEMA = pa.schema({
    "place_id": pa.string(),
    "name": pa.string(),
    "lang": pa.string(),
    "source": pa.string(),
})  # fmt: skip
_CLASSES = {item.value: item for item in FeatureClass}
_PRECISIONS = {item.value: item for item in PlacePrecision}
# From so many places on, all rows are read at once.
_MANY = 1_000
_NONE: frozenset[str] = frozenset()


class ListedPlaces(Mapping[str, Place]):
    """All places of a gazetteer by id: those of `checked`, and those of lists.

    `checked` are places that exist as objects; one with the id of a listed place replaces it. `table`
    has the columns of `PLACES_SCHEMA`; the places with ids in `removed` are left out.
    """

    def __init__(
        self, checked: Mapping[str, Place], table: pa.Table, removed: frozenset[str] = _NONE
    ) -> None:
        self.checked = checked
        self._table = table
        self._removed = removed
        self._built: dict[str, Place] = {}

    @property
    def parts(self) -> tuple[Mapping[str, Place], pa.Table, frozenset[str]]:
        """The arguments of the constructor, for a copy with other ones."""
        return self.checked, self._table, self._removed

    def points(self) -> tuple[list[str], np.ndarray, np.ndarray]:
        """Ids, latitudes and longitudes of the listed places, in degrees."""
        lat, lon = (self._table[name].to_numpy() for name in ("lat", "lon"))
        rows = np.fromiter(self._rows.values(), dtype=np.int64, count=len(self._rows))
        return list(self._rows), lat[rows], lon[rows]

    def is_listed(self, place_id: str) -> bool:
        """Whether the place is of an added list, and not built from another source."""
        return place_id in self._rows

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        """The rows of the listed places by id."""
        rows = {key: row for row, key in enumerate(self._table["place_id"].to_pylist())}
        for key in (*self.checked, *self._removed):
            rows.pop(key, None)
        return rows

    @cached_property
    def _columns(self) -> Mapping[str, list[Any]]:
        """All rows as values of Python, and their points, which takes a tenth of the time of each."""
        table = self._table
        points = shapely.points(table["lon"].to_numpy(), table["lat"].to_numpy())
        columns = {name: table[name].to_pylist() for name in PLACES_SCHEMA.names}
        return columns | {"geometry": np.asarray(points).tolist()}

    def _values(self, row: int) -> Mapping[str, Any]:
        if len(self._built) > _MANY:
            return {name: column[row] for name, column in self._columns.items()}
        values = {name: self._table[name][row].as_py() for name in PLACES_SCHEMA.names}
        return values | {"geometry": shapely.Point(values["lon"], values["lat"])}

    def __getitem__(self, place_id: str) -> Place:
        place = self.checked.get(place_id) or self._built.get(place_id)
        if place is None:
            place = self._built[place_id] = self._build(self._rows[place_id])
        return place

    def _build(self, row: int) -> Place:
        values = self._values(row)
        within = values["within"]
        return Place(
            values["place_id"],
            values["name_en"],
            values["name_ar"],
            _CLASSES[values["feature_class"]],
            (within,) if within else (),
            values["geometry"],
            values["lat"],
            values["lon"],
            values["uncertainty_m"],
            _PRECISIONS[values["precision"]],
            values["sources"],
            values["doubt"],
            2,
        )

    def __contains__(self, place_id: object) -> bool:
        return place_id in self.checked or place_id in self._rows

    def __iter__(self) -> Iterator[str]:
        return chain(self.checked, self._rows)

    def __len__(self) -> int:
        return len(self.checked) + len(self._rows)

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        """Sent to other processes as columns, which takes a tenth of the time of objects."""
        return ListedPlaces, self.parts


class ListedNames(Sequence[PlaceName]):
    """All names of a gazetteer: those of `checked`, then those of lists, which are all weak.

    `table` has the columns of `NAMES_SCHEMA`; names of the places in `removed` are left out.
    """

    def __init__(
        self, checked: Sequence[PlaceName], table: pa.Table, removed: frozenset[str] = _NONE
    ) -> None:
        self.checked = checked
        if removed:
            known = pc.is_in(table["place_id"], value_set=pa.array(sorted(removed), pa.string()))
            table = table.filter(pc.invert(known))
        self._table = table

    def of(self, place_ids: Collection[str]) -> pa.Table:
        """The names of lists of these places."""
        wanted = pa.array(sorted(place_ids), pa.string())
        return self._table.filter(pc.is_in(self._table["place_id"], value_set=wanted))

    @property
    def table(self) -> pa.Table:
        """The names of lists."""
        return self._table

    def __iter__(self) -> Iterator[PlaceName]:
        columns = (self._table[name].to_pylist() for name in NAMES_SCHEMA.names)
        weak = NameStrength.WEAK
        listed = (PlaceName(key, name, lang, weak, source) for key, name, lang, source in zip(
            *columns, strict=True
        ))  # fmt: skip
        return chain(self.checked, listed)

    def __len__(self) -> int:
        return len(self.checked) + int(self._table.num_rows)

    @overload
    def __getitem__(self, at: int) -> PlaceName: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[PlaceName]: ...
    def __getitem__(self, at: int | slice) -> PlaceName | Sequence[PlaceName]:
        rows: tuple[PlaceName, ...] = tuple(self)
        return rows[at]

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        return ListedNames, (self.checked, self._table)


def tier_of(places: Mapping[str, Place], place_id: str) -> int:
    """The tier of a place; one of an added list is not built for it."""
    if isinstance(places, ListedPlaces) and places.is_listed(place_id):
        return 2
    place = places[place_id]
    return int(place.tier)


def names_of_places(gazetteer: Gazetteer, place_ids: Collection[str]) -> tuple[PlaceName, ...]:
    """All names of these places."""
    names = gazetteer.names
    wanted = frozenset(place_ids)
    if isinstance(names, ListedNames):
        names = ListedNames(names.checked, names.of(wanted))
    return tuple(name for name in names if name.place_id in wanted)


def checked_places(places: Mapping[str, Place]) -> Mapping[str, Place]:
    """The places that are not of added lists; all of them if there is no list."""
    return places.checked if isinstance(places, ListedPlaces) else places


def replace_places(
    gazetteer: Gazetteer,
    removed: Collection[str],
    places: Mapping[str, Place],
    names: Iterable[PlaceName],
) -> Gazetteer:
    """The gazetteer without the places whose ids are `removed`, and then with these places and names."""
    checked, curated = checked_places(gazetteer.places), gazetteer.names
    if isinstance(curated, ListedNames):
        curated = curated.checked
    new = {key: place for key, place in checked.items() if key not in removed} | dict(places)
    new_names = (*(name for name in curated if name.place_id not in removed), *names)
    if not isinstance(gazetteer.places, ListedPlaces) or not isinstance(
        gazetteer.names, ListedNames
    ):
        return Gazetteer(new, new_names)
    gone = frozenset(removed)
    _checked, table, before = gazetteer.places.parts
    listed = ListedNames(new_names, gazetteer.names.table, gone)
    return Gazetteer(ListedPlaces(new, table, before | gone), listed)
