"""What sessions share: answers made once for all that ask, and maps before lists."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.ui.cached import Kept
from dashboard.ui.explore.turns import Turns


def test_sessions_that_ask_at_once_get_one_answer():
    kept: Kept[object] = Kept(4)
    made = []

    def make() -> object:
        time.sleep(0.05)
        made.append(object())
        return made[-1]

    with ThreadPoolExecutor(8) as pool:
        answers = [found.result() for found in [pool.submit(kept.get, "q", make) for _ in range(8)]]
    assert len(made) == 1
    assert all(answer is made[0] for answer in answers)


def test_the_least_recently_used_is_forgotten_and_a_failure_is_not_kept():
    kept: Kept[int] = Kept(2)
    for key in (1, 2, 1, 3):
        kept.get(key, lambda key=key: key)
    again = []
    for key in (1, 3, 2):
        kept.get(key, lambda key=key: again.append(key) or key)
    assert again == [2]

    def fail() -> int:
        raise LookupError

    with pytest.raises(LookupError):
        kept.get(9, fail)
    assert kept.get(9, lambda: 9) == 9


def test_lists_wait_for_maps():
    turns, told = Turns(), []
    begun, go_on = threading.Event(), threading.Event()

    def map_() -> None:
        with turns.map():
            begun.set()
            go_on.wait(5)
            told.append("map")

    def lists() -> None:
        begun.wait(5)
        turns.wait()
        told.append("lists")

    threads = [threading.Thread(target=work) for work in (lists, map_)]
    for thread in threads:
        thread.start()
    begun.wait(5)
    time.sleep(0.05)
    go_on.set()
    for thread in threads:
        thread.join(5)
    assert told == ["map", "lists"]


def test_lists_do_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("dashboard.ui.explore.turns._PATIENCE_S", 0.05)
    turns = Turns()
    with turns.map():
        turns.wait()
