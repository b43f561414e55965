"""The language, digits and form of dates that were chosen last in this browser."""

from contextlib import suppress
from urllib.parse import parse_qs, urlencode

from dashboard.language.language import Language
from dashboard.model.errors import DashboardError
from dashboard.query.link import language_from, language_params
from dashboard.ui import project
from dashboard.ui.state.browser import browser
from dashboard.ui.state.language import begin_with, begun

_NAME = "language"


def remember_language(chosen: Language) -> None:
    """Remember the choice for the next visit of this browser."""
    if browser():
        # Convenience only: the choice counts in this session in any case.
        with suppress(DashboardError):
            text = urlencode(language_params(chosen))
            project.project().drafts.set_preference(browser(), _NAME, text)


def restore_language() -> None:
    """Begin a new session with the last choice; a link that names a language goes first."""
    if begun() or not browser():
        return
    with suppress(DashboardError):
        if stored := project.project().drafts.preference(browser(), _NAME):
            begin_with(language_from(parse_qs(stored), Language()))
