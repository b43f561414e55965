"""Which language, digits and dates the reader chose, e.g. Language("ar", "arab", "words").

It is held in a context variable, so that two sessions in two threads each have their own.
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
    """What a reader reads; `digits` are the numbering systems of CLDR, 123 or ١٢٣."""

    code: Code = "en"
    digits: Digits = "latn"
    dates: Dates = "words"

    @property
    def locale(self) -> str:
        """The name under which CLDR keeps its months and plural forms."""
        return _LOCALES[self.code]

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Which way its lines run."""
        return "rtl" if self.code == "ar" else "ltr"


ENGLISH, ARABIC = Language("en"), Language("ar")
_current: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def current() -> Language:
    """The language that messages are told in now."""
    return _current.get()


def use(language: Language) -> None:
    """From here on, in this thread, tell everything in `language`."""
    _current.set(language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Tell everything within the block in `language`."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)
