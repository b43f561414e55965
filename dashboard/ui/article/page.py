"""The Article page: the full text of one article with quotes and place names highlighted."""

import streamlit as st

from dashboard.browser.article import article_head_html, article_html
from dashboard.browser.captures import captures_html
from dashboard.language.messages import _
from dashboard.model.errors import DataError
from dashboard.model.restriction import RestrictedKind
from dashboard.ui import project
from dashboard.ui.components.faults import show_data_error
from dashboard.ui.components.seen_by import seen_by_form
from dashboard.ui.components.style import apply_style
from dashboard.ui.components.workspace_fault import workspace_guarded
from dashboard.ui.state.address_bar import param
from dashboard.ui.state.language import write_language


@workspace_guarded
def page() -> None:
    """Show the article whose id is in the link."""
    apply_style()
    write_language()
    try:
        loaded = project.load()
    except DataError as error:
        show_data_error(error)
        return
    article = loaded.corpus.articles.get(param("id"))
    if article is None:
        st.warning(_("The article in the link does not exist here. Choose one:"))
        for other in loaded.corpus.articles.values():
            st.html(article_head_html(loaded.corpus, other, linked=True))
        return
    with st.container(horizontal=True, horizontal_alignment="center"):
        seen_by_form(loaded, RestrictedKind.ARTICLE, article.article_id, article.headline)
    captures = loaded.proof.captures.get(article.article_id, ())
    proof = captures_html(
        (row for row in captures if row.claim_id is None), loaded.workspace.captures.state
    )
    st.html(
        article_head_html(loaded.corpus, article, linked=False)
        + (f'<div class="article-head proof">{proof}</div>' if proof else "")
        + article_html(loaded.corpus, article, loaded.readings[article.article_id], param("claim"))
    )
