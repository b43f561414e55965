"""How often an address has failed lately, so that no one tries tokens and sign-ins without end."""

import threading
import time
from collections import deque
from collections.abc import Callable

_MOST_ADDRESSES = 10_000


class Attempts:
    """At most `most` attempts in `seconds` from one address."""

    def __init__(
        self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._times: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def exceeded(self, address: str) -> bool:
        """Count an attempt; whether there were too many."""
        now = self._clock()
        with self._lock:
            if len(self._times) >= _MOST_ADDRESSES and address not in self._times:
                del self._times[next(iter(self._times))]
            times = self._times.setdefault(address, deque(maxlen=self._most))
            if len(times) == self._most and now - times[0] < self._seconds:
                # Not counted, or who tries without end would lock out others of the address for ever.
                return True
            times.append(now)
        return False
