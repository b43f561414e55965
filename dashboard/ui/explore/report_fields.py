"""The choices of a report in the Export panel: title, text, language, events, trend."""

import streamlit as st

from dashboard.export.report.options import MOST_EVENTS, MOST_TEXT, MOST_TITLE, ReportOptions
from dashboard.export.report.words import described_words, report_words
from dashboard.language.language import current
from dashboard.language.messages import _
from dashboard.language.names import title_of
from dashboard.model.selected import SelectedEvents
from dashboard.project.catalog import Catalog
from dashboard.query.query import Query

# Names of languages are in the language itself.
_LANGUAGES = {"en": "English", "ar": "العربية"}


def report_fields(catalog: Catalog, query: Query, shown: int) -> ReportOptions:
    """Ask for the choices; `shown` is the number of events of the query."""
    st.caption(report_words())
    code = st.segmented_control(
        _("Language of the report"),
        list(_LANGUAGES),
        default=current().code,
        required=True,
        format_func=lambda each: _LANGUAGES[each],
        key="export_report_language",
    )
    title = st.text_input(_("Title"), key="export_report_title", max_chars=MOST_TITLE)
    text = st.text_area(
        _("Text before the events"),
        key="export_report_text",
        max_chars=MOST_TEXT,
        help=_("Your own words, below the title; a new line begins a paragraph."),
    )
    trend = st.checkbox(_("With the trend over time"), key="export_report_trend")
    return ReportOptions(
        title=title.strip(),
        text=text,
        language="ar" if code == "ar" else "en",
        event_ids=_events(catalog, query, shown),
        trend=trend,
    )


def _events(catalog: Catalog, query: Query, shown: int) -> tuple[str, ...]:
    """The events that are described, () for all; of too many no list is made."""
    if shown > MOST_EVENTS:
        st.caption(described_words(MOST_EVENTS, shown, picked=False))
        return ()
    selected = catalog.select(query) if shown else None
    return _picked(selected) if selected else ()


def _picked(selected: SelectedEvents) -> tuple[str, ...]:
    titles = {event.event_id: title_of(event) for event in selected.events}
    chosen = st.multiselect(
        _("Events to describe"),
        list(titles),
        format_func=lambda key: titles.get(key, ""),
        key="export_report_events",
        placeholder=_("All events of the selection"),
        select_all=False,
    )
    return tuple(key for key in chosen if key in titles)
