"""The functions that run in a reading process: the first rows of a table, or its chunks, staged.

With two processes each iterates over the whole file and parses every second chunk of it: iterating
takes a fraction of the time of parsing, and no rows are sent between processes.
"""

from collections.abc import Iterable, Iterator

import pandas as pd

from dashboard.datasets.files.chunks import Chunk, ReportFault
from dashboard.datasets.files.errors import TableError, UnclearError
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.read import read_chunks
from dashboard.datasets.formats.registry import EVENT_MAP
from dashboard.datasets.formats.sheet import cell_text
from dashboard.datasets.reader import ChunkReader
from dashboard.datasets.worker_messages import (
    ChunkRead,
    Faulty,
    Refused,
    Sample,
    Unclear,
    WorkerMessage,
)
from dashboard.model.errors import Fault
from dashboard.model.message import message

# Most rows of a chunk with whole events, which need more memory than a row of other tables.
_MOST_WHOLE = 2_000
# Most characters of a cell in a sample, and of all its cells together.
_MOST_CELL, _MOST_SHOWN = 500, 10_000_000


def sample(file: InputFile, options: FileOptions, size: int) -> Iterator[WorkerMessage]:
    """The first `size` rows at most, as one message."""
    faults: list[Fault] = []
    try:
        chunk = next(_chunks(file, options, faults.append, size), None)
    except (UnclearError, TableError) as error:
        yield _refusal(error)
        return
    frame = pd.DataFrame() if chunk is None else chunk.frame
    columns = [[cell_text(cell)[:_MOST_CELL] for cell in frame[name].tolist()] for name in frame]
    rows = tuple(_first(zip(*columns, strict=True)))
    tags = {} if chunk is None else dict(chunk.tags)
    yield Sample(tuple(map(str, frame.columns)), rows, tuple(faults), tags)


def _first(rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The first rows: at least one, and about `_MOST_SHOWN` characters at most."""
    shown = 0
    for row in rows:
        if shown > _MOST_SHOWN:
            return
        shown += sum(map(len, row))
        yield row


def parse_share(
    reader: ChunkReader,
    file: InputFile,
    options: FileOptions,
    start: int,
    share: tuple[int, int],
    size: int,
) -> Iterator[WorkerMessage]:
    """Parse one process's share of the chunks of `size` rows.

    `share` is the number of the process (from 0) and the count of processes: (1, 2) parses the second,
    the fourth chunk and so on. Events are numbered from `start` on. Only process 0 reports faults of the
    file itself.
    """
    worker, workers = share
    faults: list[Fault] = []
    refusal: list[WorkerMessage] = []
    if reader.format == EVENT_MAP:
        size = min(size, _MOST_WHOLE)
    try:
        for number, chunk in enumerate(_chunks(file, options, faults.append, size)):
            yield from _flush(faults, worker)
            if number % workers == worker:
                for result in reader.read_or_split(chunk, start):
                    yield ChunkRead(result)
            start += len(chunk.frame)
    except (UnclearError, TableError) as error:
        refusal = [_refusal(error)]
    yield from _flush(faults, worker)
    yield from refusal


def _flush(faults: list[Fault], worker: int) -> Iterator[WorkerMessage]:
    """Clear the faults; process 0 reports them."""
    if faults and worker == 0:
        yield Faulty(tuple(faults))
    faults.clear()


def _chunks(
    file: InputFile, options: FileOptions, report: ReportFault, size: int
) -> Iterator[Chunk]:
    """The chunks; any other error of a library, because of a damaged file, becomes a TableError."""
    try:
        yield from read_chunks(file, options, report, size)
    except (UnclearError, TableError, MemoryError):
        raise
    except Exception as error:
        found = f"{type(error).__name__}: {error}"
        raise TableError(
            message(
                "{file}: expected a file without damage, found {found}", file=file.name, found=found
            )
        ) from error


def _refusal(error: UnclearError | TableError) -> WorkerMessage:
    if isinstance(error, UnclearError):
        return Unclear(error.option, error.choices, error.why)
    return Refused(error.message)
