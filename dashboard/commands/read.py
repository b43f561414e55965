"""`event-map read --json`: what is read in each article, as one JSON object a line."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from dashboard.exit_status import ExitStatus
from dashboard.ingest.parallel import ArticleProcess
from dashboard.ingest.run import files_at
from dashboard.ingest.work import Knowledge
from dashboard.model.corpus import Corpus
from dashboard.model.errors import DashboardError, Fault
from dashboard.project.project import Project
from dashboard.settings import read_settings


def print_readings(paths: Sequence[Path], published: str | None) -> int:
    """Print a line for each article, and each fault to the error output."""
    try:
        day = date.fromisoformat(published) if published else None
    except ValueError:
        print(f"read: expected --published YYYY-MM-DD, found {published!r}", file=sys.stderr)
        return ExitStatus.NOTHING
    lines = faults = 0
    try:
        for item in _read(Project(read_settings()).seeds, paths, day):
            if isinstance(item, Fault):
                print(item, file=sys.stderr)
                faults += 1
            else:
                print(item.decode(), flush=True)
                lines += 1
    except (DashboardError, OSError) as error:
        print(f"read: {error}", file=sys.stderr)
        return ExitStatus.NOTHING
    if not lines:
        return ExitStatus.NOTHING
    return ExitStatus.FAULTS if faults else ExitStatus.OK


def _read(corpus: Corpus, paths: Sequence[Path], day: date | None) -> Iterator[bytes | Fault]:
    """The articles of the files, each read completely in a reading process, and the faults."""
    faults: list[Fault] = []
    lexicon = corpus.lexicon
    nothing: frozenset[str] = frozenset()
    knowledge = Knowledge(
        "json",
        corpus.gazetteer,
        lexicon.actors,
        lexicon.actor_names,
        nothing,
        nothing,
        lexicon.learned,
    )
    with closing(ArticleProcess(knowledge, lambda: False)) as process:
        for file in files_at(paths, faults):
            yield from process.read_json(file, day)
    yield from faults
