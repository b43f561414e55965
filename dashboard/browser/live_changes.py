"""What other analysts did since a page was drawn, in words, e.g. "Omar, just now: accepted …"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from dashboard.language.messages import _, plural
from dashboard.language.numbers import in_digits
from dashboard.language.stored_text import translate
from dashboard.language.words import all_of, day, isolate
from dashboard.model.records import Entry, Table
from dashboard.model.shared_work import ItemKind
from dashboard.store.presence import Window, others_here
from dashboard.store.workspace import Workspace

# Of many changes the last ones are looked through; how many there are is counted by their numbers.
_LOOKED_AT = 50
_MOST_TEXT = 160


@dataclass(frozen=True, slots=True)
class LiveChanges:
    """Lines for the page, "" for none: on the open event, on all else, and on who is here too.

    `version` is the number of the last entry of the log.
    """

    version: int
    event: str = ""
    others: str = ""
    here: str = ""


def live_changes(workspace: Workspace, since: int, window: Window) -> LiveChanges:
    """What is new since the entry `since`; notes that the window is there. Raises WorkspaceError.

    Changes under the window's own name are left out.
    """
    # Oneself is no other: a page loaded again is a new window, and the old one is remembered.
    others = others_here(workspace.source, window)
    names = [name for name in others if name and name != window.name]
    here = _("Open here too: {names}").format(names=all_of([isolate(n) for n in names]))
    version = workspace.version()
    if version <= since:
        return LiveChanges(version, here=here if names else "")
    new = _by_others(workspace.log(limit=min(version - since, _LOOKED_AT)), since, window.name)
    event_id = window.item.item_id if window.item and window.item.kind is ItemKind.EVENT else ""
    record = (Table.EVENT, event_id)
    of_event = {
        entry.seq for entry in (workspace.log(limit=_LOOKED_AT, record=record) if event_id else ())
    }
    on_event = [entry for entry in new if entry.seq in of_event]
    return LiveChanges(
        version,
        _event_line(on_event),
        _line([entry for entry in new if entry.seq not in of_event]),
        here if names else "",
    )


def _by_others(entries: Sequence[Entry], since: int, name: str) -> list[Entry]:
    return [entry for entry in entries if entry.seq > since and not (name and entry.who == name)]


def _event_line(entries: Sequence[Entry]) -> str:
    if not entries:
        return ""
    line = _("This event was changed by {who} {when}: {what}")
    return line.format(**_words(entries[0]))


def _line(entries: Sequence[Entry]) -> str:
    """The last change, and how many there are before it."""
    if not entries:
        return ""
    line = _("Changed by {who} {when}: {what}").format(**_words(entries[0]))
    if len(entries) == 1:
        return line
    more = plural("(and {n} more change)", "(and {n} more changes)", len(entries) - 1)
    return f"{line} {more}"


def _words(entry: Entry) -> dict[str, str]:
    what = translate(entry.what)
    if len(what) > _MOST_TEXT:
        what = f"{what[:_MOST_TEXT]}…"
    return {"who": isolate(entry.who), "when": _when(entry.at), "what": isolate(what)}


def _when(at: datetime) -> str:
    minutes = int((datetime.now(UTC) - at).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return plural("{n} minute ago", "{n} minutes ago", minutes)
    return f"{day(at.date())} {in_digits(f'{at:%H:%M}')} UTC"
