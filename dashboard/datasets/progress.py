"""The progress of an import in rows, with their faults and notices."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from dashboard.datasets.column_uses import ColumnUse
from dashboard.datasets.formats.notices import NOT_UNDERSTOOD, NoticeKind
from dashboard.datasets.formats.sheet import FaultLog
from dashboard.datasets.processes import DamagedError
from dashboard.datasets.reader import ChunkResult
from dashboard.engine.id_rules import IdRules, WriteCounts
from dashboard.engine.write import DatasetWriter
from dashboard.model.errors import Fault
from dashboard.model.message import StoredText, message


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of an import: rows read, rows taken (`good`), and the share of the file.

    `columns` says what the columns were taken for. Of the rows taken, `undated` have no date and
    `unplaced` no place. `written` is set at the end, and `unclear_ids`, the number of events of which it
    is not clear whether they are others. `stopped` is the reason why reading ended before the end of the
    file, or `None`. `notices` counts what is said about rows that were taken, by its kind, column, value
    and meaning. `deletions` says that the file is a list of deletions, whose rows are no events.
    """

    dataset_id: str
    rows: int
    good: int
    share: float
    faults: FaultLog
    columns: tuple[ColumnUse, ...] = ()
    undated: int = 0
    unplaced: int = 0
    written: WriteCounts | None = None
    unclear_ids: int = 0
    stopped: StoredText | None = None
    deletions: bool = False
    notices: Counter[tuple[NoticeKind, str, str, str]] = field(default_factory=Counter)

    @property
    def understood(self) -> bool:
        """Whether every row was taken and every cell understood, so that nothing is to be asked."""
        asked = any(kind in NOT_UNDERSTOOD for kind, *_ in self.notices)
        return not (self.faults.total or self.faults.unread or asked or self.unclear_ids)


def follow(
    results: Iterator[ChunkResult], writer: DatasetWriter, file: str, done: Progress
) -> Iterator[Progress]:
    """The progress after each chunk; its tables are confirmed. The last says if reading stopped early.

    Raises DamagedError if no row could be read.
    """
    try:
        for result in results:
            if result.rows:  # else it has only faults of the file, and nothing was staged
                writer.confirm(result.start, result.rows)
            done = _with_chunk(done, result)
            yield done
    except DamagedError as error:
        if not done.good:
            raise
        fault = Fault(file, 0, "", message("a file that can be read to its end"), str(error))
        done.faults(fault)
        yield replace(done, stopped=error.message)


def _with_chunk(done: Progress, result: ChunkResult) -> Progress:
    """The progress after a chunk, whose faults and notices are counted."""
    for fault in result.faults:
        done.faults(fault)
    for fault in result.unread:
        done.faults(fault, row_taken=True)
    for notice in result.notices:
        done.notices[notice.kind, notice.column, notice.value, notice.meaning] += notice.count
    return replace(
        done,
        rows=done.rows + result.rows,
        good=done.good + result.good,
        undated=done.undated + result.undated,
        unplaced=done.unplaced + result.unplaced,
        share=max(done.share, result.share),
    )


def unclear_ids(written: WriteCounts, rules: IdRules) -> int:
    """The number of events of which it is not clear whether they are others, without an answer."""
    changed = 0 if rules.changed_ids else written.changed_ids_added
    like = 0 if rules.like_rows else written.like_rows_added
    return written.repeated_ids + written.same_rows + changed + like
