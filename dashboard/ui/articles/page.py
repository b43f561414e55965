"""The Articles page: add articles, watch them being read, see each with what was read in it."""

from datetime import date

import streamlit as st

from dashboard.browser.evidence import article_head_html
from dashboard.browser.reading import legend_html, reading_html
from dashboard.language.messages import _, plural
from dashboard.language.names import name_of
from dashboard.language.numbers import number
from dashboard.language.words import day as day_words
from dashboard.language.words import isolate
from dashboard.model.article import Article
from dashboard.model.records import SuggestionRecord, Table
from dashboard.model.suggestion import SuggestionStatus
from dashboard.review.rereading import reread, set_published
from dashboard.text.escape import escape_markdown
from dashboard.text.normalise import fold
from dashboard.ui import shell
from dashboard.ui.actions import act, action_button, desk
from dashboard.ui.articles.add_panel import CHOSEN, add_panel
from dashboard.ui.articles.mention_panel import mention_panel
from dashboard.ui.cached import Loaded
from dashboard.ui.components.article_view_control import article_view
from dashboard.ui.components.workspace_fault import workspace_guarded
from dashboard.ui.state.address_bar import param
from dashboard.ui.state.session import SessionValue

_PAGE = 15
_PICKED = SessionValue("article_picked", "")


@workspace_guarded
def page() -> None:
    """List on the left, the chosen article on the right."""
    loaded = shell.open_page()
    if loaded is None:
        return
    with st.sidebar:
        add_panel(loaded)
    left, right = st.columns([4, 9], gap="medium")
    with left:
        _list(loaded)
    with right:
        _article(loaded)


def _list(loaded: Loaded) -> None:
    articles = loaded.corpus.articles
    words = st.text_input(
        _("Find articles"), key="find_articles", placeholder=_("Find by headline or outlet")
    )
    found = [a for a in articles.values() if _matches(loaded, a, words)]
    found.sort(key=lambda article: (_day(article), article.article_id), reverse=True)
    total = plural("{n} article", "{n} articles", len(articles))
    told = _("{shown} of {articles}, newest first")
    st.caption(told.format(shown=number(len(found)), articles=total))
    pages = max(1, -(-len(found) // _PAGE))
    page_number = 1
    if pages > 1:
        page_number = st.number_input(
            _("Page (1 to {pages})").format(pages=number(pages)), 1, pages, key="articles_page"
        )
    with st.container(key="side_panel", border=False):
        for article in found[(page_number - 1) * _PAGE : page_number * _PAGE]:
            _row(loaded, article)


def _day(article: Article) -> date:
    if article.published:
        return article.published.date()
    return article.published_latest or article.published_earliest or date.min


def _matches(loaded: Loaded, article: Article, words: str) -> bool:
    outlet = loaded.corpus.lexicon.outlets[article.outlet_id]
    text = fold(f"{article.headline} {outlet.name_en} {outlet.name_ar} {article.file}")
    return all(word in text for word in fold(words).split())


def _row(loaded: Loaded, article: Article) -> None:
    outlet = loaded.corpus.lexicon.outlets[article.outlet_id]
    chosen = CHOSEN.get() == article.article_id
    day = day_words(article.published.date()) if article.published else _("undated")
    headline = article.headline or article.file
    with st.container(key=f"row_{article.article_id}"):
        st.button(
            escape_markdown(headline),
            key=f"open_{article.article_id}",
            type="primary" if chosen else "secondary",
            width="stretch",
            on_click=lambda: _choose(article.article_id),
        )
        st.caption(f"{escape_markdown(isolate(name_of(outlet)))} · {day}")


def _choose(article_id: str) -> None:
    CHOSEN.set(article_id)
    _PICKED.clear()


def _article(loaded: Loaded) -> None:
    chosen = CHOSEN.get() or param("id")
    article = loaded.corpus.articles.get(chosen)
    if article is None:
        st.info(_("Choose an article in the list, or add some."))
        return
    reading = loaded.readings.reading(article.article_id)
    records = [
        held.value
        for held in loaded.workspace.of_article(Table.SUGGESTION, article.article_id).values()
        if isinstance(held.value, SuggestionRecord)
    ]
    st.html(article_head_html(loaded.corpus, article, linked=False))
    _summary(loaded, article, records)
    st.html(legend_html())
    picked = _PICKED.get()
    if picked:
        mention_panel(loaded, article, reading, picked, done=_PICKED.clear)
    with st.container(key="article_body", border=False):
        article_view(
            reading_html(loaded.corpus, article, reading, records),
            key=f"view_{article.article_id}",
            on_pick=_PICKED.set,
        )


def _summary(loaded: Loaded, article: Article, records: list[SuggestionRecord]) -> None:
    pending = sum(record.status is SuggestionStatus.PENDING for record in records)
    reading = loaded.readings.reading(article.article_id)
    placed = sum(mention.place_id is not None for mention in reading.places)
    parts = [
        plural("{n} place name", "{n} place names", placed),
        plural("{n} mention of parties", "{n} mentions of parties", len(reading.actors)),
        plural("{n} date", "{n} dates", len(reading.dates)),
        plural("{n} suggestion", "{n} suggestions", len(records)),
        _("to review: {n}").format(n=number(pending)),
        plural("{n} unknown name", "{n} unknown names", len(reading.unknown)),
    ]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(" · ".join(parts))
        if pending:
            told = plural("Review {n} suggestion", "Review {n} suggestions", pending)
            shell.link_to("review", told, {"article": article.article_id})
        with st.popover(_("Date and reading")):
            _date_form(loaded, article)


def _date_form(loaded: Loaded, article: Article) -> None:
    """Where the analyst tells a publication date, and has the article read again."""
    if article.published is None:
        st.caption(_("Relative dates such as “yesterday” stay unresolved until a date is told."))
    day = st.date_input(
        _("Published"),
        value=article.published.date() if article.published else None,
        min_value=date(1990, 1, 1),
        max_value=date(2100, 1, 1),
        format="YYYY-MM-DD",
        key=f"published_{article.article_id}",
    )
    why = st.text_input(_("How it is known"), key=f"published_why_{article.article_id}")
    needs = {_("the day"): day is not None, _("how it is known"): bool(why.strip())}
    if action_button(_("Save the date and read again"), needs=needs) and isinstance(day, date):
        _date_and_read(loaded, article, day, why.strip())
        st.rerun()
    help_text = _("Pending suggestions are replaced; what was decided stays.")
    if action_button(_("Read again"), help=help_text):
        _read_again(loaded, article, "asked for on the Articles page")
        st.rerun()


def _date_and_read(loaded: Loaded, article: Article, day: date, why: str) -> None:
    act(
        loaded,
        _("Dated and read again: {title}").format(title=isolate(article.headline)),
        lambda: set_published(desk(loaded), article, day, why=why),
    )


def _read_again(loaded: Loaded, article: Article, why: str) -> None:
    act(
        loaded,
        _("Read again: {title}").format(title=isolate(article.headline)),
        lambda: reread(desk(loaded), article.article_id, why=why),
    )
