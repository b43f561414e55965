"""Counts for the map: events by mark, by the bins of days in which they begin and end, and by colour.

A mark is a place, or a square of the grid where places are too many. The ends of the date window are
edges of bins, so that the counts within the window are exact. With a measure, the figures of the
events are summed too (`mark_figures.py`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from dashboard.model.event_tables import CURATED
from dashboard.model.grid import Box
from dashboard.query.colouring import Colouring, colour_of, with_colour_values
from dashboard.query.conditions import marks_left
from dashboard.query.mark_figures import FIGURE_COLUMNS, figure_sums_of, with_figures
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables

# With more places than this in view, squares are drawn.
MOST_PLACES = 300
# The roles of the ends of a movement.
MOVES = ("from", "to")
# More bins than this cannot be distinguished in a timeline as wide as a page.
_MOST_BINS = 120


@dataclass(frozen=True, slots=True)
class Bins:
    """Days in bins: bin 0 ends before `edges[0]`, bin i begins at `edges[i - 1]`.

    `width` is that of most bins in days; `cuts` are further edges, so bins beside them are shorter.
    """

    first: int
    last: int
    width: int
    cuts: tuple[int, ...]

    @property
    def edges(self) -> list[int]:
        """The first day of each bin but the first, and the day after the last."""
        regular = range(self.first, self.last + 1, self.width)
        return sorted({*regular, *self.cuts, self.last + 1})

    def of(self, day: ir.IntegerValue) -> ir.IntegerValue:
        """The bin of a day, as an expression."""
        inside = ibis.greatest(ibis.least(day, self.last + 1), self.first - 1)
        past = (inside - self.first + self.width) // self.width
        after = (day > self.last).cast("int32")
        # The day after the last may share its bin with the last ones.
        shared = 0 if (self.last + 1 - self.first) % self.width == 0 else 1
        number = past + after * shared
        for cut in self.cuts:
            number = number + (day >= cut).cast("int32")
        return number.cast("int32")


def bins(first: int, last: int, window: Sequence[int | None]) -> Bins:
    """Bins over the days first..last, with edges at those of the window (its first and last day)."""
    width = max(1, -(-(last - first + 1) // _MOST_BINS))
    start, end = window
    wanted = [start, None if end is None else end + 1]
    cuts = {
        day for day in wanted if day is not None and first < day <= last and (day - first) % width
    }
    return Bins(first, last, width, tuple(sorted(cuts)))


def marks_in(tables: EngineTables, query: Query, box: Box) -> ir.Table:
    """One row per event and site in the box, of the events that match all filters except dates."""
    rows = _rows_in(tables, query, box)
    return rows.filter(rows.first_site)


def _rows_in(tables: EngineTables, query: Query, box: Box) -> ir.Table:
    """One row per event and place in the box, of the events that match all filters except dates."""
    return in_box(marks_left(tables, query, dates=False), box)


def in_box(rows: ir.Table, box: Box) -> ir.Table:
    """Those rows of `event_places` that lie in the box."""
    return rows.filter(
        rows.x >= box.left, rows.x < box.right, rows.y >= box.top, rows.y < box.bottom
    )


def sites_in(tables: EngineTables, query: Query, box: Box) -> ir.Table:
    """The sites in the box, at most one more than are drawn as places."""
    return marks_in(tables, query, box).select("site").distinct().limit(MOST_PLACES + 1)


def counts_by_place(
    tables: EngineTables,
    query: Query,
    box: Box,
    days: Bins,
    colouring: Colouring,
    measure: str | None = None,
) -> ir.Table:
    """Events by place, bins and colour; an event at two places of one site counts at the first."""
    rows = with_figures(tables, _rows_in(tables, query, box), measure)
    rows = with_colour_values(tables, rows, colouring)
    keyed = rows.group_by(place_id=rows.place_id, **keys_of(rows, days, colouring))
    events = rows.first_site.cast("int32").sum()
    return keyed.agg(events=events, **figure_sums_of(rows, measure))


def counts_by_square(
    tables: EngineTables,
    query: Query,
    box: Box,
    days: Bins,
    colouring: Colouring,
    measure: str | None = None,
) -> ir.Table:
    """Events by square, bins and colour, with sums of x and y in the box, and min and max site."""
    rows = with_figures(tables, marks_in(tables, query, box), measure)
    rows = with_colour_values(tables, rows, colouring)
    x, y = rows.x - box.left, rows.y - box.top
    column, row = ((offset // box.cell).cast("int32") for offset in (x, y))
    # The keys are computed inside group_by: computed in a step before, they double the time in which
    # Ibis generates the SQL, which is as long as the query takes.
    return rows.group_by(column=column, row=row, **keys_of(rows, days, colouring)).agg(
        events=rows.count(),
        x=x.cast("int64").sum(),
        y=y.cast("int64").sum(),
        first_site=rows.site.min(),
        last_site=rows.site.max(),
        **figure_sums_of(rows, measure),
    )


def datasets_of_several(tables: EngineTables) -> ir.Table:
    """The ids of the datasets that have an event at several sites: most have none."""
    return _several(tables.event_places).select("dataset").distinct()


def rows_of_several(
    tables: EngineTables,
    query: Query,
    box: Box,
    datasets: Sequence[str],
    days: Bins,
    colouring: Colouring,
    **figures: str,
) -> ir.Table:
    """One row per event and site in the box, of the matching events that are at several sites.

    Marks that are drawn as one count such an event once (`map/several_sites.py`). Only `datasets` are
    read, those of `datasets_of_several`. `figures` may name a `measure`, as for the counts.
    """
    measure = figures.get("measure")
    several = _several(tables.event_places.filter(_in(tables.event_places, datasets)))
    rows = marks_in(tables, query, box)
    rows = with_figures(tables, rows.filter(_in(rows, datasets)), measure)
    rows = with_colour_values(tables, rows, colouring)
    columns = ("event", "site", "x", "y", *(FIGURE_COLUMNS if measure else ()))
    keys = keys_of(rows, days, colouring)
    return rows.semi_join(several, "event").select(
        *columns, **keys, events=ibis.literal(1, "int32")
    )


def _several(rows: ir.Table) -> ir.Table:
    first = rows.filter(rows.first_site)
    counted = first.group_by("event", "dataset").agg(sites=first.count())
    return counted.filter(counted.sites > 1)


def _in(rows: ir.Table, datasets: Sequence[str]) -> ir.BooleanValue:
    return rows.dataset.isin(list(datasets))


def keys_of(rows: ir.Table, days: Bins, colouring: Colouring) -> dict[str, ir.Value]:
    """The columns by which events at a mark are counted apart: their days, colour and state."""
    return {
        "dated": rows.dated,
        "begins": days.of(rows.first_day),
        "ends": days.of(rows.last_day),
        "split": colour_of(rows, colouring),
        "contested": rows.attestation == "contested",
        "reviewed": rows.reviewed,
        "refuted": refuted(rows),
        "confirmed": (rows.verification == "confirmed") & ~refuted(rows),
    }


def refuted(rows: ir.Table) -> ir.BooleanValue:
    """Whether an event, or that it was at its places, is refuted: both make its mark wrong."""
    return (rows.verification == "refuted") | (rows.place_verification == "refuted")


def moves_and_extents(tables: EngineTables, query: Query, outlined: Collection[str]) -> ir.Table:
    """One row per event and place that is an end of a movement, uncertain, or in `outlined`.

    Only of curated events that match all filters except dates: imported events have no movements or
    outlines, and so the engine need not read their files.
    """
    rows = marks_left(tables, query, dates=False)
    exceeding = ~rows.sharp | rows.place_id.isin(list(outlined))
    rows = rows.filter(rows.dataset == CURATED, rows.role.isin(MOVES) | exceeding)
    rows = rows.mutate(refuted=refuted(rows))
    return rows.select(
        "event", "place_id", "role", "attestation", "refuted", "dated", "first_day", "last_day"
    )


def places_of_event(tables: EngineTables, event_ids: Collection[str]) -> ir.Table:
    """The ids of the places of the events with these ids."""
    events = tables.events.filter(tables.events.event_id.isin(list(event_ids)))
    return tables.event_places.semi_join(events, "event").select("place_id").distinct()


def curated_ids(tables: EngineTables) -> ir.Table:
    """Numbers and ids of the curated events."""
    events = tables.events
    return events.filter(events.dataset == CURATED).select("event", "event_id")


def well_placed(tables: EngineTables, *, unreviewed: bool) -> ir.Table:
    """The sites known to a settlement or better, with their number of events: for the first view."""
    rows = tables.event_places.filter(tables.event_places.sharp & tables.event_places.first_site)
    rows = rows if unreviewed else rows.filter(rows.reviewed)
    return rows.group_by("site").agg(lat=rows.lat.min(), lon=rows.lon.min(), events=rows.count())
