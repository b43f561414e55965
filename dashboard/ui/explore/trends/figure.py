"""The trend as a figure to download, with the selection in words, its sources and a caveat."""

from datetime import datetime
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from dashboard.language.dataset_terms import terms_in_words
from dashboard.language.language import current, using_language
from dashboard.language.messages import _, plural
from dashboard.language.words import comma
from dashboard.paper.figure import bytes_of
from dashboard.paper.options import Format
from dashboard.paper.trend_figure import TrendTexts, trend_figure
from dashboard.project.catalog import Catalog
from dashboard.query import splits
from dashboard.query.counts import as_counts
from dashboard.query.describe import describe
from dashboard.query.file_name import file_name
from dashboard.query.names import facet_label
from dashboard.query.query import Query
from dashboard.query.splits import SPLITS
from dashboard.trends.labels import counted_words
from dashboard.trends.over_time import OverTime
from dashboard.ui.components.logged_file import logged
from dashboard.ui.state import explore_query

# Outlets that are named; further ones are counted.
_MOST_OUTLETS = 12
_FORMATS = {Format.PDF: "application/pdf", Format.PNG: "image/png"}


def figure_buttons(catalog: Catalog, query: Query, data: OverTime, notes: list[str]) -> None:
    """A button for each format; the figure is drawn when one is clicked."""
    language = current()

    def draw(kind: Format) -> bytes:
        """The figure, drawn in another thread, in which the language has to be set again."""
        with using_language(language):
            texts = _texts(catalog, query, notes)
            return bytes_of(trend_figure(data, texts), kind, texts.title)

    link = urlencode(explore_query.link_of(query), doseq=True)
    for kind, media_type in _FORMATS.items():
        st.download_button(
            _("Figure as {format}").format(format=kind.value.upper()),
            data=logged(partial(draw, kind), f"trend {kind.value}", link, None),
            file_name=f"{file_name(query)}_trend.{kind.value}",
            mime=media_type,
            on_click="ignore",
            key=f"trend_figure_{kind.value}",
        )


def _texts(catalog: Catalog, query: Query, notes: list[str]) -> TrendTexts:
    totals, _counts = catalog.totals(query)
    sentence = describe(
        query, totals, lambda field, value: facet_label(catalog.names, field, value)[0]
    )
    column = _(SPLITS[query.trend.split].label)
    by = _("{counted} over time, by {column}")
    return TrendTexts(
        title=by.format(counted=counted_words(query), column=column[:1].lower() + column[1:]),
        sentence=sentence,
        counted=counted_words(query),
        notes=notes,
        sources=_sources(catalog, query),
        created=datetime.now().astimezone().date(),
    )


def _sources(catalog: Catalog, query: Query) -> list[str]:
    """The outlets with their numbers of events, and the terms of the imported datasets."""
    rows = catalog.engine.ask(
        splits.categories,
        catalog.only_selection(query),
        split="outlet",
        most=_MOST_OUTLETS + 1,
        dates=True,
    )
    named = [
        f"{facet_label(catalog.names, 'outlets', outlet)[0]} ({_events(events)})"
        for outlet, events in list(as_counts(rows).items())[:_MOST_OUTLETS]
    ]
    if len(rows) > _MOST_OUTLETS:
        named.append(_("and others"))
    terms = [terms_in_words(each) for each in catalog.terms(catalog.totals(query)[0].datasets)]
    return ([comma(named)] if named else []) + terms


def _events(number: int) -> str:
    return plural("{n} event", "{n} events", number)
