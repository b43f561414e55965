"""What browsers say of who asks: Sec-Fetch-Site, e.g. `same-site` of a page of another local port.

Requests for scripts, images and frames carry no Origin; these headers, which no script can set, do
tell. Browsers send them to loopback addresses and over https; programs do not send them at all.
"""

from starlette.types import Scope

from dashboard.server.header_values import header_values

# The page itself, or the person: address bar, bookmark, a link in another program.
_OWN = frozenset({"same-origin", "none"})
_FOREIGN = frozenset({"same-site", "cross-site"})


def is_foreign_fetch(scope: Scope) -> bool:
    """Whether another site's page asks for anything but to be left for this one by a link."""
    sites = header_values(scope, "sec-fetch-site")
    if not sites or (len(sites) == 1 and sites[0] in _OWN):
        return False
    return not (len(sites) == 1 and sites[0] in _FOREIGN and _follows_link(scope))


def _follows_link(scope: Scope) -> bool:
    """Whether the whole tab goes to this address: no frame, no script, no form that sends data."""
    return (
        scope["type"] == "http"
        and scope["method"] in {"GET", "HEAD"}
        and header_values(scope, "sec-fetch-mode") == ["navigate"]
        and header_values(scope, "sec-fetch-dest") == ["document"]
    )
