"""The arguments of the import command as options of an import, e.g. `--date-order dmy`."""

import argparse
from dataclasses import replace
from pathlib import Path

import msgspec

from dashboard.datasets.files.input_file import FileOptions
from dashboard.datasets.formats.column_mapping import (
    DEFAULT_PRECISION,
    ColumnMapping,
    guess_columns,
)
from dashboard.datasets.formats.days import DateOrder
from dashboard.datasets.formats.registry import CUSTOM, FORMATS
from dashboard.datasets.options import ImportOptions
from dashboard.datasets.run import Importer
from dashboard.datasets.saved_mappings import load_mappings
from dashboard.model.errors import DashboardError
from dashboard.model.place import PlacePrecision

_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}


def argument_parser() -> argparse.ArgumentParser:
    """The parser of the command line, with a help text for each option."""
    parser = argparse.ArgumentParser(
        prog="python -m dashboard.datasets",
        description="Read tables of events (ACLED, UCDP GED, GDELT, or your own; CSV, TSV, XLSX, "
        "XLS, ODS, Parquet, GeoParquet, JSON, GeoJSON, uMap, GeoPackage, KML, KMZ, GPX, a ZIP archive "
        "of one, a shapefile in an archive) into datasets. The same file twice changes nothing; "
        "rows of the same id are updated.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--name", help="the dataset that the rows belong to")
    parser.add_argument(
        "--format", choices=[*FORMATS, CUSTOM], help="if its columns do not determine it"
    )
    parser.add_argument("--encoding", help="of a CSV that is not UTF-8, e.g. windows-1256")
    parser.add_argument("--delimiter", choices=list(_DELIMITERS), help="between the cells of a CSV")
    parser.add_argument("--layer", help="of a GeoPackage with several, or a sheet of a workbook")
    parser.add_argument("--member", help="the table in a ZIP archive of several")
    parser.add_argument(
        "--header-row",
        type=int,
        metavar="ROW",
        help="the row with the names of the columns, from 1 on; 0 if there is none",
    )
    parser.add_argument("--crs", help="of a geographic file that does not name one, e.g. EPSG:4326")
    parser.add_argument(
        "--date-order",
        choices=[order.value for order in DateOrder],
        help="of dates as 1/2/2021 or 1-2-03",
    )
    parser.add_argument("--decimal-comma", action="store_true", help="36,38 is a number")
    parser.add_argument(
        "--precision",
        choices=[precision.value for precision in PlacePrecision],
        help=f"of points for which no column gives one; usually {DEFAULT_PRECISION.value}",
    )
    parser.add_argument("--licence", help="of a table of your own, shown beside it")
    parser.add_argument("--credit", help="whom to credit for a table of your own")
    parser.add_argument("--profile", help="a saved profile for a table of your own")
    parser.add_argument(
        "--only-columns", action="store_true", help="take the columns given, and guess none"
    )
    parser.add_argument(
        "--column", action="append", default=[], metavar="ROLE=NAME", help="e.g. lat=Y"
    )
    parser.add_argument("--file-name", metavar="NAME", help="of the file, if not its own")
    parser.add_argument(
        "--json", action="store_true", help="print progress and result as lines of JSON"
    )
    return parser


def to_import_options(
    importer: Importer, path: Path, options: argparse.Namespace, folder: Path
) -> ImportOptions:
    """The options to import the file at `path`; columns that the command line lacks are guessed.

    `folder` has the saved column mappings. Raises DashboardError for an unknown one, or if the file
    needs an option to be read.
    """
    delimiter = _DELIMITERS.get(options.delimiter or "")
    order = DateOrder(options.date_order) if options.date_order else None
    import_options = ImportOptions(
        options.name,
        options.format,
        FileOptions(
            options.encoding,
            delimiter,
            options.layer,
            options.crs,
            options.member,
            options.header_row,
        ),
        date_order=order,
        decimal_comma=True if options.decimal_comma else None,
        licence=options.licence,
        credit=options.credit,
        file_name=options.file_name,
    )
    saved = load_mappings(folder).get(options.profile or "")
    if options.profile and saved is None:
        raise DashboardError(f"no profile of the name {options.profile}")
    preview = importer.preview(path, import_options)
    if preview.format != CUSTOM:
        return import_options
    columns = guess_columns([str(column) for column in preview.frame.columns], preview.frame)
    mapping = saved or ColumnMapping(
        name=Path(import_options.file_name or path.name).stem, columns=columns
    )
    given = dict(item.partition("=")[::2] for item in options.column)
    guessed = {} if options.only_columns else mapping.columns
    precision = PlacePrecision(options.precision) if options.precision else mapping.precision
    mapping = msgspec.structs.replace(
        mapping,
        columns={**guessed, **given},
        date_order=order or mapping.date_order,
        decimal_comma=import_options.decimal_comma or mapping.decimal_comma,
        precision=precision,
    )
    return replace(import_options, mapping=mapping)
