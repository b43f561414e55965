"""Events of a selection that are in its areas, or in its units, only by a point that stands for more.

The same counts as those of `query/coarse_places.py`, from records.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

import numpy as np

from dashboard.model.area import Area
from dashboard.model.place import SHARP, Place, PlacePrecision
from dashboard.summary.summary import Summary

_LEVELS = tuple(PlacePrecision)


def coarse_events(summary: Summary) -> Mapping[PlacePrecision, int]:
    """Events without an exact point in the areas of the query, by the precision of the best one."""
    places = summary.corpus.gazetteer.places
    areas = summary.query.areas
    ids = {row.place_id for row in summary.corpus.events.places}
    inside = {key for key in ids if any(_contains(area, places[key]) for area in areas)}
    best: dict[str, int] = {}
    for row in summary.corpus.events.places:
        if row.place_id in inside:
            level = _LEVELS.index(places[row.place_id].precision)
            best[row.event_id] = min(level, best.get(row.event_id, level))
    counted = Counter(_LEVELS[level] for level in best.values())
    return {level: counted[level] for level in _LEVELS if counted[level] and level not in SHARP}


def events_at_units(summary: Summary) -> int:
    """The events whose only places are the units that the query names, e.g. a district."""
    chosen, places = frozenset(summary.query.places), summary.corpus.gazetteer.places
    at: dict[str, set[str]] = defaultdict(set)
    for row in summary.corpus.events.places:
        at[row.event_id].add(row.place_id)
    return sum(
        ids <= chosen and any(places[key].precision not in SHARP for key in ids)
        for ids in at.values()
    )


def _contains(area: Area, place: Place) -> bool:
    return bool(area.contains(np.array([place.lon]), np.array([place.lat]))[0])
