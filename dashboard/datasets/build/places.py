"""The places of event rows, e.g. the point of a town, its governorate and its country."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.datasets.build.codes import explode_by_code, factorize_rows
from dashboard.datasets.build.rows import SEPARATOR, KnownIds, stable_hash
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


def _with_areas(named: Sequence[str], known: Sequence[str]) -> list[str]:
    """The areas that a row names and those that the gazetteer knows, which are the last."""
    return [*(area_id for area_id in named if area_id not in known), *known] if known else [*named]


class PlaceTableBuilder:
    """The distinct places of `rows` (columns `ROW_COLUMNS`), with their ids and containing areas.

    `codes` has a number per row, `ids` and `containers` are by that number: the id of the place, and the
    ids of the areas that contain it, the largest first. A place that the gazetteer found by its name is
    in the areas that `areas_by_source` has for its `place_source` too.
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
        columns = [*_ADMIN, "place", "place_precision", "uncertainty_m", "lat", "lon"]
        # Ids are hashes of all columns, and those on disk have 999.0 for a missing coordinate.
        values = rows[columns].fillna({"lat": _MISSING, "lon": _MISSING})
        self.codes, first = factorize_rows(values.assign(source=rows["place_source"]))
        sources = rows["place_source"].iloc[first]
        self._sources = sources.where(sources != "", dataset).to_numpy(dtype=object)
        self._places = values.iloc[first].reset_index(drop=True)
        self._located = (self._places["lat"] != _MISSING).to_numpy()
        self._areas: dict[str, dict[str, object]] = {}
        admin_names = list(self._places[list(_ADMIN)].itertuples(index=False, name=None))
        area_ids = {names: self._area_ids(names) for names in dict.fromkeys(admin_names)}
        areas_of = areas_by_source or {}
        self.containers = [
            _with_areas(area_ids[names], areas_of.get(source, ()))
            for names, source in zip(admin_names, self._sources, strict=True)
        ]
        texts = zip(*(map(str, self._places[name].tolist()) for name in columns), strict=True)
        self.ids = [
            # Ids of places with coordinates in their file are those of datasets written before.
            stable_hash(SEPARATOR.join(place if source == dataset else (*place, source)))
            for place, source in zip(texts, self._sources, strict=True)
        ]

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
                    "feature_class": feature_class.value,
                    "precision": precision.value,
                    "within": ids[-1] if ids else "",
                },
            )
            ids.append(area_id)
        return ids

    @property
    def table(self) -> pd.DataFrame:
        """The rows of the table `places`: places with coordinates, and all areas."""
        located = self._places[self._located]
        points = pd.DataFrame(
            {
                "place_id": np.array(self.ids, dtype=object)[self._located],
                "name_en": located["place"].to_numpy(),
                "feature_class": FeatureClass.LOCALITY.value,
                "within": [
                    self.containers[number][-1] if self.containers[number] else ""
                    for number in np.flatnonzero(self._located)
                ],
                "lat": located["lat"].to_numpy(),
                "lon": located["lon"].to_numpy(),
                "uncertainty_m": located["uncertainty_m"].to_numpy(),
                "precision": located["place_precision"].to_numpy(),
                "source": self._sources[self._located],
            }
        )
        areas = pd.DataFrame(
            list(self._areas.values()),
            columns=["place_id", "name_en", "feature_class", "precision", "within"],
        ).assign(lat=np.nan, lon=np.nan, uncertainty_m=0, source=self._dataset)
        places = pd.concat([points, areas], ignore_index=True)
        return places.assign(
            name_ar="",
            uncertainty_m=places["uncertainty_m"].astype("int32"),
            lat=places["lat"].astype(float),
            lon=places["lon"].astype(float),
        )

    def containment(self, events: npt.NDArray[np.int64]) -> pd.DataFrame:
        """A row for each event and each place that contains it, the event's place first.

        `events` has the event number of each row.
        """
        per_place = [
            list(dict.fromkeys([place_id, *area_ids] if located else area_ids))
            for place_id, area_ids, located in zip(
                self.ids, self.containers, self._located, strict=True
            )
        ]
        rows, places = explode_by_code(self.codes, per_place)
        return pd.DataFrame({"event": events[rows], "place": places})
