"""A report as a PDF, with shaped Arabic, footnotes at the end of each page, bookmarks and links."""

from contextlib import closing
from datetime import UTC

from fpdf import FPDF
from fpdf.enums import PageMode
from fpdf.prefs import ViewerPreferences

from dashboard.export.report.parts import Report
from dashboard.export.report.pdf_fonts import Fonts
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
    with closing(Fonts(pdf)) as fonts:
        Pages(pdf, fonts, report).write()
        return bytes(pdf.output())
