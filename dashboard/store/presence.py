"""Who has which event open now, e.g. Rana; it is no record, and is forgotten after half a minute.

With a file the sessions of one server see each other; on a PostgreSQL server those of all servers do.
"""

import threading
import time
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class Window:
    """A window of a browser: a random id, the name of its analyst, and the event that it has open.

    `event_id` is "" if it has none.
    """

    window_id: str
    name: str
    event_id: str


@dataclass(slots=True)
class _Memory:
    """The windows of one server's process, the last seen one last, with their moments."""

    windows: dict[str, tuple[Window, float]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_memory = _Memory()


def others_here(source: Source, window: Window) -> list[str]:
    """Note what a window has open; returns the names in other windows with the same event, sorted.

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
            if each.window_id != window.window_id and each.event_id == window.event_id
        }
    return sorted(others) if window.event_id else []


def _on_server(server: Server, window: Window) -> list[str]:
    with postgresql(server).noting(server.url) as session:
        session.execute(_FORGET, (FORGOTTEN_AFTER_S,))
        session.execute(_PUT, (window.window_id, window.event_id, window.name))
        rows = session.execute(_OTHERS, (window.event_id, window.window_id)).fetchall()
    return [str(row[0]) for row in rows] if window.event_id else []
