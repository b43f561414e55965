"""Errors for files that cannot be read, or not without an option that the analyst has to choose."""

from collections.abc import Sequence

from dashboard.model.errors import DashboardError
from dashboard.model.message import StoredText


class UnclearError(DashboardError):
    """The analyst has to choose an option: `option` is its name, `choices` its possible values."""

    def __init__(self, option: str, choices: Sequence[str], why: StoredText) -> None:
        super().__init__(f"{why}; say which: {option} = {' or '.join(choices)}")
        self.option = option
        self.choices = tuple(choices)
        self.why = why


class TableError(DashboardError):
    """The file is not a table that can be read."""
