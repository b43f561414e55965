"""What an import did, or would do: as lines for a terminal, and as fields of JSON for the Data page."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import msgspec

from dashboard.datasets.column_uses import ColumnUse
from dashboard.datasets.formats.notices import (
    NAMES_TO_ANSWER,
    NOT_UNDERSTOOD,
    NOTICES,
    NoticeKind,
)
from dashboard.datasets.formats.sheet import FaultLog
from dashboard.datasets.progress import Progress
from dashboard.engine.id_rules import WriteCounts
from dashboard.language.messages import plural
from dashboard.model.message import StoredText
from dashboard.text.escape import without_controls

_KINDS_OF_FAULT = 10
_MOST_NOTICES = 200
# Names that are asked about at once; those beyond are asked about by the next check.
_MOST_OPEN = 2_000
# The counts of `WriteCounts` about ids, in words.
ID_COUNTS: dict[str, Callable[[int], str]] = {
    "repeated_ids": lambda n: plural(
        "{n} event has the id of an earlier row with other cells: taken as another event",
        "{n} events have the ids of earlier rows with other cells: taken as other events",
        n,
    ),
    "same_rows": lambda n: plural(
        "{n} row without an id is the same as another: taken as another event",
        "{n} rows without an id are the same as others: taken as other events",
        n,
    ),
    "changed_ids_added": lambda n: plural(
        "{n} id is in the dataset for another day or place: taken as another event",
        "{n} ids are in the dataset for other days or places: taken as other events",
        n,
    ),
    "changed_ids_updated": lambda n: plural(
        "{n} id is in the dataset with other cells: its event is updated",
        "{n} ids are in the dataset with other cells: their events are updated",
        n,
    ),
    "older": lambda n: plural(
        "{n} row is older than its event in the dataset: left out",
        "{n} rows are older than their events in the dataset: left out",
        n,
    ),
    "like_rows_added": lambda n: plural(
        "{n} row without an id is like an event of the dataset: taken as another event",
        "{n} rows without an id are like events of the dataset: taken as other events",
        n,
    ),
    "like_rows_replaced": lambda n: plural(
        "{n} row without an id replaces the event that it is like",
        "{n} rows without an id replace the events that they are like",
        n,
    ),
    "deleted": lambda n: plural(
        "{n} event is deleted",
        "{n} events are deleted",
        n,
    ),
    "newer_than_deletion": lambda n: plural(
        "{n} event was changed after its deletion: left in the dataset",
        "{n} events were changed after their deletion: left in the dataset",
        n,
    ),
    "not_in_dataset": lambda n: plural(
        "{n} id to delete is not in the dataset",
        "{n} ids to delete are not in the dataset",
        n,
    ),
    "deleted_before": lambda n: plural(
        "{n} row is of an event that the source deleted before: left out",
        "{n} rows are of events that the source deleted before: left out",
        n,
    ),
    "restored": lambda n: plural(
        "{n} event that the source deleted before is newer in this file: added again",
        "{n} events that the source deleted before are newer in this file: added again",
        n,
    ),
    "related_elsewhere": lambda n: plural(
        "{n} relation leads to an event that neither file nor dataset has: only its id is shown",
        "{n} relations lead to events that neither file nor dataset has: only their ids are shown",
        n,
    ),
}

Notices = list[tuple[tuple[NoticeKind, str, str, str], int]]


def report_fields(progress: Progress) -> dict[str, Any]:
    """The progress as plain values; the keys are those that the Data page reads."""
    faults, notices = progress.faults, _sorted(progress)
    return {
        "rows": progress.rows,
        "good": progress.good,
        "undated": progress.undated,
        "unplaced": progress.unplaced,
        "share": progress.share,
        "columns": msgspec.to_builtins(progress.columns),
        "faults": faults.total,
        "kinds_of_fault": _most_common(faults, faults.counts),
        "unread": faults.unread.total(),
        "kinds_of_unread": _most_common(faults, faults.unread),
        "notices": [[*key, count] for key, count in notices[:_MOST_NOTICES]],
        "open": [[*key, count] for key, count in _open(progress)],
        "more_notices": max(0, len(notices) - _MOST_NOTICES),
        "faults_file": str(faults.path),
        "dataset_id": progress.dataset_id,
        "stopped": msgspec.to_builtins(progress.stopped),
        "deletions": progress.deletions,
        "understood": progress.understood,
        "written": progress.written and asdict(progress.written),
    }


def _most_common(faults: FaultLog, counts: Counter[tuple[str, StoredText]]) -> list[list[object]]:
    """The column, what is expected there, how many cells are not that, and the first of them."""
    return [
        [key[0], msgspec.to_builtins(key[1]), count, faults.examples.get(key, [])]
        for key, count in counts.most_common(_KINDS_OF_FAULT)
    ]


def _sorted(progress: Progress) -> Notices:
    """The notices, those of what was not understood first, then the most frequent first."""
    return sorted(
        progress.notices.items(), key=lambda item: (item[0][0] not in NOT_UNDERSTOOD, -item[1])
    )


def _open(progress: Progress) -> Notices:
    """At the end of a file, the notices about names that the analyst may say the meaning of."""
    if progress.written is None:
        return []
    named = (item for item in progress.notices.items() if item[0][0] in NAMES_TO_ANSWER)
    return sorted(named, key=lambda item: -item[1])[:_MOST_OPEN]


def result_lines(file: str, progress: Progress, *, dry_run: bool) -> list[str]:
    """Lines that say what the columns were taken for, and where the rows went."""
    lines = [_column_line(use, deletions=progress.deletions) for use in progress.columns]
    lines.append(_row_line(file, progress))
    if progress.written is not None:
        lines.append(_written_line(progress, progress.written, dry_run=dry_run))
        lines += _id_lines(progress.written)
    return [without_controls(line) for line in lines]


def _column_line(use: ColumnUse, *, deletions: bool) -> str:
    not_used = "not used" if deletions else "not used, shown as it is"
    role = " and ".join(use.roles) or not_used
    samples = " | ".join(use.samples) or "all blank"
    return f"  {use.column} -> {role}: {samples}"


def _row_line(file: str, progress: Progress) -> str:
    left_out = progress.rows - progress.good
    if progress.deletions:
        counts = f"{progress.good:,} taken; {left_out:,} left out"
        return f"{file}: a list of deletions, {progress.rows:,} rows: {counts}"
    taken = f"{progress.good:,} taken, of which {progress.undated:,} have no date"
    unplaced = f"{progress.unplaced:,} no place"
    return f"{file}: {progress.rows:,} rows: {taken} and {unplaced}; {left_out:,} left out"


def _written_line(progress: Progress, written: WriteCounts, *, dry_run: bool) -> str:
    what = "dry run, nothing is changed; an import would give" if dry_run else "imported"
    what = f"{what} into {progress.dataset_id}"
    if progress.deletions:
        return (
            f"{what}: {written.deleted:,} deleted, {written.not_in_dataset:,} not in the dataset, "
            f"{written.duplicates:,} twice in the file"
        )
    return (
        f"{what}: {written.added:,} new, {written.changed:,} updated, "
        f"{written.unchanged:,} known, {written.duplicates:,} twice in the file"
    )


def _id_lines(written: WriteCounts) -> list[str]:
    lines = []
    for name, words in ID_COUNTS.items():
        if count := getattr(written, name):
            examples, line = ", ".join(written.examples.get(name, ())), words(count)
            lines.append(f"  {line}" + (f" ({examples})" if examples else ""))
    return lines


def fault_lines(progress: Progress) -> list[str]:
    """Lines that say how values were understood, and what was not understood."""
    lines = [_notice_line(*key, count) for key, count in _sorted(progress)[:_MOST_NOTICES]]
    if (more := len(progress.notices) - _MOST_NOTICES) > 0:
        lines.append(f"  and {more:,} more")
    if progress.stopped:
        lines.append(f"  stopped: {progress.stopped}")
    faults = progress.faults
    for counts, result in ((faults.counts, "left out"), (faults.unread, "imported without it")):
        for key, count in counts.most_common(_KINDS_OF_FAULT):
            column, expected = key
            found = ", ".join(faults.examples.get(key, ()))
            reason = f"expected {expected}, found {found}" if found else f"expected {expected}"
            lines.append(f"  {count:,} × {column or 'row'}: {reason}: {result}")
    if faults.total or faults.unread:
        lines.append(f"  all of them: {faults.path}")
    return [without_controls(line) for line in lines]


def _notice_line(kind: NoticeKind, column: str, value: str, meaning: str, count: int) -> str:
    found = f"{column}: {value}" if column and value else column or value
    words = f"{NOTICES[kind]}: {meaning}" if meaning else NOTICES[kind]
    return f"  {count:,} × {found or 'row'}: {words}"
