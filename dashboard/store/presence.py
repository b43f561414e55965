"""Who has which event or suggestion open now, e.g. Rana; no record, forgotten after half a minute.

With a file the sessions of one server see each other; on a PostgreSQL server those of all servers do.
"""

import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dashboard.model.shared_work import Item, ItemKind
from dashboard.store.database import Server, Source, postgresql

FORGOTTEN_AFTER_S = 30
# Windows that one server remembers; the oldest go.
_MOST_WINDOWS = 1_000
_PUT = (
    "INSERT INTO presence (window_id, event_id, name, seen) VALUES (?, ?, ?, now()) "
    "ON CONFLICT (window_id) DO UPDATE SET "
    "event_id = excluded.event_id, name = excluded.name, seen = excluded.seen"
)
_FORGET = "DELETE FROM presence WHERE seen < now() - make_interval(secs => ?)"
_OTHERS = "SELECT DISTINCT name FROM presence WHERE event_id = ? AND window_id <> ? ORDER BY name"
_OPEN = (
    "SELECT event_id, name FROM presence "
    "WHERE starts_with(event_id, ?) AND seen > now() - make_interval(secs => ?)"
)
_SUGGESTIONS = f"{ItemKind.SUGGESTION.value}:"


@dataclass(frozen=True, slots=True)
class Window:
    """A window of a browser: a random id, the name of its analyst, and what it has open, if anything."""

    window_id: str
    name: str
    item: Item | None


@dataclass(slots=True)
class _Memory:
    """The windows of one server's process, the last seen one last, with their moments."""

    windows: dict[str, tuple[Window, float]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_memory = _Memory()


def others_here(source: Source, window: Window) -> list[str]:
    """Note what a window has open; returns the names in other windows with the same item, sorted.

    Raises WorkspaceError.
    """
    if isinstance(source, Server):
        return _on_server(source, window)
    now = time.monotonic()
    with _memory.lock:
        windows = _memory.windows
        windows.pop(window.window_id, None)
        windows[window.window_id] = (window, now)
        for window_id, (_window, seen) in list(windows.items()):
            if now - seen > FORGOTTEN_AFTER_S or len(windows) > _MOST_WINDOWS:
                del windows[window_id]
        others = {
            each.name
            for each, _seen in windows.values()
            if each.window_id != window.window_id and each.item == window.item
        }
    return sorted(others) if window.item else []


def open_suggestions(source: Source) -> Mapping[str, list[str]]:
    """The names of those who have a suggestion open, sorted, by its id. Raises WorkspaceError."""
    if isinstance(source, Server):
        with postgresql(source).reading(source.url) as session:
            rows = session.execute(_OPEN, (_SUGGESTIONS, FORGOTTEN_AFTER_S)).fetchall()
        return _by_suggestion((str(key), str(name)) for key, name in rows)
    now = time.monotonic()
    with _memory.lock:
        seen = [
            (window.item.key, window.name)
            for window, at in _memory.windows.values()
            if window.item is not None and now - at <= FORGOTTEN_AFTER_S
        ]
    return _by_suggestion(seen)


def _by_suggestion(windows: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    names: dict[str, set[str]] = {}
    for key, name in windows:
        if key.startswith(_SUGGESTIONS):
            names.setdefault(key.removeprefix(_SUGGESTIONS), set()).add(name)
    return {key: sorted(found) for key, found in names.items()}


def _on_server(server: Server, window: Window) -> list[str]:
    with postgresql(server).noting(server.url) as session:
        session.execute(_FORGET, (FORGOTTEN_AFTER_S,))
        key = window.item.key if window.item else ""
        session.execute(_PUT, (window.window_id, key, window.name))
        rows = session.execute(_OTHERS, (key, window.window_id)).fetchall()
    return [str(row[0]) for row in rows] if window.item else []
