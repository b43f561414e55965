"""Read files into the workspace, e.g. a folder of 10,000 articles with 2 workers."""

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dashboard.documents.read import find_files, read_regular
from dashboard.ingest.parallel import dask_cluster, in_order, process_pool, read_in_one_process
from dashboard.ingest.work import File, FileReading, Knowledge
from dashboard.ingest.workspace_writer import Report, WorkspaceWriter, finished_files
from dashboard.model.corpus import Corpus
from dashboard.model.errors import Fault
from dashboard.store.workspace import Workspace

# Most bytes of a file: a larger one is not read, since it could fill the memory.
MAX_FILE = 200_000_000


@dataclass(frozen=True, slots=True)
class Workers:
    """Where files are read: in `count` processes, or on the Dask cluster at the URL `scheduler`.

    `cancelled` is called often; once it returns true, reading ends, also in the middle of a file.
    """

    count: int = 1
    scheduler: str | None = None
    cancelled: Callable[[], bool] = lambda: False


def knowledge_of(workspace: Workspace, corpus: Corpus) -> Knowledge:
    """The data that readers need, and the hashes of texts and files that were read before."""
    files = frozenset(finished_files(workspace))
    texts = frozenset(article.sha256 for article in corpus.articles.values())
    token = f"{workspace.key}:{workspace.version()}:{len(corpus.gazetteer.names)}"
    token += workspace.hidden.key
    return Knowledge(
        token=hashlib.sha256(token.encode()).hexdigest(),
        gazetteer=corpus.gazetteer,
        actors=corpus.lexicon.actors,
        names=corpus.lexicon.actor_names,
        texts=texts,
        files=files,
        learned=corpus.lexicon.learned,
    )


def files_at(paths: Iterable[Path], faults: list[Fault]) -> Iterator[File]:
    """The files under `paths` with their bytes, one at a time; adds those it cannot read to `faults`.

    So are paths that do not exist, links within a folder, which may lead out of it, and anything that
    is not a regular file.
    """
    arguments = list(paths)
    missing = [path for path in arguments if not path.exists()]
    faults += [Fault(str(path), 0, "", "a file or folder", "none") for path in missing]
    for path in find_files(arguments):
        if path.is_symlink() and path not in arguments:
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
    files: Iterable[File], knowledge: Knowledge, workers: Workers
) -> Generator[FileReading, None, None]:
    """The readings of the files, in the order of the files."""
    if workers.scheduler:
        with dask_cluster(knowledge, workers.scheduler) as (submit, ahead):
            yield from in_order(files, submit, ahead)
    elif workers.count > 1:
        with process_pool(knowledge, workers.count, workers.cancelled) as (submit, ahead):
            yield from in_order(files, submit, ahead)
    else:
        yield from read_in_one_process(files, knowledge, workers.cancelled)


def ingest(
    workspace: Workspace, corpus: Corpus, files: Iterable[File], workers: Workers, who: str
) -> Generator[Report, None, None]:
    """Read files into the workspace; yields the report after each file, and again at the end.

    If the generator is closed early, all that was read before is written. `who` is the author of the
    changes.
    """
    writer = WorkspaceWriter(workspace, corpus, who)
    readings = read(files, knowledge_of(workspace, corpus), workers)
    try:
        for reading in readings:
            writer.add(reading)
            yield writer.report
    finally:
        readings.close()
        writer.flush()
    yield writer.report
