"""The lines of a delimited file, of which those of a row can be read again, and many be read ahead."""

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from typing import cast

from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.regular_rows import MOST_LINES
from dashboard.model.message import message

# Most lines that are read again because of unclosed quotes: each such quote costs up to a thousand.
_MOST_REPEATED = 200_000
# Characters of the lines that are read ahead at once: few, since the progress counts them as read.
_AHEAD = 500_000
# Bytes that are read and decoded at once: what an error is in is lost.
_PIECE = 8_192


class Lines(Iterator[str]):
    """The lines of a file with their ends; an iterator for `csv.reader`.

    Lines that are read ahead are one text, which is divided only if they are taken one by one.
    """

    def __init__(self, file: io.TextIOWrapper) -> None:
        # With its last reference the file would be closed.
        self._text, self._file = file, cast("io.BufferedIOBase", file.buffer)
        self._decoder = codecs.getincrementaldecoder(file.encoding)(file.errors or "strict")
        self._row: list[str] = []
        self._repeated = 0
        self._error: Exception | None = None
        self._at_end = False
        # What is read from the file and not yet part of a row, in this order: the text that was read
        # ahead, lines, and the pieces of a line whose end is not read yet.
        self._block = ""
        self._lines: deque[str] = deque()
        self._pieces: list[str] = []

    def __next__(self) -> str:
        if len(self._row) == MOST_LINES:
            raise csv.Error("a quote that is not closed")
        if self._block:
            self._lines.extendleft(reversed(_divided(self._block)))
            self._block = ""
        line = self._line()
        self._row.append(line)
        return line

    @property
    def are_ahead(self) -> bool:
        """Whether lines are read from the file that are not yet part of a row."""
        return bool(self._block or self._lines)

    @property
    def in_row(self) -> int:
        """The number of lines of the current row."""
        return len(self._row)

    def start_row(self) -> None:
        """Start a row: the lines before it are not read again."""
        self._row.clear()

    def push_back(self) -> None:
        """Push back all lines of the current row but the first, to be read again.

        Raises TableError if that happened to more than `_MOST_REPEATED` lines of the file.
        """
        self._repeated += len(self._row) - 1
        if self._repeated > _MOST_REPEATED:
            raise TableError(
                message("expected quotes that are closed, found too many that are not")
            )
        self._lines.extendleft(reversed(self._row[1:]))

    def read_ahead(self) -> str:
        """The next lines, which are not taken yet; with an even number of quotes, if it can be.

        "" at the end of the file. An error of the file is raised when the lines before it are taken.
        """
        self._block += self._whole_lines()
        quotes = self._block.count('"')
        more: list[str] = []
        while quotes % 2 and len(more) < MOST_LINES:
            try:
                more.append(self._line())
            except StopIteration:
                break
            except Exception as error:  # noqa: BLE001 raised when its turn comes
                self._error = error
                break
            quotes += more[-1].count('"')
        self._block += "".join(more)
        return self._block

    def skip_ahead(self) -> None:
        """Take the lines that were read ahead."""
        self._block = ""

    def _whole_lines(self) -> str:
        """The lines that are read already, and others until there are `_AHEAD` characters of them."""
        parts = [*self._lines, *self._pieces]
        size, ended = sum(map(len, parts)) + len(self._block), bool(self._lines)
        try:
            while (size < _AHEAD or not ended) and (piece := self._piece()):
                parts.append(piece)
                size += len(piece)
                ended = ended or _end_of_lines(piece) > 0
        except Exception as error:
            if not ended and not self._block:
                raise
            self._error = error
        text = "".join(parts)
        end = len(text) if self._at_end else _end_of_lines(text)
        self._lines.clear()
        self._pieces = [text[end:]] if end < len(text) else []
        return text[:end]

    def _line(self) -> str:
        """The next line; raises StopIteration at the end of the file."""
        while not self._lines:
            piece = self._piece()
            self._pieces.append(piece)
            if piece and _end_of_lines(piece) == 0:
                continue
            lines = _divided("".join(self._pieces))
            self._pieces = []
            if not piece and not lines:
                raise StopIteration
            # The other half of the end of the last line may follow.
            if piece and not lines[-1].endswith("\n"):
                self._pieces.append(lines.pop())
            self._lines.extend(lines)
        return self._lines.popleft()

    def _piece(self) -> str:
        """Some text from the file, "" at its end."""
        if self._error is not None:
            raise self._error
        text = ""
        while not text and not self._at_end:
            data = self._file.read1(min(_PIECE, _AHEAD))
            self._at_end = not data
            text = self._decoder.decode(data, final=not data)
        return text


def _divided(text: str) -> list[str]:
    """The lines of a text with their ends: a line feed, a carriage return, or both."""
    return list(io.StringIO(text, newline=""))


def _end_of_lines(text: str) -> int:
    """Where the last line ends that is whole, 0 if there is none; a line feed may follow the text."""
    before_last = text.removesuffix("\r")
    return max(before_last.rfind("\n"), before_last.rfind("\r")) + 1
