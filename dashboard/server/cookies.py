"""The cookies of a request, e.g. `cookie_value(scope, "event_map_session")`."""

from starlette.types import Scope

from dashboard.server.header_values import header_values


def cookie_value(scope: Scope, name: str) -> str:
    """The value of a cookie that the browser sent once; "" if it sent none, or two.

    A browser sends two of one name if another server of the same domain has set one, which may be
    somebody else's. Not by `http.cookies`, which drops all cookies if one is unusual.
    """
    parts = "; ".join(header_values(scope, "cookie")).split(";")
    pairs = (part.partition("=") for part in parts)
    values = [value.strip() for key, _sign, value in pairs if key.strip() == name]
    return values[0] if len(values) == 1 else ""
