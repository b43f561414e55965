"""Prefixes that an XML file uses but does not declare, e.g. "gx:" in KML: declared as it is read."""

import re
from typing import IO

from dashboard.datasets.files.input_file import InputFile

_BLOCK = 1 << 20
# Bytes of the block before that are searched again, since a tag may be divided.
_OVERLAP = 200
_USED = re.compile(rb"<([A-Za-z_][\w.-]{0,30}):[A-Za-z_]|\s([A-Za-z_][\w.-]{0,30}):[\w.-]+\s*=")
_DECLARED = re.compile(rb"\sxmlns:([A-Za-z_][\w.-]{0,30})\s*=")
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*")
# The root element is looked for in so many bytes.
_HEAD = 8192
_RESERVED = frozenset((b"xml", b"xmlns"))
_MOST = 20


def undeclared_prefixes(file: InputFile) -> tuple[bytes, ...]:
    """The prefixes that the file uses and declares nowhere, sorted; at most 20."""
    used: set[bytes] = set()
    declared: set[bytes] = set(_RESERVED)
    before = b""
    with file.open() as raw:
        while block := raw.read(_BLOCK):
            text = before + block
            used.update(match[1] or match[2] for match in _USED.finditer(text))
            declared.update(match[1] for match in _DECLARED.finditer(text))
            before = block[-_OVERLAP:]
            if len(used) > 1_000:  # text with colons, not prefixes
                return ()
    return tuple(sorted(used - declared)[:_MOST])


class DeclaredPrefixes:
    """A stream of XML whose root element declares `prefixes` too."""

    def __init__(self, raw: IO[bytes], prefixes: tuple[bytes, ...]) -> None:
        self._raw = raw
        self._head = raw.read(_HEAD) if prefixes else b""
        root = _ROOT.search(self._head)
        if root is not None:
            names = b"".join(b' xmlns:%s="urn:undeclared:%s"' % (name, name) for name in prefixes)
            self._head = self._head[: root.end()] + names + self._head[root.end() :]

    def read(self, size: int) -> bytes:
        """The next bytes."""
        if self._head:
            head, self._head = self._head[:size], self._head[size:]
            return head
        return self._raw.read(size)
