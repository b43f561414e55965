"""Text of JSON files: a stream of valid UTF-8, cells of a table, and errors."""

import codecs
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any

import ijson

from dashboard.datasets.files.errors import TableError
from dashboard.model.message import message

REPLACED = "\ufffd"


class Utf8Stream:
    """A file in which invalid UTF-8 is replaced by U+FFFD; then `damaged` is true."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self.damaged = False

    def read(self, size: int) -> bytes:
        """The next bytes, as valid UTF-8; none for `size` 0, with which ijson tests the file."""
        if size == 0:
            return b""
        raw = self._raw.read(size)
        text = self._decoder.decode(raw, final=not raw)
        self.damaged |= text.count(REPLACED) > raw.count(REPLACED.encode())
        # Source: RFC 8142, in which each text of a sequence begins with this character.
        return text.replace("\x1e", " ").encode()


def whole_objects(name: str, objects: Iterator[Any], kind: str) -> Iterator[Any]:
    """The objects; raises TableError where the file is not JSON. `kind` is for the message."""
    number = 0
    try:
        for item in objects:
            number += 1
            yield item
    except ijson.JSONError as error:
        # After the first line the library's message shows the position with an arrow.
        found = str(error).partition("\n")[0].strip()
        raise TableError(
            message(
                "{file}: expected {kind}, found after {number} objects: {found}",
                file=name,
                kind=kind,
                number=number,
                found=found,
            )
        ) from error


def as_cell(value: object) -> object:
    """A value as a cell: lists and objects as JSON, decimals as floats."""
    if isinstance(value, Decimal):
        return float(value)
    return as_json(value) if isinstance(value, list | dict) else value


def as_json(value: object) -> str:
    """A value as JSON."""
    # ijson returns numbers as Decimal, since JSON may have larger ones than a float.
    return json.dumps(value, ensure_ascii=False, default=float)
