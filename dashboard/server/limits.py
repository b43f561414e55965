"""The limits of requests: methods, the length of the address, the size of headers and bodies.

`DELETE /_stcore/upload_file/…` passes, `TRACE /` and an address of 20 kB do not.
"""

from starlette.types import Scope

from dashboard.server.header_values import header_values
from dashboard.server.refusal import Refusal

# The methods of pages, static files, downloads, uploads and their removal. No route takes POST.
METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "DELETE")
# A link contains the whole state of the page; the longest in the tests has 3 kB.
_MAX_ADDRESS_BYTES = 16 * 1024
# Browsers send the cookies of all ports of this machine; those of a sign-in may have 4 kB each.
_MAX_HEADER_BYTES = 32 * 1024
_MAX_HEADERS = 100
# Streamlit sends some 50 bytes of JSON with the removal of an upload; only an upload is larger.
_MAX_SMALL_BODY_BYTES = 64 * 1024


def check_size(scope: Scope) -> Refusal | None:
    """Refuse an address or headers that are too long, and a target that is no path or has controls."""
    address = len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"")
    if max(address, len(scope["path"])) > _MAX_ADDRESS_BYTES:
        return Refusal(414, f"The address is longer than {_MAX_ADDRESS_BYTES} bytes.")
    if not scope["path"].startswith("/"):
        return Refusal(400, "The target of a request must be a path that begins with a slash.")
    # Starlette takes "/metrics\n" for "/metrics".
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in scope["path"]):
        return Refusal(400, "The path must have no control characters.")
    headers = scope.get("headers", ())
    size = sum(len(name) + len(value) for name, value in headers)
    if len(headers) > _MAX_HEADERS or size > _MAX_HEADER_BYTES:
        return Refusal(
            431,
            f"More than {_MAX_HEADERS} headers, or more than {_MAX_HEADER_BYTES} bytes of them.",
        )
    return None


def check_method(scope: Scope) -> Refusal | None:
    """Refuse methods that no route has."""
    if scope["type"] == "http" and scope["method"] not in METHODS:
        allowed = ", ".join(METHODS)
        return Refusal(405, f"The method must be one of {allowed}.", {"Allow": allowed})
    return None


def max_body_bytes(scope: Scope, upload_bytes: int) -> int:
    """Return how many bytes the body of this request may have."""
    return upload_bytes if scope["method"] == "PUT" else _MAX_SMALL_BODY_BYTES


def declared_length(scope: Scope) -> int | None:
    """Return the largest Content-Length of the request, or `None` if it has none that is a number."""
    lengths = [int(v) for v in header_values(scope, "content-length") if _is_number(v)]
    return max(lengths, default=None)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 20
