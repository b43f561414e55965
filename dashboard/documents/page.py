"""Extract the article of a saved page (trafilatura), and its date only where the page states one."""

import re
from dataclasses import dataclass
from datetime import date, datetime

import trafilatura
from lxml import etree, html
from trafilatura.settings import Document

from dashboard.dates.find import find_dates
from dashboard.model.message import Message, message
from dashboard.model.when import DatePrecision
from dashboard.text.normalise import normalise

# The default guesses wrong dates where a page has only Arabic words: 2021-01-01 for 22 شباط 2021.
_DATE_PARAMETERS = {"extensive_search": False, "original_date": True}
# A date in the page's metadata: <meta content>, <time datetime>, JSON-LD.
_METADATA_DATE = re.compile(
    r"(?:content|datetime)\s*=\s*[\"']\s*(\d{4}-\d{2}-\d{2})"
    r"|\"datePublished\"\s*:\s*\"(\d{4}-\d{2}-\d{2})"
)
_DATE_ELEMENTS = (
    "//time | //*[contains(@class,'date') or contains(@class,'time') or contains(@class,'publish')"
    " or contains(@id,'date') or contains(@id,'publish')]"
)
# Longest text of an element that counts as a date, in characters.
_MAX_DATE_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a saved page; `None` for what the page does not state."""

    text: str
    title: str | None
    published: datetime | None
    reason: Message | None
    outlet: str | None
    url: str | None


def read_page(source: str) -> Page | None:
    """The article of a page in HTML, `None` if it has none."""
    extracted = trafilatura.bare_extraction(
        source,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params=_DATE_PARAMETERS,
    )
    if not isinstance(extracted, Document) or not extracted.text or not extracted.text.strip():
        return None
    published, reason = _published(source, extracted.date)
    return Page(
        text=extracted.text,
        title=extracted.title or None,
        published=published,
        reason=reason,
        outlet=extracted.sitename or None,
        url=extracted.url or None,
    )


def _published(source: str, detected: str | None) -> tuple[datetime | None, Message | None]:
    """The date in the page's metadata, or else the only one in its date elements."""
    stated = {first or second for first, second in _METADATA_DATE.findall(source)}
    if detected in stated and detected:
        return datetime.fromisoformat(detected), message("Stated in the page's metadata")
    days = _dates_in_elements(source)
    if len(days) == 1:
        day, words = next(iter(days.items()))
        reason = message("Stated on the page: “{words}”", words=words)
        return datetime.combine(day, datetime.min.time()), reason
    return None, None


def _dates_in_elements(source: str) -> dict[date, str]:
    """The days in the page's date elements, each with the text of its element."""
    try:
        tree = html.fromstring(source.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return {}
    days: dict[date, str] = {}
    for element in tree.xpath(_DATE_ELEMENTS):
        words = " ".join(element.text_content().split())
        if len(words) > _MAX_DATE_CHARACTERS:
            continue
        for mention in find_dates(normalise(words)):
            if mention.when and mention.when.precision is DatePrecision.DAY and mention.when.start:
                days.setdefault(mention.when.start, words)
    return days
