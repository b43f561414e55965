"""The articles as a searchable list, newest first."""

from datetime import date

import streamlit as st

from dashboard.language.messages import _, plural
from dashboard.language.names import name_of
from dashboard.language.numbers import number
from dashboard.language.words import day, file_words
from dashboard.model.article import Article
from dashboard.project.project import Loaded
from dashboard.text.escape import escape_markdown
from dashboard.text.normalise import fold
from dashboard.ui.components.workspace_fault import literal
from dashboard.ui.state.session import SessionValue

# The id of the shown article; and the selected span, e.g. "place:120:128", with the id of its article.
CHOSEN = SessionValue("article_chosen", "")
PICKED = SessionValue("article_picked", ("", ""))
_PAGE = 15


def article_list(loaded: Loaded) -> None:
    """Show a search field and one page of the articles that it finds."""
    articles = loaded.corpus.articles
    words = st.text_input(
        _("Find articles"), key="find_articles", placeholder=_("Find by headline or outlet")
    )
    matches = [a for a in articles.values() if _matches(loaded, a, words)]
    matches.sort(key=lambda article: (_day(article), article.article_id), reverse=True)
    total = plural("{n} article", "{n} articles", len(articles))
    counts = _("{shown} of {articles}, newest first")
    st.caption(counts.format(shown=number(len(matches)), articles=total))
    pages = max(1, -(-len(matches) // _PAGE))
    page_number = 1
    if pages > 1:
        page_number = st.number_input(
            _("Page (1 to {pages})").format(pages=number(pages)), 1, pages, key="articles_page"
        )
    with st.container(key="side_panel", border=False):
        for article in matches[(page_number - 1) * _PAGE : page_number * _PAGE]:
            _row(loaded, article)


def _day(article: Article) -> date:
    if article.published:
        return article.published.date()
    return article.published_latest or article.published_earliest or date.min


def _matches(loaded: Loaded, article: Article, words: str) -> bool:
    outlet = loaded.corpus.lexicon.outlets[article.outlet_id]
    text = fold(f"{article.headline} {outlet.name_en} {outlet.name_ar} {file_words(article)}")
    return all(word in text for word in fold(words).split())


def _row(loaded: Loaded, article: Article) -> None:
    outlet = loaded.corpus.lexicon.outlets[article.outlet_id]
    published = day(article.published.date()) if article.published else _("undated")
    with st.container(key=f"row_{article.article_id}"):
        st.button(
            escape_markdown(article.headline or file_words(article)),
            key=f"open_{article.article_id}",
            type="primary" if CHOSEN.get() == article.article_id else "secondary",
            width="stretch",
            on_click=lambda: _choose(article.article_id),
        )
        st.caption(f"{literal(name_of(outlet))} · {published}")


def _choose(article_id: str) -> None:
    CHOSEN.set(article_id)
    PICKED.clear()
