"""Import tables of events into datasets: `python -m dashboard.datasets FILE... [--name ACLED]`.

Exit status: 0 all rows imported, 1 some rows had faults (they are counted, and listed in a file), 2 a
file could not be read, or needs an option, 3 reading stopped before the end of a file (the rows before
are imported), 70 an error of this program.
"""

import argparse
import json
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import astuple, replace
from pathlib import Path

import msgspec

from dashboard.datasets.files.chunks import FileOptions
from dashboard.datasets.formats.column_mapping import (
    DEFAULT_PRECISION,
    ColumnMapping,
    guess_columns,
)
from dashboard.datasets.formats.days import DateOrder
from dashboard.datasets.formats.notices import NOTICES
from dashboard.datasets.formats.registry import CUSTOM, FORMATS
from dashboard.datasets.options import ImportOptions
from dashboard.datasets.run import Importer, Progress
from dashboard.datasets.saved_mappings import load_mappings
from dashboard.engine.datasets import Datasets
from dashboard.exit_status import ExitStatus, report_crashes
from dashboard.model.errors import DashboardError
from dashboard.model.place import PlacePrecision
from dashboard.project.project import Project
from dashboard.settings import read_settings
from dashboard.text.escape import without_controls

# Ended by SIGTERM.
_ENDED = 143
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
_EVERY_S = 1.0
_KINDS_OF_FAULT = 10
_MOST_NOTICES = 200
# The keys in the JSON of the fields of WriteCounts.
_COUNTS = ("added", "changed", "known", "twice")


@report_crashes
def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    options = _parser().parse_args(arguments)
    if threading.current_thread() is threading.main_thread():
        # On SIGTERM it ends its worker processes, and leaves the dataset unchanged.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(_ENDED))
    settings = read_settings()
    try:
        corpus = Project(settings).load().corpus
    except DashboardError as error:
        _print_error("datasets", error, as_json=options.json)
        return ExitStatus.NOTHING
    datasets = Datasets(settings.datasets)
    importer = Importer(datasets, corpus, settings.lexicon)
    status = ExitStatus.OK
    for path in options.files:
        try:
            import_options = _import_options(importer, path, options, datasets.folder)
            follow = _follow_json if options.json else _follow
            progress = follow(importer.read(path, import_options))
            status = max(status, _status(progress))
            if not options.json:
                _print_result(path, progress)
        except (DashboardError, OSError) as error:
            status = max(status, ExitStatus.NOTHING)
            _print_error(path, error, as_json=options.json)
    return status


def _print_error(source: Path | str, error: Exception, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"error": str(error)}), flush=True)
    else:
        print(f"{source}: {error}", file=sys.stderr)


def _status(progress: Progress) -> ExitStatus:
    if progress.stopped:
        return ExitStatus.STOPPED
    return ExitStatus.FAULTS if progress.faults.total else ExitStatus.OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dashboard.datasets",
        description="Read tables of events (ACLED, UCDP GED, GDELT, or your own; CSV, TSV, XLSX, "
        "XLS, ODS, Parquet, GeoParquet, JSON, GeoJSON, GeoPackage, KML, KMZ, GPX, a ZIP archive of one, "
        "a shapefile in an archive) into datasets. The same file twice changes nothing; "
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


def _import_options(
    importer: Importer, path: Path, options: argparse.Namespace, folder: Path
) -> ImportOptions:
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


def _follow(steps: Iterator[Progress]) -> Progress:
    started = last = time.monotonic()
    progress = None
    for progress in steps:
        now = time.monotonic()
        if now - last >= _EVERY_S:
            last = now
            rate = progress.rows / (now - started)
            left = (now - started) * (1 - progress.share) / max(progress.share, 1e-9)
            line = f"{progress.share:.0%}, {progress.rows:,} rows, {rate:,.0f} a second"
            print(f"{line}, about {left:,.0f} s left", file=sys.stderr, flush=True)
    if progress is None:
        raise DashboardError("expected rows, found none")
    return progress


def _follow_json(steps: Iterator[Progress]) -> Progress:
    """Print the progress as lines of JSON, which `ui/data/import_job.py` reads."""
    progress = None
    for progress in steps:
        written = progress.written
        payload = {
            "rows": progress.rows,
            "good": progress.good,
            "share": progress.share,
            "faults": progress.faults.total,
            "kinds_of_fault": [
                [*key, count] for key, count in progress.faults.counts.most_common(_KINDS_OF_FAULT)
            ],
            "notices": [
                [*key, count] for key, count in progress.notices.most_common(_MOST_NOTICES)
            ],
            "more_notices": max(0, len(progress.notices) - _MOST_NOTICES),
            "faults_file": str(progress.faults.path),
            "dataset_id": progress.dataset_id,
            "stopped": progress.stopped,
            "written": written and dict(zip(_COUNTS, astuple(written), strict=True)),
        }
        print(json.dumps(payload), flush=True)
    if progress is None:
        raise DashboardError("expected rows, found none")
    return progress


def _print_result(path: Path, progress: Progress) -> None:
    written, faults = progress.written, progress.faults
    if written is not None:
        print(
            f"{path.name}: {progress.rows:,} rows into {progress.dataset_id}: {written.added:,} new, "
            f"{written.changed:,} updated, {written.unchanged:,} known, {written.duplicates:,} twice "
            f"in the file, {faults.total:,} faults"
        )
    _print_notices(progress)
    if progress.stopped:
        print(f"  stopped: {without_controls(progress.stopped)}", file=sys.stderr)
    for (column, expected), count in faults.counts.most_common(_KINDS_OF_FAULT):
        fault = without_controls(f"{column or 'row'}: expected {expected}")
        print(f"  {count:,} × {fault}", file=sys.stderr)
    if faults.total:
        print(f"  all of them: {faults.path}", file=sys.stderr)


def _print_notices(progress: Progress) -> None:
    """What is said about rows that were taken, the most frequent first."""
    for (kind, column, value), count in progress.notices.most_common(_MOST_NOTICES):
        found = without_controls(f"{column}: {value}" if column and value else column or value)
        print(f"  {count:,} × {found or 'row'}: {NOTICES[kind]}", file=sys.stderr)
    if len(progress.notices) > _MOST_NOTICES:
        print(f"  and {len(progress.notices) - _MOST_NOTICES:,} more", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
