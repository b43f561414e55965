"""The places of event rows, e.g. the point of a town, its governorate and its country."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.datasets.build.arrow import repeated, to_array, to_text
from dashboard.datasets.build.codes import explode_by_code, factorize_rows
from dashboard.datasets.build.rows import SEPARATOR, KnownIds, stable_hash
from dashboard.model.event_tables import BASE_SCHEMAS
from dashboard.model.place import FeatureClass, PlacePrecision
from dashboard.text.normalise import fold

# The columns of areas from the largest, with the class and the precision of their places.
_ADMIN = {
    "country": (FeatureClass.COUNTRY, PlacePrecision.REGION),
    "admin1": (FeatureClass.GOVERNORATE, PlacePrecision.GOVERNORATE),
    "admin2": (FeatureClass.DISTRICT, PlacePrecision.DISTRICT),
    "admin3": (FeatureClass.SUBDISTRICT, PlacePrecision.SUBDISTRICT),
}
_MISSING = 999.0
# The columns of a place beside those of its areas.
_NUMBERS = ("uncertainty_m", "lat", "lon")
_POINT = ("place", "place_precision", *_NUMBERS)
_SCHEMA = BASE_SCHEMAS["places"]


def _with_areas(named: Sequence[str], known: Sequence[str]) -> list[str]:
    """The areas that a row names and those that the gazetteer knows, which are the last."""
    return [*(area_id for area_id in named if area_id not in known), *known] if known else [*named]


class PlaceTableBuilder:
    """The distinct places of `rows` (columns `ROW_COLUMNS`), with their ids and containing areas.

    `codes` has a number per row, and `ids` the ids of the places by that number. A place that the
    gazetteer found by its name is in the areas that `areas_by_source` has for its `place_source` too.
    """

    def __init__(
        self,
        rows: pd.DataFrame,
        known_ids: KnownIds,
        dataset: str,
        areas_by_source: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._known_ids = known_ids
        self._dataset = dataset
        self._areas: dict[str, dict[str, object]] = {}
        # Many places are in the same areas: these are numbered and looked up before the places.
        self._area_codes, first = factorize_rows(rows[[*_ADMIN, "place_source"]])
        self._areas_of = self._areas_by_code(rows.iloc[first], areas_by_source or {})
        # Ids are hashes of all columns, and those on disk have 999.0 for a missing coordinate.
        values = rows[list(_POINT)].fillna({"lat": _MISSING, "lon": _MISSING})
        self.codes, first = factorize_rows(values.assign(areas=self._area_codes))
        self._area_of_place = self._area_codes[first]
        self._places = values.iloc[first].reset_index(drop=True)
        self._located = (self._places["lat"] != _MISSING).to_numpy()
        sources = to_text(rows["place_source"].iloc[first])
        self._sources = pc.if_else(pc.equal(sources, ""), dataset, sources)
        self.ids = self._place_ids(rows[list(_ADMIN)].iloc[first])

    def _areas_by_code(
        self, rows: pd.DataFrame, areas_by_source: Mapping[str, Sequence[str]]
    ) -> list[list[str]]:
        """The ids of the areas in each row of distinct areas, the largest first."""
        named = [self._area_ids(names) for names in _tuples(rows, _ADMIN)]
        sources = [source or self._dataset for source in rows["place_source"]]
        return [
            _with_areas(ids, areas_by_source.get(source, ()))
            for ids, source in zip(named, sources, strict=True)
        ]

    def _place_ids(self, admin: pd.DataFrame) -> pa.Array:
        """The id of each place, a hash of its columns; `admin` has those of its areas."""
        points = (pa.array(map(str, self._places[name].tolist()), pa.string()) for name in _POINT)
        texts = pc.binary_join_element_wise(
            *(to_text(admin[name]) for name in _ADMIN), *points, SEPARATOR
        )
        # Ids of places with coordinates in their file are those of datasets written before.
        with_source = pc.binary_join_element_wise(texts, self._sources, SEPARATOR)
        texts = pc.if_else(pc.equal(self._sources, self._dataset), texts, with_source)
        return pa.array(map(_place_id, texts.to_pylist()), pa.string())

    def _area_ids(self, names: tuple[str, ...]) -> list[str]:
        """The ids of the areas with these names (one per level, "" for none), the largest first."""
        path = ""
        ids: list[str] = []
        levels = enumerate(zip(names, _ADMIN.values(), strict=True))
        for level, (name, (feature_class, precision)) in levels:
            if not name:
                continue
            key = f"{SEPARATOR}{fold(name)}"
            path += key
            area_id = self._known_ids.areas.get(f"{level}{key}") or stable_hash(path)
            self._areas.setdefault(
                area_id,
                {
                    "place_id": area_id,
                    "name_en": name,
                    "name_ar": "",
                    "feature_class": feature_class.value,
                    "within": ids[-1] if ids else "",
                    "uncertainty_m": 0,
                    "precision": precision.value,
                    "source": self._dataset,
                },
            )
            ids.append(area_id)
        return ids

    @property
    def table(self) -> pa.Table:
        """The rows of the table `places`: places with coordinates, and all areas."""
        located = pa.array(self._located)
        points = self._places[self._located]
        last = pa.array([ids[-1] if ids else "" for ids in self._areas_of], pa.string())
        columns = {
            "place_id": self.ids.filter(located),
            "name_en": to_text(points["place"]),
            "name_ar": repeated("", len(points)),
            "feature_class": repeated(FeatureClass.LOCALITY.value, len(points)),
            "within": last.take(pa.array(self._area_of_place[self._located])),
            **{name: to_array(points[name], _SCHEMA.field(name).type) for name in _NUMBERS},
            "precision": to_text(points["place_precision"]),
            "source": self._sources.filter(located),
        }
        areas = pa.Table.from_pylist(list(self._areas.values()), _SCHEMA)
        return pa.concat_tables([pa.table(columns).select(_SCHEMA.names), areas])

    def containment(self, events: npt.NDArray[np.int64]) -> dict[str, object]:
        """A row for each event and each place that contains it, the event's place first.

        `events` has the event number of each row.
        """
        areas = [list(dict.fromkeys(ids)) for ids in self._areas_of]
        of_areas, area_ids = explode_by_code(self._area_codes, areas)
        located = np.flatnonzero(self._located[self.codes])
        place_ids = self.ids.take(pa.array(self.codes[located]))
        rows = np.concatenate([located, of_areas])
        order = np.argsort(rows, kind="stable")
        places = pa.concat_arrays([place_ids, area_ids]).take(pa.array(order))
        return {"event": events[rows[order]], "place": places}


def _tuples(rows: pd.DataFrame, names: Iterable[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(rows[name].tolist() for name in names), strict=True)


# The chunks of a file have many places in common.
_place_id = lru_cache(maxsize=50_000)(stable_hash)
