"""`event-map config check`: what is set, where, and what is wrong, without a secret."""

from pathlib import Path

import pytest

from dashboard.commands.config import check
from dashboard.commands.main import main
from dashboard.exit_status import ExitStatus
from dashboard.settings import read_settings


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable but that of a workspace, which does not exist yet."""
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(tmp_path / "workspace.sqlite"))


def run_check(capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """The exit status, and what is printed to each stream."""
    with pytest.raises(SystemExit) as ended:
        main(["config", "check"])
    out, error = capsys.readouterr()
    return int(str(ended.value.code)), out, error


def test_right_settings_are_listed_with_their_source_and_nothing_is_written(
    capsys, monkeypatch, tmp_path: Path
):
    file = tmp_path / "event-map.toml"
    file.write_text('hosts = ["map.example.org"]\n', encoding="utf-8")
    monkeypatch.setenv("EVENT_MAP_CONFIG", str(file))
    status, out, _error = run_check(capsys)
    assert status == ExitStatus.OK
    assert "hosts = map.example.org (file)" in out
    assert f"workspace = {tmp_path / 'workspace.sqlite'} (environment)" in out
    assert list(tmp_path.iterdir()) == [file]


def test_everything_that_is_wrong_is_listed_and_no_password(capsys, monkeypatch, tmp_path: Path):
    file = tmp_path / "event-map.toml"
    file.write_text(
        'engine = "postgresql://map:secret@127.0.0.1:1/map"\nlog = "all"\nhosts = ["http://a"]\n'
        'import_folder = "missing"\nbackups = "/proc/backups"\nsign_in = "sign-in.toml"\n',
        encoding="utf-8",
    )
    file.chmod(0o644)
    monkeypatch.setenv("EVENT_MAP_CONFIG", str(file))
    monkeypatch.setenv("EVENT_MAP_WORKSPASE", "x")
    status, out, error = run_check(capsys)
    assert status == ExitStatus.FAULTS
    wrong = [line for line in out.splitlines() if line.startswith("wrong: ")]
    for expected in (
        "EVENT_MAP_WORKSPASE: no such setting; did you mean EVENT_MAP_WORKSPACE?",
        "import_folder: expected a folder, found none at",
        "can be read by other users",
        "EVENT_MAP_HOSTS: expected host names",
        "EVENT_MAP_LOG: expected",
        "sign-in.toml: expected a readable file",
    ):
        assert any(expected in line for line in wrong), expected
    assert "secret" not in out + error
    assert "postgresql://…@127.0.0.1:1/map" in out


def test_a_file_that_cannot_be_read_stops_every_command_with_one_line(
    capsys, monkeypatch, tmp_path: Path
):
    file = tmp_path / "event-map.toml"
    file.write_text('hots = ["a"]\n', encoding="utf-8")
    monkeypatch.setenv("EVENT_MAP_CONFIG", str(file))
    status, out, error = run_check(capsys)
    assert status == ExitStatus.NOTHING
    assert (out, error) == ("", "Error: event-map.toml: Object contains unknown field `hots`\n")


def test_an_older_workspace_is_read_and_not_changed(capsys, tmp_path: Path):
    path = read_settings().workspace
    path.write_bytes(b"no database, but some text")
    status, out, _error = run_check(capsys)
    assert status == ExitStatus.FAULTS
    assert "workspace.sqlite" in out
    assert path.read_bytes() == b"no database, but some text"


def test_the_command_explains_itself():
    assert check.help is not None
    assert "what is wrong" in check.help


def test_the_key_of_a_feed_is_not_printed(capsys, monkeypatch):
    monkeypatch.setenv("EVENT_MAP_FEEDS", "https://a.example/rss?key=secret,https://b.example/atom")
    status, out, _error = run_check(capsys)
    assert status == ExitStatus.FAULTS
    assert "feeds = https://a.example/rss?…,https://b.example/atom (environment)" in out
    assert "secret" not in out
    assert "did you mean" not in out
