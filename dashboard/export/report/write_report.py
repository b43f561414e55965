"""Write a report of linked events: the format, the language and the pictures that were asked for."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from dashboard.export.report.content import Reporting, report_of
from dashboard.export.report.docx_file import to_docx
from dashboard.export.report.options import ReportOptions
from dashboard.export.report.parts import Report
from dashboard.export.report.pdf_file import to_pdf
from dashboard.export.report.trend import trend_picture
from dashboard.language.language import Language, current, using_language
from dashboard.project.catalog import Catalog

_WRITERS: Mapping[str, Callable[[Report], bytes]] = {"report-docx": to_docx, "report-pdf": to_pdf}


def report_language(options: ReportOptions) -> Language:
    """The language of a report: the chosen one, else the reader's, with the reader's dates."""
    chosen = current()
    if options.language in {None, chosen.code}:
        return chosen
    return Language(options.language or chosen.code, dates=chosen.dates)


def write_report(format_: str, catalog: Catalog, reporting: Reporting) -> bytes:
    """The file of a report; `format_` is a key of `REPORT_FORMATS`."""
    sharing, options = reporting.sharing, reporting.options
    with using_language(report_language(options)):
        if options.trend:
            trend = trend_picture(catalog, sharing.query, sharing.level)
            reporting = replace(reporting, trend=trend)
        return _WRITERS[format_](report_of(reporting))
