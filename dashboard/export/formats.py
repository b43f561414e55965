"""The export formats, one row each: label, ending, media type, and the function that writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from dashboard.export.acled import to_acled
from dashboard.export.citations import to_bibtex, to_csl, to_text
from dashboard.export.geometry import to_geojson, to_geopackage
from dashboard.export.kml import to_kml
from dashboard.export.selection import Export
from dashboard.export.tables import to_csv, to_xlsx
from dashboard.language.language import current
from dashboard.language.messages import N_, _


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format; `label` is a message."""

    label: str
    ending: str
    media_type: str
    make: Callable[[Export], bytes]


def _workbook(export: Export) -> bytes:
    headings = {
        "events": _("Events"),
        "claims": _("Claims"),
        "places": _("Places"),
        "articles": _("Articles"),
        "about": _("About"),
    }
    return to_xlsx(export, headings, rtl=current().direction == "rtl")


FORMATS: Mapping[str, ExportFormat] = {
    "xlsx": ExportFormat(
        N_("Excel workbook"),
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _workbook,
    ),
    "csv": ExportFormat(N_("CSV, UTF-8"), "csv", "text/csv", to_csv),
    "csv_bom": ExportFormat(
        N_("CSV for Excel, UTF-8 with BOM"), "csv", "text/csv", partial(to_csv, bom=True)
    ),
    "geojson": ExportFormat(N_("GeoJSON"), "geojson", "application/geo+json", to_geojson),
    "gpkg": ExportFormat(
        N_("GeoPackage for QGIS"), "gpkg", "application/geopackage+sqlite3", to_geopackage
    ),
    "kml": ExportFormat(
        N_("KML for Google Earth"), "kml", "application/vnd.google-earth.kml+xml", to_kml
    ),
    "acled": ExportFormat(N_("CSV in ACLED's columns"), "acled.csv", "text/csv", to_acled),
    "citations": ExportFormat(N_("Citations, plain text"), "txt", "text/plain", to_text),
    "bibtex": ExportFormat(N_("Citations, BibTeX"), "bib", "text/x-bibtex", to_bibtex),
    "csl": ExportFormat(N_("Citations, CSL-JSON"), "csl.json", "application/json", to_csl),
}
