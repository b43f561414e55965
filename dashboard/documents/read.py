"""Any file as documents, e.g. page.html -> one, archive.zip -> many; faults name file and reason.

A name is only shown; no path is ever made from it.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from dashboard.documents.archive import is_zip, members
from dashboard.documents.decode import NotTextError, check_arabic, clean, decode
from dashboard.documents.document import Document, Read
from dashboard.documents.page import Page, read_page
from dashboard.documents.table import TableRow, read_rows
from dashboard.model.errors import Fault

# Larger than any article by far: the longest report in a news archive is well below 1 MB.
MAX_ARTICLE_BYTES = 20_000_000
MAX_ARTICLE_CHARACTERS = 500_000
_PAGES, _TABLES = (".html", ".htm", ".xhtml"), (".csv", ".tsv")


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """All files at and under `paths`, in order of name; hidden ones are left out.

    Links to folders are given as they are, and not followed.
    """
    for path in paths:
        if not path.is_dir():
            if path.exists():
                yield path
            continue
        for folder, below, files in os.walk(path):
            below[:] = sorted(name for name in below if not name.startswith("."))
            yield from (path for name in below if (path := Path(folder, name)).is_symlink())
            yield from (Path(folder, name) for name in sorted(files) if not name.startswith("."))


def read_regular(path: Path, most: int) -> bytes | None:
    """The bytes of a file on disk; `None` for a pipe, a device and the like, and above `most` bytes.

    Raises OSError. A pipe that nobody writes to is not waited for.
    """
    with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return None
        # The size that a file system states may lie.
        content = file.read(most + 1)
    return content if len(content) <= most else None


def read_bytes(name: str, content: bytes) -> Read:
    """The documents in one file, with a fault for each thing that cannot be read."""
    found = list(iter_documents(name, content))
    documents = tuple(item for item in found if isinstance(item, Document))
    return Read(documents, tuple(item for item in found if isinstance(item, Fault)))


def iter_documents(name: str, content: bytes) -> Iterator[Document | Fault]:
    """The documents in one file one after another, and a fault for each thing that cannot be read."""
    name = shown(name)
    if not is_zip(content):
        yield from _read_one(name, content)
        return
    faults: list[Fault] = []
    for member, held in members(name, content, faults):
        yield from _read_one(f"{name}: {shown(member)}", held)
    yield from faults


def shown(name: str) -> str:
    """A file's name as it may be shown and stored: its last part, without control characters."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    printable = "".join(c for c in last if c.isprintable())
    return printable.encode("utf-8", "replace").decode("utf-8")[:200] or "file"


def _read_one(name: str, content: bytes) -> Iterator[Document | Fault]:
    suffix = name.lower()
    if not suffix.endswith(_TABLES) and len(content) > MAX_ARTICLE_BYTES:
        limit = f"an article below {MAX_ARTICLE_BYTES // 10**6} MB"
        yield Fault(name, 0, "", limit, f"{len(content) / 10**6:,.0f} MB")
        return
    try:
        decoded = decode(content)
        if suffix.endswith(_TABLES):
            yield from _of_table(name, decoded.text, decoded.encoding)
        elif suffix.endswith(_PAGES) or _is_page(decoded.text):
            yield _of_page(name, decoded.text, decoded.encoding)
        else:
            yield document(name, decoded.text, encoding=decoded.encoding)
    except NotTextError as error:
        yield Fault(name, 0, "", error.expected, error.found)
    except (ValueError, OverflowError, RecursionError) as error:
        # What a library makes of a page or a date that it does not expect.
        yield Fault(name, 0, "", "an article", f"{type(error).__name__}: {clean(str(error))[:200]}")


def document(
    name: str,
    text: str,
    *,
    encoding: str,
    page: Page | TableRow | None = None,
    reason: str = "",
) -> Document:
    """A document of a text, its title put first if it lacks it; raises NotTextError."""
    text = clean(text)
    title = _line(page.title) if page else None
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
        published_reason=reason if page and page.published else "",
        outlet=_line(page.outlet) if page else None,
        url=_line(page.url) if page else None,
        encoding=encoding,
    )


def _line(text: str | None) -> str | None:
    """What a file says of its article, as text that can be stored."""
    return (clean(text) or None) if text else None


def _is_page(text: str) -> bool:
    start = text[:512].lstrip().lower()
    return start.startswith(("<!doctype html", "<html"))


def _of_page(name: str, source: str, encoding: str) -> Document:
    page = read_page(source)
    if page is None:
        raise NotTextError("a page with an article", "no running text")
    return document(name, page.text, encoding=encoding, page=page, reason=page.reason)


def _of_table(name: str, text: str, encoding: str) -> Iterator[Document | Fault]:
    faults: list[Fault] = []
    for row in read_rows(name, text, faults):
        # Those of the rows before it.
        yield from faults
        faults.clear()
        label = f"{name}, row {row.number}"
        try:
            reason = "Stated in the table of articles"
            yield document(label, row.text, encoding=encoding, page=row, reason=reason)
        except NotTextError as error:
            yield Fault(name, row.number, "text", error.expected, error.found)
    yield from faults
