"""Faults in data files, e.g. "claims.csv, row 7, start: expected a number, found 'x'"."""

from dataclasses import dataclass

from dashboard.model.message import StoredText


@dataclass(frozen=True, slots=True)
class Fault:
    """One error in one file.

    `row` counts as a spreadsheet does: the header is row 1, the first record row 2; 0 means the
    file as a whole. `field` is a column or property name, or "" for the row as a whole. `expected` is
    a message where an analyst reads it in another language.
    """

    file: str
    row: int
    field: str
    expected: StoredText
    found: str

    def __str__(self) -> str:
        place = [self.file]
        if self.row:
            place.append(f"row {self.row}")
        if self.field:
            place.append(self.field)
        return f"{', '.join(place)}: expected {self.expected}, found {self.found}"


class DashboardError(Exception):
    """Base of the errors that this program raises on purpose; `message` can be translated."""

    def __init__(self, message: StoredText = "") -> None:
        super().__init__(str(message))
        self.message = message


class DataError(DashboardError):
    """Unusable data, with all faults."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
