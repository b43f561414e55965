"""The form for an article's publication date, and for reading the article again."""

from datetime import date

import streamlit as st

from dashboard.language.messages import _
from dashboard.language.words import isolate
from dashboard.model.article import Article
from dashboard.model.message import message
from dashboard.project.project import Loaded
from dashboard.review.rereading import reread, set_published
from dashboard.ui.actions import act, action_button, edit_session


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
