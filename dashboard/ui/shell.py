"""What all pages share: their names and the way between them, who works here, what was just done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboard.language.messages import N_, _
from dashboard.language.numbers import in_digits
from dashboard.language.words import all_of, day, isolate
from dashboard.model.errors import DashboardError, DataError
from dashboard.review.desk import Desk
from dashboard.settings import read_settings
from dashboard.store.workspace import ConflictError, UndoneError
from dashboard.text.escape import escape, escape_markdown
from dashboard.ui import cached, state
from dashboard.ui.components.faults import show_data_error
from dashboard.ui.components.language_control import language_control
from dashboard.ui.components.style import apply_style
from dashboard.ui.components.workspace_fault import error_markdown, tell_restored

_WHO, _DONE, _FAILED = "analyst", "just_done", "just_failed"
# In the order of the work: look, read, judge, place, look back.
PAGES = {
    "explore": N_("Explore"),
    "compare": N_("Compare"),
    "articles": N_("Articles"),
    "review": N_("Review"),
    "gazetteer": N_("Gazetteer"),
    "data": N_("Data"),
    "history": N_("History"),
}


@dataclass(frozen=True, slots=True)
class Done:
    """What was just done, and the log entry by which it can be undone."""

    what: str
    seq: int


def navigation() -> None:
    """The links to the pages, in the sidebar; Explore keeps what it showed."""
    with st.container(key="title", horizontal=True, vertical_alignment="center"):
        title = _("Event map")
        st.html(f'<h1 class="app-title">{title}</h1>')
        language_control()
    with st.container(key="pages", horizontal=True, gap="small"):
        for name, label in PAGES.items():
            link_to(name, _(label), state.link() if name == "explore" else {})
    tell_restored()


_pages: dict[str, StreamlitPage] = {}


def register(name: str, page: StreamlitPage) -> None:
    """Tell the navigation of a page made by the entry script."""
    _pages[name] = page


def page_of(name: str) -> StreamlitPage:
    """The page of that name, to link to."""
    return _pages[name]


def link_to(name: str, label: str, params: Mapping[str, str | list[str]] | None = None) -> None:
    """A link to a page, which is told in the same language there."""
    told = {**(params or {}), **state.language_link()}
    st.page_link(page_of(name), label=label, query_params=told or None)


def html(text: str) -> str:
    """Article text as literal words in HTML."""
    return escape(text)


def heading(text: str, level: int = 2) -> None:
    """A heading; `text` is HTML."""
    st.html(f"<h{level}>{text}</h{level}>")


def literal(text: str) -> str:
    """Article text as literal words where Streamlit reads Markdown."""
    return escape_markdown(text)


def open_page() -> cached.Loaded | None:
    """Style, data and sidebar of a page other than Explore; `None` after telling why not."""
    apply_style()
    state.write_language()
    try:
        loaded = cached.load(read_settings())
    except DataError as error:
        with st.sidebar:
            navigation()
        show_data_error(error)
        return None
    with st.sidebar:
        navigation()
        ask_who()
    tell_done(loaded)
    return loaded


def ask_who() -> None:
    """A field for the analyst's name, which the record of changes carries."""
    st.session_state["who"] = st.session_state.get(_WHO, "")
    st.text_input(
        _("Your name"),
        key="who",
        max_chars=60,
        placeholder=_("for the record of changes"),
        on_change=lambda: st.session_state.update({_WHO: st.session_state["who"].strip()}),
    )
    # Always there, so that what follows keeps its place when the words go.
    with st.container():
        if not who():
            st.caption(_("Without a name you can look, but change nothing."))


def who() -> str:
    """The analyst's name; "" if not told."""
    name: str = st.session_state.get(_WHO, "")
    return name


def desk(loaded: cached.Loaded) -> Desk:
    """Where this analyst works."""
    return Desk(loaded.workspace, loaded.corpus, who())


def asked(label: str, *, needs: Mapping[str, bool] | None = None, **options: Any) -> bool:
    """A button; whether it was clicked with all that it needs, by name.

    What it does is done in the run of the click, not in a callback: that would see the fields as
    they were in the run before, and lose what was typed last. Without a name it is disabled.
    """
    clicked = st.button(label, disabled=not who(), **options)
    missing = [name for name, there in (needs or {}).items() if not there]
    if clicked and missing:
        st.warning(_("Still needed: {things}.").format(things=all_of(missing)))
    return clicked and not missing


def act(loaded: cached.Loaded, what: str, action: Callable[[], object]) -> bool:
    """Do what an analyst asked for, and remember it for `tell_done`; whether it was done."""
    try:
        action()
    except ConflictError as error:
        st.session_state[_FAILED] = _(
            "Nothing was saved: {reason}. What you entered is still here; look at the other "
            "change, then save again to replace it."
        ).format(reason=error_markdown(error))
        return False
    except UndoneError as error:
        st.session_state[_FAILED] = _undone_already(error)
        _forget_undoing(error.seq)
        return False
    except (DashboardError, ValueError) as error:
        _fail(error)
        return False
    # Others may have written since; the last entry of this analyst is the one just made.
    mine = (entry.seq for entry in loaded.workspace.log(limit=50) if entry.who == who())
    st.session_state[_DONE] = Done(what, next(mine, loaded.workspace.version()))
    return True


def _fail(error: Exception) -> None:
    told = _("Nothing was saved: {reason}")
    st.session_state[_FAILED] = told.format(reason=error_markdown(error))


def _undone_already(error: UndoneError) -> str:
    at = f"{day(error.entry.at.date())} {in_digits(f'{error.entry.at:%H:%M}')} UTC"
    told = _(
        "Nothing was changed: entry {seq} was undone already by entry {by}, by {who} on {time}."
    )
    return told.format(
        seq=in_digits(str(error.seq)),
        by=in_digits(str(error.entry.seq)),
        who=isolate(literal(error.entry.who)),
        time=at,
    )


def _forget_undoing(seq: int) -> None:
    """Offer no longer to undo what somebody else has undone."""
    done: Done | None = st.session_state.get(_DONE)
    if done is not None and done.seq == seq:
        _forget()


def tell_done(loaded: cached.Loaded) -> None:
    """Tell what was just done, with a button to undo it, or why it was not."""
    failed = st.session_state.pop(_FAILED, None)
    if failed:
        st.error(failed)
    if loaded.workspace.daily.failure:
        told = _("No backup could be made today: {reason}")
        st.warning(told.format(reason=error_markdown(loaded.workspace.daily.failure)))
    done: Done | None = st.session_state.get(_DONE)
    if done is None:
        return
    with st.container(key="done", horizontal=True, vertical_alignment="center"):
        st.text(f"✓ {done.what}")
        st.button(
            _("Undo"),
            key=f"undo_{done.seq}",
            shortcut="Ctrl+Z",
            on_click=lambda: _undo(loaded, done),
        )
        st.button(_("Dismiss"), key="dismiss", type="tertiary", on_click=_forget)


def _undo(loaded: cached.Loaded, done: Done) -> None:
    state.speak()
    act(
        loaded,
        _("Undone: {what}").format(what=done.what),
        lambda: loaded.workspace.undo(done.seq, who=who(), why="undone at once"),
    )


def _forget() -> None:
    st.session_state.pop(_DONE, None)
