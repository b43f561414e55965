"""The server: Streamlit's pages behind our middleware, e.g. `streamlit run dashboard/app.py`."""

import sys
from pathlib import Path

import streamlit as st
from starlette.routing import Route
from streamlit.starlette import App

from dashboard.layers.folder import LayerFolder
from dashboard.model.errors import DashboardError
from dashboard.model.viewer import find_viewers_by
from dashboard.project.accounts import shared_accounts
from dashboard.project.shared import shared_project
from dashboard.sandbox.start import prepare
from dashboard.server.basemap_tiles import basemap_routes
from dashboard.server.captures import capture_route
from dashboard.server.content_policy import inline_script_hashes
from dashboard.server.health import health_route
from dashboard.server.live_changes import live_changes_route
from dashboard.server.map_data import map_data_route
from dashboard.server.map_layers import map_layer_route
from dashboard.server.metrics import Metrics, metrics_route
from dashboard.server.ogc.routes import ogc_routes
from dashboard.server.outside import outside_route
from dashboard.server.request_log import logs_requests, start_log
from dashboard.server.rules import ServerRules, server_rules
from dashboard.server.sign_in.open_id import Provider
from dashboard.server.sign_in.routes import SignInRoutes, state_route
from dashboard.server.sign_in.visitor import expect_true_addresses
from dashboard.server.stack import middleware
from dashboard.server.suggestions import suggestions_route
from dashboard.settings import read_settings
from dashboard.store.database import source_of
from dashboard.tiles.folder import BasemapFolder
from dashboard.ui.state.viewer import find_viewer, viewer_now

# What Streamlit serves to browsers, with the page that it answers for every address.
_FILES = Path(st.__file__).with_name("static")
_PAGE = _FILES / "index.html"


def _rules() -> ServerRules:
    """The rules of the middleware, from our settings and Streamlit's."""
    settings = read_settings()
    return server_rules(
        settings.hosts,
        settings.origins,
        scheme="https" if st.get_option("server.sslCertFile") else "http",
        base_path=st.get_option("server.baseUrlPath") or "",
        upload_megabytes=st.get_option("server.maxUploadSize"),
        script_hashes=inline_script_hashes(_PAGE.read_text(encoding="utf-8")),
    )


def _sign_in_routes(base_path: str) -> list[Route]:
    """Those of a server with accounts, whose people sign in here or at a proxy."""
    found = shared_accounts()
    if found is None:
        return []
    if found[0].openid is None:
        # uvicorn has read the variable before it imports this module.
        expect_true_addresses(read_settings().forwarders)
        return [state_route(base_path)]
    here = SignInRoutes(*found, Provider(found[0].openid), base_path)
    return [state_route(base_path), *here.routes()]


find_viewers_by(find_viewer, viewer_now)
try:
    _checked = _rules()
    _sign_in = shared_accounts()
    _signing_in = _sign_in_routes(_checked.base_path)
    _log_requests = logs_requests(read_settings().log)
except DashboardError as error:
    sys.exit(str(error))
start_log()
_metrics = Metrics()
# The first page needs a reading process, for the lists of places.
prepare()
# Streamlit finds the server by this assignment.
app = App(
    Path(__file__).with_name("main.py"),
    routes=[
        *_signing_in,
        *basemap_routes(BasemapFolder(read_settings().basemaps), _checked.base_path),
        capture_route(
            read_settings().workspace,
            _checked.base_path,
            lambda sha256: shared_project().sees_capture(sha256),
            source_of(read_settings()),
        ),
        health_route(shared_project, _checked.base_path),
        live_changes_route(shared_project, _checked.base_path),
        map_data_route(shared_project, _checked.base_path),
        map_layer_route(LayerFolder(read_settings().layers), _checked.base_path),
        suggestions_route(shared_project, _checked.base_path),
        metrics_route(_metrics, _checked.base_path),
        outside_route(shared_project, _checked.base_path),
        *ogc_routes(shared_project, _checked.base_path),
    ],
    middleware=middleware(_checked, _metrics, _FILES, log_requests=_log_requests, sign_in=_sign_in),
)
