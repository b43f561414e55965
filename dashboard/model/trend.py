"""What an analyst chose to count by category and period, e.g. events by kind and week."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TrendView(StrEnum):
    """What the panel of trends shows."""

    TIME = "time"
    PERIODS = "periods"
    CROSS = "cross"


class Step(StrEnum):
    """The length of a period; weeks begin on Monday (ISO 8601)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days start..end, both included; raises ValueError if they are in the wrong order."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise ValueError(f"expected start <= end, found {self.start}..{self.end}")

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Trend:
    """How the events are counted: `split` and `cross` are ids of `query/splits.py`.

    `step` is `None` if the length of periods follows from that of the window. With `figures`, what is
    counted are the figures of the query's measure, not events. `periods` are the earlier and the later
    of two that are compared; `None` until somebody chose them.
    """

    view: TrendView = TrendView.TIME
    split: str = "group"
    cross: str = "attestation"
    step: Step | None = None
    figures: bool = False
    periods: tuple[Period, Period] | None = None
