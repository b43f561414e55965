"""What runs in a reading process: a table's first rows, or its parts read and staged.

Each of several processes goes through the whole file and reads one part of two of it: to fetch
rows takes a fraction of what reading them takes, and so no rows travel between processes.
"""

from collections.abc import Iterable, Iterator

import pandas as pd

from dashboard.datasets.answers import (
    Answer,
    Faulty,
    PartRead,
    Refused,
    Sample,
    Unclear,
)
from dashboard.datasets.files.parts import How, InputFile, Part, TableError, Tell, UnclearError
from dashboard.datasets.files.read import parts
from dashboard.datasets.formats.sheet import told
from dashboard.datasets.reader import Reader
from dashboard.model.errors import Fault

# More text than a table shows of a cell, and than all that is shown together, in characters.
_MOST_CELL, _MOST_SHOWN = 500, 10_000_000


def sample(file: InputFile, how: How, size: int) -> Iterator[Answer]:
    """The first rows; one answer."""
    faults: list[Fault] = []
    try:
        part = next(_parts(file, how, faults.append, size), None)
    except (UnclearError, TableError) as error:
        yield _refusal(error)
        return
    frame = pd.DataFrame() if part is None else part.frame
    columns = [[told(cell)[:_MOST_CELL] for cell in frame[name].tolist()] for name in frame]
    rows = tuple(_first(zip(*columns, strict=True)))
    yield Sample(tuple(map(str, frame.columns)), rows, tuple(faults))


def _first(rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The rows that are shown: at least one, and no more than `_MOST_SHOWN` characters."""
    shown = 0
    for row in rows:
        if shown > _MOST_SHOWN:
            return
        shown += sum(map(len, row))
        yield row


def read_parts(
    reader: Reader, file: InputFile, how: How, start: int, turn: tuple[int, int], size: int
) -> Iterator[Answer]:
    """Read the parts of `size` rows whose turn it is: (1, 2) are the second, the fourth and so on.

    Events are numbered from `start` on. Faults of the file itself are told in the first turn only.
    """
    mine, of = turn
    faults: list[Fault] = []
    refusal: list[Answer] = []
    try:
        for number, part in enumerate(_parts(file, how, faults.append, size)):
            yield from _flush(faults, mine)
            if number % of == mine:
                for result in reader.read_or_halve(part, start):
                    yield PartRead(result)
            start += len(part.frame)
    except (UnclearError, TableError) as error:
        refusal = [_refusal(error)]
    yield from _flush(faults, mine)
    yield from refusal


def _flush(faults: list[Fault], mine: int) -> Iterator[Answer]:
    """Answer the faults so far, and forget them; other turns answer none."""
    if faults and mine == 0:
        yield Faulty(tuple(faults))
    faults.clear()


def _parts(file: InputFile, how: How, tell: Tell, size: int) -> Iterator[Part]:
    """The parts; whatever else a damaged file makes a library raise is a TableError too."""
    try:
        yield from parts(file, how, tell, size)
    except (UnclearError, TableError, MemoryError):
        raise
    except Exception as error:
        found = f"{type(error).__name__}: {error}"
        raise TableError(f"{file.name}: expected a file without damage, found {found}") from error


def _refusal(error: UnclearError | TableError) -> Answer:
    if isinstance(error, UnclearError):
        return Unclear(error.option, error.choices, error.why)
    return Refused(str(error))
