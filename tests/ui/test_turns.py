"""Maps before lists, when many sessions ask at once."""

import threading
import time

import pytest

from dashboard.ui.explore.turns import Turns


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
