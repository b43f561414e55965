"""The areas of a query as outlines on the map in the browser."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.language.messages import _
from dashboard.model.area import Area


@dataclass(frozen=True, slots=True)
class AreaOutline:
    """An area by its text in a link, its edge as (lat, lon), and the label of what removes it."""

    text: str
    ring: tuple[tuple[float, float], ...]
    remove: str


def area_outlines(areas: Sequence[Area], name: Callable[[Area], str]) -> tuple[AreaOutline, ...]:
    """The outlines; `name` gives an area in words."""
    return tuple(
        AreaOutline(
            str(area),
            tuple((round(lat, 5), round(lon, 5)) for lon, lat in area.ring),
            _("Remove the filter: {filter}").format(filter=name(area)),
        )
        for area in areas
    )
