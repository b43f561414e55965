"""Maps are computed before lists when many sessions ask at once.

Sessions share the cores of the server. Without a priority the lists of the first sessions delay the
maps of the last, and it is the map that a person waits for.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Lists wait no longer than this for maps, however many keep coming, in seconds.
_MAX_WAIT_S = 2.0
# A map and the run of the page for the same click arrive this near to each other, in seconds.
_ARRIVES_WITHIN_S = 0.03


class MapPriority:
    """Counts the maps being drawn by all sessions of a server."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._maps = 0

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Context manager: while any session is inside, `wait` blocks the others."""
        with self._changed:
            self._maps += 1
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._maps -= 1
                self._changed.notify_all()

    def expect(self) -> None:
        """Wait for a map that a browser has just asked for, and until it is drawn."""
        with self._changed:
            self._changed.wait_for(lambda: self._maps > 0, _ARRIVES_WITHIN_S)
        self.wait()

    def wait(self) -> None:
        """Block until no map is being drawn, at most `_MAX_WAIT_S` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._maps == 0, _MAX_WAIT_S)


map_priority = MapPriority()
