"""Maps are computed before lists when many sessions ask at once.

Sessions share the cores of the server. Without a priority the lists of the first sessions delay the
maps of the last, and it is the map that a person waits for.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

# Lists wait no longer than this for maps, in seconds.
_MAX_WAIT_S = 1.0
# A map and the run of the page for the same click arrive this near to each other, in seconds.
_ARRIVES_WITHIN_S = 0.03


class MapPriority:
    """The maps that are being drawn for all sessions of a server."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._numbers = count()
        self._drawn_now: set[int] = set()

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Context manager: a map is drawn inside; who calls `wait` meanwhile waits for its end."""
        with self._changed:
            number = next(self._numbers)
            self._drawn_now.add(number)
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._drawn_now.discard(number)
                self._changed.notify_all()

    def expect(self) -> None:
        """Wait for a map that a browser has just asked for, and until it is drawn."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._drawn_now), _ARRIVES_WITHIN_S)
        self.wait()

    def wait(self) -> None:
        """Block until the maps that are being drawn now are drawn, at most `_MAX_WAIT_S` seconds.

        Maps that begin later are not waited for: many of them would hold up the lists for ever.
        """
        with self._changed:
            before = set(self._drawn_now)
            self._changed.wait_for(lambda: not before & self._drawn_now, _MAX_WAIT_S)


map_priority = MapPriority()
