"""The places that rows of events tell, e.g. country, governorate and town beside a point."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.datasets.build.codes import factorized, laid_out
from dashboard.datasets.build.rows import BETWEEN, Known, stable_hash
from dashboard.model.place import FeatureClass, PlacePrecision
from dashboard.text.normalise import fold

_ADMIN = ("country", "admin1", "admin2", "admin3")
_ADMIN_CLASS = (
    FeatureClass.COUNTRY,
    FeatureClass.GOVERNORATE,
    FeatureClass.DISTRICT,
    FeatureClass.SUBDISTRICT,
)
_ADMIN_PRECISION = (
    PlacePrecision.REGION,
    PlacePrecision.GOVERNORATE,
    PlacePrecision.DISTRICT,
    PlacePrecision.SUBDISTRICT,
)


class RowPlaces:
    """The places that rows name, each once: where their coordinates are, and what holds them."""

    def __init__(self, rows: pd.DataFrame, known: Known, dataset: str) -> None:
        self._known = known
        self._dataset = dataset
        columns = [*_ADMIN, "place", "place_precision", "uncertainty_m", "lat", "lon"]
        told = rows[columns].fillna({"lat": 999.0, "lon": 999.0})
        self.codes, first = factorized(told)
        self._places = told.iloc[first].reset_index(drop=True)
        self._areas: dict[str, dict[str, object]] = {}
        named = list(self._places[list(_ADMIN)].itertuples(index=False, name=None))
        containers = {names: self._containers(names) for names in dict.fromkeys(named)}
        self.held_by = [containers[names] for names in named]
        self.ids = [
            stable_hash(BETWEEN.join(map(str, place)))
            for place in self._places.itertuples(index=False)
        ]

    def _containers(self, names: tuple[str, ...]) -> list[str]:
        """The ids of the areas of these names, the largest first."""
        path = ""
        ids: list[str] = []
        for level, name in enumerate(names):
            if not name:
                continue
            path = f"{path}{BETWEEN}{fold(name)}"
            area_id = self._known.areas.get(f"{level}{BETWEEN}{fold(name)}") or stable_hash(path)
            self._areas.setdefault(
                area_id,
                {
                    "place_id": area_id,
                    "name_en": name,
                    "feature_class": _ADMIN_CLASS[level].value,
                    "precision": _ADMIN_PRECISION[level].value,
                    "within": ids[-1] if ids else "",
                },
            )
            ids.append(area_id)
        return ids

    @property
    def table(self) -> pd.DataFrame:
        """The rows of `places`: those with coordinates, and the areas that hold them."""
        located = self._places["lat"] < 900
        kept = self._places[located]
        held = [holders for holders, at in zip(self.held_by, located, strict=True) if at]
        points = pd.DataFrame(
            {
                "place_id": [key for key, at in zip(self.ids, located, strict=True) if at],
                "name_en": kept["place"].to_numpy(),
                "feature_class": FeatureClass.LOCALITY.value,
                "within": [holders[-1] if holders else "" for holders in held],
                "lat": kept["lat"].to_numpy(),
                "lon": kept["lon"].to_numpy(),
                "uncertainty_m": kept["uncertainty_m"].to_numpy(),
                "precision": kept["place_precision"].to_numpy(),
            }
        )
        areas = pd.DataFrame(
            list(self._areas.values()),
            columns=["place_id", "name_en", "feature_class", "precision", "within"],
        ).assign(lat=np.nan, lon=np.nan, uncertainty_m=0)
        both = pd.concat([points, areas], ignore_index=True)
        return both.assign(
            name_ar="",
            source=self._dataset,
            uncertainty_m=both["uncertainty_m"].astype("int32"),
            lat=both["lat"].astype(float),
            lon=both["lon"].astype(float),
        )

    def containment(self, events: npt.NDArray[np.int64]) -> pd.DataFrame:
        """A row for each event and each place that it lies in, its own first."""
        per_place = [
            list(dict.fromkeys([*([key] if at else []), *holders]))
            for key, holders, at in zip(
                self.ids, self.held_by, self._places["lat"] < 900, strict=True
            )
        ]
        at, places = laid_out(self.codes, per_place)
        return pd.DataFrame({"event": events[at], "place": places})
