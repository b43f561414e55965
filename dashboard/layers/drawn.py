"""The layers of a query with their shapes, for the printed map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import msgspec
import numpy as np
import numpy.typing as npt
import shapely

from dashboard.layers.folder import Layer
from dashboard.model.layer_style import ShownLayer

# The first and last day of the timeline's window as numbers from 1970-01-01.
Window = tuple[int, int]


class _Properties(msgspec.Struct):
    label: str = ""
    days: tuple[int | None, int | None] | None = None


class _Feature(msgspec.Struct):
    geometry: msgspec.Raw
    properties: _Properties


class _Collection(msgspec.Struct):
    features: list[_Feature]


@dataclass(frozen=True)
class DrawnLayer:
    """A layer and its style."""

    style: ShownLayer
    layer: Layer

    @cached_property
    def _features(self) -> Sequence[_Feature]:
        """Raises OSError if the layer was removed at this moment."""
        content = self.layer.path.read_bytes()
        return msgspec.json.decode(content, type=_Collection).features

    @cached_property
    def _shapes(self) -> npt.NDArray[np.object_]:
        texts = [bytes(feature.geometry).decode() for feature in self._features]
        shapes = shapely.from_geojson(np.array(texts, dtype=object))
        valid: npt.NDArray[np.object_] = shapely.make_valid(shapes)
        return valid

    def shapes(self, window: Window | None) -> npt.NDArray[np.object_]:
        """The shapes (EPSG:4326) whose days overlap the window, and all without days."""
        shapes: npt.NDArray[np.object_] = self._shapes[self._within(window)]
        return shapes

    def colours(self, window: Window | None) -> npt.NDArray[np.object_]:
        """The name of the colour of each of `shapes`."""
        by_label, other = self.layer.label_colours(self.style), self.layer.colour(self.style)
        labels = (feature.properties.label for feature in self._features)
        names = np.array([by_label.get(label, other) for label in labels], dtype=object)
        colours: npt.NDArray[np.object_] = names[self._within(window)]
        return colours

    def _within(self, window: Window | None) -> npt.NDArray[np.bool_]:
        days = (feature.properties.days for feature in self._features)
        return np.fromiter((_is_within(each, window) for each in days), dtype=bool)


def drawn_layers(
    shown: Sequence[ShownLayer], layers: Mapping[str, Layer]
) -> tuple[DrawnLayer, ...]:
    """The shown layers that are here, from the lowest to the topmost."""
    return tuple(
        DrawnLayer(style, layers[style.layer_id]) for style in shown if style.layer_id in layers
    )


def _is_within(days: tuple[int | None, int | None] | None, window: Window | None) -> bool:
    if days is None or window is None:
        return True
    first, last = days
    return (first is None or first <= window[1]) and (last is None or last >= window[0])
