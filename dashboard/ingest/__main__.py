"""Read articles into the workspace: `python -m dashboard.ingest PATH... [--workers 2]`.

Exit status: 0 all read, 1 some files had faults (they are listed), 2 nothing could be done, 70 an error
of this program.
"""

import argparse
import csv
import getpass
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from threading import Event

from dashboard.exit_status import ExitStatus, report_crashes
from dashboard.ingest.feeds import FeedError, FeedWatch, feed_addresses
from dashboard.ingest.run import Workers, files_at, ingest
from dashboard.ingest.watch import Watch, last_of
from dashboard.ingest.workspace_writer import Report
from dashboard.language.messages import plural
from dashboard.model.corpus import Corpus
from dashboard.model.errors import DashboardError, Fault
from dashboard.project.project import Project
from dashboard.settings import read_settings, with_workspace
from dashboard.store.workspace import Workspace
from dashboard.text.escape import without_controls

# Seconds between lines of progress, so that a log file stays readable.
_EVERY_S = 1.0


@report_crashes
def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    options = _parser().parse_args(arguments)
    settings = read_settings()
    if options.workspace:
        settings = with_workspace(settings, options.workspace)
    faults: list[Fault] = []
    try:
        loaded = Project(settings).load()
        workers = Workers(options.workers, options.scheduler)
        files = files_at(options.paths, faults)
        report = _run(ingest(loaded.workspace, loaded.corpus, files, workers, options.who))
    except (DashboardError, OSError, ImportError) as error:
        print(f"ingest: {error}", file=sys.stderr)
        return ExitStatus.NOTHING
    faults += report.faults
    _print_result(report, faults, options.faults)
    if faults and not report.articles and not report.known:
        return ExitStatus.NOTHING
    return ExitStatus.FAULTS if faults else ExitStatus.OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dashboard.ingest",
        description="Read articles (.txt, .html, .eml, .xml, .csv, .zip, or folders of them) into the "
        "workspace. A second run reads only what is new.",
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--workers", type=int, default=1, help="processes to read in (default 1)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="read on the Dask cluster there")
    parser.add_argument(
        "--workspace", metavar="FILE", help="or postgresql://…, instead of the usual one"
    )
    parser.add_argument("--faults", type=Path, metavar="CSV", help="write the faults there")
    parser.add_argument("--who", default=getpass.getuser(), help="for the record of changes")
    return parser


def watch_folder(folder: Path, who: str, every_s: float, ended: Event) -> ExitStatus:
    """Read what comes into a folder, a line for each look that read something, until `ended` is set.

    What cannot be read now, as while the database is away, is a line too, and is tried again.
    """
    return _watch(Watch(folder, who, _loader(Project(read_settings()))), every_s, ended)


def watch_feeds(who: str, every_s: float, ended: Event) -> ExitStatus:
    """Read what comes into the feeds of the settings, as `watch_folder` does."""
    settings = read_settings()
    try:
        addresses = feed_addresses(settings)
    except FeedError as error:
        print(f"feeds: {without_controls(str(error))}", file=sys.stderr)
        return ExitStatus.NOTHING
    return _watch(FeedWatch(addresses, who, _loader(Project(settings))), every_s, ended)


def _loader(project: Project) -> Callable[[], tuple[Workspace, Corpus]]:
    def load() -> tuple[Workspace, Corpus]:
        loaded = project.load()
        return loaded.workspace, loaded.corpus

    return load


def _watch(watch: Watch | FeedWatch, every_s: float, ended: Event) -> ExitStatus:
    while True:
        started = time.monotonic()
        try:
            report = last_of(watch.look())
        except (DashboardError, OSError) as error:
            print(f"watch: {without_controls(str(error))}", file=sys.stderr, flush=True)
        else:
            if report is not None:
                print(_progress(report, time.monotonic() - started), file=sys.stderr, flush=True)
                _print_result(report, report.faults, None)
        if ended.wait(every_s):
            return ExitStatus.OK


def _run(reports: Iterable[Report]) -> Report:
    """Iterate to the last report, and print a line of progress every `_EVERY_S`."""
    started = last = time.monotonic()
    report = Report()
    for report in reports:
        now = time.monotonic()
        if now - last >= _EVERY_S:
            last = now
            print(_progress(report, now - started), file=sys.stderr, flush=True)
    print(_progress(report, time.monotonic() - started), file=sys.stderr, flush=True)
    return report


def _progress(report: Report, seconds: float) -> str:
    rate = report.articles / seconds if seconds else 0.0
    files = plural("{n} file", "{n} files", report.files)
    articles = plural("{n} new article", "{n} new articles", report.articles)
    suggestions = plural("{n} suggestion", "{n} suggestions", report.suggestions)
    faults = plural("{n} fault", "{n} faults", len(report.faults))
    return (
        f"{files}: {articles}, {report.known:,} known, {suggestions}, {faults}; "
        f"{rate:,.0f} articles a second"
    )


def _print_result(report: Report, faults: Sequence[Fault], path: Path | None) -> None:
    for name, duplicate in report.duplicates:
        likeness = "the same text as" if duplicate.exact else "nearly the same text as"
        print(f"{name}: not read, {likeness} {duplicate.key}", file=sys.stderr)
    for fault in faults:
        print(fault, file=sys.stderr)
    if path is not None:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("file", "row", "field", "expected", "found"))
            writer.writerows((f.file, f.row, f.field, f.expected, f.found) for f in faults)


if __name__ == "__main__":
    sys.exit(main())
