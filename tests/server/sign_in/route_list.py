"""Prints the paths of all routes of the server, ours and Streamlit's, as JSON."""

import json
import sys

from streamlit import config
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from dashboard.app import app


def main() -> None:
    """Write them to standard output."""
    config.set_option("server.enableStaticServing", True)
    runtime = app._create_runtime()
    routes = [*app._user_routes, *create_streamlit_routes(runtime)]
    json.dump(sorted({getattr(route, "path", "/") or "/" for route in routes}), sys.stdout)


if __name__ == "__main__":
    main()
