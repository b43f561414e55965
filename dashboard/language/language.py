"""Which language, digits and dates the reader chose, e.g. Language("ar", "arab", "words").

The current language is a context variable, so that each session in its thread has its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal, get_args

Code = Literal["en", "ar"]
Digits = Literal["latn", "arab"]
Dates = Literal["words", "iso"]
CODES: tuple[Code, ...] = get_args(Code)
DIGITS: tuple[Digits, ...] = get_args(Digits)
DATES: tuple[Dates, ...] = get_args(Dates)
# The locales of Unicode CLDR; that of Syria has the Levantine names of the months.
_LOCALES: dict[Code, str] = {"en": "en", "ar": "ar_SY"}


@dataclass(frozen=True, slots=True)
class Language:
    """Language, numbering system of CLDR (123 or ١٢٣), and whether dates are words or ISO 8601."""

    code: Code = "en"
    digits: Digits = "latn"
    dates: Dates = "words"

    @property
    def locale(self) -> str:
        """The CLDR locale, whose month names and plural forms are used."""
        return _LOCALES[self.code]

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The writing direction."""
        return "rtl" if self.code == "ar" else "ltr"


ENGLISH, ARABIC = Language("en"), Language("ar")
_current: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def current() -> Language:
    """The language in which messages are shown now."""
    return _current.get()


def use(language: Language) -> None:
    """Show everything in `language` from now on, in this thread."""
    _current.set(language)


@contextmanager
def using_language(language: Language) -> Iterator[None]:
    """Context manager: show everything within the block in `language`."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)
