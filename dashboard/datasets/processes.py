"""Read a table in separate processes, e.g. two that parse alternate chunks of 50,000 rows.

They have limits, and access to the file and the folder of staged tables only: see dashboard/sandbox.
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing

import pandas as pd

from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.read import CHUNK_ROWS
from dashboard.datasets.reader import ChunkReader, ChunkResult
from dashboard.datasets.worker import parse_share, sample
from dashboard.datasets.worker_messages import MESSAGES, ChunkRead, Faulty, Refused, Sample, Unclear
from dashboard.model.message import StoredText, message
from dashboard.sandbox.limits import Limits
from dashboard.sandbox.process import ReaderFailedError, ReaderProcess, ReaderStoppedError

_WORKERS = 2
# A file below this size in bytes is read faster by one process than a second one starts.
_SMALL = 4_000_000
# A million rows took 40 s of processor time (benchmarks/README.md); no chunk takes minutes.
_LIMITS = Limits(cpu_s=1_800, silence_s=300.0)
_PREVIEW_LIMITS = Limits(cpu_s=60, silence_s=60.0)
# Most bytes of the staged tables of a file: ten times those of a million rows of ACLED.
_MOST_STAGED = 8 << 30
_NO_MORE = object()


class DamagedError(TableError):
    """The rest of the file cannot be read; the chunks before are staged."""


def first_rows(file: InputFile, options: FileOptions, size: int) -> tuple[pd.DataFrame, Sample]:
    """The first `size` rows at most as a table of text, and the message with them.

    Raises UnclearError or TableError.
    """
    with ReaderProcess(_PREVIEW_LIMITS, readable=(file.path,)) as process:
        try:
            for reply in process.call(MESSAGES, sample, file, options, size):
                if isinstance(reply, Unclear | Refused):
                    raise reply.error()
                if isinstance(reply, Sample):
                    frame = pd.DataFrame(reply.rows, columns=list(reply.columns), dtype=object)
                    return frame, reply
        except (ReaderStoppedError, ReaderFailedError) as error:
            raise TableError(
                message("{file}: {error}", file=file.name, error=str(error))
            ) from error
    raise TableError(message("{file}: expected rows, found none", file=file.name))


def read_all(
    reader: ChunkReader, file: InputFile, options: FileOptions, start: int
) -> Iterator[ChunkResult]:
    """The results of the chunks in order; events are numbered from `start` on.

    Raises DamagedError after the last chunk that can be read, if the file is damaged or a process ends;
    the chunks before are staged. Closing the iterator ends the processes.
    """
    workers = 1 if file.path.stat().st_size < _SMALL else _WORKERS
    staged = 0
    with ExitStack() as stack:
        results = [
            stack.enter_context(
                closing(_read_share(reader, file, options, start, (number, workers)))
            )
            for number in range(workers)
        ]
        for result in _in_order(results):
            staged += result.staged
            if staged > _MOST_STAGED:
                found = f"more than {_MOST_STAGED >> 30} GB of rows"
                raise DamagedError(
                    message(
                        "{file}: expected a smaller table, found {found}",
                        file=file.name,
                        found=found,
                    )
                )
            yield result


def _in_order(processes: Sequence[Iterator[ChunkResult | None]]) -> Iterator[ChunkResult]:
    """The results of one chunk of each process in turn; `None` ends a chunk.

    If one raises DamagedError, the others finish first, since they have staged chunks too.
    """
    running = list(processes)
    damage: DamagedError | None = None
    while running:
        for process in tuple(running):
            try:
                result = next(process, _NO_MORE)
                while isinstance(result, ChunkResult):
                    yield result
                    result = next(process, _NO_MORE)
                if result is _NO_MORE:
                    running.remove(process)
            except DamagedError as error:
                damage = damage or error
                running.remove(process)
    if damage is not None:
        raise damage


def _reason(reply: Unclear | Refused) -> StoredText:
    """Why the rest of the file cannot be read."""
    return reply.error().message


def _read_share(
    reader: ChunkReader, file: InputFile, options: FileOptions, start: int, share: tuple[int, int]
) -> Generator[ChunkResult | None, None, None]:
    """The results of one process, with `None` after each chunk; `share` as in `parse_share`."""
    with ReaderProcess(_LIMITS, readable=(file.path,), writable=(reader.staged,)) as process:
        try:
            for reply in process.call(
                MESSAGES, parse_share, reader, file, options, start, share, CHUNK_ROWS
            ):
                if isinstance(reply, Unclear | Refused):
                    raise DamagedError(_reason(reply))
                if isinstance(reply, Faulty):
                    yield ChunkResult(reply.faults, start, 0, 0, 0.0, 0)
                if isinstance(reply, ChunkRead):
                    yield reply.result
                    yield None
        except (ReaderStoppedError, ReaderFailedError) as error:
            raise DamagedError(
                message("{file}: {error}", file=file.name, error=str(error))
            ) from error
