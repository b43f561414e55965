"""Messages of the interface in the reader's language, e.g. _("Undated") -> "بلا تاريخ".

English is the source; other languages are gettext catalogues in `catalogues/`, compiled when they are
loaded, so that the repository holds the text files only.
"""

import gettext
import io
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from dashboard.language.language import Code, current
from dashboard.language.numbers import number

CATALOGUES = Path(__file__).parent / "catalogues"


@cache
def _catalogue(code: Code) -> gettext.NullTranslations:
    if code == "en":
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with (CATALOGUES / f"{code}.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _(message: str) -> str:
    """The message in the reader's language; unchanged if that is English."""
    return _catalogue(current().code).gettext(message)


def pgettext(context: str, message: str) -> str:
    """The message translated for a context: "at" a place is not "at" a time."""
    return _catalogue(current().code).pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802
    """Mark a message for the catalogue; `_` translates it later."""
    return message


def plural(one: str, many: str, n: int) -> str:
    """A number with its noun: of "{n} event" and "{n} events" the form for 12 is "12 events"."""
    return _catalogue(current().code).ngettext(one, many, n).replace("{n}", number(n))


def plural_forms(one: str, many: str) -> dict[str, str]:
    """The message by plural category of CLDR, for scripts in the browser, which fill in `{n}`."""
    ngettext = _catalogue(current().code).ngettext
    # A number of each category, in Arabic; English has only "one" and "other".
    samples = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}
    return {category: ngettext(one, many, n) for category, n in samples.items()}
