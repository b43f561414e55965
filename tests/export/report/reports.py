"""Reports of the real corpus, of copies of it and of hostile events, and what is in their files."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import lxml.etree
import pypdf

from dashboard.export.report.content import Reporting
from dashboard.export.report.options import ReportOptions
from dashboard.export.report.parts import Paragraph, Report, Role, Span
from dashboard.language.language import Language
from dashboard.model.capture import Proof
from dashboard.model.corpus import Corpus
from dashboard.model.selected import SelectedEvents
from tests.export.single_file.events import sharing_of

MADE = datetime(2026, 11, 28, 12, 30, tzinfo=UTC)
LINK = "?kind=arrest"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def reporting_of(
    selected: SelectedEvents, known: Corpus, options: ReportOptions | None = None, **given: Any
) -> Reporting:
    """What a report of these events is made of; without pictures, which take a second."""
    chosen = options or ReportOptions(pictures=False)
    return Reporting(sharing_of(selected, known, **given), chosen, Proof(), LINK, MADE)


def report_with(*texts: str, language: Language, notes: tuple[str, ...] = ()) -> Report:
    """A report of plain paragraphs; the first one cites the footnotes."""
    blocks = [Paragraph(Role.TEXT, (Span(text),), language) for text in texts]
    cited = tuple(Span("", note=at) for at in range(len(notes)))
    blocks[0] = replace(blocks[0], spans=(*blocks[0].spans, *cited))
    said = [Paragraph(Role.NOTE, (Span(text),), language) for text in notes]
    return Report("Title", language, MADE, blocks, said)


def parts_of(file: bytes) -> dict[str, bytes]:
    """The files in a Word document by name."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def words_of(part: bytes) -> str:
    """The text of a part of a Word document, a line for each paragraph."""
    root = lxml.etree.fromstring(part)
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(f"{_W}t"))
        for paragraph in root.iter(f"{_W}p")
    )


def pdf_text(file: bytes) -> str:
    """The text of a PDF, with one space between words."""
    pages = pypdf.PdfReader(io.BytesIO(file)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
