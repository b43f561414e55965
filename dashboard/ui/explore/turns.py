"""Whose turn it is when many sessions ask at once: each one's map before any one's lists.

Sessions share the cores of the server. Without turns the lists of the first hold up the maps of the
last, and it is the map that a person waits for.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Lists wait no longer than this for maps, however many keep coming, in seconds.
_PATIENCE_S = 2.0


class Turns:
    """Counts the maps under way; for all sessions of a server."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._maps = 0

    @contextmanager
    def map(self) -> Iterator[None]:
        """Around what makes a map."""
        with self._changed:
            self._maps += 1
        try:
            yield
        finally:
            with self._changed:
                self._maps -= 1
                self._changed.notify_all()

    def wait(self) -> None:
        """Before what can wait: returns when no map is under way, or when that took too long."""
        with self._changed:
            self._changed.wait_for(lambda: self._maps == 0, _PATIENCE_S)


turns = Turns()
