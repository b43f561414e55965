"""Header values of an ASGI scope, e.g. `header_values(scope, "host")` is `["127.0.0.1:8501"]`."""

from starlette.types import Scope


def header_values(scope: Scope, name: str) -> list[str]:
    """Return every value of the header `name` (lower case) as text, in order; empty if it is absent.

    Bytes are read as Latin-1, which takes any of them.
    """
    wanted = name.encode("latin-1")
    return [
        value.decode("latin-1") for key, value in scope.get("headers", ()) if key.lower() == wanted
    ]
