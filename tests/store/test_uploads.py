"""Copies of uploads: a fixed file name; deleted with session or server, or at the next start."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from dashboard.store.uploads import UploadFolder

ROOT = Path(__file__).resolve().parents[2]


def test_an_upload_is_saved_under_a_fixed_name(tmp_path: Path):
    session = UploadFolder(tmp_path).session()
    path = session.save("../../../etc/passwd", memoryview(b"content"))
    assert path.name == "upload"
    assert path.is_relative_to(tmp_path)
    assert path.read_bytes() == b"content"


def test_the_next_upload_replaces_it(tmp_path: Path):
    session = UploadFolder(tmp_path).session()
    first = session.save("1", memoryview(b"first"))
    assert session.save("1", memoryview(b"")).read_bytes() == b"first"
    assert session.save("2", memoryview(b"second")) == first
    assert first.read_bytes() == b"second"


def test_it_is_deleted_with_its_session_and_its_server(tmp_path: Path):
    uploads = UploadFolder(tmp_path)
    session, other = uploads.session(), uploads.session()
    path, stays = session.save("1", memoryview(b"x")), other.save("1", memoryview(b"x"))
    del session
    assert not path.exists()
    assert stays.exists()
    uploads.close()
    assert list(tmp_path.iterdir()) == []


def test_uploads_of_a_killed_server_alone_are_deleted_at_the_next_start(tmp_path: Path):
    script = (
        "import sys; from pathlib import Path\n"
        "from dashboard.store.uploads import UploadFolder\n"
        "session = UploadFolder(Path(sys.argv[1])).session()\n"
        "folder = UploadFolder(Path(sys.argv[1])); s = folder.session()\n"
        "print(s.save('1', memoryview(b'x')), flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "cwd": ROOT, "text": True}
    with subprocess.Popen(command, **pipes) as killed, subprocess.Popen(command, **pipes) as alive:
        abandoned, used = (Path(process.stdout.readline().strip()) for process in (killed, alive))
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()
        assert abandoned.exists()
        UploadFolder(tmp_path).session()
        assert not abandoned.exists()
        assert used.exists()
        alive.communicate("")
