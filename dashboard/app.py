"""The entry script: page set-up and navigation."""

import streamlit as st

from dashboard.settings import read_settings
from dashboard.static_files import AssetError, prepare
from dashboard.ui.pages import article, explore

st.set_page_config(page_title="Event map", page_icon="🗺️", layout="wide")
try:
    prepare(read_settings())
except AssetError as error:
    st.error(str(error))
    st.stop()
st.navigation(
    [
        st.Page(explore.page, title="Explore", url_path="explore", default=True),
        st.Page(article.page, title="Article", url_path="article"),
    ],
    position="hidden",
).run()
