"""The map of a part of the ground, as the engine answers it: places, or squares where they are many."""

from dataclasses import dataclass

import pandas as pd

from dashboard.map.first_view import Bounds, first_bounds
from dashboard.map.map_model import MapModel, place_marks
from dashboard.map.marks import Chosen, Mark, circles
from dashboard.map.outlines import movements, outlines
from dashboard.map.squares import square_keys, square_marks, squares_of
from dashboard.model.event_tables import day_number
from dashboard.model.grid import Box
from dashboard.model.sites import places_of_site
from dashboard.project.catalog import Catalog
from dashboard.query import cells
from dashboard.query.cells import Bins
from dashboard.query.query import Query


@dataclass(frozen=True, slots=True)
class CountedMap:
    """A map with how many events each mark has, in which bins of days, split by a column.

    `are_places` says whether the marks are places, not squares. `counts` has a row for each mark
    (column `mark`, its position), begin, end (as `bins`) and split, with `events`.
    """

    model: MapModel
    are_places: bool
    counts: pd.DataFrame
    bins: Bins
    chosen: Chosen


def ask_map(catalog: Catalog, query: Query, box: Box) -> CountedMap:
    """The map of `box`, with all events that the query leaves but for its dates.

    Dates are left to the browser, which sums the counts under any window.
    """
    start, end = (None if day is None else day_number(day) for day in (query.start, query.end))
    bins = cells.bins(catalog.extent.first, catalog.extent.last, (start, end))
    chosen = _chosen(catalog, query)
    rows = _moves_and_extents(catalog, query)
    by_place, by_square = _counted(catalog, query, box, bins)
    if by_square is None:
        marks = place_marks(by_place, by_place, catalog.places, chosen)
        position = {mark.id: at for at, mark in enumerate(marks)}
        counts = by_place[by_place["events"] > 0].assign(mark=by_place["site"].map(position))
        there = dict.fromkeys([*rows["place_id"], *by_place["place_id"]])
        around = circles(there, marks, catalog.places, chosen)
    else:
        marks, counts = _squares(catalog, by_square, box, chosen)
        around = ()
    model = MapModel(
        marks,
        around,
        outlines(rows, catalog.places, chosen),
        movements(rows[rows["role"].isin(cells.MOVES)], catalog.places, chosen),
    )
    return CountedMap(model, by_square is None, counts, bins, chosen)


def _counted(
    catalog: Catalog, query: Query, box: Box, bins: Bins
) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Events by place if the places are few, else by square as well.

    Where all places are few, no query has to be asked how many it leaves; and counts by square that
    name many sites say so by themselves.
    """
    if catalog.boxes.get(box, lambda: _few(catalog, box)):
        return _counts_by_place(catalog, query, box, bins), None
    by_square = catalog.engine.ask(cells.counts_by_cell, query, box, bins, query.colour)
    if pd.concat([by_square["first_site"], by_square["last_site"]]).nunique() <= cells.MOST_PLACES:
        by_place = _counts_by_place(catalog, query, box, bins)
        if by_place["site"].nunique() <= cells.MOST_PLACES:
            return by_place, None
    return by_square.iloc[:0], by_square


def _few(catalog: Catalog, box: Box) -> bool:
    found = catalog.engine.ask(cells.sites_in, Query(unreviewed=True), box)
    return len(found) <= cells.MOST_PLACES


def _counts_by_place(catalog: Catalog, query: Query, box: Box, bins: Bins) -> pd.DataFrame:
    """The counts with their sites, of places that have a mark."""
    counts = catalog.engine.ask(cells.counts_by_place, query, box, bins, query.colour)
    places = catalog.places.fetch(counts["place_id"].unique())
    sites = {key: catalog.sites.get(key, key) for key, place in places.items() if place.on_map}
    return counts.assign(site=counts["place_id"].map(sites)).dropna(subset="site")


def _squares(
    catalog: Catalog, by_square: pd.DataFrame, box: Box, chosen: Chosen
) -> tuple[tuple[Mark, ...], pd.DataFrame]:
    squares = squares_of(by_square)
    ids = {key for site in squares["site"] if site for key in places_of_site(site)}
    with_events = {row.place_id for row in catalog.curated.events.places}
    places = catalog.places.fetch(ids - (catalog.places.curated.keys() - with_events))
    position = pd.Series(range(len(squares)), index=squares.index)
    counts = by_square.assign(mark=square_keys(by_square).map(position))
    return square_marks(squares, box, places, chosen), counts


def _moves_and_extents(catalog: Catalog, query: Query) -> pd.DataFrame:
    """The rows of movements, outlines and circles, with the ids of their events."""
    rows = catalog.engine.ask(cells.moves_and_extents, query, catalog.outlined)
    on_map = rows["place_id"].map(lambda place_id: catalog.places[place_id].on_map)
    rows = rows[on_map.astype(bool)]
    return rows.assign(event_id=rows["event"].map(catalog.curated_ids))


def _chosen(catalog: Catalog, query: Query) -> Chosen:
    ids = frozenset(query.place_ids)
    if query.event_id is None:
        return Chosen(ids)
    found = catalog.engine.ask(cells.places_of_event, (query.event_id,))["place_id"]
    places = catalog.places.fetch(sorted(found))
    points = tuple((place.lat, place.lon) for place in places.values())
    return Chosen(ids | places.keys(), query.event_id, points)


def ask_first_bounds(catalog: Catalog) -> Bounds:
    """The edges of the first view of all events that may be shown."""

    def ask() -> Bounds:
        sites = catalog.engine.ask(cells.well_placed, unreviewed=catalog.unreviewed)
        return first_bounds(sites)

    bounds: Bounds = catalog.answers.get("first bounds", ask)
    return bounds
