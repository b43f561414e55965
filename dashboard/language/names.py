"""Names of records in the reader's language, e.g. Russian forces -> القوات الروسية."""

from typing import Protocol

from dashboard.language.language import current


class Named(Protocol):
    """Anything with a name in English and in Arabic; one of them may be "", not both."""

    @property
    def name_en(self) -> str:
        """The name in English."""

    @property
    def name_ar(self) -> str:
        """The name in Arabic."""


class Titled(Protocol):
    """Anything with a title in both languages."""

    @property
    def title_en(self) -> str:
        """The title in English."""

    @property
    def title_ar(self) -> str:
        """The title in Arabic."""


def name_of(record: Named) -> str:
    """The name in the reader's language, or else in the other."""
    return either(record.name_en, record.name_ar)


def other_name_of(record: Named) -> str:
    """The name in the language that the reader did not choose, "" if there is but one."""
    return other(record.name_en, record.name_ar)


def both_names(record: Named) -> str:
    """Both names, the reader's first, e.g. "Ain Issa · عين عيسى"."""
    return " · ".join(filter(None, (name_of(record), other_name_of(record))))


def title_of(record: Titled) -> str:
    """The title in the reader's language, or else in the other."""
    return either(record.title_en, record.title_ar)


def either(english: str, arabic: str) -> str:
    """The text in the reader's language; the other one if that is empty."""
    first, second = (arabic, english) if current().code == "ar" else (english, arabic)
    return first or second


def other(english: str, arabic: str) -> str:
    """The text that `either` does not return."""
    return arabic if either(english, arabic) == english else english
