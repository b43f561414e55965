"""`event-map run`: the dashboard, from any folder."""

import sys
from pathlib import Path

from streamlit.web import cli

_APP = Path(__file__).resolve().parents[1] / "app.py"


def run_dashboard(port: int, *, browser: bool) -> int:
    """Serve the dashboard until it is stopped; Streamlit's settings are beside `app.py`."""
    headless = str(not browser).lower()
    sys.argv = [
        "streamlit", "run", str(_APP), "--server.port", str(port), "--server.headless", headless
    ]  # fmt: skip
    cli.main(standalone_mode=False)
    return 0
