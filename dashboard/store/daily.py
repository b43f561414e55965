"""One backup a day, on first use, if anything changed since the last one."""

import logging
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from dashboard.store.backup import Backup, Reason, backups_of, make_backup
from dashboard.store.connection import connected
from dashboard.store.entries import last_entry
from dashboard.store.problems import WorkspaceError

# After a failure it is tried again, but not by every run of a page.
_AGAIN_AFTER_S = 600.0
_log = logging.getLogger(__name__)


def back_up_daily(workspace: Path, folder: Path) -> Backup | None:
    """Make today's backup; `None` if there is one, or if nothing changed since the last one.

    Raises WorkspaceError as `make_backup` does.
    """
    backups = backups_of(workspace, folder)
    today = datetime.now(UTC).date()
    if any(backup.created.date() == today for backup in backups):
        return None
    entry = _last_entry(workspace)
    if entry == 0 or (backups and entry == _last_entry_or_none(backups[0].path)):
        return None
    return make_backup(workspace, folder, Reason.DAILY)


@dataclass(slots=True)
class DailyBackup:
    """Today's backup of one workspace, in a thread, so that no page waits for it."""

    workspace: Path
    folder: Path
    # The error of the last one, if it failed.
    failure: WorkspaceError | None = None
    _day: str = ""
    _failed_at: float = 0.0
    _thread: threading.Thread | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        """Start today's backup unless it was started; returns at once."""
        today = datetime.now(UTC).date().isoformat()
        with self._lock:
            again = self.failure and time.monotonic() - self._failed_at > _AGAIN_AFTER_S
            if self._day == today and not again:
                return
            self._day, self._failed_at = today, time.monotonic()
            # No daemon thread: the interpreter waits until the backup is complete.
            self._thread = threading.Thread(target=self._run, name="daily backup")
            self._thread.start()

    def wait(self) -> None:
        """Wait for the end of the running backup."""
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            backup = back_up_daily(self.workspace, self.folder)
        except WorkspaceError as error:
            self.failure = error
            _log.warning("No backup could be made today: %s", error)
        else:
            self.failure = None
            for fault in backup.faults if backup else ():
                _log.warning("Not in today's backup: %s", fault)


def _last_entry(path: Path) -> int:
    with connected(path, "ro") as connection:
        return last_entry(connection)


def _last_entry_or_none(path: Path) -> int | None:
    """`_last_entry` of a backup, or `None` if it is damaged."""
    try:
        return _last_entry(path)
    except WorkspaceError:
        return None
