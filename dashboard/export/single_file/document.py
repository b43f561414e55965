"""The HTML of a single file, with a policy of its own: its scripts by their hashes, and no network."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from functools import cache

from dashboard.browser.timeline_html import TIMELINE_HTML
from dashboard.legend.palette import on_light
from dashboard.static_files import FRONTEND, bundle, leaflet, style_sheet
from dashboard.text.escape import escape_attribute

# What a shadow root has, so that the rules of one part of the page do not reach another.
_PARTS = {
    "timeline": ("timeline/timeline.css", "single_file/file_timeline.css"),
    "facets": ("facets/facets.css",),
    "list": ("event_list/event_list.css", "single_file/file_list.css"),
}
_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
_NO_SCRIPT = (
    "This file needs a browser that runs its scripts. They ask nothing of any network.",
    "يحتاج هذا الملف إلى متصفح يشغّل نصوصه البرمجية، وهي لا تطلب شيئًا من أي شبكة.",
)
_FAULT = (
    "This file could not be shown. It needs a newer browser.",
    "تعذّر عرض هذا الملف. يحتاج إلى متصفح أحدث.",
)


class DocumentError(ValueError):
    """A script or style sheet that would end its element early."""


def document(content: Mapping[str, object], title: str, language: str, direction: str) -> bytes:
    """The file with its data; nothing in it is loaded from anywhere."""
    script, sheet = _script(), _sheet()
    data = {**content, "styles": {name: style_sheet(*sheets) for name, sheets in _PARTS.items()}}
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(sheet)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    missing, fault = (
        "".join(f'<p dir="auto">{text}</p>' for text in texts) for texts in (_NO_SCRIPT, _FAULT)
    )
    return f"""<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape_attribute(title)}</title>
<style>{sheet}</style>
</head>
<body>
<noscript>{missing}</noscript>
<div id="file"></div>
<template id="fault">{fault}</template>
<template id="timeline">{TIMELINE_HTML}</template>
<script type="application/json" id="data">{json_text(data)}</script>
<script>{script}</script>
</body>
</html>
""".encode()


def json_text(data: object) -> str:
    """JSON that may stand in a script element: no character of it can end the element.

    Half of a surrogate pair, which UTF-8 cannot hold, goes as the escape that JSON has for it.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character, code in _ESCAPES.items():
        text = text.replace(character, code)
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")


@cache
def _script() -> str:
    """Leaflet, and the modules of the browser as one script."""
    own = bundle(FRONTEND / "single_file" / "single_file.js")
    return _checked(f'{leaflet()[0]}\n(() => {{\n"use strict";\n{own}}})();\n')


@cache
def _sheet() -> str:
    names = ("palette.css", "evidence.css", "map/map.css", "single_file/single_file.css")
    return _checked(leaflet()[1] + on_light(style_sheet(*names)))


def _checked(text: str) -> str:
    """The text with line ends as a browser reads them, by which it computes the hash."""
    text = text.replace("\r\n", "\n")
    if any(end in text.lower() for end in ("</script", "</style", "<!--")):
        raise DocumentError("expected no end of an element in a script or style sheet")
    return text


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
