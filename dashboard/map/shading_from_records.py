"""The areas of a shaded map with their numbers, of events in memory, for print."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from dashboard.map.same_areas import SameArea, same_areas
from dashboard.model.place import Gazetteer
from dashboard.model.selected import SelectedEvents


@dataclass(frozen=True, slots=True)
class CountedArea:
    """An area and the ids of its events: some certainly within the dates, others possibly."""

    area: SameArea
    events: frozenset[str]
    certain: int
    possible: int


@dataclass(frozen=True, slots=True)
class CountedAreas:
    """The areas that have events, and the number of events that are in none of them."""

    areas: tuple[CountedArea, ...]
    without: int

    @property
    def most(self) -> int:
        """The largest number of certain events."""
        return max((area.certain for area in self.areas), default=0)


def areas_from_records(
    selected: SelectedEvents, level: str, dates: tuple[date | None, date | None]
) -> CountedAreas:
    """The areas of a level, e.g. "governorate", that have events; `dates` are those of the selection."""
    gazetteer = selected.corpus.gazetteer
    events_in: dict[str, set[str]] = defaultdict(set)
    for row in selected.corpus.events.places:
        for key in (row.place_id, *gazetteer.containers(row.place_id)):
            if gazetteer.places[key].feature_class == level:
                events_in[key].add(row.event_id)
    counted = []
    for area in _same(gazetteer, sorted(events_in)):
        ids = frozenset().union(*(events_in[key] for key in area.ids))
        whens = [selected.corpus.events.events[key].when for key in ids]
        certain = sum(when.lies_in(*dates) for when in whens)
        counted.append(CountedArea(area, ids, certain, len(ids) - certain))
    placed = set().union(*events_in.values())
    return CountedAreas(tuple(counted), len(selected.events) - len(placed))


def _same(gazetteer: Gazetteer, ids: list[str]) -> list[SameArea]:
    """The areas; those of the gazetteer, which have outlines, give their names."""
    places = [gazetteer.places[key] for key in ids]
    curated = [place for place in places if place.tier == 1]
    names: dict[str, list[str]] = defaultdict(list)
    known = {place.place_id for place in curated}
    for name in gazetteer.names:
        if name.place_id in known:
            names[name.place_id].append(name.name)
    return same_areas(curated, [place for place in places if place.tier != 1], names)
