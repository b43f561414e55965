"""One run of reading, from files to the workspace, e.g. a folder of 10,000 articles with 2 workers."""

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dashboard.documents.read import find_files, read_regular
from dashboard.ingest.keep import Keeper, Report, files_read
from dashboard.ingest.spread import cluster, in_order, processes, read_in_one
from dashboard.ingest.work import File, FileReading, Knowledge
from dashboard.model.corpus import Corpus
from dashboard.model.errors import Fault
from dashboard.store.workspace import Workspace

# A file larger than this is refused unread, so that one cannot fill the memory.
MAX_FILE = 200_000_000


@dataclass(frozen=True, slots=True)
class How:
    """Where the reading runs: in `workers` processes, or on the cluster at `scheduler`.

    `cancelled` is asked all the time; once it says so, reading ends, within a file too.
    """

    workers: int = 1
    scheduler: str | None = None
    cancelled: Callable[[], bool] = lambda: False


def knowledge_of(workspace: Workspace, corpus: Corpus) -> Knowledge:
    """What a reader needs to know, and what need not be read again."""
    files = frozenset(files_read(workspace))
    texts = frozenset(article.sha256 for article in corpus.articles.values())
    token = f"{workspace.path}:{workspace.version()}:{len(corpus.gazetteer.names)}"
    return Knowledge(
        token=hashlib.sha256(token.encode()).hexdigest(),
        gazetteer=corpus.gazetteer,
        actors=corpus.lexicon.actors,
        names=corpus.lexicon.actor_names,
        texts=texts,
        files=files,
    )


def files_at(paths: Iterable[Path], faults: list[Fault]) -> Iterator[File]:
    """The files under `paths`, read one at a time; one that cannot be read is a fault.

    So is a link within a folder, which may lead out of it, and what is no file on a disk.
    """
    named = list(paths)
    for path in find_files(named):
        if path.is_symlink() and path not in named:
            faults.append(Fault(path.name, 0, "", "a file or a folder", "a link to one"))
            continue
        try:
            content = read_regular(path, MAX_FILE)
        except OSError as error:
            faults.append(Fault(path.name, 0, "", "a readable file", error.strerror or str(error)))
            continue
        if content is None:
            faults.append(
                Fault(path.name, 0, "", f"a file of at most {MAX_FILE:,} bytes", "another")
            )
        else:
            yield File(path.name, content)


def read(
    files: Iterable[File], knowledge: Knowledge, how: How
) -> Generator[FileReading, None, None]:
    """The readings of the files, in their order, wherever they are made."""
    if how.scheduler:
        with cluster(knowledge, how.scheduler) as (submit, ahead):
            yield from in_order(files, submit, ahead)
    elif how.workers > 1:
        with processes(knowledge, how.workers, how.cancelled) as (submit, ahead):
            yield from in_order(files, submit, ahead)
    else:
        yield from read_in_one(files, knowledge, how.cancelled)


def ingest(
    workspace: Workspace, corpus: Corpus, files: Iterable[File], how: How, who: str
) -> Generator[Report, None, None]:
    """Read files into the workspace; the report so far after each file, last the whole.

    Whoever stops in the middle (closes the generator) keeps all that was read until then.
    """
    keeper = Keeper(workspace, corpus, who)
    readings = read(files, knowledge_of(workspace, corpus), how)
    try:
        for reading in readings:
            keeper.add(reading)
            yield keeper.report
    finally:
        readings.close()
        keeper.flush()
    yield keeper.report
