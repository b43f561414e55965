"""Maps before lists, when many sessions ask at once."""

import threading
import time

import pytest

from dashboard.project import map_priority as map_priority_module
from dashboard.project.map_priority import MapPriority


def test_lists_wait_for_maps():
    map_priority, order = MapPriority(), []
    begun, go_on = threading.Event(), threading.Event()

    def map_() -> None:
        with map_priority.drawing():
            begun.set()
            go_on.wait(5)
            order.append("map")

    def lists() -> None:
        begun.wait(5)
        map_priority.wait()
        order.append("lists")

    threads = [threading.Thread(target=work) for work in (lists, map_)]
    for thread in threads:
        thread.start()
    begun.wait(5)
    time.sleep(0.05)
    go_on.set()
    for thread in threads:
        thread.join(5)
    assert order == ["map", "lists"]


def test_lists_do_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("dashboard.project.map_priority._MAX_WAIT_S", 0.05)
    map_priority = MapPriority()
    began = time.monotonic()
    with map_priority.drawing():
        map_priority.wait()
    assert 0.04 < time.monotonic() - began < 1


def test_a_map_that_begins_later_is_not_waited_for():
    map_priority, done = MapPriority(), threading.Event()
    first, second = map_priority.drawing(), map_priority.drawing()
    first.__enter__()
    waiting = threading.Thread(target=lambda: (map_priority.wait(), done.set()))
    waiting.start()
    time.sleep(0.05)
    second.__enter__()
    assert not done.is_set()
    first.__exit__(None, None, None)
    assert done.wait(0.5)
    second.__exit__(None, None, None)
    waiting.join()


def test_a_map_that_is_expected_is_waited_for_and_none_is_not_for_long(
    monkeypatch: pytest.MonkeyPatch,
):
    map_priority, order = MapPriority(), []

    def draw() -> None:
        with map_priority.drawing():
            time.sleep(0.05)
            order.append("map")

    monkeypatch.setattr(map_priority_module, "_ARRIVES_WITHIN_S", 5)
    thread = threading.Timer(0.01, draw)
    thread.start()
    map_priority.expect()
    order.append("lists")
    thread.join()
    assert order == ["map", "lists"]
    monkeypatch.setattr(map_priority_module, "_ARRIVES_WITHIN_S", 0.03)
    began = time.monotonic()
    map_priority.expect()
    assert time.monotonic() - began < map_priority_module._MAX_WAIT_S
