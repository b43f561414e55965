"""How far the writing of a file is: `tell(3, 40)` after three pictures of forty."""

from collections.abc import Callable, Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

# Called with what is done, and of how much: pictures, events, or the steps of a file.
Progress = Callable[[int, int], None]
# Files that are written at once have these steps: the events are loaded, then written.
STEPS = 2


def ignore_progress(_done: int, _of: int) -> None:
    """For those who only wait."""


def counted(
    batches: Iterable[pa.RecordBatch], events: int, tell: Progress
) -> Iterator[pa.RecordBatch]:
    """The batches, whose rows have an `event_id`; `tell` hears of how many events rows were taken.

    An event may have several rows; one whose rows are in two batches counts in both.
    """
    taken = 0
    for batch in batches:
        yield batch
        taken += pc.count_distinct(batch.column("event_id")).as_py()
        tell(min(taken, events), events)
