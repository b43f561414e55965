"""`.ci/floors.py` on repositories made for the purpose: a floor may rise, and never sink."""

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEADER = "texts,measure,score,floor,since,why\n"
DATES, EVENTS = "articles,dates,f1,{},2026-01-01,a\n", "articles,events,recall,{},2026-01-01,a\n"


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("floors", ROOT / ".ci" / "floors.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


floors = _script()


def _git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True, timeout=30)


def _write(root: Path, *rows: str) -> None:
    path = root / floors.FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + "".join(rows), encoding="utf-8")


def _commit(root: Path, *rows: str) -> None:
    _write(root, *rows)
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "--allow-empty", "-m", "floors")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits: the floor of dates rises from 0.90 to 0.95."""
    _git(tmp_path, "init", "-q")
    _commit(tmp_path, DATES.format("0.90"), EVENTS.format("0.5"))
    _commit(tmp_path, DATES.format("0.95"), EVENTS.format("0.5"))
    return tmp_path


def test_floors_that_stay_or_rise_pass(repository: Path, capsys: pytest.CaptureFixture[str]):
    assert floors.main(repository) == 0
    _write(repository, DATES.format("0.99"), EVENTS.format("0.50"))
    assert floors.main(repository) == 0
    assert capsys.readouterr().out.splitlines() == ["no floor sank: 2 compared, 2 versions"] * 2


def test_a_floor_that_sinks_before_the_commit_is_refused(
    repository: Path, capsys: pytest.CaptureFixture[str]
):
    _write(repository, DATES.format("0.94"), EVENTS.format("0.5"))
    assert floors.main(repository) == 1
    assert "articles, dates, f1: the floor sank from 0.95 to 0.94" in capsys.readouterr().out


def test_a_floor_that_sank_in_an_earlier_commit_is_still_refused(repository: Path):
    _commit(repository, DATES.format("0.92"), EVENTS.format("0.5"))
    _commit(repository, DATES.format("0.93"), EVENTS.format("0.6"))
    assert floors.main(repository) == 1


def test_a_floor_that_is_gone_is_refused(repository: Path, capsys: pytest.CaptureFixture[str]):
    _commit(repository, DATES.format("0.95"))
    assert floors.main(repository) == 1
    assert capsys.readouterr().out == "articles, events, recall: the floor 0.5 is gone\n"


def test_without_a_history_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    _write(tmp_path, DATES.format("0.9"))
    assert floors.main(tmp_path) == 0
    assert capsys.readouterr().out.startswith("floors not compared")


def test_the_floors_of_this_checkout_have_not_sunk():
    assert floors.main(ROOT) == 0
