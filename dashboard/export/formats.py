"""The export formats, one row each: label, ending, media type, and the function that writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from dashboard.export.acled import to_acled
from dashboard.export.citations import to_bibtex, to_csl, to_text
from dashboard.export.geojson import to_geojson
from dashboard.export.geometry import to_geopackage
from dashboard.export.kml import to_kml
from dashboard.export.options import ExportOptions
from dashboard.export.playback.options import GIF, MP4
from dashboard.export.selection import Export
from dashboard.export.tables import to_csv
from dashboard.export.ucdp import to_ucdp
from dashboard.export.workbook import to_xlsx
from dashboard.language.language import current
from dashboard.language.messages import N_, _

_DEFAULT = ExportOptions()


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One format; `label` is a message.

    `layouts` and `tags` say whether the choices of a layout and of HXL tags apply to it.
    """

    label: str
    ending: str
    media_type: str
    layouts: bool = False
    tags: bool = False


@dataclass(frozen=True, slots=True)
class ExportFormat(FileFormat):
    """A format that is made of the tables of the selection."""

    write: Callable[[Export, ExportOptions], bytes] = field(kw_only=True)

    def make(self, export: Export, options: ExportOptions = _DEFAULT) -> bytes:
        """The content of the file."""
        return self.write(export, options)


def _workbook(export: Export, options: ExportOptions) -> bytes:
    headings = {
        "events": _("Events"),
        "claims": _("Claims"),
        "places": _("Places"),
        "actors": _("Actors"),
        "estimates": _("Figures"),
        "relations": _("Relations"),
        "articles": _("Articles"),
        "about": _("About"),
        "long_texts": _("Long texts"),
    }
    return to_xlsx(export, headings, options, rtl=current().direction == "rtl")


def _plain(write: Callable[[Export], bytes]) -> Callable[[Export, ExportOptions], bytes]:
    """A writer of a format that has no choices."""
    return lambda export, _options: write(export)


FORMATS: Mapping[str, ExportFormat] = {
    "xlsx": ExportFormat(
        N_("Excel workbook"),
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write=_workbook,
        tags=True,
    ),
    "csv": ExportFormat(N_("CSV, UTF-8"), "csv", "text/csv", write=to_csv, layouts=True, tags=True),
    "csv_bom": ExportFormat(
        N_("CSV for Excel, UTF-8 with BOM"),
        "csv",
        "text/csv",
        write=partial(to_csv, bom=True),
        layouts=True,
        tags=True,
    ),
    "geojson": ExportFormat(
        N_("GeoJSON"), "geojson", "application/geo+json", write=to_geojson, layouts=True
    ),
    "gpkg": ExportFormat(
        N_("GeoPackage for QGIS"),
        "gpkg",
        "application/geopackage+sqlite3",
        write=_plain(to_geopackage),
    ),
    "kml": ExportFormat(
        N_("KML for Google Earth"),
        "kml",
        "application/vnd.google-earth.kml+xml",
        write=_plain(to_kml),
    ),
    "acled": ExportFormat(
        N_("CSV in ACLED's columns"), "acled.csv", "text/csv", write=_plain(to_acled)
    ),
    "ucdp": ExportFormat(
        N_("CSV in UCDP GED's columns"), "ucdp.csv", "text/csv", write=_plain(to_ucdp)
    ),
    "citations": ExportFormat(
        N_("Citations, plain text"), "txt", "text/plain", write=_plain(to_text)
    ),
    "bibtex": ExportFormat(
        N_("Citations, BibTeX"), "bib", "text/x-bibtex", write=_plain(to_bibtex)
    ),
    "csl": ExportFormat(
        N_("Citations, CSL-JSON"), "csl.json", "application/json", write=_plain(to_csl)
    ),
}
# One page with map, timeline, filters and evidence; it is made of the events (`single_file/`).
SINGLE_FILE = "html"
# A document of the selection with its sources as footnotes (`report/`); figures have a PDF of their own.
REPORT_FORMATS: Mapping[str, FileFormat] = {
    "report-docx": FileFormat(
        N_("Report for Word, DOCX"),
        "report.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "report-pdf": FileFormat(N_("Report, PDF"), "report.pdf", "application/pdf"),
}
# Every format that a person chooses from, the most usual first.
CHOICES: Mapping[str, FileFormat] = {
    "xlsx": FORMATS["xlsx"],
    SINGLE_FILE: FileFormat(N_("One page that opens without a network, HTML"), "html", "text/html"),
    **REPORT_FORMATS,
    **{name: each for name, each in FORMATS.items() if name != "xlsx"},
    GIF: FileFormat(N_("Playback for slides, GIF"), "gif", "image/gif"),
    MP4: FileFormat(N_("Playback as a film, MP4"), "mp4", "video/mp4"),
}
