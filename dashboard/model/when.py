"""Partial dates as closed intervals of days, e.g. December 2020 = 2020-12-01..2020-12-31, month."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dashboard.model.message import Message, message


class DatePrecision(StrEnum):
    """How finely the sources date an event; crosswalk to ACLED and UCDP in docs/codebook.md."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    OPEN = "open"


class WhenError(ValueError):
    """Days that cannot be an interval; `reason` says what was expected."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class When:
    """The days within which something happened, both ends included.

    A `None` end is unknown; both `None` means undated. `precision` is `None` if and only if undated.
    Raises WhenError if the ends are in the wrong order or the precision does not fit.
    """

    start: date | None = None
    end: date | None = None
    precision: DatePrecision | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.start > self.end:
            reason = message(
                "an end not before {start}, found {end}", start=self.start, end=self.end
            )
            raise WhenError(reason)
        if self.undated != (self.precision is None):
            raise WhenError(message("a precision for dated events, and none for undated ones"))
        if self.precision is DatePrecision.DAY and self.start != self.end:
            raise WhenError(message("the same day at both ends for precision “day”"))

    @property
    def undated(self) -> bool:
        """Whether neither end is known."""
        return self.start is None and self.end is None

    def overlaps(self, start: date | None, end: date | None) -> bool:
        """Whether any day of this interval may lie in start..end (`None`: no bound).

        An undated interval overlaps nothing that is bounded: it belongs on the shelf.
        """
        if self.undated:
            return start is None and end is None
        after_start = start is None or self.end is None or self.end >= start
        before_end = end is None or self.start is None or self.start <= end
        return after_start and before_end

    def lies_in(self, start: date | None, end: date | None) -> bool:
        """Whether every day of this interval lies in start..end (`None`: no bound).

        An interval with an unknown end lies in nothing that has a bound on that side.
        """
        after_start = start is None or (self.start is not None and self.start >= start)
        before_end = end is None or (self.end is not None and self.end <= end)
        return after_start and before_end
