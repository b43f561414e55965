"""Read a feed (RSS, RDF, Atom) as articles: each entry with what the feed itself has of it.

Nothing that it links to is fetched, and no entity of its document type is resolved.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

from lxml import etree, html

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
_ENTRIES = ("item", "entry")
# The fullest text first; the day of a change only where there is no other.
_TEXTS = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "date", "updated")


def is_feed(content: bytes) -> bool:
    """Whether the bytes begin as a feed does."""
    return _ROOT.match(content[:_HEAD]) is not None


def read_feed(name: str, content: bytes, faults: list[Fault]) -> Iterator[tuple[int, Page]]:
    """Yield the number of each entry, from 1, and its article; entries without a text are faults.

    Raises NotTextError for what is no feed.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    root = etree.fromstring(content, parser)
    if root is None:
        raise NotTextError("a feed (RSS or Atom)", "none that can be read")
    entries = [element for element in root.iter() if _name(element) in _ENTRIES]
    if len(entries) > MAX_ENTRIES:
        raise NotTextError(f"a feed of at most {MAX_ENTRIES:,} entries", f"{len(entries):,}")
    outlet = _outlet(root)
    for number, entry in enumerate(entries, 1):
        text = _text(entry)
        if text.strip():
            yield number, _page(entry, text, outlet)
        else:
            faults.append(Fault(name, number, "", "an entry with a text", "none"))


def _page(entry: etree._Element, text: str, outlet: str | None) -> Page:
    published = next(filter(None, (_date(_plain(entry, name)) for name in _DATES)), None)
    return Page(
        text=text.strip(),
        title=_plain(entry, "title"),
        published=published,
        reason=message("Stated in the feed"),
        outlet=outlet,
        url=_link(entry),
    )


def _name(element: etree._Element) -> str:
    """The name without its namespace; "" of a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element if _name(child) == name)


def _plain(element: etree._Element, name: str) -> str | None:
    """The first child of that name as text in one line."""
    child = next(_children(element, name), None)
    return None if child is None else " ".join(_words(_markup(child)).split()) or None


def _markup(element: etree._Element) -> str:
    """What an element has: escaped HTML as HTML, elements of XHTML as they are."""
    if len(element):
        return "".join(etree.tostring(child, encoding="unicode") for child in element)
    return element.text or ""


def _words(markup: str) -> str:
    if not markup.strip():
        return ""
    return str(html.fromstring(f"<div>{markup}</div>").text_content())


def _text(entry: etree._Element) -> str:
    """The article of an entry: the fullest text, as the reader of pages finds it, else all of it."""
    for name in _TEXTS:
        child = next(_children(entry, name), None)
        markup = "" if child is None else _markup(child)
        if words := _words(markup).strip():
            page = read_page(f"<html><body><article>{markup}</article></body></html>")
            return page.text if page else words
    return ""


def _outlet(root: etree._Element) -> str | None:
    """The title of the feed."""
    channel = next(_children(root, "channel"), root)
    return _plain(channel, "title")


def _link(entry: etree._Element) -> str | None:
    for link in _children(entry, "link"):
        if link.get("rel", "alternate") == "alternate":
            return (link.get("href") or link.text or "").strip() or None
    return None


def _date(text: str | None) -> datetime | None:
    """The day and time as they are stated where the feed was made; `None` for none."""
    if not text:
        return None
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(text).replace(tzinfo=None)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
