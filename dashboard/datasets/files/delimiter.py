"""The character between the cells of a text file: a comma, semicolon, tab, bar, or an Arabic one."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from dashboard.datasets.files.errors import UnclearError
from dashboard.datasets.files.input_file import InputFile
from dashboard.model.message import message

NAMES = {
    ",": "comma",
    ";": "semicolon",
    "\t": "tab",
    "|": "bar",
    "،": "Arabic comma",
    "؛": "Arabic semicolon",
}
DELIMITERS = tuple(NAMES)
_LINES = 50
# Endings of files with tabs, e.g. those of ICEWS; other characters there are parts of texts.
_TABS = (".tab", ".tsv")
# The line with which Excel names the delimiter of a file.
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)


def lines_of(sample: str) -> list[str]:
    """The lines with their ends, as the reader of the file sees them: other characters end none.

    `str.splitlines` ends a line at U+2028 and U+0085 too, which stand in cells that were copied from
    web pages.
    """
    return list(io.StringIO(sample, newline=""))


def separator_line(sample: str) -> str | None:
    """The delimiter that a first line such as "sep=;" names; `None` without such a line."""
    first = lines_of(sample)[:1]
    match = _SEPARATOR_LINE.fullmatch(first[0]) if first else None
    return match[1] if match else None


def detect_delimiter(sample: str, file: InputFile) -> str:
    """The delimiter that splits the first lines into equal numbers of cells, more than one.

    If there is none, it is the one that splits at least half of them so, e.g. below a title, else the
    most frequent one in the header. Raises UnclearError if several fit.
    """
    lines = lines_of(sample)[:_LINES]
    if file.ending in _TABS and any("\t" in line for line in lines):
        return "\t"
    parsed = {d: _widths(lines[:-1] or lines, d) for d in DELIMITERS}
    fitting = [(min(widths), d) for d, widths in parsed.items() if len(set(widths)) == 1]
    fitting = [(width, d) for width, d in fitting if width > 1]
    if not fitting:
        parsed = {d: _widths(lines, d) for d in DELIMITERS}
        common = [(_most_common(widths), d) for d, widths in parsed.items()]
        fitting = [(share, d) for share, d in common if share[0] >= 0.5]  # type: ignore[misc]
    if not fitting:
        header = lines[0] if lines else ""
        fitting = [(header.count(d) + 1, d) for d in DELIMITERS if d in header]
    best = [d for score, d in fitting if score == max(fitting)[0]]
    if len(best) == 1:
        return best[0]
    why = message("{file}: the separator between cells is not clear", file=file.name)
    raise UnclearError("delimiter", tuple(NAMES.values()), why)


def _widths(lines: Sequence[str], delimiter: str) -> list[int]:
    return [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]


def _most_common(widths: Sequence[int]) -> tuple[float, int]:
    """The share of rows with the most common number of cells above one, and that number."""
    counts = Counter(width for width in widths if width > 1)
    share, width = max(((count, width) for width, count in counts.items()), default=(0, 0))
    return share / max(len(widths), 1), width
