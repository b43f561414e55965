"""Reading spread over processes or machines, results in order, e.g. 2 workers -> 1.8 times the rate."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from typing import Protocol

from dashboard.ingest.work import File, FileReading, Knowledge, read_files

# Files a task: enough that sending them costs little beside reading them.
_BATCH = 8
# Tasks on their way for each worker: enough to keep all busy, few enough to keep memory flat.
_AHEAD = 3


class Future(Protocol):
    """A result on its way, of concurrent.futures or of dask.distributed."""

    def result(self) -> list[FileReading]:
        """The result, waiting for it."""


Submit = Callable[[Sequence[File]], Future]


def read_here(files: Iterable[File], knowledge: Knowledge) -> Iterator[FileReading]:
    """Read in this process."""
    for file in files:
        yield from read_files([file], knowledge)


@contextmanager
def processes(knowledge: Knowledge, workers: int) -> Iterator[tuple[Submit, int]]:
    """A way to read in `workers` processes of this machine, and how many tasks to send ahead."""
    # Spawned, not forked: a server with threads may not be forked safely.
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_know, initargs=(knowledge,)
    ) as pool:

        def submit(batch: Sequence[File]) -> Future:
            return pool.submit(_read_with_known, batch)

        try:
            yield submit, workers * _AHEAD
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def cluster(knowledge: Knowledge, address: str) -> Iterator[tuple[Submit, int]]:
    """A way to read on the Dask cluster whose scheduler is at `address`.

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


_known: list[Knowledge] = []


def _know(knowledge: Knowledge) -> None:
    """Runs once in each process: knowledge is sent once, not with every task."""
    _known[:] = [knowledge]


def _read_with_known(batch: Sequence[File]) -> list[FileReading]:
    return read_files(batch, _known[0])
