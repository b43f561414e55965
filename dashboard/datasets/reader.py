"""Parse one chunk of a file into the engine's tables, staged on disk for the next generation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.datasets.build.derive import derive
from dashboard.datasets.build.recorded import record_tables
from dashboard.datasets.build.rows import KnownIds, RowSource
from dashboard.datasets.event_map.read import EventMapRows
from dashboard.datasets.files.chunks import Chunk
from dashboard.datasets.formats.acled_deletions import acled_deletions
from dashboard.datasets.formats.column_mapping import ColumnMapping
from dashboard.datasets.formats.crosswalk import Crosswalk
from dashboard.datasets.formats.custom import custom_rows
from dashboard.datasets.formats.guessed_columns import late_columns
from dashboard.datasets.formats.named_places import areas_by_source
from dashboard.datasets.formats.notices import Notice, NoticeKind
from dashboard.datasets.formats.registry import FORMATS, lists_deletions, with_known_names
from dashboard.datasets.formats.sheet import Sheet
from dashboard.datasets.options import ReadOptions
from dashboard.engine.deletions import DELETIONS
from dashboard.engine.id_rules import NO_ID
from dashboard.engine.write import stage
from dashboard.gazetteer.place_names import PlaceNames
from dashboard.model.errors import Fault
from dashboard.model.event_tables import BASE_SCHEMAS
from dashboard.model.message import message


@dataclass(frozen=True, slots=True)
class ChunkResult:
    """The result of a chunk: the faults of rows left out, the number of its rows, and of those taken.

    `start` is the number of its first event, `share` the share of the file read so far (0 to 1),
    `staged` the size of the staged tables in bytes, `unread` the cells that were not understood. Of the
    rows taken, `undated` have no date and `unplaced` no place.
    """

    faults: tuple[Fault, ...]
    start: int
    rows: int
    good: int
    share: float
    staged: int
    notices: tuple[Notice, ...] = ()
    unread: tuple[Fault, ...] = ()
    undated: int = 0
    unplaced: int = 0


@dataclass(frozen=True, slots=True)
class ChunkReader:
    """Parses chunks of one file; it is sent to other processes.

    Tables are written to the folder `staged`, which takes no longer than to send them. `codes` are those
    of the format, `names_of_places` those of the gazetteer for a table that names places.
    """

    file: str
    staged: Path
    source: RowSource
    format: str
    codes: Crosswalk
    options: ReadOptions
    known_ids: KnownIds
    names_of_places: PlaceNames | None = None

    def read(self, chunk: Chunk, start: int) -> ChunkResult:
        """Parse and stage a chunk; its events are numbered from `start` on."""
        unread: list[Fault] = []
        mapping = self.options.mapping
        parse = None if mapping is not None else FORMATS[self.format].read
        if lists_deletions(self.format):
            return self._read_deletions(chunk, start)
        if mapping is None and parse is None:
            return self._read_events(chunk, start)
        sheet = self._sheet(chunk, unread)
        if parse is not None:
            rows = parse(sheet, self.codes)
        elif mapping is not None:
            self._note_late_columns(sheet, mapping)
            rows = custom_rows(sheet, mapping, self.codes, self.names_of_places, self.known_ids)
            rows["event_id"] = f"{self.source.dataset}:" + rows["event_id"]
        tables = self._tables(rows, start) if len(rows) else {}
        result = self._stage(tables, chunk, start, len(rows))
        return replace(result, notices=sheet.notices(), unread=tuple(unread))

    def _sheet(self, chunk: Chunk, faults: list[Fault]) -> Sheet:
        """The columns of a chunk; cells that are not understood are added to `faults`."""
        frame = with_known_names(chunk.frame, self.format)
        return Sheet(self.file, frame, chunk.numbers, faults.append, self.options.cells)

    def _read_deletions(self, chunk: Chunk, start: int) -> ChunkResult:
        """The same for a list of deletions, which is staged beside empty tables of events."""
        faults: list[Fault] = []
        rows = acled_deletions(self._sheet(chunk, faults))
        if len(rows):
            tables = {name: schema.empty_table() for name, schema in BASE_SCHEMAS.items()}
            stage(self.staged, tables | {DELETIONS: rows}, start)
        return ChunkResult(
            tuple(faults), start, len(chunk.frame), len(rows), chunk.share, rows.nbytes
        )

    def _note_late_columns(self, sheet: Sheet, mapping: ColumnMapping) -> None:
        """Note the rows with cells of columns that the mapping would have if the first rows had them."""
        names = list(map(str, sheet.frame.columns))
        for column in late_columns(mapping, self.options.columns, names):
            texts = sheet.text(column)
            filled = texts.index[texts != ""]
            kind = NoticeKind.LATE_COLUMN
            sheet.note_texts(column, kind, pd.Series("", filled, dtype=object))

    def _read_events(self, chunk: Chunk, start: int) -> ChunkResult:
        """The same for a file that this program exported."""
        faults: list[Fault] = []
        rows = EventMapRows(self.file, faults.append, self.known_ids.kinds)
        rows.read(chunk)
        records = rows.records.values()
        tables = record_tables(records, self.source, start, self.known_ids) if records else {}
        return replace(self._stage(tables, chunk, start, rows.good), faults=tuple(faults))

    def _tables(self, rows: pd.DataFrame, start: int) -> dict[str, pa.Table]:
        """The engine's tables of event rows; ids that are hashes keep the mark NO_ID until written."""
        ids = rows["event_id"]
        # Without the mark, which is not in the rows that earlier versions hashed.
        plain = rows.assign(event_id=ids.str.replace(NO_ID, "", regex=False))
        areas = areas_by_source(plain["place_source"], self.names_of_places)
        tables = derive(plain, self.source, start, self.known_ids, areas)
        events = tables["events"]
        at = events.schema.get_field_index("event_id")
        marked = events.set_column(at, events.schema.field(at), pa.array(ids, pa.string()))
        return tables | {"events": marked}

    def _stage(
        self, tables: Mapping[str, pa.Table], chunk: Chunk, start: int, good: int
    ) -> ChunkResult:
        """Stage the tables of a chunk, if any, of which `good` rows were taken."""
        result = ChunkResult((), start, len(chunk.frame), good, chunk.share, 0)
        if not tables:
            return result
        stage(self.staged, tables, start)
        events = tables["events"]
        return replace(
            result,
            staged=sum(table.nbytes for table in tables.values()),
            undated=pc.sum(pc.invert(events["dated"])).as_py(),
            unplaced=pc.sum(pc.invert(events["located"])).as_py(),
        )

    def read_or_split(self, chunk: Chunk, start: int) -> Iterator[ChunkResult]:
        """The same; if an error is raised, the row that causes it becomes a fault.

        The chunk is halved until one row is left: a row of 50,000 is found in some 16 steps.
        """
        try:
            result = self.read(chunk, start)
        except (OSError, MemoryError):  # of the disk or the machine, not of a row
            raise
        except Exception as error:  # noqa: BLE001 any error that a cell may cause
            if len(chunk.frame) == 1:
                found = f"{type(error).__name__}: {error}"
                fault = Fault(
                    self.file, int(chunk.numbers[0]), "", message("a row that can be read"), found
                )
                yield ChunkResult((fault,), start, 1, 0, chunk.share, 0)
                return
            half = len(chunk.frame) // 2
            yield from self.read_or_split(chunk.rows(0, half), start)
            yield from self.read_or_split(chunk.rows(half, len(chunk.frame)), start + half)
        else:
            yield result
