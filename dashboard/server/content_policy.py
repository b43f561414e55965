"""The Content-Security-Policy of each kind of answer: the page, a component's frame, a file.

`content_policy("/", Host("127.0.0.1", 8501), rules)` allows the page no inline script but its own.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache

from dashboard.server.hosts import Host
from dashboard.server.rules import ServerRules

# Directives of page and frames. Each comment says why the directive is not stricter.
_COMMON: Mapping[str, str] = {
    # Everything without another directive: from this server only.
    "default-src": "'self'",
    # Streamlit (emotion), Leaflet and st_folium write style elements and style attributes.
    "style-src": "'self' 'unsafe-inline'",
    # data:, fonts within Streamlit's style sheets.
    "font-src": "'self' data:",
    "object-src": "'none'",
    "worker-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    # Streamlit's components are frames of this server within the page.
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
}
_PAGE: Mapping[str, str] = {
    # blob:, Streamlit gives the script of an inline component (timeline, list, filters) in this form;
    # only a script can make such an address. The page's own inline script is named by its hash.
    "script-src": "'self' blob: {hashes}",
    # data:, Streamlit makes a picture of the page's icon, which is an emoji.
    "img-src": "'self' data:",
    # The websocket by its host, because not every browser counts it as 'self'.
    "connect-src": "'self' {sockets}",
}
_FRAME: Mapping[str, str] = {
    # st_folium writes the map's script into its frame as text, and runs that of the marks by eval.
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
    # The tiles of the online basemap: off unless the analyst switches it on, but the frame has its
    # policy before that. folium uses this host for "OpenStreetMap".
    "img-src": "'self' data: https://tile.openstreetmap.org",
    "connect-src": "'self'",
}
# A file opened by its address is shown without scripts, as a page of an opaque origin.
_FILE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
_FILES = ("/media/", "/app/static/")
# A file captured from the web may be any page: nothing in it runs, loads or is framed.
_CAPTURE = "sandbox; default-src 'none'; frame-ancestors 'none'"
CAPTURES = "/captures/"
_COMPONENTS = "/component/"
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def content_policy(path: str, host: Host | None, rules: ServerRules) -> str:
    """Return the policy for an answer at `path`; `host` is the trusted one, if the request has one."""
    local = path.removeprefix(rules.base_path)
    if local.startswith(_FILES):
        return _FILE
    if local.startswith(CAPTURES):
        return _CAPTURE
    return _filled(local.startswith(_COMPONENTS), host, rules.script_hashes)


# A page loads a hundred files, each with the policy of one host.
@lru_cache(maxsize=64)
def _filled(is_frame: bool, host: Host | None, script_hashes: tuple[str, ...]) -> str:  # noqa: FBT001
    hashes = " ".join(f"'{value}'" for value in script_hashes)
    sockets = "" if host is None else f"ws://{host} wss://{host}"
    rules = {**_COMMON, **(_FRAME if is_frame else _PAGE)}
    return "; ".join(
        f"{name} {sources.format(hashes=hashes, sockets=sockets).strip()}"
        for name, sources in rules.items()
    )


def inline_script_hashes(html: str) -> tuple[str, ...]:
    """Return the hash of each inline script of a page, in the form that a policy names it by."""
    digests = (hashlib.sha256(text.encode()).digest() for text in _INLINE_SCRIPT.findall(html))
    return tuple(f"sha256-{base64.b64encode(digest).decode()}" for digest in digests)
