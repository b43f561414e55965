"""The script that Streamlit runs for each page view: page set-up and navigation.

It lies beside `static/`, where Streamlit looks for the files it serves.
"""

import streamlit as st

from dashboard.language.messages import _
from dashboard.model.permissions import Permission
from dashboard.model.viewer import SINGLE_ANALYST, viewer
from dashboard.project.accounts import shared_accounts
from dashboard.settings import read_settings
from dashboard.static_files import AssetError, prepare
from dashboard.ui import shell
from dashboard.ui.account import page as account
from dashboard.ui.account.ended import ended_page
from dashboard.ui.analyst import use_account
from dashboard.ui.article import page as article
from dashboard.ui.articles import page as articles
from dashboard.ui.compare import page as compare
from dashboard.ui.data import page as data
from dashboard.ui.explore import page as explore
from dashboard.ui.gazetteer import page as gazetteer
from dashboard.ui.history import page as history
from dashboard.ui.language_memory import restore_language
from dashboard.ui.review import page as review
from dashboard.ui.state.language import apply_language

restore_language()
apply_language()
st.set_page_config(page_title=_("Event map"), page_icon="🗺️", layout="wide")
if shared_accounts() is not None and viewer() == SINGLE_ANALYST:
    # Only dashboard/app.py has the gate.
    st.error("Start the server with: streamlit run dashboard/app.py")
    st.stop()
if not viewer().may(Permission.LOOK):
    ended_page()
    st.stop()
use_account(viewer())
settings = read_settings()
try:
    prepare(settings.static, settings.basemap)
except AssetError as error:
    st.error(str(error))
    st.stop()
pages = {
    "explore": st.Page(explore.page, title=_("Event map"), url_path="explore", default=True),
    "article": st.Page(article.page, title=_("Article"), url_path="article"),
    "compare": st.Page(compare.page, title=_("Compare"), url_path="compare"),
    "articles": st.Page(articles.page, title=_("Articles"), url_path="articles"),
    "review": st.Page(review.page, title=_("Review"), url_path="review"),
    "gazetteer": st.Page(gazetteer.page, title=_("Gazetteer"), url_path="gazetteer"),
    "data": st.Page(data.page, title=_("Data"), url_path="data"),
    "history": st.Page(history.page, title=_("History"), url_path="history"),
}
if viewer().account:
    pages["account"] = st.Page(account.page, title=_("Account"), url_path="account")
for name, page in pages.items():
    shell.register(name, page)
st.navigation(list(pages.values()), position="hidden").run()
