"""Decode bytes as text, e.g. windows-1256 -> Arabic; raise NotTextError for all but Arabic text."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

# The letters of the Arabic block, without its digits and punctuation.
_ARABIC = re.compile(r"[\u0620-\u064a\u0671-\u06d3]+")
_LETTERS = re.compile(r"[^\W\d_]+")
# Smallest share of Arabic letters of an Arabic text; names and quotes in other texts stay below it.
_MIN_ARABIC = 0.3
# Arabic in UTF-8 that was decoded as a Latin code page: two such characters for each letter.
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
# The encodings for Arabic that a page may declare. Python has others that are not for pages, such as
# "undefined" or "punycode".
_PAGE_ENCODINGS = frozenset(
    {"windows-1256", "cp1256", "iso-8859-6", "iso8859-6", "arabic", "mac-arabic", "cp720", "cp864",
     "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be"}
)  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]")
# Halves of surrogate pairs cannot be encoded as UTF-8, and so not be stored.
_SURROGATES = re.compile("[\ud800-\udfff]")


class NotTextError(ValueError):
    """The bytes are not Arabic text; `expected` and `found` say why."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(f"expected {expected}, found {found}")
        self.expected = expected
        self.found = found


def decode(content: bytes) -> str:
    """Decode by byte order mark, by the page's declaration, or by trial; raises NotTextError.

    windows-1256 decodes almost any bytes, so the result counts only if it is Arabic.
    """
    if not content.strip():
        raise NotTextError("some text", "an empty file")
    for magic, file_type in _MAGIC.items():
        if content.startswith(magic):
            raise NotTextError("text", file_type)
    for encoding in _candidates(content):
        try:
            text = content.decode(encoding)
        except (UnicodeError, LookupError):
            continue
        if encoding.startswith("utf-8") or arabic_share(text) >= _MIN_ARABIC:
            return clean(text)
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
    name = declared[1].decode("ascii").lower() if declared else ""
    names = [name] if name in _PAGE_ENCODINGS and name != "utf-8" else []
    return ["utf-8", *names, "windows-1256"]


def clean(text: str) -> str:
    """The text with line feeds as line ends, and no control character or half of a surrogate pair."""
    encodable = _SURROGATES.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROLS.sub("", encodable).strip("\n")


def check_arabic(text: str) -> None:
    """Raise NotTextError if less than 30% of the letters are Arabic."""
    if not text.strip():
        raise NotTextError("some text", "nothing but white space")
    # Enough Arabic letters among all characters are enough among the letters.
    if _length_of(_ARABIC, text) >= _MIN_ARABIC * len(text):
        return
    share = arabic_share(text)
    if share >= _MIN_ARABIC:
        return
    if len(_MOJIBAKE.findall(text[:10_000])) > len(text[:10_000]) / 8:
        raise NotTextError("Arabic text", "UTF-8 that was saved in a Latin encoding (Ø§Ù„…)")
    raise NotTextError("Arabic text", f"{share:.0%} Arabic letters")


def arabic_share(text: str) -> float:
    """The share of Arabic letters among all letters, 0 if there are none."""
    letters = _length_of(_LETTERS, text)
    return _length_of(_ARABIC, text) / letters if letters else 0.0


def _length_of(runs: re.Pattern[str], text: str) -> int:
    """The number of characters in the runs of a text."""
    return sum(map(len, runs.findall(text)))
