"""Import tables of events into datasets: `python -m dashboard.datasets FILE... [--name ACLED]`.

Exit status: 0 all rows imported, 1 some rows had faults (they are counted, and listed in a file), 2 a
file could not be read, or needs an option, 3 reading stopped before the end of a file (the rows before
are imported), 70 an error of this program.
"""

import json
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from dashboard.datasets.arguments import argument_parser, to_import_options
from dashboard.datasets.formats.notices import NOTICES
from dashboard.datasets.run import Importer, Progress
from dashboard.engine.datasets import Datasets
from dashboard.exit_status import ExitStatus, report_crashes
from dashboard.model.errors import DashboardError
from dashboard.project.project import Project
from dashboard.settings import read_settings
from dashboard.text.escape import without_controls

# Ended by SIGTERM.
_ENDED = 143
_EVERY_S = 1.0
_KINDS_OF_FAULT = 10
_MOST_NOTICES = 200


@report_crashes
def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    options = argument_parser().parse_args(arguments)
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
            import_options = to_import_options(importer, path, options, datasets.folder)
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
            "written": written and asdict(written),
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
