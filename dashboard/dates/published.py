"""The day of publication as the page itself states it, e.g. "تاريخ النشر: 2020-12-28 07:17"."""

import re
from dataclasses import dataclass
from datetime import datetime, time

from dashboard.dates.find import DateMention, find_dates
from dashboard.model.when import DatePrecision
from dashboard.text.normalise import normalise
from dashboard.text.prepared import PreparedText
from dashboard.text.zones import ZoneKind

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


def find_published(text: PreparedText) -> Published | None:
    """The day, with the time if it is stated, or `None` if the page states neither.

    Only a date written in full counts, in a labelled line or in a dateline. A date in a caption or
    in the text dates what is told there, and is never taken.
    """
    for number, zone in enumerate(text.zones):
        dateline = zone.kind is ZoneKind.DATELINE
        if not (dateline or number < _MOST_LINES) or zone.end - zone.start > _MAX_LINE:
            continue
        line, folded = text.original[zone.start : zone.end], text.folded.part(zone.start, zone.end)
        labelled = _LABEL.search(folded) is not None
        mention = _full(line) if labelled or dateline else None
        if mention is None or mention.when is None or mention.when.start is None:
            continue
        if not labelled and not _is_dateline(line, mention):
            continue
        return Published(
            value=datetime.combine(mention.when.start, _clock(folded)),
            start=zone.start + mention.start,
            end=zone.start + mention.end,
            surface=mention.surface,
            reason=f"Stated: “{line.strip()}”",
        )
    return None


def _full(line: str) -> DateMention | None:
    """The only day that a line names in full."""
    # A line is folded by itself, so that no date goes on in the next one.
    dates = find_dates(normalise(line))
    days = [m for m in dates if m.when and m.when.precision is DatePrecision.DAY]
    return days[0] if len(days) == 1 else None


def _is_dateline(line: str, mention: DateMention) -> bool:
    """Whether little but the date, a clock and a place or desk stands in the line."""
    rest = line[: mention.start] + line[mention.end :]
    return len(re.findall(r"[^\W\d_]{2,}", rest)) <= 4


def _clock(folded: str) -> time:
    match = _CLOCK.search(folded)
    if match is None:
        return time.min
    hour = int(match[1])
    if match[3] in {"م", "pm"} and hour < 12:
        hour += 12
    if match[3] in {"ص", "am"} and hour == 12:
        hour = 0
    return time(hour, int(match[2]))
