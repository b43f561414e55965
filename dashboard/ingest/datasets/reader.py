"""One part of a file into tables of the engine, in this process or in two others.

Reading a row takes many times what it takes to fetch it from the file, so that a long file is read by
other processes; a short one is done before they would have started.
"""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from dashboard.columnar.derive import derive
from dashboard.columnar.told import Known, Origin
from dashboard.columnar.write import stage
from dashboard.ingest.datasets.common import Kinds
from dashboard.ingest.datasets.days import DateOrder
from dashboard.ingest.datasets.formats import FORMATS
from dashboard.ingest.datasets.own import Profile, own
from dashboard.ingest.datasets.parts import Part
from dashboard.ingest.datasets.sheet import Sheet
from dashboard.model.errors import Fault

_WORKERS = 2
# Parts under way at once: enough for no worker to wait, few enough for memory.
_AHEAD = 4


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a part."""

    faults: tuple[Fault, ...]
    rows: int
    good: int
    share: float


@dataclass(frozen=True, slots=True)
class Reader:
    """All that reading a part takes; it travels to other processes.

    What is read is put into the folder `staged`: to hand it on would take as long as to write it.
    """

    file: str
    staged: Path
    origin: Origin
    format: str
    kinds: Kinds
    profile: Profile | None
    order: DateOrder | None
    comma: bool
    kind_names: Mapping[str, str]
    known: Known

    def read(self, part: Part, start: int) -> Made:
        """Read and stage the part, its events numbered from `start` on."""
        faults: list[Fault] = []
        sheet = Sheet(
            self.file, part.frame, part.numbers, faults.append, order=self.order, comma=self.comma
        )
        if self.profile is None:
            rows = FORMATS[self.format].read(sheet, self.kinds)
        else:
            rows = own(sheet, self.profile, self.kind_names)
            rows["event_id"] = f"{self.origin.dataset}:" + rows["event_id"]
        if len(rows):
            stage(self.staged, derive(rows, self.origin, start, self.known), start)
        return Made(tuple(faults), len(part.frame), len(rows), part.share)


def _end_with_parent() -> None:
    """End this process when the one that began it is gone, even if that was killed."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def spread(reader: Reader, tasks: Iterable[tuple[Part, int]]) -> Iterator[Made]:
    """The parts read, in order; with more than one, by other processes."""
    waiting = iter(tasks)
    first, second = next(waiting, None), next(waiting, None)
    if first is None:
        return
    if second is None:
        yield reader.read(*first)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(_WORKERS, context, initializer=_end_with_parent) as pool:
        under_way: deque[Future[Made]] = deque()
        try:
            for task in (first, second):
                under_way.append(pool.submit(reader.read, *task))
            for task in waiting:
                under_way.append(pool.submit(reader.read, *task))
                if len(under_way) >= _AHEAD:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for future in under_way:
                future.cancel()
