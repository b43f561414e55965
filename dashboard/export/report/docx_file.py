"""A report as a Word document, e.g. for an editor who goes on writing in it."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph as WordParagraph

from dashboard.export.report.docx_styles import LOOKS, add_styles
from dashboard.export.report.footnotes_part import FootnotesPart, reference_run
from dashboard.export.report.parts import Paragraph, Picture, Report, Role
from dashboard.export.report.runs import Embedded, Run, runs_of
from dashboard.legend.palette import colour

_WIDTH, _HEIGHT, _MARGIN = Mm(210), Mm(297), Mm(20)
_LANGUAGES = {"en": "en-GB", "ar": "ar-SY"}
_QUIET = colour("muted").lstrip("#")
# Files in a ZIP archive have a time; one and the same, so that equal reports are equal files.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def to_docx(report: Report) -> bytes:
    """The file."""
    document = docx.Document()
    _prepare(document, report)
    notes = FootnotesPart(document)
    for block in report.blocks:
        if isinstance(block, Picture):
            _add_picture(document, block, report)
        else:
            added = document.add_paragraph(style=LOOKS[block.role].style)
            _write(added._p, document.part, block)  # noqa: SLF001 python-docx's way to the element
    for number, note in enumerate(report.notes, start=1):
        element = notes.add(number)
        _styled(element, document.styles[LOOKS[Role.NOTE].style].style_id)
        element.append(reference_run(None))
        element.append(_text_run(" "))
        _write(element, notes.part, note)
    buffer = io.BytesIO()
    document.save(buffer)
    return _without_times(buffer.getvalue())


def _prepare(document: Document, report: Report) -> None:
    """Page, styles, and what the file says of itself."""
    add_styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = _WIDTH, _HEIGHT
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    if report.language.direction == "rtl":
        section._sectPr.append(OxmlElement("w:bidi"))  # noqa: SLF001
    default = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if default is not None:
        default.set(qn("w:val"), _LANGUAGES["en"])
        default.set(qn("w:bidi"), _LANGUAGES["ar"])
    core = document.core_properties
    core.title, core.language = report.title, _LANGUAGES[report.language.code]
    core.author, core.comments = "Event map", ""
    made = report.made.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    core.created = core.modified = made
    package = document.part.package
    for key, link in list(package.rels.items()):
        if link.reltype.endswith("/thumbnail"):
            package.rels.pop(key)


def _add_picture(document: Document, picture: Picture, report: Report) -> None:
    paragraph = document.add_paragraph(style="Normal")
    paragraph.paragraph_format.keep_with_next = True
    width = int((_WIDTH - 2 * _MARGIN) * picture.share)
    paragraph.add_run().add_picture(io.BytesIO(picture.png), width=width)
    for drawn in paragraph._p.iter(qn("wp:docPr")):  # noqa: SLF001
        drawn.set("descr", picture.alt)
        drawn.set("name", "")
    if report.language.direction == "rtl":
        _from_right(paragraph)


def _from_right(paragraph: WordParagraph) -> None:
    _bidi(paragraph._p)  # noqa: SLF001


def _bidi(element: BaseOxmlElement) -> None:
    """Let a paragraph read from right to left; the element has a fixed place among its properties."""
    properties = element.find(qn("w:pPr"))
    if properties is None:
        properties = OxmlElement("w:pPr")
        element.insert(0, properties)
    before = ("w:pStyle", "w:keepNext", "w:keepLines", "w:numPr", "w:shd")
    at = sum(properties.find(qn(tag)) is not None for tag in before)
    properties.insert(at, OxmlElement("w:bidi"))


def _styled(element: BaseOxmlElement, style: str) -> None:
    properties, named = OxmlElement("w:pPr"), OxmlElement("w:pStyle")
    named.set(qn("w:val"), style)
    properties.append(named)
    element.insert(0, properties)


def _write(element: BaseOxmlElement, part: Part, paragraph: Paragraph) -> None:
    """The runs of a paragraph, its links as relations of the part that it is in."""
    if paragraph.direction == "rtl":
        _bidi(element)
    _append(element, part, runs_of(paragraph))


def _append(element: BaseOxmlElement, part: Part, runs: Sequence[Run | Embedded]) -> None:
    for run in runs:
        if isinstance(run, Embedded):
            inner = OxmlElement("w:dir")
            inner.set(qn("w:val"), "rtl" if run.from_right else "ltr")
            _append(inner, part, run.parts)
            element.append(inner)
            continue
        if run.text:
            element.append(_linked(part, run))
        if run.span.note is not None and not run.span.text:
            element.append(reference_run(run.span.note + 1))


def _linked(part: Part, run: Run) -> BaseOxmlElement:
    """A run, within a link if it has one; only addresses of the web come here."""
    made = _run(run)
    if not run.span.url:
        return made
    link: BaseOxmlElement = OxmlElement("w:hyperlink")
    key = part.relate_to(run.span.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), key)
    link.append(made)
    return link


def _run(run: Run) -> BaseOxmlElement:
    properties = []
    if run.span.url:
        properties.append(_property("w:rStyle", "w:val", "Hyperlink"))
    if run.span.bold:
        properties += [OxmlElement("w:b"), OxmlElement("w:bCs")]
    if run.span.quiet:
        properties.append(_property("w:color", "w:val", _QUIET))
    if run.from_right:
        properties += [OxmlElement("w:rtl"), _property("w:lang", "w:bidi", _LANGUAGES["ar"])]
    else:
        properties.append(_property("w:lang", "w:val", _LANGUAGES["en"]))
    return _text_run(run.text, properties)


def _property(tag: str, attribute: str, value: str) -> BaseOxmlElement:
    element: BaseOxmlElement = OxmlElement(tag)
    element.set(qn(attribute), value)
    return element


def _text_run(text: str, properties: Sequence[BaseOxmlElement] = ()) -> BaseOxmlElement:
    run: BaseOxmlElement = OxmlElement("w:r")
    if properties:
        group = OxmlElement("w:rPr")
        group.extend(properties)
        run.append(group)
    words = OxmlElement("w:t")
    words.set(qn("xml:space"), "preserve")
    words.text = text
    run.append(words)
    return run


def _without_times(content: bytes) -> bytes:
    """The archive with the same time for all of its files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return buffer.getvalue()
