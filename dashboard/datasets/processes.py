"""A table read by processes of their own, e.g. two that take turns at parts of 50,000 rows.

They have limits and can reach nothing but the file and the folder of staged tables: dashboard/sandbox.
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing

import pandas as pd

from dashboard.datasets.answers import ANSWERS, Faulty, PartRead, Refused, Sample, Unclear
from dashboard.datasets.files.parts import How, InputFile, TableError
from dashboard.datasets.files.read import PART
from dashboard.datasets.reader import PartResult, Reader
from dashboard.datasets.worker import read_parts, sample
from dashboard.model.errors import Fault
from dashboard.sandbox.limits import Limits
from dashboard.sandbox.process import ReaderFailedError, ReaderProcess, ReaderStoppedError

_WORKERS = 2
# A file below this size, in bytes, is read before a second process has begun.
_SMALL = 4_000_000
# A million rows took 40 s of processor time (benchmarks/README.md); no one part takes minutes.
_LIMITS = Limits(cpu_s=1_800, silence_s=300.0)
_PREVIEW_LIMITS = Limits(cpu_s=60, silence_s=60.0)
# Bytes of tables that one file may become: ten times those of a million rows of ACLED.
_MOST_STAGED = 8 << 30
_NO_MORE = object()


class DamagedError(TableError):
    """A file of which no more can be read; what was read before is kept."""


def first_rows(file: InputFile, how: How, size: int) -> tuple[pd.DataFrame, tuple[Fault, ...]]:
    """The first rows, cells as text, and the faults met; raises UnclearError or TableError."""
    with ReaderProcess(_PREVIEW_LIMITS, readable=(file.path,)) as process:
        try:
            for answer in process.call(ANSWERS, sample, file, how, size):
                if isinstance(answer, Unclear | Refused):
                    raise answer.error()
                if isinstance(answer, Sample):
                    frame = pd.DataFrame(answer.rows, columns=list(answer.columns), dtype=object)
                    return frame, answer.faults
        except (ReaderStoppedError, ReaderFailedError) as error:
            raise TableError(f"{file.name}: {error}") from error
    raise TableError(f"{file.name}: expected rows, found none")


def read_all(reader: Reader, file: InputFile, how: How, start: int) -> Iterator[PartResult]:
    """The parts in order, events numbered from `start` on.

    Raises DamagedError where the file, or the process that reads it, cannot go on: all that came
    before is staged. Closed early, it ends the processes.
    """
    workers = 1 if file.path.stat().st_size < _SMALL else _WORKERS
    staged = 0
    with ExitStack() as stack:
        turns = [
            stack.enter_context(closing(_turn(reader, file, how, start, (number, workers))))
            for number in range(workers)
        ]
        for result in _in_turn(turns):
            staged += result.staged
            if staged > _MOST_STAGED:
                found = f"more than {_MOST_STAGED >> 30} GB of rows"
                raise DamagedError(f"{file.name}: expected a smaller table, found {found}")
            yield result


def _in_turn(turns: Sequence[Iterator[PartResult | None]]) -> Iterator[PartResult]:
    """One part of each process after another; `None` ends a part.

    Where one cannot go on the others come to their end first: they have staged parts too.
    """
    going = list(turns)
    damage: DamagedError | None = None
    while going:
        for turn in tuple(going):
            try:
                result = next(turn, _NO_MORE)
                while isinstance(result, PartResult):
                    yield result
                    result = next(turn, _NO_MORE)
                if result is _NO_MORE:
                    going.remove(turn)
            except DamagedError as error:
                damage = damage or error
                going.remove(turn)
    if damage is not None:
        raise damage


def _turn(
    reader: Reader, file: InputFile, how: How, start: int, turn: tuple[int, int]
) -> Generator[PartResult | None, None, None]:
    """What one process reads; `None` after each whole part of it."""
    with ReaderProcess(_LIMITS, readable=(file.path,), writable=(reader.staged,)) as process:
        try:
            for answer in process.call(ANSWERS, read_parts, reader, file, how, start, turn, PART):
                if isinstance(answer, Unclear | Refused):
                    raise DamagedError(str(answer.error()))
                if isinstance(answer, Faulty):
                    yield PartResult(answer.faults, start, 0, 0, 0.0, 0)
                if isinstance(answer, PartRead):
                    yield answer.result
                    yield None
        except (ReaderStoppedError, ReaderFailedError) as error:
            raise DamagedError(f"{file.name}: {error}") from error
