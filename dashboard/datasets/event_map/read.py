"""Rows of a file that this program exported, as whole events; edited cells are faults."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard.datasets.event_map.compare import differences
from dashboard.datasets.event_map.encode import RecordError, from_json
from dashboard.datasets.event_map.layouts import LAYER, RECORD
from dashboard.datasets.event_map.tables import EventRows, rows_of
from dashboard.datasets.files.chunks import Chunk, ReportFault
from dashboard.datasets.formats.sheet import cell_text
from dashboard.model.errors import Fault
from dashboard.model.event import EventKind
from dashboard.model.exported_event import ExportedEvent
from dashboard.model.message import StoredText, message

REQUIRED = (RECORD, "latitude", "longitude")
# Features that are drawn from the places of events, and are no events.
_DRAWN = frozenset({"movement", "area"})
# Most faults of one row; a row of another file would have one per cell.
_MOST_FAULTS = 20


@dataclass
class EventMapRows:
    """Reads the rows of a chunk; `records` has each event once, `good` counts rows without faults."""

    file: str
    report: ReportFault
    kinds: Mapping[str, EventKind]
    records: dict[str, ExportedEvent] = field(default_factory=dict)
    good: int = 0
    _texts: dict[str, str] = field(default_factory=dict)
    _last: tuple[str, tuple[ExportedEvent, EventRows] | RecordError] | None = None

    def read(self, chunk: Chunk) -> None:
        """Read all rows of a chunk."""
        names = [str(name) for name in chunk.frame]
        columns = [chunk.frame[name].tolist() for name in chunk.frame]
        for number, cells in zip(chunk.numbers.tolist(), zip(*columns, strict=True), strict=True):
            row = dict(zip(names, cells, strict=True))
            if cell_text(row.get(LAYER)) in _DRAWN:
                self.good += 1
                continue
            faults = self._faults(number, row)
            for fault in faults[:_MOST_FAULTS]:
                self.report(fault)
            self.good += not faults

    def _faults(self, number: int, row: Mapping[str, object]) -> list[Fault]:
        """The faults of a row; one without faults is added to the records."""
        text = cell_text(row.get(RECORD))
        decoded = self._decode(text)
        if isinstance(decoded, RecordError):
            return [self._fault(number, RECORD, decoded.expected, decoded.found)]
        record, rows = decoded
        faults = [self._fault(number, *one) for one in differences(rows, row)]
        event_id = record.event.event_id
        if self._texts.setdefault(event_id, text) != text:
            what = message("the same record in all rows of {event}", event=event_id)
            faults.append(self._fault(number, RECORD, what, "another"))
        if not faults:
            self.records[event_id] = record
        return faults

    def _decode(self, text: str) -> tuple[ExportedEvent, EventRows] | RecordError:
        """The record and its rows; those of the row before are used again if its text is the same.

        The rows of an event stand together in a file, so no others are kept in memory.
        """
        if self._last is not None and self._last[0] == text:
            return self._last[1]
        known: tuple[ExportedEvent, EventRows] | RecordError
        try:
            record = from_json(text, self.kinds)
            known = (record, rows_of(record, self.kinds))
        except RecordError as error:
            known = error
        self._last = (text, known)
        return known

    def _fault(self, number: int, column: str, expected: StoredText, found: str) -> Fault:
        return Fault(self.file, number, column, expected, found)
