"""The form for another layer: a file, what is not clear about it, its texts, and its columns."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import streamlit as st

from dashboard.datasets.files.errors import UnclearError
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.formats.days import DateOrder
from dashboard.documents.read import display_name
from dashboard.language.messages import N_, _, plural
from dashboard.language.stored_text import error_text, translate
from dashboard.language.words import comma, isolate
from dashboard.layers.check import MOST_BYTES, describe
from dashboard.layers.folder import LayerFolder
from dashboard.layers.layer_file import Column, LayerColumns, LayerDescription
from dashboard.layers.read import ENDINGS
from dashboard.model.errors import DashboardError
from dashboard.model.permissions import Permission
from dashboard.model.viewer import viewer
from dashboard.text.escape import escape_markdown, escape_markdown_message
from dashboard.ui.actions import action_button
from dashboard.ui.data.layer_texts import Typed, layer_texts, say_missing_texts, texts_of
from dashboard.ui.state.session import SessionValue, forget
from dashboard.ui.state.uploads import saved_upload

# The number of layers added, so that the form is empty after each.
_FORM = SessionValue("layer_number", 0)
ADDED = SessionValue("layer_added", "")
# What the process with limits found in the file of this key.
_DESCRIBED = SessionValue[tuple[object, LayerDescription] | None]("layer_described", None)
# The options that are not clear in the file of this key, with their possible values.
_OPEN = SessionValue[tuple[str, dict[str, Sequence[str]]]]("layer_open", ("", {}))
_FIELDS = "layer_new_"
_QUESTIONS = {
    "encoding": N_("Encoding of the file"),
    "member": N_("File in the archive"),
    "layer": N_("Layer in the file"),
    "crs": N_("Coordinate reference system"),
    "date_order": N_("Order of day (d), month (m) and year (y)"),
}


def add_layer(folder: LayerFolder) -> None:
    """Show the field for a file, and the form if there is one."""
    uploaded = st.file_uploader(
        _("File of shapes"),
        type=[ending.removeprefix(".") for ending in ENDINGS],
        key=f"layer_upload_{_FORM.get()}",
        max_upload_size=MOST_BYTES // 1_000_000,
        disabled=not viewer().may(Permission.IMPORT),
    )
    if uploaded is None:
        if ADDED.get():
            st.success(ADDED.get())
        return
    try:
        path = saved_upload("layer_uploads", folder.folder, uploaded.file_id, uploaded.getbuffer())
        _form(folder, InputFile(path, display_name(uploaded.name)), uploaded.file_id)
    except UnclearError as error:
        _ask(error)
    except (DashboardError, OSError) as error:
        st.error(escape_markdown(error_text(error)))


def _form(folder: LayerFolder, file: InputFile, file_id: str) -> None:
    """Raises UnclearError for a question, and DashboardError or OSError."""
    answers = _answers(file_id)
    order = answers.pop("date_order", None)
    options = msgspec.convert(answers, FileOptions)
    description = _description(file, file_id, options)
    st.text(plural("{n} shape in the file", "{n} shapes in the file", description.features))
    typed = layer_texts(f"{_FIELDS}text", Typed(Path(file.name).stem))
    columns = _columns(description, order)
    if not action_button(_("Add the layer"), type="primary", key="layer_add"):
        return
    texts = texts_of(typed)
    if texts is None:
        say_missing_texts(typed)
        return
    with st.spinner(_("Reading the layer …")):
        added = folder.add(file, options, columns, texts)
    title = isolate(escape_markdown(added.texts.title))
    ADDED.set(_("{file} was added.").format(file=title))
    forget(_FIELDS)
    _DESCRIBED.clear()
    _FORM.set(_FORM.get() + 1)
    st.rerun()


def _description(file: InputFile, file_id: str, options: FileOptions) -> LayerDescription:
    key = (file_id, options)
    described = _DESCRIBED.get()
    if described is None or described[0] != key:
        forget(f"{_FIELDS}column")
        with st.spinner(_("Reading the layer …")):
            described = (key, describe(file, options))
        _DESCRIBED.set(described)
    return described[1]


def _columns(description: LayerDescription, order: str | None) -> LayerColumns:
    """Fields for the columns, with those that were recognised."""
    proposed = description.proposed
    names = {column.name: column for column in description.columns}
    fields = (
        ("label", _("Column of labels"), proposed.label),
        ("first", _("Column of dates, or of first days"), proposed.first),
        ("last", _("Column of last days"), proposed.last),
    )
    chosen: list[str] = []
    places = [st.container(), *st.columns(2, vertical_alignment="bottom")]
    for place, (name, label, at_first) in zip(places, fields, strict=True):
        choices = ["", *names]
        chosen.append(
            place.selectbox(
                label,
                choices,
                index=choices.index(at_first),
                format_func=lambda column: _column_label(names.get(column)),
                key=f"{_FIELDS}column_{name}",
            )
        )
    label_column, first, last = chosen
    return LayerColumns(label_column, first, last, DateOrder(order) if order else None)


def _column_label(column: Column | None) -> str:
    if column is None:
        return _("none")
    samples = comma([isolate(text) for text in column.samples])
    return f"{isolate(column.name)}: {samples}" if samples else column.name


def _answers(file_id: str) -> dict[str, str]:
    """The answers to what was not clear about this file, each with its field."""
    if _OPEN.get()[0] != file_id:
        forget(_FIELDS)
        _OPEN.set((file_id, {}))
    answers = {option: _question(option, choices) for option, choices in _OPEN.get()[1].items()}
    return {option: answer for option, answer in answers.items() if answer}


def _ask(error: UnclearError) -> None:
    """Show a question; it stays after the answer, so that this can be corrected."""
    file_id, options = _OPEN.get()
    st.info(escape_markdown_message(translate(error.why)))
    if error.option in _QUESTIONS and error.option not in options:
        _OPEN.set((file_id, {**options, error.option: error.choices}))
        _question(error.option, error.choices)


def _question(option: str, choices: Sequence[str]) -> str | None:
    return st.selectbox(
        _(_QUESTIONS[option]),
        choices,
        index=None,
        key=f"{_FIELDS}option_{option}",
        placeholder=_("choose"),
    )
