"""The arguments of the import command as options of an import, e.g. `--date-order dmy`."""

import argparse
from dataclasses import replace
from pathlib import Path

import msgspec

from dashboard.datasets.answers_file import (
    DELIMITERS,
    AnswersFile,
    file_options,
    load_answers,
)
from dashboard.datasets.formats.column_mapping import DEFAULT_PRECISION, ColumnMapping
from dashboard.datasets.formats.days import DateOrder
from dashboard.datasets.formats.registry import CUSTOM, FORMATS
from dashboard.datasets.options import ImportOptions
from dashboard.datasets.run import Importer
from dashboard.datasets.saved_mappings import load_mappings
from dashboard.model.errors import DashboardError
from dashboard.model.place import PlacePrecision


def argument_parser() -> argparse.ArgumentParser:
    """The parser of the command line, with a help text for each option."""
    parser = argparse.ArgumentParser(
        prog="python -m dashboard.datasets",
        description="Read tables of events (ACLED, UCDP GED, GDELT, or your own; CSV, TSV, XLSX, "
        "XLS, ODS, Parquet, GeoParquet, JSON, GeoJSON, uMap, GeoPackage, KML, KMZ, GPX, a ZIP archive "
        "of one, a shapefile in an archive) into datasets. The same file twice changes nothing; "
        "what is not understood is listed. ACLED's list of deleted events removes them.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--name", help="the dataset that the rows belong to")
    parser.add_argument(
        "--format", choices=[*FORMATS, CUSTOM], help="if its columns do not determine it"
    )
    parser.add_argument("--encoding", help="of a CSV that is not UTF-8, e.g. windows-1256")
    parser.add_argument("--delimiter", choices=list(DELIMITERS), help="between the cells of a CSV")
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
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="read and compare everything, say what an import would do, and change nothing",
    )
    parser.add_argument(
        "--answers",
        type=Path,
        metavar="FILE",
        help="answers about the table as JSON, as the Data page writes them; without it those "
        "that the page saved for the format, or with the profile, are used",
    )
    parser.add_argument("--file-name", metavar="NAME", help="of the file, if not its own")
    parser.add_argument(
        "--json", action="store_true", help="print progress and result as lines of JSON"
    )
    return parser


def to_import_options(
    importer: Importer, path: Path, arguments: argparse.Namespace, folder: Path
) -> ImportOptions:
    """The options to import the file at `path`; columns that the arguments lack are guessed.

    The arguments count before a file of answers, and this before answers that were saved. `folder` has
    the saved column mappings. Raises
    DashboardError for an unknown one, or if the file needs an option to be read.
    """
    answers = _answers(arguments)
    options = ImportOptions(
        arguments.name,
        answers.format,
        file_options(answers),
        date_order=answers.date_order,
        decimal_comma=answers.decimal_comma,
        licence=answers.licence,
        credit=answers.credit,
        file_name=arguments.file_name,
        answers=answers.answers,
    )
    saved = load_mappings(folder).get(arguments.profile or "")
    if arguments.profile and saved is None:
        raise DashboardError(f"no profile of the name {arguments.profile}")
    preview = importer.preview(path, options)
    if preview.mapping is not None:
        mapping = answers.mapping(saved or preview.mapping)
        preview = replace(preview, mapping=_with_columns(mapping, arguments))
    # A file of answers is complete: what was saved is not added to it.
    cells = answers.answers if arguments.answers else importer.saved_answers(preview)
    final = preview.mapping and msgspec.structs.replace(preview.mapping, answers=cells)
    return replace(options, mapping=final, answers=cells)


def _with_columns(mapping: ColumnMapping, arguments: argparse.Namespace) -> ColumnMapping:
    """The mapping with the columns of the arguments; without its own with `--only-columns`."""
    given = dict(item.partition("=")[::2] for item in arguments.column)
    columns = {} if arguments.only_columns else mapping.columns
    return msgspec.structs.replace(mapping, columns={**columns, **given})


def _answers(arguments: argparse.Namespace) -> AnswersFile:
    """The answers of the file, if any, and those that are arguments in their place."""
    answers = load_answers(arguments.answers) if arguments.answers else AnswersFile()
    given = {
        name: value
        for name in ("format", "encoding", "delimiter", "layer", "member", "header_row", "crs",
                     "licence", "credit")
        if (value := getattr(arguments, name)) is not None
    }  # fmt: skip
    if arguments.date_order:
        given["date_order"] = DateOrder(arguments.date_order)
    if arguments.decimal_comma:
        given["decimal_comma"] = True
    if arguments.precision:
        given["precision"] = PlacePrecision(arguments.precision)
    return msgspec.structs.replace(answers, **given)
