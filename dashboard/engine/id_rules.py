"""The rules for rows whose id is uncertain, and the numbers of rows that an import counts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

# In the id of a staged event that is a hash of its row, since the row has no id; no source has this
# character. The event is written without it.
NO_ID = "\x1f"
# The format of custom tables on the cards of datasets; ids of all other formats are global.
CUSTOM_FORMAT = "own"
# The format whose column `timestamp` says which of two versions of an event is newer.
ACLED_FORMAT = "acled"


@dataclass(frozen=True, slots=True)
class IdRules:
    """The analyst's answers about ids; a rule that is `None` has no answer, and its rows are added.

    `changed_ids` is for rows of a custom table whose id the dataset has for an event of another day or
    place: "update" takes them as corrections, "add" as other events. `like_rows` is for rows without an
    id that are like an event of the dataset which the file lacks: "replace" deletes that event.
    """

    changed_ids: Literal["update", "add"] | None = None
    like_rows: Literal["replace", "add"] | None = None


@dataclass(frozen=True, slots=True)
class WriteCounts:
    """Numbers of events that an import adds, changes or deletes, and why; also the keys in `--json`.

    Every event of the file is in one of `added`, `changed`, `unchanged`, `older` and `deleted_before`.
    `duplicates` are rows of one id that are the same to the cell, counted once above. `older` are
    versions of an event that are older than another version, and are left out. `deleted_before` are
    those that are not newer than a deletion that the dataset knows, and are left out; `restored` are
    newer, and among `added`.

    Some events in `added` and `changed` are uncertain: `repeated_ids` were added under another id since
    their id occurs in the file with other cells; `same_rows` were added from rows without an id that
    are the same to the cell as another row; `changed_ids_added` and `changed_ids_updated` are those of
    a custom table whose id the dataset had with other cells; `like_rows_added` and
    `like_rows_replaced` are those without an id that are like an event of the dataset.

    A list of deletions has other counts: `deleted` are events that it names, `newer_than_deletion` those
    that it names and that were changed after their deletion, so that they stay; `not_in_dataset` are its
    ids without an event, and `duplicates` its repeated ids.

    `related_elsewhere` are the relations of events of the file that lead to an event which neither the
    file nor the dataset has.

    `examples` are up to 3 ids of events by the name of their count, of `related_elsewhere` of the events
    to which these lead.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    repeated_ids: int = 0
    same_rows: int = 0
    changed_ids_added: int = 0
    changed_ids_updated: int = 0
    older: int = 0
    like_rows_added: int = 0
    like_rows_replaced: int = 0
    deleted: int = 0
    newer_than_deletion: int = 0
    not_in_dataset: int = 0
    deleted_before: int = 0
    restored: int = 0
    related_elsewhere: int = 0
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
