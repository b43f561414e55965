"""What a process that reads a table answers, e.g. 50,000 rows read, 3 of them with faults.

The tables themselves are staged on disk; what is sent is small and of plain types.
"""

import msgspec

from dashboard.datasets.files.parts import TableError, UnclearError
from dashboard.datasets.reader import PartResult
from dashboard.model.errors import Fault


class Sample(msgspec.Struct, frozen=True, tag=True):
    """The first rows as text, cell by cell, and the faults met until then."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    faults: tuple[Fault, ...]


class PartRead(msgspec.Struct, frozen=True, tag=True):
    """A part was read and staged."""

    result: PartResult


class Faulty(msgspec.Struct, frozen=True, tag=True):
    """Rows that could not be taken from the file."""

    faults: tuple[Fault, ...]


class Unclear(msgspec.Struct, frozen=True, tag=True):
    """What the file does not say and an analyst has to: see `UnclearError`."""

    option: str
    choices: tuple[str, ...]
    why: str

    def error(self) -> UnclearError:
        """The same as an error."""
        return UnclearError(self.option, self.choices, self.why)


class Refused(msgspec.Struct, frozen=True, tag=True):
    """From here on the file cannot be read."""

    why: str

    def error(self) -> TableError:
        """The same as an error."""
        return TableError(self.why)


Answer = Sample | PartRead | Faulty | Unclear | Refused
ANSWERS: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)
