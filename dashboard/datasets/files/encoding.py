"""The encoding of a text file: UTF-8, by its byte order mark, windows-1256, or a question."""

import codecs
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE

from dashboard.datasets.files.errors import TableError, UnclearError
from dashboard.datasets.files.input_file import InputFile
from dashboard.documents.decode import arabic_share
from dashboard.model.message import message

_SAMPLE_BYTES = 1_000_000
# A file is damaged UTF-8 if fewer than this share of its lines with more than ASCII are not UTF-8.
_DAMAGED = 0.02
OFFERED_ENCODINGS = ("windows-1256", "windows-1252", "iso-8859-1", "cp1254")
# Byte order marks, the longer ones first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (BOM_UTF32_LE, "utf-32"),
    (BOM_UTF32_BE, "utf-32"),
    (BOM_UTF16_LE, "utf-16"),
    (BOM_UTF16_BE, "utf-16"),
)


def detect_encoding(file: InputFile) -> str:
    """The encoding: by the byte order mark, UTF-8 (a few lines may be damaged), or windows-1256.

    Raises UnclearError for all others, TableError for an empty file.
    """
    with file.open() as raw:
        start = raw.read(4096)
    if not start.strip():
        raise TableError(message("{file}: expected a table, found an empty file", file=file.name))
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    if b"\0" in start:
        wide = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
        raise UnclearError("encoding", wide, message("{file} is not UTF-8", file=file.name))
    try:
        _decode(file)
    except UnicodeDecodeError:
        if _share_damaged(file) < _DAMAGED:
            return "utf-8-sig"
        with file.open() as raw:
            sample = raw.read(_SAMPLE_BYTES)
        if arabic_share(sample.decode("windows-1256", errors="replace")) > 0.5:
            return "windows-1256"
        why = message("{file} is not UTF-8", file=file.name)
        raise UnclearError("encoding", OFFERED_ENCODINGS, why) from None
    return "utf-8-sig"


def _decode(file: InputFile) -> None:
    """Raise UnicodeDecodeError if the file is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with file.open() as raw:
        while part := raw.read(_SAMPLE_BYTES):
            decoder.decode(part)
    decoder.decode(b"", final=True)


def _share_damaged(file: InputFile) -> float:
    """The share of lines that are not UTF-8 among those with more than ASCII."""
    good = bad = 0
    with file.open() as raw:
        for line in raw:
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                bad += 1
            else:
                good += 1
    return bad / max(good + bad, 1)
