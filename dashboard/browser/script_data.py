"""Data for scripts of the map as one word that no template reads, e.g. {"n": "{{7*7}}"} -> "eyJuIjoi…".

folium renders a script and compiles what came out as a Jinja template once more, so that text with
braces in it would run on the server, whatever quotes stand around it. Base64 has letters, digits, "+",
"/" and "=" only: nothing that begins a template tag, ends a string or closes a script element.
`decodeData` in frontend/shared/format.js reads it.
"""

import json
from base64 import b64encode


def encode_for_script(data: object) -> str:
    """`data` (what JSON can hold) as JSON in UTF-8 in Base64; raises ValueError for NaN or infinity.

    Half of a surrogate pair, which UTF-8 cannot hold, goes as the escape that JSON has for it.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return b64encode(text.encode("utf-8", errors="backslashreplace")).decode("ascii")
