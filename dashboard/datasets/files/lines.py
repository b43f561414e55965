"""The lines of a delimited file, of which those of a row can be read again, and many be read ahead."""

import csv
import io
from collections import deque
from collections.abc import Iterator

from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.regular_rows import MOST_LINES
from dashboard.model.message import message

# Most lines that are read again because of unclosed quotes: each such quote costs up to a thousand.
_MOST_REPEATED = 200_000
# Characters of the lines that are read ahead at once: few, since the progress counts them as read.
_AHEAD = 500_000


class Lines(Iterator[str]):
    """The lines of a file with their ends; an iterator for `csv.reader`."""

    def __init__(self, file: io.TextIOWrapper) -> None:
        self._file = file
        self._row: list[str] = []
        self._repeated = 0
        self._error: Exception | None = None
        # Lines read from the file, and not yet part of a row.
        self.ahead: deque[str] = deque()

    def __next__(self) -> str:
        if len(self._row) == MOST_LINES:
            raise csv.Error("a quote that is not closed")
        line = self.ahead.popleft() if self.ahead else self._from_file()
        self._row.append(line)
        return line

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
        self.ahead.extendleft(reversed(self._row[1:]))

    def read_ahead(self) -> str:
        """The next lines, which are not taken yet; with an even number of quotes, if it can be.

        "" at the end of the file. An error of the file is raised when the lines before it are taken.
        """
        size = sum(map(len, self.ahead))
        quotes = sum(line.count('"') for line in self.ahead)
        most = MOST_LINES
        try:
            while size < _AHEAD or (quotes % 2 and most):
                most -= size >= _AHEAD
                line = self._from_file()
                self.ahead.append(line)
                size += len(line)
                quotes += line.count('"')
        except StopIteration:
            pass
        except Exception as error:
            if not self.ahead:
                raise
            self._error = error
        return "".join(self.ahead)

    def skip_ahead(self) -> None:
        """Take the lines that were read ahead."""
        self.ahead.clear()

    def _from_file(self) -> str:
        if self._error is not None:
            raise self._error
        return next(self._file)
