"""The page for a workspace that cannot be used: cause, remedy, and restoring a backup."""

from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import ParamSpec

import streamlit as st

from dashboard.language.messages import _, plural
from dashboard.language.numbers import in_digits
from dashboard.language.stored_text import translate
from dashboard.language.words import day, isolate
from dashboard.model.message import Message
from dashboard.model.permissions import Permission
from dashboard.model.viewer import NotPermittedError, require, viewer
from dashboard.settings import read_settings
from dashboard.store.backup import Backup, backups_folder, backups_of, is_good
from dashboard.store.problems import WorkspaceError
from dashboard.store.restore import restore
from dashboard.store.verify import count_entries
from dashboard.text.escape import escape_markdown, escape_markdown_message
from dashboard.ui.analyst import NAME
from dashboard.ui.state.session import SessionValue, keep_fields

P = ParamSpec("P")
_RESTORED = SessionValue("just_restored", "")


def error_markdown(error: Exception) -> str:
    """Cause and remedy as Markdown, in the reader's language if there is a translation."""
    if not isinstance(error, WorkspaceError):
        reason = error.args[0] if error.args else ""
        if isinstance(reason, Message):
            return escape_markdown_message(translate(reason))
        return literal(str(error) or type(error).__name__)
    return f"{error.sentence(_, literal)} {error.advice(_)}"


def literal(text: str) -> str:
    """A name or message escaped for Markdown, and isolated from the direction of its line."""
    return isolate(escape_markdown(text))


def show_workspace_error(error: WorkspaceError) -> None:
    """Show this page instead of one that needs the workspace; entered text is not lost."""
    keep_fields()
    st.error(error_markdown(error))
    settings = read_settings()
    if not error.restorable or error.path != settings.workspace:
        return
    folder = backups_folder(settings.workspace, settings.backups)
    backup = _last_good(settings.workspace, folder)
    if backup is None:
        message = _("There is no good backup in {folder}.")
        st.warning(message.format(folder=literal(str(folder))))
        return
    _offer(settings.workspace, folder, backup)


def workspace_guarded(page: Callable[P, None]) -> Callable[P, None]:
    """Decorator: show the fault if the workspace becomes unusable while the page is drawn."""

    @wraps(page)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            page(*args, **kwargs)
        except WorkspaceError as error:
            show_workspace_error(error)

    return guarded


def show_restored() -> None:
    """Show once that a backup was restored."""
    restored = _RESTORED.get()
    _RESTORED.clear()
    if restored:
        st.success(restored)


def _offer(workspace: Path, folder: Path, backup: Backup) -> None:
    entries = plural("{n} log entry", "{n} log entries", count_entries(backup.path))
    message = _("The last good backup was made on {time} and has {entries}.")
    st.text(message.format(time=time_of(backup), entries=entries))
    with st.popover(_("Restore this backup"), key="restore_backup"):
        st.text(
            _(
                "What was saved after that time will not be in the workspace. The file as it is now "
                "is kept in its folder, under a name that ends in “replaced”."
            )
        )
        SessionValue("restored_by", NAME.get()).stored()
        who = st.text_input(_("Your name"), max_chars=60, key="restored_by").strip()
        if st.button(_("Restore now"), type="primary", disabled=not who, key="restore_now"):
            _restore(workspace, folder, backup, who)


def _restore(workspace: Path, folder: Path, backup: Backup, who: str) -> None:
    try:
        require(Permission.ADMINISTER)
        done = restore(workspace, backup.path, folder, viewer().name_in_log(who))
    except (WorkspaceError, NotPermittedError) as error:
        st.error(error_markdown(error))
        return
    message = _("Restored the backup of {time}.").format(time=time_of(backup))
    if done.aside:
        note = _("The previous file is now {name}.").format(name=literal(done.aside.name))
        message = f"{message} {note}"
    _RESTORED.set(message)
    NAME.set(who)
    st.rerun()


def time_of(backup: Backup) -> str:
    """The time of a backup, in the reader's language."""
    return f"{day(backup.created.date())} {in_digits(f'{backup.created:%H:%M}')} UTC"


def _last_good(workspace: Path, folder: Path) -> Backup | None:
    for backup in backups_of(workspace, folder):
        status = backup.path.stat()
        if _good(backup.path, status.st_mtime_ns, status.st_size):
            return backup
    return None


@lru_cache(maxsize=64)
def _good(path: Path, _changed: int, _size: int) -> bool:
    """Whether the backup is valid; cached per state, as verifying a large one takes seconds."""
    return is_good(path)
