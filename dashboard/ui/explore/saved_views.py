"""Saved views in the sidebar of Explore: each a link with a name and a note."""

from collections.abc import Callable

import streamlit as st

from dashboard.language.messages import _
from dashboard.language.words import isolate
from dashboard.model.saved_view import MOST_NAME, MOST_NOTE, SavedView
from dashboard.project.project import Loaded
from dashboard.query.link import SAVED
from dashboard.review.edit_session import EditSession
from dashboard.review.saved_views import remove_view, save_view, saved_views
from dashboard.ui import shell
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.analyst import name_field
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.explore.alerts import alert_field
from dashboard.ui.state import explore_query
from dashboard.ui.state.session import SessionValue

# How many changes this session has made: the fields of a new view are empty after each.
_SAVED = SessionValue("views_saved", 0)


def saved_views_panel(loaded: Loaded) -> None:
    """Show the saved views, each a link, and fields to save the selection as it is now."""
    views = saved_views(loaded.workspace)
    with st.expander(_("Saved views"), key="saved_views", on_change="rerun") as opened:
        if not opened.open:
            return
        for view_id, view in views.items():
            _view(loaded, view_id, view)
        _new(loaded)


def _view(loaded: Loaded, view_id: str, view: SavedView) -> None:
    with st.container(key=f"saved_view_{view_id}", horizontal=True, gap="small"):
        link = {key: list(values) for key, values in view.link.items()}
        # Another link than any of this session before: a click is not taken for one that comes late.
        link[SAVED] = [f"{view_id}.{explore_query.links_replaced()}"]
        shell.link_to("explore", literal(isolate(view.name)), link)
        with st.popover(_("Edit"), key=f"view_edit_{view_id}", type="tertiary", width="content"):
            _edit(loaded, view_id, view)
            alert_field(loaded, view_id)
    if view.note:
        st.caption(literal(view.note))


def _edit(loaded: Loaded, view_id: str, view: SavedView) -> None:
    name, note = _fields(view_id, view)
    again = st.checkbox(
        _("With what is shown now"),
        key=f"view_again_{view_id}",
        help=_("Filters, map, tab and selected event take the place of those that were saved."),
    )
    with st.container(horizontal=True):
        if action_button(_("Save"), key=f"view_save_{view_id}"):
            changed = SavedView(name, note, _link_now() if again else view.link)
            _do(
                loaded,
                _("Saved: {name}"),
                name,
                lambda session: save_view(session, changed, view_id),
            )
        if action_button(_("Remove"), key=f"view_remove_{view_id}"):
            _do(
                loaded,
                _("Removed: {name}"),
                view.name,
                lambda session: remove_view(session, view_id, view.name),
            )


def _new(loaded: Loaded) -> None:
    st.caption(_("Save what is shown now: filters, map, tab and selected event."))
    name_field()
    name, note = _fields(f"new_{_SAVED.get()}", SavedView("", "", {}))
    if action_button(_("Save the view"), needs={_("a name"): bool(name.strip())}):
        view = SavedView(name, note, _link_now())
        _do(loaded, _("Saved: {name}"), name.strip(), lambda session: save_view(session, view))


def _fields(key: str, view: SavedView) -> tuple[str, str]:
    """The name and the note as typed."""
    name = st.text_input(
        _("Name of the view"), view.name, max_chars=MOST_NAME, key=f"view_name_{key}"
    )
    note = st.text_area(
        _("Note"), view.note, max_chars=MOST_NOTE, height=80, key=f"view_note_{key}"
    )
    return name, note


def _link_now() -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in explore_query.link().items()}


def _do(loaded: Loaded, said: str, name: str, action: Callable[[EditSession], object]) -> None:
    """Change the views, and empty the fields of a new one."""
    if act(loaded, said.format(name=isolate(name)), lambda: action(edit_session(loaded))):
        _SAVED.set(_SAVED.get() + 1)
    st.rerun()
