"""The map of a box, counted by the engine: places, or squares where places are many."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import NamedTuple

import ibis.expr.types as ir
import pandas as pd

from dashboard.map.colouring import map_colours
from dashboard.map.country_areas import fetch_containers
from dashboard.map.first_view import Bounds, first_bounds
from dashboard.map.map_model import MapModel, place_marks
from dashboard.map.marks import Circle, Mark, Selection, circles
from dashboard.map.outlines import movements, outlines
from dashboard.map.several_sites import counted_once, shared_by_marks
from dashboard.map.squares import square_keys, square_marks, squares_of
from dashboard.model.estimate import Measure
from dashboard.model.event_tables import day_number
from dashboard.model.grid import Box
from dashboard.model.sites import places_of_site
from dashboard.project.catalog import Catalog
from dashboard.query import map_counts
from dashboard.query.map_counts import Bins
from dashboard.query.query import Query

# More sets of marks with shared events than this are not sent to the browser.
_MOST_SHARED = 5_000


@dataclass(frozen=True, slots=True)
class CountedMap:
    """A map with the number of events of each mark by bins of days and by colour, and their figures.

    `are_places` says whether the marks are places or squares. `counts` has the columns mark (position in
    the model), begins, ends (bins), split and events, and `FIGURE_COLUMNS` if there is a `measure`.
    `shared` are the events at several marks of places (`several_sites.shared_by_marks`).
    """

    model: MapModel
    are_places: bool
    counts: pd.DataFrame
    shared: pd.DataFrame
    bins: Bins
    selection: Selection
    measure: Measure | None


def map_from_engine(catalog: Catalog, query: Query, box: Box) -> CountedMap:
    """The map of `box` with all events that match the query except its dates.

    The browser applies the dates: it sums the counts within any window.
    """
    start, end = (None if day is None else day_number(day) for day in (query.start, query.end))
    bins = map_counts.bins(catalog.extent.first, catalog.extent.last, (start, end))
    selection = _selection(catalog, query)
    rows = _moves_and_extents(catalog, query)
    several = _several(catalog, query, box, bins)
    by_place, by_square = _count(catalog, query, box, bins)
    if by_square is None:
        drawn = _places(catalog, by_place, several, rows, selection)
        if len(drawn.shared) > _MOST_SHARED:
            # Too many for the browser to count once where marks overlap; squares are counted here.
            by_square = _ask(catalog, map_counts.counts_by_square, query, box, bins)
    if by_square is not None:
        drawn = _squares(catalog, counted_once(by_square, several, box), box, selection)
    model = MapModel(
        drawn.marks,
        drawn.circles,
        outlines(rows, catalog.places, selection),
        movements(rows[rows["role"].isin(map_counts.MOVES)], catalog.places, selection),
    )
    are_places, measure = by_square is None, query.mark_measure
    return CountedMap(model, are_places, drawn.counts, drawn.shared, bins, selection, measure)


class _Drawn(NamedTuple):
    """Marks with their circles, their counts, and the events at several of them."""

    marks: tuple[Mark, ...]
    circles: tuple[Circle, ...]
    counts: pd.DataFrame
    shared: pd.DataFrame


def _several(catalog: Catalog, query: Query, box: Box, bins: Bins) -> pd.DataFrame:
    """The rows of the events at several sites; only datasets that have such events are read."""
    datasets = catalog.answers.get("datasets of several sites", lambda: _datasets(catalog))
    return _ask(catalog, map_counts.rows_of_several, query, box, datasets, bins)


def _datasets(catalog: Catalog) -> tuple[str, ...]:
    found = catalog.engine.ask(map_counts.datasets_of_several)
    return tuple(sorted(map(str, found["dataset"])))


def _count(
    catalog: Catalog, query: Query, box: Box, bins: Bins
) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Counts by place and None if the places are few, else no rows and the counts by square.

    Where all places of the box are few, they are so for every query; and counts by square that name
    many sites need no second query.
    """
    if catalog.boxes.get(box, lambda: _has_few_places(catalog, box)):
        return _counts_by_place(catalog, query, box, bins), None
    by_square = _ask(catalog, map_counts.counts_by_square, query, box, bins)
    sites = pd.concat([by_square["first_site"], by_square["last_site"]])
    if sites.nunique() <= map_counts.MOST_PLACES:
        by_place = _counts_by_place(catalog, query, box, bins)
        if by_place["site"].nunique() <= map_counts.MOST_PLACES:
            return by_place, None
    return by_square.iloc[:0], by_square


def _ask(
    catalog: Catalog, make: Callable[..., ir.Table], query: Query, *args: Hashable
) -> pd.DataFrame:
    """The rows of a function of `map_counts`, with figures if the query has marks of that size."""
    measure = query.mark_measure
    figures = {} if measure is None else {"measure": measure.value}
    colouring = map_colours(catalog, query).colouring
    return catalog.engine.ask(make, query, *args, colouring, **figures)


def _has_few_places(catalog: Catalog, box: Box) -> bool:
    sites = catalog.engine.ask(map_counts.sites_in, Query(unreviewed=True), box)
    return len(sites) <= map_counts.MOST_PLACES


def _counts_by_place(catalog: Catalog, query: Query, box: Box, bins: Bins) -> pd.DataFrame:
    """The counts of the places that have a mark, with their sites."""
    counts = _ask(catalog, map_counts.counts_by_place, query, box, bins)
    places = catalog.places.fetch(counts["place_id"].unique())
    sites = {key: catalog.sites.get(key, key) for key, place in places.items() if place.on_map}
    return counts.assign(site=counts["place_id"].map(sites)).dropna(subset="site")


def _places(
    catalog: Catalog,
    by_place: pd.DataFrame,
    several: pd.DataFrame,
    extents: pd.DataFrame,
    selection: Selection,
) -> _Drawn:
    """One mark per site; `extents` are the rows of places that may have a circle."""
    marks = place_marks(by_place, by_place, catalog.places, selection)
    position = {mark.id: at for at, mark in enumerate(marks)}
    counts = by_place[by_place["events"] > 0].assign(mark=by_place["site"].map(position))
    present = dict.fromkeys([*extents["place_id"], *by_place["place_id"]])
    fetch_containers(catalog.places, present)
    around = circles(present, marks, catalog.places, selection)
    return _Drawn(marks, around, counts, shared_by_marks(several, position))


def _squares(catalog: Catalog, by_square: pd.DataFrame, box: Box, selection: Selection) -> _Drawn:
    """One mark per square; an event is in one row of its counts, and so none is shared."""
    squares = squares_of(by_square)
    ids = {key for site in squares["site"] if site for key in places_of_site(site)}
    places = catalog.places.fetch(ids - catalog.without_events)
    position = pd.Series(range(len(squares)), index=squares.index)
    counts = by_square.assign(mark=square_keys(by_square).map(position))
    return _Drawn(square_marks(squares, box, places, selection), (), counts, pd.DataFrame())


def _moves_and_extents(catalog: Catalog, query: Query) -> pd.DataFrame:
    """The rows of movements, outlines and circles, with the ids of their events."""
    rows = catalog.engine.ask(map_counts.moves_and_extents, query, catalog.outlined)
    places = catalog.places.fetch(rows["place_id"].unique())
    rows = rows[rows["place_id"].isin([key for key, place in places.items() if place.on_map])]
    return rows.assign(event_id=rows["event"].map(catalog.curated_ids))


def _selection(catalog: Catalog, query: Query) -> Selection:
    ids = frozenset(query.place_ids)
    if query.event_id is None:
        return Selection(ids)
    rows = catalog.engine.ask(map_counts.places_of_event, (query.event_id,))
    places = catalog.places.fetch(sorted(rows["place_id"]))
    points = tuple((place.lat, place.lon) for place in places.values())
    return Selection(ids | places.keys(), query.event_id, points)


def first_bounds_from_engine(catalog: Catalog) -> Bounds:
    """The bounds of the first view, from all events that may be shown."""

    def query() -> Bounds:
        sites = catalog.engine.ask(map_counts.well_placed, unreviewed=catalog.unreviewed)
        return first_bounds(sites)

    bounds: Bounds = catalog.answers.get("first bounds", query)
    return bounds
