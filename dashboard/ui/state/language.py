"""The reader's language: from the link, the browser, or the selection on the page."""

import time

import streamlit as st

from dashboard.language.language import ARABIC, ENGLISH, Language, use
from dashboard.query.link import language_from, language_params
from dashboard.ui.state.address_bar import change_params, params
from dashboard.ui.state.session import SessionValue

_LANGUAGE = SessionValue[Language | None]("language", None)
_IN_LINK = SessionValue[dict[str, list[str]]]("language_in_link", {})
_CHOSEN_AT = SessionValue("language_chosen_at", 0.0)
_PARAMS = ("lang", "digits", "dates")
# The time in which a browser receives a link that the page wrote, in seconds.
LINK_DELAY_S = 2.0


def apply_language() -> None:
    """Set the reader's language; called at the start of each run, fragment and callback."""
    use(language())


def language() -> Language:
    """The language of this session: from the address bar if a person changed that, else unchanged.

    At first it is that of the link, or else that of the browser.
    """
    in_link = {name: values for name, values in params().items() if name in _PARAMS}
    now = _LANGUAGE.get()
    # A browser that has not received a selection yet sends the link that was just replaced.
    settled = time.monotonic() - _CHOSEN_AT.get() > LINK_DELAY_S
    if now is None or (in_link and settled and in_link != _IN_LINK.get()):
        now = language_from(in_link, _preferred())
        _LANGUAGE.set(now)
    _IN_LINK.set(in_link)
    return now


def begin_with(remembered: Language) -> None:
    """Begin the session with a language that was chosen before, unless the link names one."""
    if not begun() and not any(name in params() for name in _PARAMS):
        _LANGUAGE.set(remembered)


def begun() -> bool:
    """Whether this session has a language already."""
    return _LANGUAGE.get() is not None


def choose_language(selected: Language) -> None:
    """Set the language of this session."""
    _LANGUAGE.set(selected)
    _CHOSEN_AT.set(time.monotonic())


def language_link() -> dict[str, str]:
    """The language as link parameters; none if it is that of the browser."""
    now = language()
    return {} if now == _preferred() else language_params(now)


def write_language() -> None:
    """Write the language to the address bar of a page that has no query."""
    written = language_link()
    change_params({name: [written[name]] if name in written else [] for name in _PARAMS})


def _preferred() -> Language:
    return ARABIC if (st.context.locale or "").startswith("ar") else ENGLISH
