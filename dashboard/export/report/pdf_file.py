"""A report as a PDF, with shaped Arabic, footnotes at the end of each page, bookmarks and links."""

from datetime import UTC

from fpdf import FPDF
from fpdf.enums import PageMode
from fpdf.fonts import TTFFont
from fpdf.prefs import ViewerPreferences

from dashboard.export.report.parts import Report
from dashboard.export.report.pdf_pages import Pages

_LANGUAGES = {"en": "en-GB", "ar": "ar-SY"}


def to_pdf(report: Report) -> bytes:
    """The file."""
    pdf = FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(auto=False)
    pdf.c_margin = 0
    # Or "{nb}" in a title would become the number of pages.
    pdf.str_alias_nb_pages = ""
    pdf.set_title(report.title)
    pdf.set_lang(_LANGUAGES[report.language.code])
    pdf.set_creator("Event map")
    pdf.set_creation_date(report.made.astimezone(UTC).replace(microsecond=0))
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    pdf.page_mode = PageMode.USE_OUTLINES
    try:
        Pages(pdf, report).write()
        return bytes(pdf.output())
    finally:
        # fpdf2 leaves the files of its fonts open.
        for font in pdf.fonts.values():
            if isinstance(font, TTFFont):
                font.ttfont.close()
