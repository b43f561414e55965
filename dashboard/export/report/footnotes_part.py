"""Footnotes of a Word document: python-docx 1.2 reads and writes none, so their part is made here.

They are a part of their own (`/word/footnotes.xml`); the text has a reference to each by its id. Two
footnotes without a number are the lines that separate them from the text.
"""

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement

_SEPARATORS = (
    (-1, "separator", "separator"),
    (0, "continuationSeparator", "continuationSeparator"),
)


class FootnotesPart:
    """The footnotes of one document; their ids begin with 1."""

    def __init__(self, document: Document) -> None:
        element = parse_xml(f"<w:footnotes {nsdecls('w', 'r')}/>")
        main = document.part
        self.part = XmlPart(
            PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, element, main.package
        )
        main.relate_to(self.part, RELATIONSHIP_TYPE.FOOTNOTES)
        settings = document.settings.element
        named = OxmlElement("w:footnotePr")
        for number, kind, line in _SEPARATORS:
            paragraph = self.add(number, kind)
            run = OxmlElement("w:r")
            run.append(OxmlElement(f"w:{line}"))
            paragraph.append(run)
            reference = OxmlElement("w:footnote")
            reference.set(qn("w:id"), str(number))
            named.append(reference)
        # The order of settings is fixed; this one stands before those of compatibility.
        before = settings.find(qn("w:compat"))
        if before is None:
            settings.append(named)
        else:
            before.addprevious(named)

    def add(self, number: int, kind: str = "") -> BaseOxmlElement:
        """Add a footnote with one paragraph, which is returned."""
        footnote = OxmlElement("w:footnote")
        if kind:
            footnote.set(qn("w:type"), kind)
        footnote.set(qn("w:id"), str(number))
        paragraph: BaseOxmlElement = OxmlElement("w:p")
        footnote.append(paragraph)
        self.part.element.append(footnote)
        return paragraph


def reference_run(number: int | None) -> BaseOxmlElement:
    """The raised number of a footnote: in the text by its id, in the footnote itself with `None`."""
    run: BaseOxmlElement = OxmlElement("w:r")
    properties = OxmlElement("w:rPr")
    style = OxmlElement("w:rStyle")
    style.set(qn("w:val"), "FootnoteReference")
    properties.append(style)
    run.append(properties)
    mark = OxmlElement("w:footnoteRef" if number is None else "w:footnoteReference")
    if number is not None:
        mark.set(qn("w:id"), str(number))
    run.append(mark)
    return run
