"""How far the writing of a file is: `tell(3, 40)` after three pictures of forty."""

from collections.abc import Callable, Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc

# Called with what is done, and of how much: pictures, events, or the steps of a file.
Progress = Callable[[int, int], None]
# Files that are written at once have these steps: the events are loaded, then written.
STEPS = 2


def ignore_progress(_done: int, _of: int) -> None:
    """A `Progress` that does nothing."""


def counted(
    batches: Iterable[pa.RecordBatch], events: int, tell: Progress
) -> Iterator[pa.RecordBatch]:
    """Pass the batches on, whose rows have an `event_id`; after each call `tell` with the events so far.

    An event may have several rows; one whose rows are in two batches counts in both.
    """
    taken = 0
    for batch in batches:
        yield batch
        taken += pc.count_distinct(batch.column("event_id")).as_py()
        tell(min(taken, events), events)
