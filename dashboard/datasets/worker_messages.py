"""Messages from a process that reads a table, e.g. 50,000 rows read, 3 of them with faults.

The tables themselves are staged on disk; messages are small and of plain types.
"""

import msgspec

from dashboard.datasets.files.errors import TableError, UnclearError
from dashboard.datasets.reader import ChunkResult
from dashboard.model.errors import Fault
from dashboard.model.message import StoredText


class Sample(msgspec.Struct, frozen=True, tag=True):
    """The first rows, each a tuple of cells as text, the faults among them, and the tags by column."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    faults: tuple[Fault, ...]
    tags: dict[str, str] = {}


class ChunkRead(msgspec.Struct, frozen=True, tag=True):
    """A chunk was read and staged."""

    result: ChunkResult


class Faulty(msgspec.Struct, frozen=True, tag=True):
    """Faults of rows that could not be read from the file."""

    faults: tuple[Fault, ...]


class Unclear(msgspec.Struct, frozen=True, tag=True):
    """The analyst has to choose an option: see `UnclearError`."""

    option: str
    choices: tuple[str, ...]
    why: StoredText

    def error(self) -> UnclearError:
        """The error to raise for this message."""
        return UnclearError(self.option, self.choices, self.why)


class Refused(msgspec.Struct, frozen=True, tag=True):
    """The rest of the file cannot be read."""

    why: StoredText

    def error(self) -> TableError:
        """The error to raise for this message."""
        return TableError(self.why)


WorkerMessage = Sample | ChunkRead | Faulty | Unclear | Refused
MESSAGES: msgspec.msgpack.Decoder[WorkerMessage] = msgspec.msgpack.Decoder(WorkerMessage)
