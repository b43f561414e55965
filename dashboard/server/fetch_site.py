"""The site that a request comes from (Sec-Fetch-Site), e.g. `same-site` for another local port.

Requests for scripts, images and frames have no Origin; they have these headers, which no script can
set. Browsers send them to loopback addresses and over https; programs do not send them at all.
"""

from starlette.types import Scope

from dashboard.server.header_values import header_values

# The page itself, or the person: address bar, bookmark, a link in another program.
_SAME_ORIGIN = frozenset({"same-origin", "none"})
_FOREIGN = frozenset({"same-site", "cross-site"})


def is_foreign_fetch(scope: Scope) -> bool:
    """Whether the request comes from a page of another site and does not follow a link from it."""
    sites = header_values(scope, "sec-fetch-site")
    if not sites or (len(sites) == 1 and sites[0] in _SAME_ORIGIN):
        return False
    return not (len(sites) == 1 and sites[0] in _FOREIGN and _follows_link(scope))


def _follows_link(scope: Scope) -> bool:
    """Whether the tab navigates to this address: no frame, script or form with data."""
    return (
        scope["type"] == "http"
        and scope["method"] in {"GET", "HEAD"}
        and header_values(scope, "sec-fetch-mode") == ["navigate"]
        and header_values(scope, "sec-fetch-dest") == ["document"]
    )
