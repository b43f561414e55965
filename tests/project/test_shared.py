"""All sessions and routes of a server have one project; other settings have another."""

from pathlib import Path

import pytest

from dashboard.project.shared import shared_project


def test_the_project_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "one.sqlite"))
    first = shared_project()
    assert shared_project() is first
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "two.sqlite"))
    assert shared_project() is not first
