"""One article with its mentions; a selected span can be corrected."""

from datetime import date

import streamlit as st

from dashboard.browser.article import article_head_html
from dashboard.browser.reading import legend_html, reading_html
from dashboard.extraction.reader import Reading
from dashboard.language.messages import _, plural
from dashboard.language.numbers import number
from dashboard.language.words import isolate
from dashboard.model.article import Article
from dashboard.model.message import message
from dashboard.model.records import SuggestionRecord, Table
from dashboard.model.suggestion import SuggestionStatus
from dashboard.project.project import Loaded
from dashboard.review.rereading import reread, set_published
from dashboard.ui import shell
from dashboard.ui.actions import act, action_button, edit_session
from dashboard.ui.articles.article_list import PICKED
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


def date_form(loaded: Loaded, article: Article) -> None:
    """Show fields for the date and its reason, with the two buttons that reread the article."""
    if article.published is None:
        st.caption(_("Relative dates such as “yesterday” need the date of publication."))
    day = st.date_input(
        _("Published"),
        value=article.published.date() if article.published else None,
        min_value=date(1990, 1, 1),
        max_value=date(2100, 1, 1),
        format="YYYY-MM-DD",
        key=f"published_{article.article_id}",
    )
    why = st.text_input(_("How this is known"), key=f"published_why_{article.article_id}").strip()
    needs = {_("the day"): day is not None, _("how this is known"): bool(why)}
    title = isolate(article.headline)
    if action_button(_("Save the date and read again"), needs=needs) and isinstance(day, date):
        what = _("Date saved, article read again: {title}").format(title=title)
        act(loaded, what, lambda: set_published(edit_session(loaded), article, day, why=why))
        st.rerun()
    help_text = _("Pending suggestions are replaced. Accepted, merged and rejected ones stay.")
    if action_button(_("Read again"), help=help_text):
        why_again = message("asked for on the Articles page")
        what = _("Read again: {title}").format(title=title)
        act(loaded, what, lambda: reread(edit_session(loaded), article.article_id, why=why_again))
        st.rerun()
