"""The real Explore page over a repeated set; EVENT_MAP_SIZE says how many events."""

import os

import streamlit as st

from benchmarks.synthetic import repeated
from dashboard.query.select import index_events
from dashboard.settings import Settings, read_settings
from dashboard.ui import cached
from dashboard.ui.pages import explore

st.set_page_config(layout="wide")
_SIZE = int(os.environ["EVENT_MAP_SIZE"])
_load = cached.load


@st.cache_resource
def _big(size: int) -> cached.Loaded:
    real = _load(read_settings())
    places = real.corpus.gazetteer.places
    marked = [p.place_id for p in places.values() if p.feature_class.value != "country"]
    tables = repeated(real.index.tables, size, marked)
    return cached.Loaded(real.corpus, index_events(tables), real.mentions)


def _loaded(_settings: Settings) -> cached.Loaded:
    return _big(_SIZE)


cached.load = _loaded
explore.page()
