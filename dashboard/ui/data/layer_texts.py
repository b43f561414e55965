"""The fields of a layer that an analyst types: title, source, licence and the days that it is of."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard.datasets.formats.partial_dates import interval
from dashboard.language.messages import _
from dashboard.language.words import all_of, from_left, isolate
from dashboard.layers.folder import MOST_TEXT, LayerTexts
from dashboard.text.escape import escape_markdown
from dashboard.ui.state.session import restore_field


@dataclass(frozen=True, slots=True)
class Typed:
    """The texts as typed; `days` is a day, month or year in any form that is understood."""

    title: str
    source: str = ""
    licence: str = ""
    days: str = ""


def layer_texts(prefix: str, before: Typed) -> Typed:
    """The fields, with the texts of `before` at first; their keys begin with `prefix`."""
    for name in ("title", "source", "licence", "days"):
        restore_field(f"{prefix}_{name}", getattr(before, name))
    left, right = st.columns(2)
    title = left.text_input(_("Title of the layer"), key=f"{prefix}_title", max_chars=MOST_TEXT)
    source = right.text_input(
        _("Source (needed)"),
        key=f"{prefix}_source",
        max_chars=MOST_TEXT,
        help=_("Who drew it, and where it was published. The legend and each figure name it."),
    )
    left, right = st.columns(2)
    days = left.text_input(
        _("Date of the layer"),
        key=f"{prefix}_days",
        max_chars=MOST_TEXT,
        placeholder=from_left("2021-01-18, 2021-01, 2021"),
    )
    licence = right.text_input(_("Licence or credit"), key=f"{prefix}_licence", max_chars=MOST_TEXT)
    return Typed(*(text.strip() for text in (title, source, licence, days)))


def texts_of(typed: Typed, before: LayerTexts | None = None) -> LayerTexts | None:
    """The texts; `None` if one that is needed is missing, or the date is not understood.

    The days are those of `before`, if it is given.
    """
    days = _days(typed.days) if before is None else (before.start, before.end)
    if days is None or not typed.title or not typed.source:
        return None
    return LayerTexts(typed.title, typed.source, typed.licence, *days)


def say_missing_texts(typed: Typed) -> None:
    """Say why `texts_of` gives nothing."""
    missing = [
        *([] if typed.title else [_("the title")]),
        *([] if typed.source else [_("the source")]),
    ]
    if missing:
        st.warning(_("Still needed: {things}.").format(things=all_of(missing)))
    else:
        found = isolate(escape_markdown(typed.days))
        st.warning(
            _("Date of the layer: expected a day, month or year, found {found}").format(found=found)
        )


def _days(text: str) -> tuple[date | None, date | None] | None:
    """The first and last day of a text; `None` for one that is no date, or that may be several."""
    if not text:
        return None, None
    try:
        return interval(text, None)
    except ValueError:
        return None
