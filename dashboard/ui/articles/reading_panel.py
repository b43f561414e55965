"""One article with its mentions; a selected span can be corrected."""

import streamlit as st

from dashboard.browser.evidence import article_head_html
from dashboard.browser.reading import legend_html, reading_html
from dashboard.extraction.reader import Reading
from dashboard.language.messages import _, plural
from dashboard.language.numbers import number
from dashboard.model.article import Article
from dashboard.model.records import SuggestionRecord, Table
from dashboard.model.suggestion import SuggestionStatus
from dashboard.project.project import Loaded
from dashboard.ui import shell
from dashboard.ui.articles.article_list import PICKED
from dashboard.ui.articles.date_form import date_form
from dashboard.ui.articles.mention_panel import mention_panel
from dashboard.ui.components.controls import article_view


def reading_panel(loaded: Loaded, article: Article) -> None:
    """Show head, counts, legend and text of an article, and the form for a selected span."""
    reading = loaded.readings.reading(article.article_id)
    records = [
        stored.value
        for stored in loaded.workspace.of_article(Table.SUGGESTION, article.article_id).values()
        if isinstance(stored.value, SuggestionRecord)
    ]
    st.html(article_head_html(loaded.corpus, article, linked=False))
    with st.container(horizontal=True, vertical_alignment="center"):
        _summary(article, reading, records)
        with st.popover(_("Date and reading")):
            date_form(loaded, article)
    st.html(legend_html())
    picked = PICKED.get()
    if picked:
        mention_panel(loaded, article, reading, picked, done=PICKED.clear)
    with st.container(key="article_body", border=False):
        article_view(
            reading_html(loaded.corpus, article, reading, records),
            key=f"view_{article.article_id}",
            on_pick=PICKED.set,
        )


def _summary(article: Article, reading: Reading, records: list[SuggestionRecord]) -> None:
    """Show the numbers of mentions, and a link to the pending suggestions."""
    pending = sum(record.status is SuggestionStatus.PENDING for record in records)
    placed = sum(mention.place_id is not None for mention in reading.places)
    parts = [
        plural("{n} place name", "{n} place names", placed),
        plural("{n} mention of actors", "{n} mentions of actors", len(reading.actors)),
        plural("{n} date", "{n} dates", len(reading.dates)),
        plural("{n} suggestion", "{n} suggestions", len(records)),
        _("to review: {n}").format(n=number(pending)),
        plural("{n} unknown name", "{n} unknown names", len(reading.unknown)),
    ]
    st.text(" · ".join(parts))
    if pending:
        label = plural("Review {n} suggestion", "Review {n} suggestions", pending)
        shell.link_to("review", label, {"article": article.article_id})
