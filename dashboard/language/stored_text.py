"""Stored messages in the reader's language, e.g. the reason why a date was resolved to a day."""

from dashboard.language.language import current
from dashboard.language.messages import _
from dashboard.language.names import either
from dashboard.language.numbers import in_digits
from dashboard.language.words import day, isolate, without_isolates
from dashboard.model.errors import DashboardError
from dashboard.model.message import Message, Names, StoredText


def translate(text: StoredText) -> str:
    """A message in the reader's language; a text that a person wrote stays as it is."""
    if not isinstance(text, Message) or current().code == "en":
        return str(text)
    return text.fill(_(text.msgid), _show_value, day)


def error_text(error: Exception) -> str:
    """Why something failed, in the reader's language; of another library in its words."""
    return translate(error.message) if isinstance(error, DashboardError) else str(error)


def _show_value(value: StoredText | int | Names) -> str:
    if isinstance(value, tuple):
        return either(*value)
    if isinstance(value, Message):
        return translate(value)
    # A name or a text in another direction would move the full stop behind it.
    return in_digits(str(value)) if isinstance(value, int) else isolate(without_isolates(value))
