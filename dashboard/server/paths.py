"""Which paths are closed, e.g. `/_stcore/metrics`, `//_STCORE/agent%2Finteract`.

Streamlit's routes are under `/_stcore/`. It registers more of them than the page needs, and each version
may add others; so those that the page needs are listed, and all others are closed.
"""

from urllib.parse import unquote

_CORE = "_stcore"
_OPEN_ENDPOINTS = frozenset({"health", "host-config", "stream"})
# Streamlit's own sign-in, which nothing here uses.
_CLOSED_ROOTS = frozenset({"auth", "oauth2callback"})
_OPEN_FOLDERS = ("upload_file/", "bidi-components/")
# A path may be encoded repeatedly; a legitimate one never is so often.
_MAX_ENCODINGS = 5


def is_closed(path: str, base_path: str) -> bool:
    """Whether a (once decoded) path leads to a route of Streamlit that the page does not need.

    Variants of such a path in case, encoding, slashes, dots or parameters are closed too.
    """
    segments = _segments(path)
    if _CLOSED_ROOTS.intersection(_segments(path.removeprefix(base_path))[:1]):
        return True
    if _CORE not in segments:
        return False
    begin = f"{base_path}/{_CORE}/"
    if not path.startswith(begin):
        return True
    endpoint = path.removeprefix(begin)
    if endpoint in _OPEN_ENDPOINTS:
        return False
    rest = _segments(endpoint)
    return not endpoint.startswith(_OPEN_FOLDERS) or bool({_CORE, "..", "."} & set(rest))


def _segments(path: str) -> list[str]:
    """Split a path as a very lenient server would: decoded, case-folded, without parameters."""
    for _ in range(_MAX_ENCODINGS):
        decoded = unquote(path, errors="replace")
        if decoded == path:
            break
        path = decoded
    else:
        return [_CORE]
    parts = path.casefold().replace("\\", "/").split("/")
    return [name for part in parts if (name := part.partition(";")[0].strip())]
