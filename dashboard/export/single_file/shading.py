"""The coloured areas of a single file, and which of its events are in which."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from dashboard.legend.palette import SHADES
from dashboard.map.shading import shaded_area
from dashboard.map.shading_from_records import areas_from_records
from dashboard.model.selected import SelectedEvents
from dashboard.query.query import DISTRICTS, GOVERNORATES


@dataclass(frozen=True, slots=True)
class FileShading:
    """`layer` is for the script, `None` without areas; `at` has the positions of areas by event."""

    layer: Mapping[str, object] | None
    at: Mapping[str, list[int]]


def file_shading(selected: SelectedEvents, level: str) -> FileShading:
    """The areas that have events of the file; squares are not in it."""
    if level not in (GOVERNORATES, DISTRICTS):
        return FileShading(None, {})
    counted = areas_from_records(selected, level, (None, None)).areas
    at: dict[str, list[int]] = {}
    for position, area in enumerate(counted):
        for key in sorted(area.events):
            at.setdefault(key, []).append(position)
    areas = [shaded_area(area.area, frozenset()) for area in counted]
    layer = {"areas": msgspec.to_builtins(areas), "side": 0, "colours": SHADES}
    return FileShading(layer, at)
