"""The layers that analysts brought: each with what it has, and a form for another file of shapes."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard.language.messages import _
from dashboard.language.stored_text import error_text
from dashboard.language.words import comma, isolate
from dashboard.layers.folder import Layer, LayerFolder, LayerTexts
from dashboard.layers.words import layer_days, layer_source
from dashboard.model.errors import DashboardError
from dashboard.settings import Settings
from dashboard.text.escape import escape_markdown, escape_markdown_message
from dashboard.ui import shell
from dashboard.ui.actions import action_button
from dashboard.ui.data.layer_facts import layer_facts, layer_losses
from dashboard.ui.data.layer_form import ADDED, add_layer
from dashboard.ui.data.layer_texts import Typed, layer_texts, say_missing_texts, texts_of
from dashboard.ui.state import explore_query


def layer_panel(settings: Settings) -> None:
    """Show the layers and the form for another."""
    folder = LayerFolder(settings.layers)
    shell.heading(_("Layers"))
    st.caption(
        _(
            "Shapes below the events as context, such as areas of control, camps, front lines or "
            "borders: a file in GeoJSON, GeoPackage, KML or KMZ, or a zipped shapefile."
        )
    )
    for layer in folder.layers().values():
        _card(folder, layer)
    add_layer(folder)


def _card(folder: LayerFolder, layer: Layer) -> None:
    counts, key = layer.record.counts, layer.layer_id
    with st.container(border=True, key=f"layer_{key}"):
        st.markdown(f"**{isolate(escape_markdown(layer.texts.title))}**")
        st.text(comma(layer_facts(counts)))
        st.caption(escape_markdown_message(layer_source(layer.texts)))
        for loss in layer_losses(counts):
            st.caption(escape_markdown_message(loss))
        st.caption(isolate(escape_markdown(layer.record.file)))
        with st.container(horizontal=True, vertical_alignment="center"):
            shell.link_to("explore", _("On the map"), explore_query.link_with("layer", key))
            _edit(folder, layer)
            _remove(folder, key)


def _edit(folder: LayerFolder, layer: Layer) -> None:
    key, texts = layer.layer_id, layer.texts
    with st.popover(_("Edit")):
        before = Typed(texts.title, texts.source, texts.licence, layer_days(texts))
        typed = layer_texts(f"layer_edit_{key}", before)
        column = _label_column(folder, layer)
        if action_button(_("Save the layer"), key=f"save_layer_{key}", type="primary"):
            # Days that were not typed anew stay as they are.
            new = texts_of(typed, texts if typed.days == before.days else None)
            if new is None:
                say_missing_texts(typed)
                return
            _run(partial(_save, folder, layer, new, column))


def _label_column(folder: LayerFolder, layer: Layer) -> str:
    """The field for the column of labels; as it is, without the file that has the columns."""
    key, before = layer.layer_id, layer.record.columns.label
    if not folder.can_be_read_again(key):
        st.caption(_("To choose another column of labels, add the file again."))
        return before
    choices = ["", *layer.record.counts.columns]
    column: str = st.selectbox(
        _("Column of labels"),
        choices,
        index=choices.index(before) if before in choices else 0,
        format_func=lambda name: name or _("none"),
        key=f"layer_labels_{key}",
    )
    return column


def _save(folder: LayerFolder, layer: Layer, texts: LayerTexts, column: str) -> None:
    if column != layer.record.columns.label:
        with st.spinner(_("Reading the layer …")):
            folder.change_labels(layer.layer_id, column)
    folder.change(layer.layer_id, texts)


def _remove(folder: LayerFolder, key: str) -> None:
    with st.popover(_("Remove")):
        st.text(_("The file is deleted from this machine."))
        if action_button(_("Remove the layer"), key=f"remove_layer_{key}", type="primary"):
            ADDED.clear()
            _run(lambda: folder.remove(key))


def _run(action: Callable[[], None]) -> None:
    """Run an action and draw the page anew, or say why it failed."""
    try:
        action()
    except (DashboardError, OSError) as error:
        st.error(escape_markdown(error_text(error)))
        return
    st.rerun()
