"""Find the time of publication that a page states, e.g. "تاريخ النشر: 2020-12-28 07:17"."""

import re
from dataclasses import dataclass
from datetime import datetime, time

from dashboard.dates.find import DateMention, find_dates
from dashboard.model.message import Message, message
from dashboard.model.when import DatePrecision
from dashboard.text.normalise import normalise
from dashboard.text.prepared import PreparedText
from dashboard.text.zones import ZoneKind

# Longest dateline, in characters; a longer line with a date is body text.
_MAX_LINE_LENGTH = 90
# Lines to search: the header of the page and the first line of the text, "دمشق - سانا 27/12/2020".
_MAX_LINES = 12
_CLOCK = re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?!\d)\s*(ص|م|am|pm)?\b")
_LABEL = re.compile(r"تاريخ النشر|نشر (?:في|بتاريخ)|تم النشر|اخر تحديث|بتاريخ|التاريخ")


@dataclass(frozen=True, slots=True)
class Published:
    """The time of publication that an article states, and the words that state it."""

    value: datetime
    reason: Message


def find_published(text: PreparedText) -> Published | None:
    """The day, with the time if it is stated, or `None` if the page states no day.

    Only a full date in a labelled line or in a dateline counts. A date in a caption or in the body
    dates an event, not the article.
    """
    for number, zone in enumerate(text.zones):
        dateline = zone.kind is ZoneKind.DATELINE
        if not (dateline or number < _MAX_LINES) or zone.end - zone.start > _MAX_LINE_LENGTH:
            continue
        line, folded = text.original[zone.start : zone.end], text.folded.part(zone.start, zone.end)
        labelled = _LABEL.search(folded) is not None
        mention = _only_full_date(line) if labelled or dateline else None
        if mention is None or mention.when is None or mention.when.start is None:
            continue
        if not labelled and not _is_dateline(line, mention):
            continue
        return Published(
            value=datetime.combine(mention.when.start, _time_of_day(folded)),
            reason=message("Stated: “{words}”", words=line.strip()),
        )
    return None


def _only_full_date(line: str) -> DateMention | None:
    """The only full date in a line."""
    # Folded by itself, so that no date continues in the next line.
    dates = find_dates(normalise(line))
    days = [m for m in dates if m.when and m.when.precision is DatePrecision.DAY]
    return days[0] if len(days) == 1 else None


def _is_dateline(line: str, mention: DateMention) -> bool:
    """Whether the line has at most four words beside the date and time."""
    other_text = line[: mention.start] + line[mention.end :]
    return len(re.findall(r"[^\W\d_]{2,}", other_text)) <= 4


def _time_of_day(folded: str) -> time:
    match = _CLOCK.search(folded)
    if match is None:
        return time.min
    hour = int(match[1])
    if match[3] in {"م", "pm"} and hour < 12:
        hour += 12
    if match[3] in {"ص", "am"} and hour == 12:
        hour = 0
    return time(hour, int(match[2]))
