"""What the live map draws, as data: places with their counts by time, or squares where there are many.

The browser gets the counts of all events that match but for their dates, and sums those under the
timeline's window by itself; it does so again while the window is moved.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt
import pandas as pd
from shapely.geometry import mapping

from dashboard.browser.cube import Cube, pack
from dashboard.language.names import name_of
from dashboard.language.words import arrow
from dashboard.model.event import Attestation
from dashboard.model.event_tables import OPEN_END, OPEN_START
from dashboard.model.grid import Box, degrees_of
from dashboard.model.place import SHARP, FeatureClass, Place

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
# Outlines and arrows come and go with the window by these many intervals at most.
_MOST_INTERVALS = 200

Interval = tuple[int, int]
# South, west, north, east in degrees.
Bounds = tuple[float, float, float, float]
# The share of events that the first view shows, and what it shows if there is none.
_INSIDE = 0.8
NOWHERE: Bounds = (34.5, 36.0, 37.5, 42.5)


@dataclass(frozen=True, slots=True)
class Unit:
    """A mark: a place with all places at its point, or a square, named if it holds one place only.

    `radius_m` is the uncertainty of a place; 0 for a square.
    """

    id: str
    lat: float
    lon: float
    name_en: str = ""
    name_ar: str = ""
    hollow: bool = False
    radius_m: int = 0
    area: bool = False
    circle: bool = False
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """An area or road that events fill, and when; `geometry` is GeoJSON, lon before lat."""

    id: str
    geometry: object
    line: bool
    selected: bool
    days: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Movement:
    """Events from one place to another; each end is (lat, lon), as Leaflet takes it."""

    start: tuple[float, float]
    end: tuple[float, float]
    label: str
    count: int
    contested: bool
    event_id: str | None
    selected: bool
    days: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class MapLayer:
    """All that changes on the map; `window` is its first and last day number, `None`: all days."""

    places: bool
    units: tuple[Unit, ...]
    cube: Cube
    window: Interval | None
    outlines: tuple[Outline, ...]
    movements: tuple[Movement, ...]
    focus: tuple[tuple[float, float], ...]
    focus_id: str | None

    def as_json(self) -> dict[str, object]:
        """The same as JSON-ready dictionaries."""
        told: dict[str, object] = msgspec.to_builtins(self)
        return told


def first_bounds(sites: pd.DataFrame) -> Bounds:
    """What the first view has to hold: the sites (lat, lon, events) around the middle of the events.

    One event in five may lie outside, so that a single far airport does not make all others small.
    """
    if sites.empty:
        return NOWHERE
    weights = sites["events"].to_numpy(dtype=float)
    lat, lon = (sites[name].to_numpy(dtype=float) for name in ("lat", "lon"))
    middle = _share(lat, weights, 0.5), _share(lon, weights, 0.5)
    distance = np.abs(lat - middle[0]) + np.abs(lon - middle[1])
    near = distance <= _share(distance, weights, _INSIDE)
    return (
        float(lat[near].min()),
        float(lon[near].min()),
        float(lat[near].max()),
        float(lon[near].max()),
    )


def _share(
    values: npt.NDArray[np.float64], weights: npt.NDArray[np.float64], share: float
) -> float:
    """The value below or at which that share of the weight lies."""
    order = np.argsort(values, kind="stable")
    summed = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(summed, share * summed[-1])])


@dataclass(frozen=True, slots=True)
class Chosen:
    """What stands out: places selected, the event selected, and its own places."""

    place_ids: frozenset[str] = frozenset()
    event_id: str | None = None
    own_places: tuple[str, ...] = ()


def place_units(
    counts: pd.DataFrame, places: Mapping[str, Place], chosen: Chosen
) -> tuple[tuple[Unit, ...], pd.DataFrame]:
    """A mark a site (columns `site`, `place_id` and those of `cube.pack`), the largest first."""
    totals = counts.groupby("site")["events"].sum().sort_values(ascending=False, kind="stable")
    first = counts.groupby("site")["place_id"].min()
    number = {site: at for at, site in enumerate(totals.index)}
    units = tuple(
        _place_unit(str(site), str(first.loc[site]), places, chosen) for site in totals.index
    )
    return units, counts.assign(unit=counts["site"].map(number))


def _place_unit(site: str, place_id: str, places: Mapping[str, Place], chosen: Chosen) -> Unit:
    ids = site.split(".")
    held = [places[key] for key in ids if key in places] or [places[place_id]]
    main = min(held, key=lambda place: (place.precision not in SHARP, place.place_id))
    hollow = main.precision not in SHARP
    return Unit(
        id=site,
        lat=main.lat,
        lon=main.lon,
        name_en=main.name_en,
        name_ar=main.name_ar,
        hollow=hollow,
        radius_m=main.uncertainty_m,
        area=main.feature_class in _AREA_CLASSES,
        circle=hollow and main.geometry.geom_type == "Point",
        selected=any(key in chosen.place_ids for key in ids),
    )


def squares_of(counts: pd.DataFrame) -> pd.DataFrame:
    """A row a square: `events`, sums `x` and `y`, and `site` if it holds one site only, else "".

    Columns of `counts` as `query.cells.counts_by_cell` has them; the index is `square_keys`.
    """
    sites, names = pd.factorize(pd.concat([counts["first_site"], counts["last_site"]]))
    first, last = np.split(sites, 2)
    keyed = counts[["events", "x", "y"]].assign(
        key=square_keys(counts), low=np.minimum(first, last), high=np.maximum(first, last)
    )
    grouped = keyed.groupby("key")
    squares = grouped[["events", "x", "y"]].sum()
    low, high = grouped["low"].min(), grouped["high"].max()
    return squares.assign(site=np.where(low == high, names.take(low), ""))


def square_keys(counts: pd.DataFrame) -> "pd.Series[int]":
    """A number for the square of each row."""
    return counts["row"].astype("int64") * (1 << 20) + counts["column"]


def cell_units(
    counts: pd.DataFrame,
    squares: pd.DataFrame,
    box: Box,
    places: Mapping[str, Place],
    chosen: Chosen,
) -> tuple[tuple[Unit, ...], pd.DataFrame]:
    """A mark a square, in the middle of its events; `squares` are `squares_of(counts)`."""
    middles = zip(
        squares["site"],
        box.left + squares["x"] / squares["events"],
        box.top + squares["y"] / squares["events"],
        strict=True,
    )
    units = tuple(_cell_unit(site, degrees_of(x, y), places, chosen) for site, x, y in middles)
    number = pd.Series(np.arange(len(squares)), index=squares.index)
    return units, counts.assign(unit=square_keys(counts).map(number))


def _cell_unit(
    site: str, middle: tuple[float, float], places: Mapping[str, Place], chosen: Chosen
) -> Unit:
    lat, lon = (round(value, 5) for value in middle)
    if not site:
        return Unit(id="", lat=lat, lon=lon)
    ids = site.split(".")
    place = places[ids[0]]
    return Unit(
        id=site,
        lat=lat,
        lon=lon,
        name_en=place.name_en,
        name_ar=place.name_ar,
        hollow=place.precision not in SHARP,
        selected=any(key in chosen.place_ids for key in ids),
    )


def cube_of(
    counts: pd.DataFrame, splits: Sequence[str], edges: Sequence[int], window: Interval | None
) -> Cube:
    """The counts packed, so that those under the window are exact."""
    kept = () if window is None else (window[0], window[1] + 1)
    return pack(counts, splits, edges, kept)


def outlines(
    days: pd.DataFrame, places: Mapping[str, Place], chosen: Chosen
) -> tuple[Outline, ...]:
    """The areas and roads among places (columns place_id, dated, first_day, last_day)."""
    made = []
    for place_id, rows in days.groupby("place_id"):
        geometry = places[str(place_id)].geometry
        made.append(
            Outline(
                id=str(place_id),
                geometry=mapping(geometry),
                line=geometry.geom_type in _LINE_TYPES,
                selected=str(place_id) in chosen.place_ids,
                days=_intervals(rows),
            )
        )
    return tuple(made)


def outlined(places: Iterable[Place]) -> list[str]:
    """The ids of the places that are more than a point."""
    kinds = _AREA_TYPES | _LINE_TYPES
    return [place.place_id for place in places if place.geometry.geom_type in kinds]


def movements(
    rows: pd.DataFrame, ids: Mapping[int, str], places: Mapping[str, Place], chosen: Chosen
) -> tuple[Movement, ...]:
    """Arrows from the ends of movements, a row an end; `ids` are those of the events by number.

    Columns as `query.cells.moves_and_outlined` has them.
    """
    if rows.empty:
        return ()
    starts = rows[rows["role"] == "from"]
    targets = rows.loc[rows["role"] == "to", ["event", "place_id"]]
    moves = starts.merge(targets, on="event", suffixes=("", "_to"))
    made = []
    for ends, together in moves.groupby(["place_id", "place_id_to"]):
        start, end = (places[str(place_id)] for place_id in ends)
        events = [ids[number] for number in together["event"].unique()]
        made.append(
            Movement(
                start=(start.lat, start.lon),
                end=(end.lat, end.lon),
                label=f"{name_of(start)}{arrow()}{name_of(end)}",
                count=len(events),
                contested=bool((together["attestation"] == Attestation.CONTESTED.value).any()),
                event_id=events[0] if len(events) == 1 else None,
                selected=chosen.event_id in events,
                days=_intervals(together),
            )
        )
    return tuple(made)


def _intervals(rows: pd.DataFrame) -> tuple[Interval, ...]:
    """First and last day numbers; an undated row has none that a window could hold."""
    dated = rows[rows["dated"]]
    pairs = dict.fromkeys(zip(dated["first_day"], dated["last_day"], strict=True))
    every = [(int(first), int(last)) for first, last in pairs]
    return tuple(every) if len(every) <= _MOST_INTERVALS else ((OPEN_START, OPEN_END),)
