"""What analysts found of two events of different datasets: that they are one happening, or two.

An imported row belongs to its file: the next import writes it again. So the two stay as they are, and
the record beside them says how they belong together.
"""

from dataclasses import dataclass

from dashboard.model.message import StoredText


@dataclass(frozen=True, slots=True)
class EventRef:
    """An event of a dataset (`curated` for those of the workspace), by its id there."""

    dataset: str
    event_id: str

    @property
    def key(self) -> str:
        """Both as text."""
        return f"{self.dataset}|{self.event_id}"


@dataclass(frozen=True, slots=True)
class EventLink:
    """Two events that an analyst found to be the `same` happening, or to be two; `why` is the reason."""

    first: EventRef
    second: EventRef
    same: bool
    why: StoredText

    @property
    def ids(self) -> frozenset[str]:
        """The ids of both; an id is of one event of all datasets."""
        return frozenset((self.first.event_id, self.second.event_id))

    def other(self, event_id: str) -> EventRef | None:
        """The event that is linked to this one; `None` if this one is neither."""
        if self.first.event_id == event_id:
            return self.second
        return self.first if self.second.event_id == event_id else None
