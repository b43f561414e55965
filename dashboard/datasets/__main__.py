"""Import tables of events into datasets: `python -m dashboard.datasets FILE... [--name ACLED]`.

Exit status: 0 all rows imported and understood, 1 something in them was not understood, or a row was
left out (all of it is listed), 2 a file could not be read, or needs an option, 3 reading stopped before
the end of a file (the rows before are imported), 70 an error of this program. Those of a dry run are the
same.
"""

import json
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from dashboard.datasets.arguments import argument_parser, to_import_options
from dashboard.datasets.formats.answers import NO_ANSWERS
from dashboard.datasets.options import ImportOptions
from dashboard.datasets.progress import Progress
from dashboard.datasets.report import fault_lines, report_fields, result_lines
from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from dashboard.exit_status import ExitStatus, report_crashes
from dashboard.model.errors import DashboardError
from dashboard.project.project import Project
from dashboard.settings import read_settings
from dashboard.text.escape import without_controls

# Ended by SIGTERM.
_ENDED = 143
_EVERY_S = 1.0


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
            if not options.answers:
                _print_saved(path, import_options)
            follow = _follow_json if options.json else _follow
            steps = importer.read(path, import_options, dry_run=options.dry_run)
            progress = follow(steps)
            status = max(status, _status(progress))
            if not options.json:
                print(*result_lines(path.name, progress, dry_run=options.dry_run), sep="\n")
                print(*fault_lines(progress), sep="\n", file=sys.stderr)
        except (DashboardError, OSError) as error:
            status = max(status, ExitStatus.NOTHING)
            _print_error(path, error, as_json=options.json)
    return status


def _print_error(source: Path | str, error: Exception, *, as_json: bool) -> None:
    if as_json:
        words = error.message if isinstance(error, DashboardError) else str(error)
        report = {"error": str(error), "message": msgspec.to_builtins(words)}
        print(json.dumps(report), flush=True)
    else:
        print(f"{source}: {error}", file=sys.stderr)


def _print_saved(source: Path, options: ImportOptions) -> None:
    """Say that answers are used that were saved with an earlier import."""
    if options.answers != NO_ANSWERS:
        saved = without_controls(msgspec.json.encode(options.answers).decode())
        print(f"{source}: answers of an earlier import are used: {saved}", file=sys.stderr)


def _status(progress: Progress) -> ExitStatus:
    if progress.stopped:
        return ExitStatus.STOPPED
    return ExitStatus.OK if progress.understood else ExitStatus.FAULTS


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
        print(json.dumps(report_fields(progress)), flush=True)
    if progress is None:
        raise DashboardError("expected rows, found none")
    return progress


if __name__ == "__main__":
    sys.exit(main())
