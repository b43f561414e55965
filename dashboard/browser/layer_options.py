"""What the map's scripts need to draw the layers of analysts (frontend/map/context_layers.js)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.dates.precision import interval_precision
from dashboard.language.messages import _, plural
from dashboard.language.words import comma, span, when
from dashboard.layers.folder import Layer, LayerTexts
from dashboard.layers.shapes import KINDS
from dashboard.legend import palette
from dashboard.model.layer_style import ShownLayer
from dashboard.model.when import DatePrecision, When

# Relative to the address of the frame that shows the map, as in event_map.py.
_LAYERS = "../../map-layers"


@dataclass(frozen=True, slots=True)
class LayerOptions:
    """A layer as the scripts draw it, with the texts of its row in the legend.

    `opacity` and `fill` are from 0 to 1, `width` is in pixels; `kinds` are those of its shapes.
    """

    id: str
    address: str
    title: str
    about: str
    note: str
    missing: str
    colour: str
    opacity: float
    width: int
    fill: float
    kinds: tuple[str, ...]


def layer_options(
    shown: Sequence[ShownLayer], layers: Mapping[str, Layer]
) -> tuple[LayerOptions, ...]:
    """The options of the shown layers that are here, from the lowest to the topmost."""
    return tuple(
        _options(style, layers[style.layer_id]) for style in shown if style.layer_id in layers
    )


def _options(style: ShownLayer, layer: Layer) -> LayerOptions:
    texts = layer.texts
    return LayerOptions(
        id=layer.layer_id,
        address=f"{_LAYERS}/{layer.layer_id}",
        title=texts.title,
        about=layer_source(texts),
        note=undated_note(layer),
        missing=_("The layer {title} could not be loaded.").format(title=texts.title),
        colour=palette.colour(f"layer-{style.colour}"),
        opacity=style.opacity / 100,
        width=style.width,
        fill=style.fill / 100,
        kinds=tuple(kind for kind in KINDS if layer.record.counts.kinds.get(kind)),
    )


def layer_source(texts: LayerTexts) -> str:
    """Source, days and licence of a layer as one line."""
    return comma([part for part in (texts.source, layer_days(texts), texts.licence) if part])


def layer_days(texts: LayerTexts) -> str:
    """The days that a layer is of, e.g. "January 2021"; "" for none."""
    precision = interval_precision(texts.start, texts.end)
    if precision in {DatePrecision.DAY, DatePrecision.MONTH}:
        return when(When(texts.start, texts.end, precision))
    return span(texts.start, texts.end)


def undated_note(layer: Layer) -> str:
    """That features without a date stay on the map, if others of the layer have dates."""
    counts = layer.record.counts
    if not counts.dated or not counts.undated:
        return ""
    return plural(
        "{n} shape without a date, always shown",
        "{n} shapes without a date, always shown",
        counts.undated,
    )
