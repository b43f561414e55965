"""Saving, changing and removing views of the Explore page: an entry of the log each."""

import secrets
from collections.abc import Mapping

from dashboard.model.errors import DashboardError
from dashboard.model.message import message
from dashboard.model.records import Table
from dashboard.model.saved_view import MOST_NAME, MOST_NOTE, SavedView
from dashboard.review.edit_session import EditSession
from dashboard.store.workspace import Workspace


class SavedViewError(DashboardError):
    """A view that cannot be saved as it was asked for; nothing was written."""


def saved_views(workspace: Workspace) -> Mapping[str, SavedView]:
    """All saved views by id, in the order of their names."""
    stored = {
        view_id: item.value
        for view_id, item in workspace.all(Table.SAVED_VIEW).items()
        if isinstance(item.value, SavedView)
    }
    return dict(sorted(stored.items(), key=lambda item: item[1].name.casefold()))


def save_view(session: EditSession, view: SavedView, view_id: str | None = None) -> str:
    """Save a new view, or another value of the view `view_id`; returns its id.

    Raises SavedViewError for a name that is empty, too long or of another view, and for a long note.
    """
    view = _checked(session.workspace, view, view_id)
    what = (
        message("changed the view “{name}”", name=view.name)
        if view_id
        else message("saved the view “{name}”", name=view.name)
    )
    view_id = view_id or secrets.token_hex(4)
    session.commit([session.change(Table.SAVED_VIEW, view_id, view)], what, "")
    return view_id


def remove_view(session: EditSession, view_id: str, name: str) -> None:
    """Remove a view; undoing the entry brings it back."""
    change = session.change(Table.SAVED_VIEW, view_id, None)
    session.commit([change], message("removed the view “{name}”", name=name), "")


def _checked(workspace: Workspace, view: SavedView, view_id: str | None) -> SavedView:
    name, note = " ".join(view.name.split()), view.note.strip()
    others = {
        other.name.casefold() for key, other in saved_views(workspace).items() if key != view_id
    }
    if not name:
        raise SavedViewError(message("expected a name"))
    if len(name) > MOST_NAME or len(note) > MOST_NOTE:
        raise SavedViewError(
            message(
                "expected a name of at most {name} letters and a note of at most {note}",
                name=MOST_NAME,
                note=MOST_NOTE,
            )
        )
    if name.casefold() in others:
        raise SavedViewError(message("there is a view called “{name}” already", name=name))
    return SavedView(name, note, view.link)
