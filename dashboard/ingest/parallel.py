"""Read files in separate processes or on a cluster, with results in order, e.g. with two workers."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import date
from itertools import islice
from queue import SimpleQueue
from typing import Protocol

from dashboard.documents.read import display_name
from dashboard.ingest.work import (
    File,
    FileReading,
    Knowledge,
    read_file,
    read_files,
)
from dashboard.ingest.worker import ANSWERS, Answer, read, read_json, set_knowledge
from dashboard.model.errors import Fault
from dashboard.sandbox.limits import Limits
from dashboard.sandbox.process import ReaderFailedError, ReaderProcess, ReaderStoppedError

# Files per task: enough that sending them costs little compared with reading them.
_BATCH = 8
# Tasks in progress per worker: enough that all are busy, few enough that memory stays constant.
_AHEAD = 3
# The longest article takes seconds; an archive of 100,000 takes minutes, with a message per article.
_LIMITS = Limits(cpu_s=3_600, silence_s=60.0)


class Future(Protocol):
    """A future of concurrent.futures or of dask.distributed."""

    def result(self) -> list[FileReading]:
        """Wait for the result."""


Submit = Callable[[Sequence[File]], Future]


class ArticleProcess:
    """A process that reads articles; if it ends early, the next file gets a new process.

    Of the file that it was reading, the articles read until then are returned, with a fault.
    """

    def __init__(self, knowledge: Knowledge, cancelled: Callable[[], bool]) -> None:
        self._knowledge = knowledge
        self._cancelled = cancelled
        self._process: ReaderProcess | None = None

    def read(self, file: File) -> FileReading:
        """Read one file; what cannot be read is among the faults of the result."""
        answers = self._answers(file, read, file)
        readings = (answer.fault or answer.article for answer in answers)
        return read_file(file, self._knowledge, readings)

    def read_json(self, file: File, day: date | None) -> Iterator[bytes | Fault]:
        """Read one file: a line of JSON for each article, and its faults."""
        return (answer.fault or answer.line for answer in self._answers(file, read_json, file, day))

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.close()
        self._process = None

    def _answers(
        self, file: File, function: Callable[..., Iterator[Answer]], *arguments: object
    ) -> Iterator[Answer]:
        try:
            yield from self._running().call(ANSWERS, function, *arguments)
        except ReaderFailedError as error:
            yield Answer(fault=_fault(file, str(error)))
        except ReaderStoppedError as error:
            self.close()
            if not self._cancelled():
                yield Answer(fault=_fault(file, str(error)))

    def _running(self) -> ReaderProcess:
        if self._process is None:
            self._process = ReaderProcess(_LIMITS, cancelled=self._cancelled)
            for _nothing in self._process.call(ANSWERS, set_knowledge, self._knowledge):
                pass
        return self._process


def _fault(file: File, why: str) -> Fault:
    return Fault(display_name(file.name), 0, "", "a file that can be read to its end", why)


def read_in_one_process(
    files: Iterable[File], knowledge: Knowledge, cancelled: Callable[[], bool]
) -> Iterator[FileReading]:
    """Read the files in one process, one after the other."""
    with closing(ArticleProcess(knowledge, cancelled)) as process:
        yield from map(process.read, files)


@contextmanager
def process_pool(
    knowledge: Knowledge, workers: int, cancelled: Callable[[], bool]
) -> Iterator[tuple[Submit, int]]:
    """Context manager: a function that submits a task to `workers` processes of this machine.

    With it comes the number of tasks that should be in progress.
    """
    idle: SimpleQueue[ArticleProcess] = SimpleQueue()
    pool = [ArticleProcess(knowledge, cancelled) for _ in range(workers)]
    for process in pool:
        idle.put(process)

    def read_batch(batch: Sequence[File]) -> list[FileReading]:
        process = idle.get()
        try:
            return [process.read(file) for file in batch]
        finally:
            idle.put(process)

    # The threads only wait for the processes.
    with ThreadPoolExecutor(workers) as threads:
        try:
            yield lambda batch: threads.submit(read_batch, batch), workers * _AHEAD
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            for process in pool:
                process.close()


@contextmanager
def dask_cluster(knowledge: Knowledge, address: str) -> Iterator[tuple[Submit, int]]:
    """Context manager: the same for the Dask cluster whose scheduler is at `address`.

    The cluster's workers set the limits. Raises OSError if there is no scheduler at the address,
    ImportError without dask.distributed.
    """
    # Only those who have a cluster need the package.
    from distributed import Client  # noqa: PLC0415

    with Client(address, timeout="10s") as client:  # type: ignore[no-untyped-call]
        shared = client.scatter(knowledge, broadcast=True)
        threads = max(1, sum(client.nthreads().values()))

        def submit(batch: Sequence[File]) -> Future:
            # Not pure: a file that is twice in one run is read twice, as without a cluster.
            future: Future = client.submit(read_files, list(batch), shared, pure=False)
            return future

        yield submit, threads * _AHEAD


def in_order(files: Iterable[File], submit: Submit, ahead: int) -> Iterator[FileReading]:
    """The readings of `files` in their order, with at most `ahead` tasks in progress."""
    pending: deque[Future] = deque()
    source = iter(files)
    while batch := list(islice(source, _BATCH)):
        pending.append(submit(batch))
        if len(pending) >= ahead:
            yield from pending.popleft().result()
    while pending:
        yield from pending.popleft().result()
