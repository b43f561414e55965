"""Lists of a country's places: those that were added, and a file to add, with what is in it."""

from dataclasses import dataclass

import streamlit as st

from dashboard.documents.read import display_name
from dashboard.language.messages import _
from dashboard.language.stored_text import error_text
from dashboard.language.words import comma, isolate
from dashboard.model.errors import DashboardError
from dashboard.model.place_list import ListCard
from dashboard.place_lists.change import remove_list, save_list
from dashboard.place_lists.read import read_list
from dashboard.place_lists.recognise import ENDINGS
from dashboard.place_lists.report import (
    AddReport,
    add_report,
    card_lines,
    credit_of,
    report_lines,
)
from dashboard.project.project import Loaded
from dashboard.store.place_lists import PlaceLists
from dashboard.text.escape import escape_markdown
from dashboard.ui import project, shell
from dashboard.ui.actions import action_button
from dashboard.ui.state.session import SessionValue
from dashboard.ui.state.uploads import saved_upload


@dataclass(frozen=True, slots=True)
class _Checked:
    """An upload that was read: its id, the state of the lists then, and the report or the error."""

    upload: str
    version: str
    report: AddReport | None
    error: str = ""


_CHECKED = SessionValue[_Checked | None]("place_list_checked", None)
_ADDED = SessionValue("place_list_added", "")
# The number of files added, so that the field is empty after each.
_FIELD = SessionValue("place_list_field", 0)


def added_lists(loaded: Loaded) -> None:
    """The lists that were added, each with its content and a button to remove it."""
    lists = project.project().place_lists
    cards = lists.cards()
    if not cards:
        st.caption(
            _("No list of places was added yet. Add a file, or download the list of a country.")
        )
    for card in cards:
        _card(loaded, lists, card)


def add_list(loaded: Loaded) -> None:
    """The field for a file, what is in it and what it adds, and the button to add it."""
    lists = project.project().place_lists
    shell.heading(_("Add a country's places"))
    st.caption(
        _(
            "Drop one file: GeoNames' places of a country (SY.zip) or its alternate names, Who's On "
            "First, OCHA's tables of P-codes, or places of OpenStreetMap. Nothing is added before "
            "you have seen what is in it."
        )
    )
    uploaded = st.file_uploader(
        _("File of places"),
        type=[ending.removeprefix(".") for ending in ENDINGS],
        key=f"place_list_upload_{_FIELD.get()}",
    )
    if uploaded is None:
        if _ADDED.get():
            st.success(_ADDED.get())
        return
    checked = _check(lists, uploaded.file_id, display_name(uploaded.name), uploaded.getbuffer())
    if checked.report is None:
        st.error(escape_markdown(checked.error))
        return
    for line in report_lines(checked.report):
        st.text(line)
    if action_button(_("Add to the gazetteer"), type="primary", key="place_list_add"):
        _add(loaded, lists, checked.report)


def _check(lists: PlaceLists, upload: str, name: str, content: memoryview) -> _Checked:
    """Read an upload once, and again when another list was added or removed."""
    checked = _CHECKED.get()
    version = lists.version()
    if checked is None or (checked.upload, checked.version) != (upload, version):
        with st.spinner(_("Reading the file…")):
            checked = _read(lists, upload, name, content)
        _CHECKED.set(checked)
    return checked


def _read(lists: PlaceLists, upload: str, name: str, content: memoryview) -> _Checked:
    version = lists.version()
    try:
        path = saved_upload("place_list_uploads", lists.folder, upload, content)
        report = add_report(read_list(path, name), project.project().seeds.gazetteer, lists)
    except (DashboardError, OSError) as error:
        return _Checked(upload, version, None, error_text(error))
    return _Checked(upload, version, report)


def _add(loaded: Loaded, lists: PlaceLists, report: AddReport) -> None:
    try:
        save_list(lists, report, loaded.corpus)
    except (DashboardError, OSError) as error:
        st.error(escape_markdown(error_text(error)))
        return
    name = isolate(escape_markdown(report.listed.card.file))
    _ADDED.set(_("{file} was added.").format(file=name))
    _CHECKED.set(None)
    _FIELD.set(_FIELD.get() + 1)
    st.rerun()


def _card(loaded: Loaded, lists: PlaceLists, card: ListCard) -> None:
    with st.container(border=True, key=f"place_list_{card.list_id}"):
        first, *further = card_lines(card)
        st.markdown(f"**{isolate(escape_markdown(card.file))}**")
        st.text(first)
        st.caption(escape_markdown(comma([isolate(credit_of(card)), isolate(card.added[:10])])))
        for line in further:
            st.caption(escape_markdown(line))
        with st.popover(_("Remove")):
            st.text(
                _("Its places and names leave the gazetteer; a list with places of events stays.")
            )
            if action_button(_("Remove the list"), key=f"remove_{card.list_id}", type="primary"):
                _remove(loaded, lists, card)


def _remove(loaded: Loaded, lists: PlaceLists, card: ListCard) -> None:
    try:
        remove_list(lists, card.list_id, loaded.corpus)
    except (DashboardError, OSError) as error:
        st.error(escape_markdown(error_text(error)))
        return
    _ADDED.clear()
    st.rerun()
