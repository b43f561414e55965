"""The outlet that a page names as its own publisher, e.g. "جنين - وفا:", "المصدر: عنب بلدي"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import digits
from types import MappingProxyType

from dashboard.model.rows import load_records
from dashboard.settings import DATA
from dashboard.text.clitics import TO
from dashboard.text.normalise import Normalised, fold

_FOLDER = DATA / "lexicon"
_NONE: Mapping[str, str] = MappingProxyType({})
# The parts of a dateline or header end with these: "بغداد/ واع:", "غزة (رويترز) -", "خبر | عنب بلدي".
_SEPARATOR = re.compile(r"[-–—/():,;|+\n]")
# A name is among the first parts of one of the first lines, within so many characters.
_FIRST_LINES, _LAST_LINES, _REACH, _PARTS = 4, 4, 70, 4
# The longest name of an outlet, in characters.
_LONGEST_NAME = 40
# The longest line of a header or a footer.
_SHORT_LINE = 90
# Lines longer than this have no header after their text.
_MAX_HEADLINE = 160
_SOURCE = re.compile(r"^\W*(?:ال)?مصدر ?:")
_RIGHTS = re.compile(r"حقوق|©|copyright|\(c\)")
_AGENCY_AT_END = re.compile(r"\(([^()\n]{2,30})\)\W*$")
_PADDING = " \t\r\"'.*"
# The beginning of a date may stand beside the name: "دمشق - سانا 27/12/2019".
_WITH_DIGITS = _PADDING + digits


@dataclass(frozen=True, slots=True)
class StatedOutlet:
    """The outlet with that id in outlets.csv, and where its name stands in the original text."""

    outlet_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _OutletName:
    outlet_id: str
    name: str


class OutletIndex:
    """The names of outlets, folded; raises DataError if their table is faulty.

    `further` has the ids of outlets by other names of theirs, e.g. learned ones.
    """

    def __init__(self, folder: Path = _FOLDER, further: Mapping[str, str] = _NONE) -> None:
        names = load_records(folder / "outlet_names.csv", _OutletName)
        self._ids = {fold(name.name): name.outlet_id for name in names}
        self._ids |= {fold(name).strip(_PADDING): each for name, each in further.items()}
        longest_first = sorted(map(re.escape, self._ids), key=len, reverse=True)
        self._any = re.compile(rf"(?<!\w)(?:{TO}\"?)?({'|'.join(longest_first)})(?!\w)")

    def names_of(self, outlet_id: str) -> set[str]:
        """The folded names of an outlet."""
        return {name for name, known_id in self._ids.items() if known_id == outlet_id}

    def unknown_in_dateline(self, folded: Normalised) -> tuple[tuple[int, int], ...]:
        """The parts of the lines of a text in which an outlet is named, that are no known name.

        Spans of the original text, e.g. of "الحسكة - عين الفرات: …" those of both names.
        """
        lines = list(_lines(folded.text))
        spans = []
        for start, end in _of_openings(folded.text, lines):
            name = folded.text[start:end].strip(_PADDING)
            if (start, end) in lines or not 0 < len(name) <= _LONGEST_NAME:
                continue
            if name not in self._ids:
                first = start + folded.text[start:end].index(name)
                spans.append(folded.span(first, first + len(name)))
        return tuple(spans)

    def find(self, folded: Normalised) -> StatedOutlet | None:
        """The first outlet that the dateline, the header or the footer of a text names, if one does."""
        lines = list(_lines(folded.text))
        spans = (*_of_openings(folded.text, lines), *_of_closings(folded.text, lines))
        for start, end in spans:
            part = folded.text[start:end]
            for name in map(part.strip, (_PADDING, _WITH_DIGITS)):
                outlet_id = self._ids.get(name)
                if outlet_id is not None:
                    first = start + part.index(name)
                    return StatedOutlet(outlet_id, *folded.span(first, first + len(name)))
        return self._of_rights(folded, lines)

    def _of_rights(self, folded: Normalised, lines: list[tuple[int, int]]) -> StatedOutlet | None:
        """The outlet of a line on copyright: "جميع الحقوق محفوظة لعنب بلدي"."""
        for start, end in lines[-_LAST_LINES:]:
            if end - start > _SHORT_LINE or not _RIGHTS.search(folded.text, start, end):
                continue
            match = self._any.search(folded.text, start, end)
            if match is not None:
                return StatedOutlet(self._ids[match[1]], *folded.span(*match.span(1)))
        return None


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the lines that are not blank."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, start + len(line.rstrip())
        start += len(line)


def _of_openings(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts at the beginning of the first lines, and the last one of a line that is a headline."""
    for start, end in lines[:_FIRST_LINES]:
        parts = _parts(text, start, end)
        yield from (span for span in parts[:_PARTS] if span[1] - start <= _REACH)
        if end - start <= _MAX_HEADLINE and len(parts) > 1:
            yield parts[-1]


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a line between separators; what follows the last of them only in a short line."""
    bounds = [start]
    for match in _SEPARATOR.finditer(text, start, end):
        bounds += [match.start(), match.end()]
    spans = list(zip(bounds[::2], [*bounds[1::2], end], strict=True))
    return spans if end - start <= _MAX_HEADLINE else spans[:-1]


def _of_closings(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of a line on the source, of a short last line, and the agency that ends the text."""
    for start, end in lines[-_LAST_LINES:]:
        if end - start <= _SHORT_LINE and _SOURCE.search(text[start:end]):
            yield from _parts(text, start, end)
    for start, end in lines[-1:]:
        agency = _AGENCY_AT_END.search(text[max(start, end - _SHORT_LINE) : end])
        if agency is not None:
            first = max(start, end - _SHORT_LINE)
            yield first + agency.start(1), first + agency.end(1)
        if end - start <= _SHORT_LINE:
            yield from _parts(text, start, end)
