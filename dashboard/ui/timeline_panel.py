"""The timeline under the map: which days the events lie in, and the window that filters them."""

from datetime import date

import streamlit as st

from dashboard.query.query import Query
from dashboard.query.select import Selection
from dashboard.ui.cached import Loaded
