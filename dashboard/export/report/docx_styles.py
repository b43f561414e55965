"""The styles of a report in Word: fonts with Arabic letters, and a style for each role."""

from collections.abc import Mapping
from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.styles.style import CharacterStyle, ParagraphStyle

from dashboard.export.report.parts import Role
from dashboard.legend.palette import colour

# Word and LibreOffice have it, or one of the same widths, on every system; it has Arabic letters.
FONT = "Arial"
_INK, _QUIET, _LINK = colour("ink"), colour("muted"), colour("accent")


@dataclass(frozen=True, slots=True)
class _Look:
    """How paragraphs of a role look; sizes and distances in points."""

    style: str
    size: float
    bold: bool = False
    colour: str = _INK
    before: float = 0
    after: float = 4
    indent: float = 0
    with_next: bool = False
    shaded: bool = False


LOOKS: Mapping[Role, _Look] = {
    Role.TITLE: _Look("Title", 20, bold=True, after=2),
    Role.LEAD: _Look("Report Lead", 11.5, before=4, after=6),
    Role.HEADING: _Look("Heading 1", 14, bold=True, before=14, after=4, with_next=True),
    Role.EVENT: _Look("Heading 2", 11.5, bold=True, before=12, after=3, with_next=True),
    Role.TEXT: _Look("Normal", 10.5),
    Role.FACT: _Look("Report Fact", 9.5, after=1),
    Role.CLAIM: _Look("Report Claim", 10, before=5, after=2, with_next=True),
    Role.QUOTE: _Look("Report Quote", 10.5, after=3, indent=12, shaded=True),
    Role.GLOSS: _Look("Report Gloss", 9.5, colour=_QUIET, after=3, indent=12),
    Role.ITEM: _Look("List Bullet", 10, after=2),
    Role.SMALL: _Look("Report Small", 9, colour=_QUIET, after=3),
    Role.CAPTION: _Look("Caption", 9, colour=_QUIET, after=6),
    Role.NOTE: _Look("Footnote Text", 8.5, after=1),
}
_SHADE = colour("panel")


def add_styles(document: Document) -> None:
    """Give the document a style for each role, and those of footnotes and links."""
    for look in LOOKS.values():
        _paragraph_style(document, look)
    for name, ident in (("Footnote Reference", "FootnoteReference"), ("Hyperlink", "Hyperlink")):
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=True)
        style.element.set(qn("w:styleId"), ident)
        if not isinstance(style, CharacterStyle):
            raise TypeError(name)
        if ident == "Hyperlink":
            _coloured(style.element, _LINK)
            style.font.underline = True
        else:
            style.font.superscript = True


def _paragraph_style(document: Document, look: _Look) -> None:
    if look.style in document.styles:
        style = document.styles[look.style]
    else:
        style = document.styles.add_style(look.style, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style = document.styles["Normal"]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(look.style)
    element = style.element
    for tag in ("w:rPr", "w:pPr"):
        # What the template says of colours, themes and borders; a numbered list keeps its numbering.
        old = element.find(qn(tag))
        if old is not None:
            numbering = old.find(qn("w:numPr"))
            outline = old.find(qn("w:outlineLvl"))
            for child in list(old):
                if child is not numbering and child is not outline:
                    old.remove(child)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.keep_with_next = look.with_next
    form.widow_control = True
    form.line_spacing = 1.1
    if look.indent:
        form.left_indent = form.right_indent = Pt(look.indent)
    if look.shaded:
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", _SHADE.lstrip("#"))):
            shade.set(qn(f"w:{key}"), value)
        properties = element.get_or_add_pPr()
        following = [properties.find(qn(tag)) for tag in ("w:spacing", "w:ind")]
        next(it for it in following if it is not None).addprevious(shade)
    _fonts(element, look)


def _fonts(element: BaseOxmlElement, look: _Look) -> None:
    """Font, weight and size, for letters from left to right and for Arabic ones."""
    properties = element.get_or_add_rPr()
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    properties.append(fonts)
    if look.bold:
        properties.append(OxmlElement("w:b"))
        properties.append(OxmlElement("w:bCs"))
    _coloured(element, look.colour)
    for tag in ("w:sz", "w:szCs"):
        size = OxmlElement(tag)
        size.set(qn("w:val"), str(round(look.size * 2)))
        properties.append(size)


def _coloured(element: BaseOxmlElement, value: str) -> None:
    tint = OxmlElement("w:color")
    tint.set(qn("w:val"), value.lstrip("#"))
    element.get_or_add_rPr().append(tint)
