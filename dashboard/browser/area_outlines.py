"""The areas of a query as outlines on the map in the browser."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.language.messages import _
from dashboard.model.area import Area, rings_of


@dataclass(frozen=True, slots=True)
class AreaOutline:
    """An area by its text in a link, its edges as (lat, lon), and the label of what removes it."""

    text: str
    rings: tuple[tuple[tuple[float, float], ...], ...]
    remove: str


def area_outlines(areas: Sequence[Area], name: Callable[[Area], str]) -> tuple[AreaOutline, ...]:
    """The outlines; `name` gives an area in words."""
    return tuple(
        AreaOutline(
            str(area),
            tuple(
                tuple((round(lat, 5), round(lon, 5)) for lon, lat in ring)
                for ring in rings_of(area)
            ),
            _("Remove the filter: {filter}").format(filter=name(area)),
        )
        for area in areas
    )
