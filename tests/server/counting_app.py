"""The counting page behind the middleware of our server, or, with OPEN_APP, behind none."""

import os
from pathlib import Path

from streamlit.starlette import App

from dashboard import app as ours
from dashboard.server.stack import middleware

_OURS = middleware(ours._checked, ours._metrics, ours._FILES)
app = App(
    Path(__file__).with_name("counting_page.py"),
    middleware=[] if os.environ.get("OPEN_APP") else _OURS,
)
