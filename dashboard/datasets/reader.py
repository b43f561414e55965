"""One part of a file as tables of the engine, staged on disk for the next generation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.datasets.build.derive import derive
from dashboard.datasets.build.rows import Known, Origin
from dashboard.datasets.files.parts import Part
from dashboard.datasets.formats.column_mapping import Profile, own
from dashboard.datasets.formats.days import DateOrder
from dashboard.datasets.formats.event_rows import Kinds
from dashboard.datasets.formats.known import FORMATS
from dashboard.datasets.formats.sheet import Sheet
from dashboard.engine.write import stage
from dashboard.model.errors import Fault


@dataclass(frozen=True, slots=True)
class PartResult:
    """What became of a part: its faults, how many rows it had, and how many were taken.

    `start` is the number of its first event; `share` how much of the file is read (0 to 1); `staged`
    the bytes that the rows take as tables.
    """

    faults: tuple[Fault, ...]
    start: int
    rows: int
    good: int
    share: float
    staged: int


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

    def read(self, part: Part, start: int) -> PartResult:
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
        staged = 0
        if len(rows):
            tables = derive(rows, self.origin, start, self.known)
            stage(self.staged, tables, start)
            staged = sum(table.nbytes for table in tables.values())
        return PartResult(tuple(faults), start, len(part.frame), len(rows), part.share, staged)

    def read_or_halve(self, part: Part, start: int) -> Iterator[PartResult]:
        """The same; where something in it cannot be read at all it costs its own row alone.

        Half a part is tried at a time: one bad row of 50,000 is found in some 16 steps.
        """
        try:
            result = self.read(part, start)
        except (OSError, MemoryError):  # the disk's fault, or the machine's, and no row's
            raise
        except Exception as error:  # noqa: BLE001 whatever a cell may cause
            if len(part.frame) == 1:
                found = f"{type(error).__name__}: {error}"
                fault = Fault(self.file, int(part.numbers[0]), "", "a row that can be read", found)
                yield PartResult((fault,), start, 1, 0, part.share, 0)
                return
            half = len(part.frame) // 2
            yield from self.read_or_halve(part.rows(0, half), start)
            yield from self.read_or_halve(part.rows(half, len(part.frame)), start + half)
        else:
            yield result
