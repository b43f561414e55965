"""A cache for many threads that keeps what was used last, e.g. the answers of the engine by question."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class LruCache(Generic[T]):
    """Values by key; beyond `size` the one that was used longest ago is dropped."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._values: OrderedDict[Hashable, T] = OrderedDict()
        self._being_made: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of `key`, made if it is missing; of threads that ask at once, one makes it."""
        with self._lock:
            one_at_a_time = self._being_made.setdefault(key, threading.Lock())
        with one_at_a_time:
            try:
                return self._get_or_make(key, make)
            finally:
                with self._lock:
                    self._being_made.pop(key, None)

    def _get_or_make(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._size:
                self._values.popitem(last=False)
        return value
