"""Texts of curators as HTML, marked with the language in which they are written."""

from dashboard.language.language import current
from dashboard.language.stored_text import translate
from dashboard.model.message import Message, StoredText
from dashboard.text.escape import escape, escape_message


def prose(text_en: StoredText, text_ar: str) -> str:
    """A curator's text in the reader's language as HTML; English if there is no Arabic."""
    if current().code == "ar" and text_ar:
        return f'<bdi lang="ar" dir="rtl">{escape(text_ar)}</bdi>'
    return english(text_en)


def english(text: StoredText) -> str:
    """A curator's English as HTML, marked as English for its font and screen readers.

    A message of the program is translated instead.
    """
    if current().code == "en":
        return escape(str(text))
    if isinstance(text, Message):
        return f"<bdi>{escape_message(translate(text))}</bdi>"
    return f'<span class="english" dir="ltr" lang="en">{escape(text)}</span>'
