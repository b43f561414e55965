"""The entry script: page set-up and navigation."""

import streamlit as st

from dashboard.settings import read_settings
from dashboard.static_files import AssetError, prepare
from dashboard.ui import shell
from dashboard.ui.pages import article, articles, explore, gazetteer, history, review

st.set_page_config(page_title="Event map", page_icon="🗺️", layout="wide")
try:
    prepare(read_settings())
except AssetError as error:
    st.error(str(error))
    st.stop()
pages = {
    "explore": st.Page(explore.page, title="Explore", url_path="explore", default=True),
    "article": st.Page(article.page, title="Article", url_path="article"),
    "articles": st.Page(articles.page, title="Articles", url_path="articles"),
    "review": st.Page(review.page, title="Review", url_path="review"),
    "gazetteer": st.Page(gazetteer.page, title="Gazetteer", url_path="gazetteer"),
    "history": st.Page(history.page, title="History", url_path="history"),
}
for name, page in pages.items():
    shell.register(name, page)
st.navigation(list(pages.values()), position="hidden").run()
