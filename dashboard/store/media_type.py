"""The type of a captured file by its content alone, e.g. b"%PDF-1.7…" -> application/pdf, "pdf".

A short list of our own: filetype 1.2.0 knows no text formats, and puremagic 1.30 does not recognise a
page that begins with <script> or is in UTF-16, and takes an SVG with a declaration for another XML.
"""

import codecs
import re
from dataclasses import dataclass

# Browsers look at so many bytes to tell what a file is; source: WHATWG, MIME Sniffing.
HEAD = 1445
_START = 4096


@dataclass(frozen=True, slots=True)
class MediaType:
    """A media type, the ending of its files, and whether a page may show it as a picture."""

    name: str
    ending: str
    picture: bool = False


UNKNOWN = MediaType("application/octet-stream", "bin")
HTML = MediaType("text/html", "html")
SVG = MediaType("image/svg+xml", "svg")
XML = MediaType("application/xml", "xml")
MHTML = MediaType("multipart/related", "mhtml")
MAIL = MediaType("message/rfc822", "eml")
TEXT = MediaType("text/plain", "txt")
PDF = MediaType("application/pdf", "pdf")
PNG = MediaType("image/png", "png", picture=True)
JPEG = MediaType("image/jpeg", "jpg", picture=True)
GIF = MediaType("image/gif", "gif", picture=True)
WEBP = MediaType("image/webp", "webp", picture=True)
MP4 = MediaType("video/mp4", "mp4")
WEBM = MediaType("video/webm", "webm")
ZIP = MediaType("application/zip", "zip")
GZIP = MediaType("application/gzip", "gz")
MEDIA_TYPES = {
    kind.name: kind
    for kind in (
        UNKNOWN, HTML, SVG, XML, MHTML, MAIL, TEXT, PDF, PNG, JPEG, GIF, WEBP, MP4, WEBM, ZIP, GZIP,
    )
}  # fmt: skip
# The first bytes of each type; source: WHATWG, MIME Sniffing, and the formats' specifications.
_BEGINNINGS = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), PNG),
    (re.compile(rb"\xff\xd8\xff"), JPEG),
    (re.compile(rb"GIF8[79]a"), GIF),
    (re.compile(rb"RIFF....WEBPVP", re.DOTALL), WEBP),
    (re.compile(rb"%PDF-"), PDF),
    (re.compile(rb"....ftyp(?:iso|mp4|avc|M4V|MSNV)", re.DOTALL), MP4),
    (re.compile(rb"\x1aE\xdf\xa3"), WEBM),
    (re.compile(rb"PK\x03\x04"), ZIP),
    (re.compile(rb"\x1f\x8b\x08"), GZIP),
)
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
# A tag, with or without the prefix of an XML namespace; its name is the group.
_TAG = re.compile(r"<(?:[a-z][\w.-]*:)?(!doctype\s+html|[a-z][a-z0-9]*)(?=[\s/>])", re.IGNORECASE)
_XML = re.compile(r"\s*(?:<!--.*?-->\s*)*<\?xml[\s?]", re.IGNORECASE | re.DOTALL)
_HTML_ROOTS = ("html", "!doctype")
_MHTML = re.compile(
    r"(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*?content-type:\s*multipart/", re.IGNORECASE
)
# Fields at the beginning of a file; saved pages (MHTML) have some of them, but none of a mail sent.
_HEAD_FIELDS = re.compile(r"(?:[!-9;-~]+:.*\r?\n(?:[ \t].*\r?\n)*)+")
_SENT = re.compile(
    r"^(?:to|received|message-id|return-path|delivered-to):", re.IGNORECASE | re.MULTILINE
)
_WRITTEN = re.compile(r"^(?:from|date|subject):", re.IGNORECASE | re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def media_type_of(content: bytes | memoryview) -> MediaType:
    """The type of a file; only its first bytes are looked at."""
    head = bytes(content[:_START])
    for pattern, kind in _BEGINNINGS:
        if pattern.match(head):
            return kind
    text = _text(head)
    return UNKNOWN if text is None else _text_type(text)


def _text(head: bytes) -> str | None:
    """The first bytes as text, `None` if they are none; the last character may be cut off."""
    encoding, mark = next(
        ((name, mark) for mark, name in _MARKS.items() if head.startswith(mark)), ("", b"")
    )
    body = head[len(mark) :]
    if not encoding:
        # Pages in other encodings have ASCII tags; what decides are these.
        encoding = "utf-8" if _is_utf8(body) else "latin-1"
    text = body.decode(encoding, "replace")
    return None if _CONTROLS.search(text[:HEAD]) and not _TAG.search(text) else text


def _is_utf8(body: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return False
    return True


def _text_type(text: str) -> MediaType:
    fields = _HEAD_FIELDS.match(text)
    if fields and _SENT.search(fields[0]) and _WRITTEN.search(fields[0]):
        return MAIL
    if _MHTML.match(text):
        return MHTML
    first = _TAG.search(_COMMENT.sub("", text))
    name = first[1].lower() if first else ""
    if name == "svg":
        return SVG
    if _XML.match(text) and not name.startswith(_HTML_ROOTS):
        return XML
    return HTML if name else TEXT
