"""Data for scripts of the page as JSON, and as one word that no template reads.

folium renders a script and compiles what came out as a Jinja template once more, so that text with
braces in it would run on the server, whatever quotes stand around it. Base64 has letters, digits, "+",
"/" and "=" only: nothing that begins a template tag, ends a string or closes a script element, e.g.
{"n": "{{7*7}}"} -> "eyJuIjoi…". `decodeData` in frontend/shared/format.js reads it.
"""

import json
from base64 import b64encode


def json_bytes(data: object) -> bytes:
    """`data` (what JSON can hold) as JSON in UTF-8; raises ValueError for NaN or infinity.

    Half of a surrogate pair, which UTF-8 cannot hold, goes as the escape that JSON has for it.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", errors="backslashreplace")


def encode_for_script(data: object) -> str:
    """`data` as JSON in Base64; raises as `json_bytes`."""
    return b64encode(json_bytes(data)).decode("ascii")
