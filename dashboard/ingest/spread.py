"""Reading in processes of their own, or on a cluster, results in order, e.g. with two workers."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from queue import SimpleQueue
from typing import Protocol

from dashboard.documents.read import shown
from dashboard.ingest.work import (
    ArticleReading,
    File,
    FileReading,
    Knowledge,
    read_file,
    read_files,
)
from dashboard.ingest.worker import ANSWERS, know, read
from dashboard.model.errors import Fault
from dashboard.sandbox.limits import Limits
from dashboard.sandbox.process import ReaderFailedError, ReaderProcess, ReaderStoppedError

# Files a task: enough that sending them costs little beside reading them.
_BATCH = 8
# Tasks on their way for each worker: enough to keep all busy, few enough to keep memory flat.
_AHEAD = 3
# The longest article takes seconds; an archive of 100,000 takes minutes, and answers all the while.
_LIMITS = Limits(cpu_s=3_600, silence_s=60.0)


class Future(Protocol):
    """A result on its way, of concurrent.futures or of dask.distributed."""

    def result(self) -> list[FileReading]:
        """The result, waiting for it."""


Submit = Callable[[Sequence[File]], Future]


class ArticleProcess:
    """A reading process for articles; if it ends, the next file gets a new one.

    Only the file that it was at is lost, and of that the articles that were answered are kept.
    """

    def __init__(self, knowledge: Knowledge, cancelled: Callable[[], bool]) -> None:
        self._knowledge = knowledge
        self._cancelled = cancelled
        self._process: ReaderProcess | None = None

    def read(self, file: File) -> FileReading:
        """Read one file."""
        return read_file(file, self._knowledge, self._readings(file))

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.close()
        self._process = None

    def _readings(self, file: File) -> Iterator[ArticleReading | Fault | None]:
        try:
            for answer in self._running().call(ANSWERS, read, file):
                yield answer.fault or answer.article
        except ReaderFailedError as error:
            yield _fault(file, str(error))
        except ReaderStoppedError as error:
            self.close()
            if not self._cancelled():
                yield _fault(file, str(error))

    def _running(self) -> ReaderProcess:
        if self._process is None:
            self._process = ReaderProcess(_LIMITS, cancelled=self._cancelled)
            for _nothing in self._process.call(ANSWERS, know, self._knowledge):
                pass
        return self._process


def _fault(file: File, why: str) -> Fault:
    return Fault(shown(file.name), 0, "", "a file that can be read to its end", why)


def read_in_one(
    files: Iterable[File], knowledge: Knowledge, cancelled: Callable[[], bool]
) -> Iterator[FileReading]:
    """Read in one process."""
    process = ArticleProcess(knowledge, cancelled)
    try:
        for file in files:
            yield process.read(file)
    finally:
        process.close()


@contextmanager
def processes(
    knowledge: Knowledge, workers: int, cancelled: Callable[[], bool]
) -> Iterator[tuple[Submit, int]]:
    """How to read in `workers` processes of this machine, and how many tasks to send ahead."""
    idle: SimpleQueue[ArticleProcess] = SimpleQueue()
    every = [ArticleProcess(knowledge, cancelled) for _ in range(workers)]
    for process in every:
        idle.put(process)

    def read_batch(batch: Sequence[File]) -> list[FileReading]:
        process = idle.get()
        try:
            return [process.read(file) for file in batch]
        finally:
            idle.put(process)

    # The threads only wait for the processes.
    with ThreadPoolExecutor(workers) as pool:
        try:
            yield lambda batch: pool.submit(read_batch, batch), workers * _AHEAD
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in every:
                process.close()


@contextmanager
def cluster(knowledge: Knowledge, address: str) -> Iterator[tuple[Submit, int]]:
    """How to read on the Dask cluster whose scheduler is at `address`; its workers set the limits.

    Raises OSError if nobody answers there, ImportError without dask.distributed.
    """
    # Only those who have a cluster need the package.
    from distributed import Client  # noqa: PLC0415

    with Client(address, timeout="10s") as client:  # type: ignore[no-untyped-call]
        shared = client.scatter(knowledge, broadcast=True)
        threads = max(1, sum(client.nthreads().values()))

        def submit(batch: Sequence[File]) -> Future:
            # Impure: a file that comes twice in one run is read twice, as it is here.
            future: Future = client.submit(read_files, list(batch), shared, pure=False)
            return future

        yield submit, threads * _AHEAD


def in_order(files: Iterable[File], submit: Submit, ahead: int) -> Iterator[FileReading]:
    """The readings of `files` in their order, with at most `ahead` tasks on their way."""
    waiting: deque[Future] = deque()
    source = iter(files)
    while batch := list(islice(source, _BATCH)):
        waiting.append(submit(batch))
        if len(waiting) >= ahead:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()
