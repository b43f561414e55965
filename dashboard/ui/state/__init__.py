"""The one owner of session state and address bar."""

from dashboard.ui.state.explore_query import *  # noqa: F403
from dashboard.ui.state.language import *  # noqa: F403
