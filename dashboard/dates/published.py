"""The day of publication as the page itself states it, e.g. "تاريخ النشر: 2020-12-28 07:17"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from dashboard.dates.find import DateMention, find_dates
from dashboard.model.when import DatePrecision
from dashboard.text.normalise import fold
from dashboard.text.zones import Zone, ZoneKind

# A dateline is short; a longer line that happens to hold a date tells a story.
_MAX_LINE = 90
# Page furniture ahead of the text, and the beginning of the text itself: "دمشق - سانا 27/12/2020".
_MOST_LINES = 12
_CLOCK = re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?!\d)\s*(ص|م|am|pm)?\b")
_LABEL = re.compile(r"تاريخ النشر|نشر (?:في|بتاريخ)|تم النشر|اخر تحديث|بتاريخ|التاريخ")


@dataclass(frozen=True, slots=True)
class Published:
    """When an article says that it was published; offsets are those of the words that say so."""

    value: datetime
    start: int
    end: int
    surface: str
    reason: str


def find_published(text: str, parts: Sequence[Zone]) -> Published | None:
    """The day, with the time if it is stated, or `None` if the page states neither.

    Only a date written in full counts, in a labelled line or in a dateline. A date in a caption or
    in the text dates what is told there, and is never taken. `parts` are the zones of the text.
    """
    for start, end, zone in _lines(parts):
        line = text[start:end]
        labelled = _LABEL.search(fold(line)) is not None
        if len(line) > _MAX_LINE or not (labelled or zone is ZoneKind.DATELINE):
            continue
        mention = _full(line)
        if mention is None or mention.when is None or mention.when.start is None:
            continue
        if not labelled and not _is_dateline(line, mention):
            continue
        return Published(
            value=datetime.combine(mention.when.start, _clock(line)),
            start=start + mention.start,
            end=start + mention.end,
            surface=mention.surface,
            reason=f"Stated: “{line.strip()}”",
        )
    return None


def _lines(parts: Sequence[Zone]) -> Iterator[tuple[int, int, ZoneKind]]:
    """The first lines of the page, then labelled ones anywhere but in its footer."""
    for number, zone in enumerate(parts):
        if number < _MOST_LINES or zone.kind is ZoneKind.DATELINE:
            yield zone.start, zone.end, zone.kind


def _full(line: str) -> DateMention | None:
    """The only day that a line names in full."""
    days = [m for m in find_dates(line) if m.when and m.when.precision is DatePrecision.DAY]
    return days[0] if len(days) == 1 else None


def _is_dateline(line: str, mention: DateMention) -> bool:
    """Whether little but the date, a clock and a place or desk stands in the line."""
    rest = line[: mention.start] + line[mention.end :]
    return len(re.findall(r"[^\W\d_]{2,}", rest)) <= 4


def _clock(line: str) -> time:
    match = _CLOCK.search(fold(line))
    if match is None:
        return time.min
    hour = int(match[1])
    if match[3] in {"م", "pm"} and hour < 12:
        hour += 12
    if match[3] in {"ص", "am"} and hour == 12:
        hour = 0
    return time(hour, int(match[2]))
