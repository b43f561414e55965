"""The Content-Security-Policy of each kind of answer: the page, a component's frame, a file.

`content_policy("/", Host("127.0.0.1", 8501), "")` begins with `default-src 'self'`.
"""

from collections.abc import Mapping

from dashboard.server.hosts import Host

# The tiles of the online basemap, which is off unless the analyst switches it on; folium has this
# address for its "OpenStreetMap". A policy is given with the page, before anybody has chosen.
_TILES = "https://tile.openstreetmap.org"

# What page and frames have in common. Each comment says what stands in the way of tighter.
_COMMON: Mapping[str, str] = {
    # What no line below names, from this server alone.
    "default-src": "'self'",
    # Streamlit (emotion), Leaflet and st_folium write style elements and style attributes.
    "style-src": "'self' 'unsafe-inline'",
    # data:, Streamlit's icons and Leaflet's arrows; blob:, drawings and icons made in the browser.
    "img-src": f"'self' data: blob: {_TILES}",
    # data:, fonts that Streamlit's style sheets hold.
    "font-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    # Streamlit's components are frames of this server within the page.
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
    # blob:, the table on the page begins its workers so.
    "worker-src": "'self' blob:",
}
# blob:, Streamlit gives the script of an inline component (timeline, list, filters) in this form.
_PAGE_SCRIPTS = "'self' 'unsafe-inline' 'unsafe-eval' blob:"
# st_folium runs the map's script with eval, in elements that it writes into its frame.
_FRAME_SCRIPTS = "'self' 'unsafe-inline' 'unsafe-eval'"
# A file that somebody opens by its address is shown without scripts, as a page of no origin.
_FILE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
_FILES = ("/media/", "/app/static/")
_COMPONENTS = "/component/"


def content_policy(path: str, host: Host | None, base_path: str) -> str:
    """Return the policy for an answer at `path`; `host` is the trusted one, if the request has one.

    The page's websocket is named by its host, because not every browser counts it as 'self'.
    """
    local = path.removeprefix(base_path)
    if local.startswith(_FILES):
        return _FILE
    scripts = _FRAME_SCRIPTS if local.startswith(_COMPONENTS) else _PAGE_SCRIPTS
    sockets = "" if host is None else f" ws://{host} wss://{host}"
    rules = {**_COMMON, "script-src": scripts, "connect-src": f"'self'{sockets}"}
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())
