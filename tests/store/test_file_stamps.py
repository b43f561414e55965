"""What changes the version of files: their names, sizes and times, not what vanishes or is code."""

from pathlib import Path

import pytest

from dashboard.store.file_stamps import file_stamps


def test_files_in_order_without_folders_and_code(tmp_path: Path):
    for name in ("b.csv", "a.geojson", "build.py"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "build.cpython-311.pyc.140").write_bytes(b"part")
    stamps = file_stamps(tmp_path.rglob("*"))
    assert [(Path(path).name, size) for path, size, _ in stamps] == [("a.geojson", 9), ("b.csv", 5)]
    (tmp_path / "b.csv").write_text("changed", encoding="utf-8")
    assert file_stamps(tmp_path.rglob("*")) != stamps


def test_a_file_that_another_process_removes_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    gone = tmp_path / "gone.csv"
    gone.write_text("x", encoding="utf-8")
    is_file = Path.is_file

    def is_file_then_removed(path: Path) -> bool:
        found = is_file(path)
        path.unlink(missing_ok=True)
        return found

    monkeypatch.setattr(Path, "is_file", is_file_then_removed)
    assert file_stamps([gone]) == []
