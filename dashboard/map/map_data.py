"""What the map draws, as plain data, e.g. one site at Ain Issa with 21 events, 5 of them contested.

One mark a point: places that share a coordinate (a school placed at its town) are one site, so that no
mark hides another and no coordinate is moved to make room.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from shapely.geometry import mapping

from dashboard.language.names import name_of
from dashboard.language.words import arrow
from dashboard.model.columns import Tables
from dashboard.model.event import Attestation, EventGroup
from dashboard.model.place import SHARP, FeatureClass, Place
from dashboard.model.sites import place_sites

# The share of event places that the first view shows.
_INSIDE = 0.8
_NEVER_MARKED = frozenset({FeatureClass.COUNTRY})
_AREA_TYPES = frozenset({"Polygon", "MultiPolygon"})
_LINE_TYPES = frozenset({"LineString", "MultiLineString"})
# Areas for which no outline under a free licence is known are drawn as their circle.
_AREA_CLASSES = frozenset(
    {
        FeatureClass.SUBDISTRICT,
        FeatureClass.DISTRICT,
        FeatureClass.GOVERNORATE,
        FeatureClass.REGION,
        FeatureClass.OPERATION_ZONE,
    }
)


@dataclass(frozen=True, slots=True)
class Site:
    """A mark: the places at one point, and the events there by group."""

    id: str
    lat: float
    lon: float
    name_en: str
    name_ar: str
    count: int
    groups: Mapping[str, int]
    contested: int
    unreviewed: int
    hollow: bool
    radius_m: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of an area or road that events fill; `geometry` is GeoJSON, lon before lat."""

    id: str
    geometry: object
    line: bool
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Circle:
    """The uncertainty of a site, true to scale; `area` is one that stands for an outline."""

    lat: float
    lon: float
    radius_m: int
    area: bool
    selected: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """A movement between two places; each end is (lat, lon), as Leaflet takes it."""

    start: tuple[float, float]
    end: tuple[float, float]
    label: str
    count: int
    contested: bool
    event_id: str | None
    selected: bool


@dataclass(frozen=True, slots=True)
class MapData:
    """All that changes on the map when the selection does."""

    sites: tuple[Site, ...]
    shapes: tuple[Shape, ...]
    circles: tuple[Circle, ...]
    arrows: tuple[Arrow, ...]
    focus: tuple[tuple[float, float], ...]
    focus_id: str | None

    def as_json(self) -> dict[str, object]:
        """The same as JSON-ready dictionaries."""
        return asdict(self)


def map_data(
    tables: Tables,
    places: Mapping[str, Place],
    shown: npt.NDArray[np.bool_],
    event_id: str | None,
    place_ids: Iterable[str],
) -> MapData:
    """What to draw for the events where `shown` is true; the selected event and places stand out."""
    rows = _rows(tables, places, shown)
    event_rows = rows[rows["event_id"] == event_id]
    chosen = frozenset(place_ids) | frozenset(event_rows["place_id"])
    sites = tuple(_sites(rows, places, chosen))
    return MapData(
        sites=sites,
        shapes=tuple(_shapes(rows, places, chosen)),
        circles=tuple(_circles(rows, places, chosen)),
        arrows=tuple(_arrows(rows, places, event_id)),
        focus=tuple(
            (places[place_id].lat, places[place_id].lon)
            for place_id in event_rows["place_id"].unique()
        ),
        focus_id=event_id,
    )


def _rows(
    tables: Tables, places: Mapping[str, Place], shown: npt.NDArray[np.bool_]
) -> pd.DataFrame:
    """A row for each place of each shown event, with what the marks need of the event."""
    rows: pd.DataFrame = tables.event_places
    rows = rows[shown[rows["event"].to_numpy()]]
    marked = [p.place_id for p in places.values() if p.feature_class not in _NEVER_MARKED]
    rows = rows[rows["place_id"].isin(marked)]
    events = tables.events[["event_id", "group", "attestation", "reviewed"]]
    rows = rows.join(events, on="event")
    points = place_sites(places)
    return rows.assign(site=rows["place_id"].map(points))


def _sites(
    rows: pd.DataFrame, places: Mapping[str, Place], chosen: frozenset[str]
) -> Iterable[Site]:
    once = rows.drop_duplicates(["site", "event"])
    groups = once.groupby(["site", "group"]).size().unstack(fill_value=0)
    contested = once[once["attestation"] == Attestation.CONTESTED.value].groupby("site").size()
    unreviewed = once[~once["reviewed"].astype(bool)].groupby("site").size()
    totals = once.groupby("site").size().sort_values(ascending=False)
    members = rows.groupby("site")["place_id"].unique()
    for site in totals.index.astype(str):
        here = [places[place_id] for place_id in members[site]]
        main = min(here, key=lambda place: (place.precision not in SHARP, place.place_id))
        yield Site(
            id=site,
            lat=main.lat,
            lon=main.lon,
            name_en=main.name_en,
            name_ar=main.name_ar,
            count=int(totals.loc[site]),
            groups={group.value: int(groups.loc[site].get(group.value, 0)) for group in EventGroup},
            contested=int(contested.get(site, 0)),
            unreviewed=int(unreviewed.get(site, 0)),
            hollow=main.precision not in SHARP,
            radius_m=main.uncertainty_m,
            selected=any(place.place_id in chosen for place in here),
        )


def _shapes(
    rows: pd.DataFrame, places: Mapping[str, Place], chosen: frozenset[str]
) -> Iterable[Shape]:
    counts = rows.drop_duplicates(["place_id", "event"]).groupby("place_id").size()
    for place_id, count in counts.items():
        geometry = places[str(place_id)].geometry
        if geometry.geom_type in _AREA_TYPES | _LINE_TYPES:
            yield Shape(
                id=str(place_id),
                geometry=mapping(geometry),
                line=geometry.geom_type in _LINE_TYPES,
                count=int(count),
                selected=place_id in chosen,
            )


def _circles(
    rows: pd.DataFrame, places: Mapping[str, Place], chosen: frozenset[str]
) -> Iterable[Circle]:
    for place_id in rows["place_id"].unique():
        place = places[place_id]
        if place.precision not in SHARP and place.geometry.geom_type == "Point":
            yield Circle(
                lat=place.lat,
                lon=place.lon,
                radius_m=place.uncertainty_m,
                area=place.feature_class in _AREA_CLASSES,
                selected=place_id in chosen,
            )


def _arrows(
    rows: pd.DataFrame, places: Mapping[str, Place], event_id: str | None
) -> Iterable[Arrow]:
    starts = rows[rows["role"] == "from"]
    targets = rows.loc[rows["role"] == "to", ["event", "place_id"]]
    moves = starts.merge(targets, on="event", suffixes=("", "_to"))
    for ends, together in moves.groupby(["place_id", "place_id_to"]):
        start, end = (places[str(place_id)] for place_id in ends)
        ids = together["event_id"].unique()
        yield Arrow(
            start=(start.lat, start.lon),
            end=(end.lat, end.lon),
            label=f"{name_of(start)}{arrow()}{name_of(end)}",
            count=len(ids),
            contested=bool((together["attestation"] == Attestation.CONTESTED.value).any()),
            event_id=str(ids[0]) if len(ids) == 1 else None,
            selected=event_id in ids,
        )


def first_extent(tables: Tables, places: Mapping[str, Place]) -> list[Place]:
    """What the first view has to hold: the well-placed places around the middle of the events.

    One in five may lie outside, so that a single far airport does not make all others small.
    """
    rows = tables.event_places["place_id"]
    rows = rows[[places[place_id].precision in SHARP for place_id in rows]]
    lat = rows.map(lambda place_id: places[place_id].lat)
    lon = rows.map(lambda place_id: places[place_id].lon)
    distance = (lat - lat.median()).abs() + (lon - lon.median()).abs()
    near = rows[distance <= distance.quantile(_INSIDE)]
    return [places[place_id] for place_id in near.unique()]
