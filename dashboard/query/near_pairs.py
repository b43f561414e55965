"""Pairs of events of different datasets that may be one happening, e.g. a row of ACLED and one of UCDP.

Two events are a candidate if both are dated to a week or less, at most a day apart, at most `FAR_KM`
apart or one at the area that the other's place is in, and of one kind, of kinds of one group, or of a
kind that is not known. If one is dated to a month only, they are at most `CLOSE_KM` apart and of one
group. The best come first; `review/same_event.py` compares them in full.
"""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from dashboard.model.event import EventGroup
from dashboard.query.tables import EngineTables

# Two lists may give a town's coordinates as its middle, its market or its name on a map.
FAR_KM = 10
# Points so near each other are one town's.
CLOSE_KM = 2
# An interval of more days says little about the day of the act.
SHORT_DAYS = 7
# A month, which many rows are dated to. What is known to a year only is near too many others.
LONG_DAYS = 31
# Days from the end of one event to the beginning of the other.
SLACK_DAYS = 1
# Degrees of latitude, in kilometres.
_KM = 111.2
# Squares of tile units (`model/grid.py`), at least FAR_KM wide up to 75 degrees of latitude, and weeks
# that a short interval with its slack is never longer than: what is near is in the same one or the next.
_SQUARE = 1 << 20
_WEEK = SHORT_DAYS + SLACK_DAYS
# Weeks in which the other event may begin, if one is dated to a month: from a week before it on.
_WEEKS_OF_MONTH = (LONG_DAYS + SHORT_DAYS + 2 * SLACK_DAYS) // _WEEK + 2
_SAME = 2
_COLUMNS = (
    "event", "dataset", "kind", "group", "first_day", "last_day", "place_id", "lat", "lon", "x", "y",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Ends:
    """The columns of two joined tables, those of the second with `_2` behind the name."""

    rows: ir.Table

    def of(self, name: str) -> tuple[ir.Column, ir.Column]:
        """A column of both."""
        return self.rows[name], self.rows[f"{name}_2"]


def near_pairs(
    tables: EngineTables, datasets: tuple[str, ...], *, most: int, start: int = 0
) -> ir.Table:
    """The candidates from position `start` on: `event`, `event_2` with `first_day` of each, `total`.

    Only between `datasets`, if any are given. `total` is the number of all candidates, in each row.
    """
    dated = _dated(tables.event_places, datasets)
    places = dated.filter(dated.last_day - dated.first_day <= SHORT_DAYS)
    both = ibis.union(_near(places), _within(tables, places), _in_month(dated))
    pairs = both.group_by("event", "event_2").agg(
        first_day=both.first_day.min(), first_day_2=both.first_day_2.min(), points=both.points.max()
    )
    shared = _sharing_actors(tables, pairs)
    scored = pairs.left_join(shared, ["event", "event_2"]).drop("event_right", "event_2_right")
    points = scored.points + scored.shared.fill_null(0)
    counted = scored.mutate(points=points, total=scored.count().over(ibis.window()))
    ordered = counted.order_by(counted.points.desc(), "event", "event_2")
    listed = ordered.limit(most, offset=start)
    return listed.select("event", "event_2", "first_day", "first_day_2", "total")


def _dated(rows: ir.Table, datasets: tuple[str, ...]) -> ir.Table:
    """The places of reviewed events that are dated to a month or less."""
    length = rows.last_day - rows.first_day
    dated = rows.filter(rows.reviewed, rows.dated, rows.first_place, length <= LONG_DAYS)
    if datasets:
        dated = dated.filter(dated.dataset.isin(list(datasets)))
    return dated.select(*_COLUMNS)


def _near(places: ir.Table) -> ir.Table:
    """Pairs of places near each other: one is looked up in its own square and the eight around it."""
    one = places.mutate(
        column=places.x // _SQUARE, row=places.y // _SQUARE, week=places.first_day // _WEEK
    )
    steps = places.mutate(step=ibis.range(0, 27).unnest())
    other = steps.mutate(
        column=steps.x // _SQUARE + steps.step % 3 - 1,
        row=steps.y // _SQUARE + (steps.step // 3) % 3 - 1,
        week=steps.first_day // _WEEK + steps.step // 9 - 1,
    ).drop("step")
    joined = one.inner_join(other, ["column", "row", "week"], rname="{name}_2")
    km = _km(_Ends(joined))
    found = joined.mutate(km=km).filter(km <= FAR_KM)
    near = ibis.ifelse(found.km <= CLOSE_KM, _SAME, 1)
    return _pairs(found, near)


def _in_month(places: ir.Table) -> ir.Table:
    """Pairs of places of one town of which one event is dated to a month, in which the other may be.

    It is looked up in the week in which the other begins, or the later one of two that are so dated.
    """
    long = places.filter(places.last_day - places.first_day > SHORT_DAYS)
    steps = long.mutate(step=ibis.range(0, 9 * _WEEKS_OF_MONTH).unnest())
    month = steps.mutate(
        column=steps.x // _SQUARE + steps.step % 3 - 1,
        row=steps.y // _SQUARE + (steps.step // 3) % 3 - 1,
        week=(steps.first_day - SLACK_DAYS - SHORT_DAYS) // _WEEK + steps.step // 9,
    ).drop("step")
    other = places.mutate(
        column=places.x // _SQUARE, row=places.y // _SQUARE, week=places.first_day // _WEEK
    )
    joined = month.inner_join(other, ["column", "row", "week"], rname="{name}_2")
    group, group_2 = _Ends(joined).of("group")
    alike = (group == group_2) & (group != EventGroup.UNKNOWN.value)
    found = joined.filter(alike, _km(_Ends(joined)) <= CLOSE_KM)
    return _ordered(_pairs(found, ibis.literal(1), ordered=False))


def _within(tables: EngineTables, places: ir.Table) -> ir.Table:
    """Pairs of which one event is at the area that the other's place is in."""
    known = tables.places
    # The same place may be in two datasets.
    areas = known.filter(known.within != "").group_by("place_id").agg(area=known.within.min())
    inner = places.join(areas, "place_id")
    inner = inner.mutate(week=inner.first_day // _WEEK)
    steps = places.mutate(step=ibis.range(0, 3).unnest())
    outer = steps.mutate(week=steps.first_day // _WEEK + steps.step - 1).drop("step")
    joined = inner.inner_join(
        outer, [inner.area == outer.place_id, inner.week == outer.week], rname="{name}_2"
    )
    return _ordered(_pairs(joined, ibis.literal(1), ordered=False))


def _pairs(joined: ir.Table, near: ir.Column, *, ordered: bool = True) -> ir.Table:
    """Those of joined places whose events may be one, with points for what speaks for it."""
    ends = _Ends(joined)
    (event, event_2), (dataset, dataset_2) = ends.of("event"), ends.of("dataset")
    (kind, kind_2), (group, group_2) = ends.of("kind"), ends.of("group")
    (first, first_2), (last, last_2) = ends.of("first_day"), ends.of("last_day")
    unknown = EventGroup.UNKNOWN.value
    alike = (group == group_2) | group.isin([unknown]) | group_2.isin([unknown])
    days = (first <= last_2 + SLACK_DAYS) & (first_2 <= last + SLACK_DAYS)
    numbered = event < event_2 if ordered else event != event_2
    found = joined.mutate(
        points=near + ibis.ifelse(kind == kind_2, _SAME, 0) + ibis.ifelse(first == first_2, 1, 0)
    ).filter(numbered, dataset != dataset_2, alike, days)
    return found.select("event", "event_2", "first_day", "first_day_2", "points")


def _ordered(pairs: ir.Table) -> ir.Table:
    """The pairs with the lower number first."""
    turned = pairs.event > pairs.event_2
    return pairs.select(
        event=ibis.ifelse(turned, pairs.event_2, pairs.event),
        event_2=ibis.ifelse(turned, pairs.event, pairs.event_2),
        first_day=ibis.ifelse(turned, pairs.first_day_2, pairs.first_day),
        first_day_2=ibis.ifelse(turned, pairs.first_day, pairs.first_day_2),
        points="points",
    )


def _km(ends: _Ends) -> ir.FloatingValue:
    """The distance on a plane: exact enough for some kilometres."""
    (lat, lat_2), (lon, lon_2) = ends.of("lat"), ends.of("lon")
    north = (lat - lat_2) * _KM
    east = (lon - lon_2) * _KM * lat.radians().cos()
    return (north * north + east * east).sqrt()


def _sharing_actors(tables: EngineTables, pairs: ir.Table) -> ir.Table:
    """The pairs of which both events have one actor."""
    actors = tables.event_actors
    named = actors.filter(actors.first_actor).select("event", "actor")
    one = pairs.select("event", "event_2").join(named, "event")
    other = named.select(event_2="event", actor="actor")
    shared = one.join(other, ["event_2", "actor"]).select("event", "event_2").distinct()
    return shared.mutate(shared=ibis.literal(1))
