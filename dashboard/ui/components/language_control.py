"""The choice of language, digits and dates, which every page has and the link keeps."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from dashboard.language.language import CODES, DATES, DIGITS, Language, current, speaking
from dashboard.language.messages import _
from dashboard.language.words import day
from dashboard.ui import state

# Each language under its own name, so that who does not read the other finds it.
_NAMES = {"en": "English", "ar": "العربية"}
_NUMERALS = {"latn": "123", "arab": "١٢٣"}
_EXAMPLE = date(2020, 12, 27)


def language_control() -> None:
    """A button that opens to the choice; it is labelled in the language that is not shown."""
    language = current()
    label = next(_NAMES[code] for code in CODES if code != language.code)
    with st.popover(label, key="language_choice"):
        _choice(_("Language"), CODES, language.code, "code", _NAMES.__getitem__)
        if language.code == "ar":
            _choice(_("Digits"), DIGITS, language.digits, "digits", _NUMERALS.__getitem__)
        _choice(_("Dates"), DATES, language.dates, "dates", _example)


def _choice(
    label: str, options: tuple[str, ...], now: str, field: str, name: Callable[[str], str]
) -> None:
    key = f"language_{field}"
    st.session_state[key] = now
    st.segmented_control(
        label,
        options,
        key=key,
        required=True,
        format_func=name,
        on_change=lambda: _change(field, st.session_state[key]),
    )


def _change(field: str, value: Any) -> None:
    language = replace(state.language(), **{field: value})
    # Arabic-Indic digits belong to Arabic: an English page with them would serve nobody.
    state.choose_language(language if language.code == "ar" else replace(language, digits="latn"))


def _example(dates: str) -> str:
    """A day as it would be told."""
    shown = Language(current().code, current().digits, "iso" if dates == "iso" else "words")
    with speaking(shown):
        return day(_EXAMPLE)
