"""Read any file as documents, e.g. page.html -> one, archive.zip -> many, or faults.

The name of a file is only shown, never used as a path.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from dashboard.documents.archive import is_zip, members
from dashboard.documents.decode import NotTextError, check_arabic, clean, decode
from dashboard.documents.feed import is_feed, read_feed
from dashboard.documents.mail import Mail, is_mail, read_mail
from dashboard.documents.page import Page, read_page
from dashboard.documents.table import TableRow, read_rows
from dashboard.model.errors import Fault
from dashboard.model.message import Message, message

# Far above any article: the longest report in a news archive is well below 1 MB.
MAX_ARTICLE_BYTES = 20_000_000
MAX_ARTICLE_CHARACTERS = 500_000
# Most bytes of an archive's files that are given on with their articles; after them the archive is
# the original of its articles.
_MOST_ORIGINALS = 200_000_000
_MAILDIR = {"cur", "new", "tmp"}
_PAGES, _TABLES = (".html", ".htm", ".xhtml"), (".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Document:
    """One article's text with its metadata; `sha256` is that of the text in UTF-8.

    `published` is what the file states outside of the text (`None`: nothing), and `published_reason`
    where it does. `original` has the bytes from which it was read, `None` for those of the whole file.
    """

    name: str
    sha256: str
    text: str
    title: str | None
    published: datetime | None
    published_reason: Message | None
    outlet: str | None
    url: str | None
    original: bytes | None = None


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """All files at and under `paths`, in order of name; hidden ones are left out.

    Links to folders are returned, and not followed. Of a Maildir only what was delivered is returned.
    """
    for path in paths:
        if not path.is_dir():
            if path.exists():
                yield path
            continue
        for folder, subfolders, files in os.walk(path):
            subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
            if {*subfolders} >= _MAILDIR:
                # A mail is written in "tmp" before it is delivered.
                subfolders.remove("tmp")
                # The mail server's own files.
                files.clear()
            yield from (path for name in subfolders if (path := Path(folder, name)).is_symlink())
            yield from (Path(folder, name) for name in sorted(files) if not name.startswith("."))


def read_regular(path: Path, max_bytes: int) -> bytes | None:
    """The bytes of a file on disk; `None` if it is a pipe or a device, or has more than `max_bytes`.

    Raises OSError. Does not wait for a pipe that nobody writes to.
    """
    with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return None
        # The size that a file system states may lie.
        content = file.read(max_bytes + 1)
    return content if len(content) <= max_bytes else None


def iter_documents(
    name: str, content: bytes, *, pasted: bool = False
) -> Iterator[Document | Fault]:
    """Yield the documents of one file, and a fault for each part that cannot be read.

    `pasted`: no file, but a text that was pasted with its metadata, as a table of one row.
    """
    name = display_name(name)
    if pasted:
        yield from _table_documents(name, decode(content), pasted=True)
        return
    if not is_zip(content):
        yield from _read_file(name, content)
        return
    faults: list[Fault] = []
    room = _MOST_ORIGINALS
    for member, data in members(name, content, faults):
        room -= len(data)
        # A table would be given on with each of its rows, a feed with each entry.
        several = member.lower().endswith(_TABLES) or is_feed(data)
        alone = room >= 0 and not several
        for item in _read_file(f"{name}: {display_name(member)}", data):
            yield replace(item, original=data) if alone and isinstance(item, Document) else item
    yield from faults


def display_name(name: str) -> str:
    """A file's name as it may be shown and stored: its last part, without control characters."""
    base = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    printable = "".join(c for c in base if c.isprintable())
    return printable.encode("utf-8", "replace").decode("utf-8")[:200] or "file"


def _read_file(name: str, content: bytes) -> Iterator[Document | Fault]:
    lower_name = name.lower()
    mail = is_mail(name, content)
    if not mail and not lower_name.endswith(_TABLES) and len(content) > MAX_ARTICLE_BYTES:
        limit = f"an article below {MAX_ARTICLE_BYTES // 10**6} MB"
        yield Fault(name, 0, "", limit, f"{len(content) / 10**6:,.0f} MB")
        return
    try:
        if mail:
            yield from _mail_documents(name, content)
            return
        if is_feed(content):
            yield from _feed_documents(name, content)
            return
        text = decode(content)
        if lower_name.endswith(_TABLES):
            yield from _table_documents(name, text)
        elif lower_name.endswith(_PAGES) or _is_page(text):
            yield _page_document(name, text)
        else:
            yield document(name, text)
    except NotTextError as error:
        yield Fault(name, 0, "", error.expected, error.found)
    except (ValueError, OverflowError, RecursionError) as error:
        # A library failed on an unexpected page or date.
        yield Fault(name, 0, "", "an article", f"{type(error).__name__}: {clean(str(error))[:200]}")


def document(
    name: str, text: str, page: Page | TableRow | None = None, reason: Message | None = None
) -> Document:
    """The document of a text, with its title before it if it lacks it; raises NotTextError."""
    text = clean(text)
    title = _metadata(page.title) if page else None
    if title and not " ".join(text.split()).startswith(" ".join(title.split())):
        text = f"{title}\n\n{text}"
    if len(text) > MAX_ARTICLE_CHARACTERS:
        raise NotTextError(f"at most {MAX_ARTICLE_CHARACTERS:,} characters", f"{len(text):,}")
    check_arabic(text)
    return Document(
        name=name,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        text=text,
        title=title,
        published=page.published if page else None,
        published_reason=reason if page and page.published else None,
        outlet=_metadata(page.outlet) if page else None,
        url=_metadata(page.url) if page else None,
    )


def _metadata(text: str | None) -> str | None:
    """Metadata as text that can be stored; `None` if empty."""
    return (clean(text) or None) if text else None


def _is_page(text: str) -> bool:
    start = text[:512].lstrip().lower()
    return start.startswith(("<!doctype html", "<html"))


def _page_document(name: str, source: str) -> Document:
    page = _page(source)
    return document(name, page.text, page, page.reason)


def _page(source: str) -> Page:
    page = read_page(source)
    if page is None:
        raise NotTextError("a page with an article", "no running text")
    return page


def _feed_documents(name: str, content: bytes) -> Iterator[Document | Fault]:
    faults: list[Fault] = []
    for number, page in read_feed(name, content, faults):
        try:
            check_arabic(clean(page.text))
            yield document(f"{name}, entry {number}", page.text, page, page.reason)
        except NotTextError as error:
            faults.append(Fault(name, number, "", error.expected, error.found))
    yield from faults


def _mail_documents(name: str, content: bytes) -> Iterator[Document | Fault]:
    """The article of a mail: its plain text, or the page in it if the plain text is none."""
    faults: list[Fault] = []
    unread: NotTextError | None = None
    try:
        mail = read_mail(name, content, faults)
        for text, is_page in mail.parts:
            try:
                yield _mail_document(name, mail, text, is_page=is_page)
            except NotTextError as error:
                unread = error
            else:
                unread = None
                break
    except NotTextError as error:
        unread = error
    if unread is not None:
        yield Fault(name, 0, "", unread.expected, unread.found)
    yield from faults


def _mail_document(name: str, mail: Mail, text: str, *, is_page: bool) -> Document:
    page = _page(text) if is_page else None
    about = Page(
        text=page.text if page else text,
        title=mail.title,
        published=mail.published,
        reason=message("Stated in the mail's header “Date”"),
        outlet=mail.sender,
        url=page.url if page else None,
    )
    # Before the subject is part of it: "open this in your browser" is no article.
    check_arabic(clean(about.text))
    return document(name, about.text, about, about.reason)


def _table_documents(name: str, text: str, *, pasted: bool = False) -> Iterator[Document | Fault]:
    faults: list[Fault] = []
    stated = message("Stated in the table of articles")
    reason = message("Entered with the pasted text") if pasted else stated
    for row in read_rows(name, text, faults):
        # The faults of the rows before it.
        yield from faults
        faults.clear()
        label = name if pasted else f"{name}, row {row.number}"
        try:
            item = document(label, row.text, row, reason)
            yield replace(item, original=row.text.encode()) if pasted else item
        except NotTextError as error:
            number = 0 if pasted else row.number
            yield Fault(name, number, "text", error.expected, error.found)
    yield from faults
