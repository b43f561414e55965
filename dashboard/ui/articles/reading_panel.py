"""One article with its mentions; a selected span can be corrected."""

from datetime import date
from functools import partial

import streamlit as st

from dashboard.browser.article import article_head_html
from dashboard.browser.reading import legend_html, reading_html
from dashboard.extraction.reader import Reading
from dashboard.ingest.workspace_writer import new_outlet
from dashboard.language.messages import _, plural
from dashboard.language.names import both_names
from dashboard.language.numbers import number
from dashboard.language.words import isolate
from dashboard.model.article import Article, Outlet
from dashboard.model.message import message
from dashboard.model.records import SuggestionRecord, Table
from dashboard.model.suggestion import SuggestionStatus
from dashboard.project.project import Loaded
from dashboard.review.rereading import ArticleSource, reread, set_source, source_of
from dashboard.review.source_words import outlet_correction, outlet_wordings
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
        with st.popover(_("Source and reading")):
            source_form(loaded, article)
    st.html(legend_html())
    of, picked = PICKED.get()
    # A click on the article that was shown before may come late: its positions are of another text.
    if picked and of == article.article_id:
        mention_panel(loaded, article, reading, picked, done=PICKED.clear)
    with st.container(key="article_body", border=False):
        article_view(
            reading_html(loaded.corpus, article, reading, records),
            key=f"view_{article.article_id}",
            on_pick=lambda span: PICKED.set((article.article_id, span)),
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


def source_form(loaded: Loaded, article: Article) -> None:
    """Show outlet, headline and date with their reason, and the buttons that save and reread."""
    if article.published is None:
        st.caption(_("Relative dates such as “yesterday” need the date of publication."))
    before = source_of(loaded.corpus, article)
    key = article.article_id
    outlet = _outlet(loaded, before.outlet, key)
    words = _outlet_words(loaded, article) if outlet != before.outlet else ""
    headline = st.text_input(_("Headline"), value=article.headline, key=f"headline_{key}").strip()
    day = st.date_input(
        _("Published"),
        value=before.published,
        min_value=date(1990, 1, 1),
        max_value=date(2100, 1, 1),
        format="YYYY-MM-DD",
        key=f"published_{key}",
    )
    after = ArticleSource(outlet, headline, day if isinstance(day, date) else None)
    why = st.text_input(_("How this is known"), key=f"published_why_{key}").strip()
    named = outlet_correction(article.text, key, words, outlet.outlet_id) if words else None
    needs = {
        _("a change"): after != before,
        _("words that the article has"): not words or named is not None,
        _("a headline"): bool(headline),
        _("how this is known"): bool(why),
    }
    title = isolate(article.headline)
    if action_button(_("Save, and read again if the date changed"), needs=needs):
        what = _("Source corrected: {title}").format(title=title)
        session = edit_session(loaded)
        act(loaded, what, partial(set_source, session, article, after, why=why, outlet_words=named))
        st.rerun()
    help_text = _("Pending suggestions are replaced. Accepted, merged and rejected ones stay.")
    if action_button(_("Read again"), help=help_text):
        why_again = message("asked for on the Articles page")
        what = _("Read again: {title}").format(title=title)
        act(loaded, what, lambda: reread(edit_session(loaded), key, why=why_again))
        st.rerun()


def _outlet_words(loaded: Loaded, article: Article) -> str:
    """The words of the article that name its outlet, as the analyst chooses or types them; "": none."""
    found = outlet_wordings(article.text, loaded.readings.reading(article.article_id))
    chosen = st.selectbox(
        _("Words by which the article names this outlet (optional)"),
        ["", *found],
        format_func=lambda words: isolate(words) if words else _("none"),
        accept_new_options=True,
        key=f"outlet_words_{article.article_id}",
        help=_("They are proposed as its name for other articles, on the Gazetteer page."),
    )
    return (chosen or "").strip()


def _outlet(loaded: Loaded, current: Outlet, key: str) -> Outlet:
    """The outlet that is chosen, or a new one of the name that was typed."""
    known = loaded.corpus.lexicon.outlets
    names = {outlet_id: both_names(outlet) for outlet_id, outlet in known.items()}
    options = sorted(names, key=names.__getitem__)
    chosen = st.selectbox(
        _("Outlet"),
        options,
        index=options.index(current.outlet_id),
        format_func=lambda option: names.get(option, option),
        accept_new_options=True,
        key=f"outlet_{key}",
    )
    if not chosen or not chosen.strip():
        return current
    return known[chosen] if chosen in known else new_outlet(chosen, "entered by an analyst")
