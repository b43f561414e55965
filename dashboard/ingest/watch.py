"""Read new articles of a folder as they come in, e.g. the spool folder of a closed network.

A file is read once it has not changed between two looks, so that none is read half-written; one that
changes later is read again. Files that have faults are listed once, and again when they change.
"""

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from dashboard.documents.read import find_files
from dashboard.ingest.run import Workers, files_at, ingest
from dashboard.ingest.workspace_writer import Report
from dashboard.model.corpus import Corpus
from dashboard.model.errors import Fault
from dashboard.store.workspace import Workspace

# Size and time of the last change (ns since 1970) of a file.
Stamp = tuple[int, int]


class Watch:
    """One folder that is looked at again and again; `who` is the author of what is read.

    `load` gives the workspace, and the corpus as it is now.
    """

    def __init__(
        self, folder: Path, who: str, load: Callable[[], tuple[Workspace, Corpus]]
    ) -> None:
        self._load = load
        self._folder = folder
        self._who = who
        self._last: dict[Path, Stamp] = {}
        self._read: dict[Path, Stamp] = {}

    def look(self) -> Iterator[Report]:
        """Read what is new; yields the report after each file. Raises OSError for a missing folder.

        And the errors of the workspace; then the same files are read at the next look.
        """
        found = _stamps(self._folder)
        new = [
            path
            for path, stamp in found.items()
            if self._last.get(path) == stamp and self._read.get(path) != stamp
        ]
        self._last = found
        if not new:
            return
        # Given by themselves, links would be followed: they may lead out of the folder.
        links = [path for path in new if path.is_symlink()]
        faults = [Fault(path.name, 0, "", "a file or a folder", "a link to one") for path in links]
        workspace, corpus = self._load()
        files = files_at([path for path in new if path not in links], faults)
        report = Report()
        for report in ingest(workspace, corpus, files, Workers(), self._who):
            yield report
        self._read |= {path: found[path] for path in new}
        report.faults += faults
        yield report


def last_of(reports: Iterator[Report]) -> Report | None:
    """The last report of a look, which has all of it; `None` if nothing was new."""
    ended = deque(reports, maxlen=1)
    return ended[0] if ended else None


def _stamps(folder: Path) -> dict[Path, Stamp]:
    """The files below a folder; those that vanish meanwhile are left out."""
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder}: expected a folder, found none")
    stamps = {}
    for path in find_files([folder]):
        try:
            status = path.lstat()
        except FileNotFoundError:
            continue
        stamps[path] = status.st_size, status.st_mtime_ns
    return stamps
