"""A file is open, or it is being replaced, within one process."""

import threading
from pathlib import Path

import pytest

from dashboard.store.problems import Problem, WorkspaceError
from dashboard.store.replacement_lock import file_open, file_replaced


def test_a_file_is_not_replaced_while_it_is_open(tmp_path: Path):
    path = tmp_path / "workspace.sqlite"
    twice = file_open(path, 0), file_open(path, 0)
    with twice[0], twice[1], pytest.raises(WorkspaceError) as error, file_replaced(path, 0.01):
        pass
    assert error.value.problem is Problem.LOCKED
    with file_replaced(path, 0):
        pass


def test_a_file_is_not_opened_while_it_is_replaced(tmp_path: Path):
    path = tmp_path / "workspace.sqlite"
    (tmp_path / "folder").mkdir()
    same = tmp_path / "folder" / ".." / "workspace.sqlite"
    with file_replaced(path, 0), pytest.raises(WorkspaceError) as error, file_open(same, 0.01):
        pass
    assert error.value.problem is Problem.LOCKED


def test_other_files_are_open_meanwhile(tmp_path: Path):
    with file_replaced(tmp_path / "a.sqlite", 0), file_open(tmp_path / "b.sqlite", 0):
        pass


def test_a_connection_waits_for_the_end_of_a_replacement(tmp_path: Path):
    opened = threading.Event()

    def use() -> None:
        with file_open(tmp_path / "a.sqlite", 10):
            opened.set()

    thread = threading.Thread(target=use)
    with file_replaced(tmp_path / "a.sqlite", 0):
        thread.start()
        assert not opened.wait(0.05)
    thread.join(10)
    assert opened.is_set()
