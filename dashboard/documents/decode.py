"""Bytes as text, e.g. windows-1256 bytes -> Arabic; what is no Arabic text is refused with a reason."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass

# Arabic letters of the Arabic block; digits and punctuation prove nothing.
_ARABIC = re.compile(r"[\u0620-\u064a\u0671-\u06d3]")
_LETTER = re.compile(r"[^\W\d_]")
# Below this share of Arabic letters a text is in another language: names and quotes stay below it.
_MIN_ARABIC = 0.3
# UTF-8 read as a Latin code page shows Arabic as these letters, two a letter.
_MOJIBAKE = re.compile(r"[ØÙÚÛ][\u0080-\u00ff\u0152-\u2122]")
_MAGIC = {
    b"%PDF": "a PDF; save its text as .txt",
    b"\xd0\xcf\x11\xe0": "a Word or Excel file; save its text as .txt",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"{\\rtf": "an RTF file; save its text as .txt",
    b"\x1f\x8b": "a gzip file; unpack it",
    b"SQLite format 3": "a database",
}
# What a page may declare: encodings that hold Arabic. Python has others that are none of a page's,
# such as "undefined" or "punycode".
_DECLARED = frozenset(
    {"windows-1256", "cp1256", "iso-8859-6", "iso8859-6", "arabic", "mac-arabic", "cp720", "cp864",
     "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be"}
)  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
# Halves of surrogate pairs: no UTF-8 holds them, and so no workspace.
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding that it was in."""

    text: str
    encoding: str


class NotTextError(ValueError):
    """Bytes that are no text that can be read; `expected` and `found` say why."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(f"expected {expected}, found {found}")
        self.expected = expected
        self.found = found


def decode(content: bytes) -> Decoded:
    """The bytes as text, by mark, by what a page declares, or by trial; raises NotTextError.

    windows-1256 accepts almost any bytes, so that it is believed only if Arabic comes of it.
    """
    if not content.strip():
        raise NotTextError("some text", "an empty file")
    for magic, what in _MAGIC.items():
        if content.startswith(magic):
            raise NotTextError("text", what)
    for encoding in _candidates(content):
        try:
            text = content.decode(encoding)
        except (UnicodeError, LookupError):
            continue
        if encoding.startswith("utf-8") or arabic_share(text) >= _MIN_ARABIC:
            return Decoded(clean(text), encoding.removesuffix("-sig"))
    if b"\0" in content[:4096]:
        raise NotTextError("text", "binary data")
    raise NotTextError("text in UTF-8, UTF-16 or windows-1256", "bytes of no such encoding")


def _candidates(content: bytes) -> list[str]:
    if content.startswith(BOM_UTF8):
        return ["utf-8-sig"]
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return ["utf-16"]
    if b"\0" in content[:4096]:
        return ["utf-16-le", "utf-16-be"]
    declared = _CHARSET.search(content[:4096])
    named = declared[1].decode("ascii").lower() if declared else ""
    known = [named] if named in _DECLARED else []
    return ["utf-8", *[name for name in known if name != "utf-8"], "windows-1256"]


def clean(text: str) -> str:
    """The text with one kind of line end, no control characters, and no half of a surrogate pair."""
    whole = _SURROGATE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("", whole).strip("\n")


def check_arabic(text: str) -> None:
    """Raise NotTextError unless the text is Arabic for the most part."""
    if not text.strip():
        raise NotTextError("some text", "nothing but white space")
    share = arabic_share(text)
    if share >= _MIN_ARABIC:
        return
    if len(_MOJIBAKE.findall(text[:10_000])) > len(text[:10_000]) / 8:
        raise NotTextError("Arabic text", "UTF-8 that was saved in a Latin encoding (Ø§Ù„…)")
    raise NotTextError("Arabic text", f"{share:.0%} Arabic letters")


def arabic_share(text: str) -> float:
    """The share of Arabic letters among all letters, 0 if there are none."""
    letters = len(_LETTER.findall(text))
    return len(_ARABIC.findall(text)) / letters if letters else 0.0
