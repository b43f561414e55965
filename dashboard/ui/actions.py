"""Actions on the workspace: their buttons, their outcome, and undoing them at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.language.messages import _
from dashboard.language.names import title_of
from dashboard.language.numbers import in_digits
from dashboard.language.words import all_of, day, isolate
from dashboard.model.errors import DashboardError
from dashboard.model.message import StoredText, message
from dashboard.project.project import Loaded
from dashboard.review.edit_session import EditSession
from dashboard.store.workspace import ConflictError, UndoneError
from dashboard.text.escape import escape_markdown
from dashboard.ui.analyst import NAME
from dashboard.ui.components.workspace_fault import error_markdown, literal
from dashboard.ui.state.language import apply_language
from dashboard.ui.state.session import SessionValue


@dataclass(frozen=True, slots=True)
class Done:
    """The last action, and the number of its log entry, for undoing it.

    `event_id` is the event that it made beside the one on the page, if it made one.
    """

    what: str
    seq: int
    event_id: str = ""


LinkTo = Callable[[str, str, Mapping[str, str]], None]
_DONE = SessionValue[Done | None]("just_done", None)
_FAILURE = SessionValue("just_failed", "")


def edit_session(loaded: Loaded) -> EditSession:
    """The workspace and the corpus, with this analyst as the author of changes."""
    return EditSession(loaded.workspace, loaded.corpus, NAME.get())


def action_button(label: str, *, needs: Mapping[str, bool] | None = None, **options: Any) -> bool:
    """Show a button. Returns whether it was clicked while all of `needs` were true.

    The action is run in the rerun after the click, not in a callback: that would have the fields of the
    run before, without the last input. Without the analyst's name the button is disabled.
    """
    clicked = st.button(label, disabled=not NAME.get(), **options)
    missing = [name for name, there in (needs or {}).items() if not there]
    if clicked and missing:
        st.warning(_("Still needed: {things}.").format(things=all_of(missing)))
    return clicked and not missing


def act(
    loaded: Loaded, what: str, action: Callable[[], object], *, makes_event: bool = False
) -> bool:
    """Run an action and store its outcome for `show_outcome`. Returns whether it succeeded.

    `makes_event`: the action returns the id of an event that it made, to which the outcome links.
    """
    try:
        result = action()
    except (DashboardError, ValueError) as error:
        _FAILURE.set(_why_not(error))
        done = _DONE.get()
        if isinstance(error, UndoneError) and done is not None and done.seq == error.seq:
            _DONE.clear()
        return False
    # Others may have written since: the last entry of this analyst is that of the action.
    mine = (entry.seq for entry in loaded.workspace.log(limit=50) if entry.who == NAME.get())
    made = str(result) if makes_event else ""
    _DONE.set(Done(what, next(mine, loaded.workspace.version()), made))
    return True


def _why_not(error: Exception) -> str:
    if isinstance(error, UndoneError):
        return _undone_already(error)
    reason = error_markdown(error)
    if isinstance(error, ConflictError):
        return _(
            "Nothing was saved: {reason}. What you entered is still here; look at the other "
            "change, then save again to replace it."
        ).format(reason=reason)
    return _("Nothing was saved: {reason}").format(reason=reason)


def _undone_already(error: UndoneError) -> str:
    at = f"{day(error.entry.at.date())} {in_digits(f'{error.entry.at:%H:%M}')} UTC"
    return _(
        "Nothing was changed: {who} had already undone entry {seq} on {time} (by entry {by})."
    ).format(
        seq=in_digits(str(error.seq)),
        by=in_digits(str(error.entry.seq)),
        who=isolate(escape_markdown(error.entry.who)),
        time=at,
    )


def show_outcome(loaded: Loaded, link_to: LinkTo) -> None:
    """Show the last action with a button to undo it, or the reason why it failed.

    `link_to(page, label, parameters)` shows a link.
    """
    failure = _FAILURE.get()
    _FAILURE.clear()
    if failure:
        with st.container(key="failed"):
            st.error(failure)
    if loaded.workspace.daily.failure:
        warning = _("No backup could be made today: {reason}")
        st.warning(warning.format(reason=error_markdown(loaded.workspace.daily.failure)))
    done = _DONE.get()
    if done is None:
        return
    with st.container(key="done", horizontal=True, vertical_alignment="center"):
        st.text(f"✓ {done.what}")
        if made := loaded.corpus.events.events.get(done.event_id):
            label = _("Open the new event: {title}").format(title=isolate(literal(title_of(made))))
            link_to("review", label, {"event": done.event_id})
        st.button(
            _("Undo"),
            key=f"undo_{done.seq}",
            shortcut="Ctrl+Z",
            on_click=lambda: undo(loaded, done.seq, done.what, why=message("undone at once")),
        )
        st.button(_("Dismiss"), key="dismiss", type="tertiary", on_click=_DONE.clear)


def undo(loaded: Loaded, seq: int, what: str, *, why: StoredText) -> None:
    """Undo the log entry `seq`; `what` describes it. For callbacks."""
    apply_language()
    act(
        loaded,
        _("Undone: {what}").format(what=what),
        lambda: loaded.workspace.undo(seq, who=NAME.get(), why=why),
    )
