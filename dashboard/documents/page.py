"""A saved page as an article: trafilatura finds the text, and a date only where the page states one."""

import re
from dataclasses import dataclass
from datetime import date, datetime

import trafilatura
from lxml import etree, html
from trafilatura.settings import Document

from dashboard.dates.find import find_dates
from dashboard.model.when import DatePrecision
from dashboard.text.normalise import normalise

# Its default invents dates where a page has only Arabic words: 22 شباط 2021 came back as 2021-01-01.
_DATE_PARAMETERS = {"extensive_search": False, "original_date": True}
# Where a page states its date for machines: <meta content>, <time datetime>, JSON-LD.
_STATED = re.compile(
    r"(?:content|datetime)\s*=\s*[\"']\s*(\d{4}-\d{2}-\d{2})"
    r"|\"datePublished\"\s*:\s*\"(\d{4}-\d{2}-\d{2})"
)
_DATE_ELEMENTS = (
    "//time | //*[contains(@class,'date') or contains(@class,'time') or contains(@class,'publish')"
    " or contains(@id,'date') or contains(@id,'publish')]"
)
# An element that holds a date and little else.
_MAX_DATE_TEXT = 80


@dataclass(frozen=True, slots=True)
class Page:
    """What a saved page holds; `None` where it says nothing."""

    text: str
    title: str | None
    published: datetime | None
    reason: str
    outlet: str | None
    url: str | None


def read_page(source: str) -> Page | None:
    """The article of a page, `None` if none is found in it."""
    found = trafilatura.bare_extraction(
        source,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params=_DATE_PARAMETERS,
    )
    if not isinstance(found, Document) or not found.text or not found.text.strip():
        return None
    published, reason = _published(source, found.date)
    return Page(
        text=found.text,
        title=found.title or None,
        published=published,
        reason=reason,
        outlet=found.sitename or None,
        url=found.url or None,
    )


def _published(source: str, guessed: str | None) -> tuple[datetime | None, str]:
    """The date that the page states for machines, or else the only one that a date element holds."""
    stated = {first or second for first, second in _STATED.findall(source)}
    if guessed in stated and guessed:
        return datetime.fromisoformat(guessed), "Stated in the page's metadata"
    shown = _shown(source)
    if len(shown) == 1:
        day, words = next(iter(shown.items()))
        return datetime.combine(day, datetime.min.time()), f"Stated on the page: “{words}”"
    return None, ""


def _shown(source: str) -> dict[date, str]:
    """The days written in full in elements made for dates, with their words."""
    try:
        tree = html.fromstring(source.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return {}
    found: dict[date, str] = {}
    for element in tree.xpath(_DATE_ELEMENTS):
        words = " ".join(element.text_content().split())
        if len(words) > _MAX_DATE_TEXT:
            continue
        for mention in find_dates(normalise(words)):
            if mention.when and mention.when.precision is DatePrecision.DAY and mention.when.start:
                found.setdefault(mention.when.start, words)
    return found
