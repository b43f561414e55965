"""What the map's scripts need to draw the layers of analysts (frontend/map/context_layers.js)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.language.messages import _
from dashboard.language.words import comma
from dashboard.layers.folder import Layer
from dashboard.layers.shapes import KINDS
from dashboard.layers.words import layer_source, other_labels, undated_note
from dashboard.legend import palette
from dashboard.model.layer_style import ShownLayer
from dashboard.text.escape import escape

# Relative to the address of the frame that shows the map, as in event_map.py.
_LAYERS = "../../map-layers"


@dataclass(frozen=True, slots=True)
class LayerOptions:
    """A layer as the scripts draw it, with the texts of its row in the legend.

    `credit` is HTML, escaped: Leaflet takes no text. `opacity` and `fill` are from 0 to 1, `width` is in
    pixels; `kinds` are those of its shapes, `colours` those of labels; `others` names the labels that
    have none.
    """

    id: str
    address: str
    title: str
    about: str
    credit: str
    note: str
    missing: str
    colour: str
    opacity: float
    width: int
    fill: float
    kinds: tuple[str, ...]
    colours: tuple[tuple[str, str], ...] = ()
    others: str = ""


def layer_options(
    shown: Sequence[ShownLayer], layers: Mapping[str, Layer]
) -> tuple[LayerOptions, ...]:
    """The options of the shown layers that are here, from the lowest to the topmost."""
    return tuple(
        _options(style, layers[style.layer_id]) for style in shown if style.layer_id in layers
    )


def _options(style: ShownLayer, layer: Layer) -> LayerOptions:
    texts, by_label = layer.texts, layer.label_colours(style)
    return LayerOptions(
        id=layer.layer_id,
        address=f"{_LAYERS}/{layer.layer_id}?v={layer.version}",
        title=texts.title,
        about=layer_source(texts),
        credit=escape(comma([texts.source, texts.licence])) if texts.licence else "",
        note=undated_note(layer),
        missing=_("The layer {title} could not be loaded.").format(title=texts.title),
        colour=palette.colour(f"layer-{layer.colour(style)}"),
        opacity=style.opacity / 100,
        width=style.width,
        fill=style.fill / 100,
        kinds=tuple(kind for kind in KINDS if layer.record.counts.kinds.get(kind)),
        colours=tuple((label, palette.colour(f"layer-{it}")) for label, it in by_label.items()),
        others=other_labels() if by_label and layer.record.counts.more_labels else "",
    )
