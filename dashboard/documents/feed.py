"""Read a feed (RSS, RDF, Atom) as articles: each entry with what the feed itself has of it.

Nothing that it links to is fetched, and no entity of its document type is resolved.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any
from xml.sax import SAXParseException

import feedparser
from lxml import html

from dashboard.documents.decode import NotTextError
from dashboard.documents.page import Page, read_page
from dashboard.model.errors import Fault
from dashboard.model.message import message

# A feed has its newest entries, often 10 to 50.
MAX_ENTRIES = 1_000
_HEAD = 4096
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*>)*<(?:rss|feed|rdf:RDF)[\s>]",
    re.DOTALL | re.IGNORECASE,
)
# The day of a change only where there is no other.
_DATES = ("published", "created", "updated")


def is_feed(content: bytes) -> bool:
    """Whether the bytes begin as a feed does."""
    return _ROOT.match(content[:_HEAD]) is not None


def read_feed(name: str, content: bytes, faults: list[Fault]) -> Iterator[tuple[int, Page]]:
    """Yield the number of each entry, from 1, and its article; entries without a text are faults.

    A feed that is not well-formed, e.g. one that was cut off, is read as far as it can be; that is a
    fault, too. Raises NotTextError for what is no feed.
    """
    # As a file: feedparser takes bytes for the name of a file or an address first.
    parsed = feedparser.parse(BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries and parsed.bozo:
        raise NotTextError("a feed (RSS or Atom)", "none that can be read")
    if len(parsed.entries) > MAX_ENTRIES:
        raise NotTextError(f"a feed of at most {MAX_ENTRIES:,} entries", f"{len(parsed.entries):,}")
    error = parsed.get("bozo_exception")
    if isinstance(error, SAXParseException):
        found = f"{error.getMessage()}; it was read as far as it could be"
        faults.append(Fault(name, error.getLineNumber() or 0, "", "well-formed XML", found))
    outlet = _plain(parsed.feed.get("title"))
    for number, entry in enumerate(parsed.entries, 1):
        text = _text(entry)
        if text.strip():
            yield number, _page(entry, text, outlet)
        else:
            faults.append(Fault(name, number, "", "an entry with a text", "none"))


def _page(entry: Mapping[str, Any], text: str, outlet: str | None) -> Page:
    published = next(filter(None, (_date(entry.get(name)) for name in _DATES)), None)
    return Page(
        text=text.strip(),
        title=_plain(entry.get("title")),
        published=published,
        reason=message("Stated in the feed"),
        outlet=outlet,
        url=str(entry.get("link", "")).strip() or None,
    )


def _plain(markup: str | None) -> str | None:
    """Markup as text in one line."""
    return " ".join(_words(markup or "").split()) or None


def _words(markup: str) -> str:
    if not markup.strip():
        return ""
    return str(html.fromstring(f"<div>{markup}</div>").text_content())


def _text(entry: Mapping[str, Any]) -> str:
    """The article of an entry: the fullest text, as the reader of pages finds it, else all of it."""
    bodies = [str(content.get("value", "")) for content in entry.get("content", ())]
    for markup in (*bodies, str(entry.get("summary", ""))):
        if words := _words(markup).strip():
            page = read_page(f"<html><body><article>{markup}</article></body></html>")
            return page.text if page else words
    return ""


def _date(text: str | None) -> datetime | None:
    """The day and time as they are stated where the feed was made; `None` for none.

    What feedparser reads is in UTC, which may be the day before.
    """
    if not text:
        return None
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(text).replace(tzinfo=None)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
