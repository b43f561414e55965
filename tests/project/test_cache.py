"""A cache shared by threads: simultaneous requests compute a value once."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.project.cache import LruCache


def test_simultaneous_requests_compute_one_value():
    cache: LruCache[object] = LruCache(4)
    built = []

    def make() -> object:
        time.sleep(0.05)
        built.append(object())
        return built[-1]

    with ThreadPoolExecutor(8) as pool:
        answers = [
            future.result() for future in [pool.submit(cache.get, "q", make) for _ in range(8)]
        ]
    assert len(built) == 1
    assert all(answer is built[0] for answer in answers)


def test_the_least_recently_used_is_dropped_and_a_failure_is_not_cached():
    cache: LruCache[int] = LruCache(2)
    for key in (1, 2, 1, 3):
        cache.get(key, lambda key=key: key)
    again = []
    for key in (1, 3, 2):
        cache.get(key, lambda key=key: again.append(key) or key)
    assert again == [2]

    def fail() -> int:
        raise LookupError

    with pytest.raises(LookupError):
        cache.get(9, fail)
    assert cache.get(9, lambda: 9) == 9
