"""The selection of language, digits, dates and appearance, on every page."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from dashboard.language.language import CODES, DATES, DIGITS, Language, current, using_language
from dashboard.language.messages import _
from dashboard.language.words import day
from dashboard.ui.components.appearance import appearance_control
from dashboard.ui.language_memory import remember_language
from dashboard.ui.state.language import choose_language, language
from dashboard.ui.state.session import field

# Each language is named in itself, so that its readers find it.
_NAMES = {"en": "English", "ar": "العربية"}
_NUMERALS = {"latn": "123", "arab": "١٢٣"}
_EXAMPLE = date(2020, 12, 27)


def language_control(pages: Iterable[str] = ()) -> None:
    """Show a button that opens the selection, labelled in the other language.

    `pages` are the names of all pages in addresses.
    """
    now = current()
    label = next(_NAMES[code] for code in CODES if code != now.code)
    with st.popover(label, key="language_choice"):
        _choice(_("Language"), CODES, now.code, "code", _NAMES.__getitem__)
        if now.code == "ar":
            _choice(_("Digits"), DIGITS, now.digits, "digits", _NUMERALS.__getitem__)
        _choice(_("Dates"), DATES, now.dates, "dates", _example)
        appearance_control(pages)


def _choice(
    label: str, options: tuple[str, ...], now: str, part: str, name: Callable[[str], str]
) -> None:
    st.segmented_control(
        label,
        options,
        required=True,
        format_func=name,
        **field(f"language_{part}", now, lambda value: _change(part, value)),
    )


def _change(part: str, value: Any) -> None:
    changed = replace(language(), **{part: value})
    # Arabic-Indic digits are offered for Arabic only.
    chosen = changed if changed.code == "ar" else replace(changed, digits="latn")
    choose_language(chosen)
    remember_language(chosen)


def _example(dates: str) -> str:
    """An example of a day in this format."""
    shown = Language(current().code, current().digits, "iso" if dates == "iso" else "words")
    with using_language(shown):
        return day(_EXAMPLE)
