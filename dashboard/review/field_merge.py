"""Two changes of one record compared field by field, e.g. she corrected the title, he the date.

Fields that one side changed are taken from it. For a field that both changed to other values the analyst
chooses; nothing is chosen silently.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from dashboard.model.event import Claim
from dashboard.model.records import Entry, EventRecord, Table
from dashboard.review.claims import ClaimDraft, Opened
from dashboard.review.draft import Draft, event_draft
from dashboard.store.workspace import Workspace

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
# Of SQLite's LIMIT: all.
_EVERY = -1
# The fields that are one for the analyst, by the name of the first.
EVENT_FIELDS: Sequence[tuple[str, ...]] = (
    ("kind",),
    ("title_en",),
    ("title_ar",),
    ("when",),
    ("date_reason",),
    ("places",),
    ("actors",),
)
CLAIM_FIELDS: Sequence[tuple[str, ...]] = (
    ("start", "end"),
    ("speaker",),
    ("via",),
    ("stance",),
    ("disputes",),
    ("estimates",),
    ("note",),
)


# The same of a stored claim, which has the ids of its speakers.
_STORED_CLAIM_FIELDS = tuple(
    tuple({"speaker": "speaker_id", "via": "via_id"}.get(name, name) for name in names)
    for names in CLAIM_FIELDS
)


class Side(StrEnum):
    """Whose value of a field is saved."""

    THEIRS = "theirs"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, by its first name, that was changed since it was opened: by whom it was."""

    names: tuple[str, ...]
    theirs: bool
    mine: bool
    same: bool

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.names[0]

    @property
    def conflict(self) -> bool:
        """Whether both changed it, to values that differ."""
        return self.theirs and self.mine and not self.same


def field_changes(
    before: T, theirs: T, mine: T, fields: Sequence[tuple[str, ...]]
) -> tuple[FieldChange, ...]:
    """The fields that either side changed."""
    changes = []
    for names in fields:
        base, other, own = (_values(each, names) for each in (before, theirs, mine))
        if base != other or base != own:
            changes.append(FieldChange(names, base != other, base != own, other == own))
    return tuple(changes)


def merged(
    theirs: T, mine: T, changes: Sequence[FieldChange], choices: Mapping[str, Side]
) -> T | None:
    """Their record with my changes, and with what was chosen; `None` while a choice is missing."""
    own: dict[str, object] = {}
    for change in changes:
        side = choices.get(change.name) if change.conflict else _side(change)
        if side is None:
            return None
        if side is Side.MINE:
            own |= {name: getattr(mine, name) for name in change.names}
    return replace(theirs, **own)


def event_changes(before: Draft, theirs: Draft, mine: Draft) -> tuple[FieldChange, ...]:
    """The fields of an event that either side changed."""
    return field_changes(before, theirs, mine, EVENT_FIELDS)


def claim_changes(
    before: ClaimDraft, theirs: ClaimDraft, mine: ClaimDraft
) -> tuple[FieldChange, ...]:
    """The fields of a claim that either side changed."""
    return field_changes(before, theirs, mine, CLAIM_FIELDS)


def last_entries(workspace: Workspace, opened: Opened) -> tuple[Entry | None, dict[str, Entry]]:
    """The last entry on an event since it was opened, and for each of its fields the one that set it."""
    last: Entry | None = None
    setting: dict[str, Entry] = {}
    before = event_draft(opened.record)
    for entry, record in _later(workspace, opened):
        last = entry
        if record is not None:
            after = event_draft(record)
            setting |= dict.fromkeys(
                (change.name for change in event_changes(before, after, after)), entry
            )
            before = after
    return last, setting


def last_claim_entries(
    workspace: Workspace, opened: Opened, claim_id: str
) -> tuple[Entry | None, dict[str, Entry]]:
    """The same of one claim of an event: entries that changed only other claims are left out."""
    last: Entry | None = None
    setting: dict[str, Entry] = {}
    before = _claim_in(opened.record, claim_id)
    for entry, record in _later(workspace, opened):
        after = None if record is None else _claim_in(record, claim_id)
        if before is not None and after is not None:
            changes = field_changes(before, after, after, _STORED_CLAIM_FIELDS)
            setting |= {change.name.removesuffix("_id"): entry for change in changes}
            last = entry if changes else last
        elif before is not after:
            last = entry
        before = after
    return last, setting


def _later(workspace: Workspace, opened: Opened) -> Iterator[tuple[Entry, EventRecord | None]]:
    """The entries on an event since it was opened, in order, each with the event after it."""
    entries = workspace.log(record=(Table.EVENT, opened.event_id), limit=_EVERY)
    for entry in reversed(entries):
        if entry.seq > opened.version:
            record = workspace.at_version(Table.EVENT, opened.event_id, entry.seq)
            yield entry, record if isinstance(record, EventRecord) else None


def _claim_in(record: EventRecord, claim_id: str) -> Claim | None:
    return next((claim for claim in record.claims if claim.claim_id == claim_id), None)


def opened_at(workspace: Workspace, now: Opened, version: int | None) -> Opened:
    """The event as it was in `version`; as it is now if the log does not have that one."""
    if version is None or version == now.version:
        return now
    record = workspace.at_version(Table.EVENT, now.event_id, version)
    return Opened(record, version) if isinstance(record, EventRecord) else now


def _side(change: FieldChange) -> Side:
    return Side.MINE if change.mine and not change.theirs else Side.THEIRS


def _values(record: object, names: tuple[str, ...]) -> tuple[object, ...]:
    """The values of a field; pairs of id and role in any order are the same."""
    return tuple(_unordered(getattr(record, name)) for name in names)


def _unordered(value: object) -> object:
    if isinstance(value, tuple) and all(isinstance(item, tuple) for item in value):
        return frozenset(value)
    return value
