"""The layers of analysts on the map: which are shown, in which order, and how each is drawn."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard.language.messages import N_, _
from dashboard.language.words import all_of, isolate
from dashboard.layers.folder import Layer, LayerFolder
from dashboard.model.layer_style import (
    BY_LABEL,
    COLOURS,
    MOST_PERCENT,
    MOST_SHOWN,
    MOST_WIDTH,
    ShownLayer,
    another_layer,
)
from dashboard.query.query import Query
from dashboard.settings import read_settings
from dashboard.text.escape import escape_markdown
from dashboard.ui.state import explore_query
from dashboard.ui.state.session import choice_field, field

_COLOURS = {
    "teal": N_("Teal"),
    "brown": N_("Brown"),
    "navy": N_("Navy blue"),
    "rose": N_("Rose"),
    "olive": N_("Olive"),
    "plum": N_("Plum"),
    "slate": N_("Slate grey"),
    "black": N_("Black"),
    BY_LABEL: N_("A colour for each label"),
}
_PERCENT_STEP = 5
_SHORT_ID = 4


def layer_choice(query: Query) -> None:
    """Show the field of layers, and a row for each that is shown, the topmost first."""
    layers = all_layers()
    if not layers:
        return
    shown = [layer.layer_id for layer in query.layers if layer.layer_id in layers]
    st.multiselect(
        _("Layers"),
        list(layers),
        format_func=lambda layer_id: _title(layers, layer_id),
        max_selections=MOST_SHOWN,
        placeholder=_("None"),
        help=_("Shapes below the events, from files that were added on the Data page."),
        **choice_field("layers", shown, _choose, list(layers)),
        select_all=False,
    )
    for layer in reversed(query.layers):
        if layer.layer_id in layers:
            _row(layer, layers, query)


def all_layers() -> Mapping[str, Layer]:
    """The layers in the folder by id."""
    return LayerFolder(read_settings().layers).layers()


def say_missing_layers(query: Query) -> None:
    """Say which layers of the link are not here, if any."""
    layers = all_layers() if query.layers else {}
    missing = [isolate(it.layer_id) for it in query.layers if it.layer_id not in layers]
    if missing:
        text = _("Layers of the link that are not here: {layers}.")
        st.warning(text.format(layers=all_of(missing)), icon="⚠️")


def _title(layers: Mapping[str, Layer], layer_id: str) -> str:
    """The title; with digits of the id if several have it, as a choice is known by its label."""
    if layer_id not in layers:
        return layer_id
    title = layers[layer_id].texts.title
    alone = sum(layer.texts.title == title for layer in layers.values()) == 1
    return title if alone else f"{title} ({layer_id[:_SHORT_ID]})"


def _choose(ids: list[str]) -> None:
    """Show these layers; those that are shown already stay in their order, new ones are on top."""
    before = explore_query.current().layers
    stay = [layer for layer in before if layer.layer_id in ids]
    there = {layer.layer_id for layer in stay}
    for layer_id in ids:
        if layer_id not in there:
            stay.append(another_layer(layer_id, stay))
    explore_query.change(layers=tuple(stay[:MOST_SHOWN]))


def _row(shown: ShownLayer, layers: Mapping[str, Layer], query: Query) -> None:
    """The style of a layer, and buttons to move it up or down."""
    layer, title = layers[shown.layer_id], _title(layers, shown.layer_id)
    key, at, most = shown.layer_id, query.layers.index(shown), len(query.layers) - 1
    with st.container(horizontal=True, vertical_alignment="center", key=f"layer_row_{key}"):
        with st.popover(escape_markdown(title), width="stretch"):
            _style(shown, layer)
        st.button(
            "↑",
            key=f"layer_up_{key}",
            help=_("Move up"),
            disabled=at == most,
            on_click=partial(_move, key, 1),
        )
        st.button(
            "↓",
            key=f"layer_down_{key}",
            help=_("Move down"),
            disabled=at == 0,
            on_click=partial(_move, key, -1),
        )


def _style(shown: ShownLayer, layer: Layer) -> None:
    key, kinds = shown.layer_id, layer.record.counts.kinds

    def change(name: str, value: object) -> None:
        explore_query.change(
            layers=tuple(
                replace(each, **{name: value}) if each.layer_id == key else each  # type: ignore[arg-type]
                for each in explore_query.current().layers
            )
        )

    labelled = len(layer.record.counts.labels) > 1 or shown.colour == BY_LABEL
    colours = [*COLOURS, BY_LABEL] if labelled else COLOURS
    st.selectbox(
        _("Colour"),
        colours,
        format_func=lambda name: _(_COLOURS[name]),
        **choice_field(f"layer_colour_{key}", shown.colour, partial(change, "colour"), colours),
    )
    numbers = [("opacity", _("Opacity, %"), MOST_PERCENT, _PERCENT_STEP)]
    if "line" in kinds or "polygon" in kinds:
        numbers.append(("width", _("Width of lines"), MOST_WIDTH, 1))
    if "polygon" in kinds:
        numbers.append(("fill", _("Filling of areas, %"), MOST_PERCENT, _PERCENT_STEP))
    for name, label, most, step in numbers:
        st.slider(
            label,
            0,
            most,
            step=step,
            **field(f"layer_{name}_{key}", getattr(shown, name), partial(change, name)),
        )


def _move(layer_id: str, by: int) -> None:
    """Move a layer one place up (1) or down (-1)."""
    layers = list(explore_query.current().layers)
    at = next((at for at, layer in enumerate(layers) if layer.layer_id == layer_id), None)
    if at is None or not 0 <= at + by < len(layers):
        return
    layers[at], layers[at + by] = layers[at + by], layers[at]
    explore_query.change(layers=tuple(layers))
