"""A reading process can use its limits and files only, and its end is reported in words."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path

import msgspec
import psutil
import pytest

from dashboard.sandbox import landlock, start
from dashboard.sandbox.limits import Confinement, Limits
from dashboard.sandbox.process import (
    MOST_READERS,
    ReaderFailedError,
    ReaderProcess,
    ReaderStoppedError,
)
from tests.sandbox import functions

TEXTS = msgspec.msgpack.Decoder(str)
NUMBERS = msgspec.msgpack.Decoder(int)
# The functions that are called there.
OURS = (Path(functions.__file__).parents[1],)


@pytest.fixture(scope="module")
def confinement() -> Confinement:
    """The limits that this system supports: an old kernel, or a container, may lack some."""
    with ReaderProcess(readable=OURS) as process:
        return process.confinement


@pytest.fixture
def without_files(confinement: Confinement) -> None:
    if not confinement.files:
        pytest.skip("this system has no Landlock")


@pytest.fixture
def without_network(confinement: Confinement) -> None:
    if not (confinement.network or confinement.files):
        pytest.skip("this system lets no process leave the network")


def texts(
    function: Callable[..., Iterable[object]],
    *arguments: object,
    fork: bool | None = None,
    limits: Limits | None = None,
    readable: tuple[Path, ...] = (),
    writable: tuple[Path, ...] = (),
) -> list[str]:
    with ReaderProcess(
        limits, readable=(*OURS, *readable), writable=writable, fork=fork
    ) as process:
        return list(process.call(TEXTS, function, *arguments))


@pytest.mark.parametrize("fork", [True, False])
def test_a_function_yields_items_and_the_process_can_be_called_again(*, fork: bool):
    with ReaderProcess(readable=OURS, fork=fork) as process:
        assert list(process.call(TEXTS, functions.echo, "عين عيسى", "\x00")) == ["عين عيسى", "\x00"]
        assert list(process.call(NUMBERS, functions.numbers, 1000)) == list(range(1000))


def test_an_error_of_a_reader_is_reported_and_the_process_continues():
    with ReaderProcess(readable=OURS) as process:
        seen = []
        with pytest.raises(ReaderFailedError, match="what no reader expects"):
            seen.extend(process.call(NUMBERS, functions.fail, 3))
        assert list(process.call(TEXTS, functions.echo, "on")) == ["on"]


def test_items_before_the_end_are_received():
    seen = []
    with (
        ReaderProcess(readable=OURS) as process,
        pytest.raises(ReaderStoppedError, match="SIGABRT"),
    ):
        seen.extend(process.call(NUMBERS, functions.abort, 5))
    assert seen == [0, 1, 2, 3, 4]


@pytest.mark.usefixtures("without_files")
@pytest.mark.parametrize("fork", [True, False])
def test_only_readable_files_can_be_read_and_none_written(tmp_path: Path, *, fork: bool):
    readable_file, other = tmp_path / "readable.txt", tmp_path / "other.txt"
    for path in (readable_file, other):
        path.write_text("content", encoding="utf-8")
    link = tmp_path / "link.txt"
    link.symlink_to("/etc/passwd")
    assert texts(functions.read, readable_file, fork=fork, readable=(readable_file,)) == ["content"]
    for path in (other, Path("/etc/passwd"), link, Path(f"/proc/{os.getpid()}/environ")):
        with pytest.raises(ReaderFailedError, match=r"Permission|No such file"):
            texts(functions.read, path, fork=fork, readable=(readable_file,))
    for path in (readable_file, other, tmp_path / "new"):
        with pytest.raises(ReaderFailedError, match="Permission"):
            texts(functions.write, path, fork=fork, readable=(readable_file,))
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"readable.txt", "link.txt", "other.txt"}
    assert readable_file.read_text(encoding="utf-8") == "content"


def test_a_folder_for_writing_can_be_written(tmp_path: Path):
    path = tmp_path / "out"
    assert texts(functions.write, path, writable=(tmp_path,)) == [str(path)]
    assert path.read_text(encoding="utf-8") == "written"


@pytest.mark.usefixtures("without_network")
@pytest.mark.parametrize("fork", [True, False])
def test_connections_are_refused(*, fork: bool):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.5)
        (answer,) = texts(functions.connect, listener.getsockname()[1], fork=fork)
        assert answer != "connected"
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize("fork", [True, False])
def test_passwords_in_the_environment_are_not_inherited(
    monkeypatch: pytest.MonkeyPatch, *, fork: bool
):
    start._server.close()
    monkeypatch.setenv("EVENT_MAP_ENGINE", "postgresql://user:password@host/database")
    assert not [name for name in texts(functions.environment, fork=fork) if "EVENT_MAP" in name]


@pytest.mark.usefixtures("without_files")
def test_no_program_can_be_started():
    with pytest.raises(ReaderFailedError, match="Permission"):
        texts(functions.start_program)


@pytest.mark.parametrize("fork", [True, False])
def test_memory_is_limited(*, fork: bool):
    with pytest.raises(ReaderStoppedError, match=r"too large for 1,024 MB"):
        texts(functions.allocate, 4 << 30, fork=fork)


def test_the_watcher_measures_memory_where_the_system_does_not_limit_it():
    """As on macOS: the address space is not limited, the memory in use is measured."""
    limits = Limits(memory=1 << 40)
    began = time.monotonic()
    with ReaderProcess(limits, readable=OURS) as process:
        process._limits = Limits(memory=400 << 20)
        with pytest.raises(ReaderStoppedError, match="too large for 400 MB"):
            list(process.call(TEXTS, functions.allocate_slowly, 10 << 20))
    assert time.monotonic() - began < 30


def test_processor_time_is_limited():
    with pytest.raises(ReaderStoppedError, match="1 s of processor time"):
        texts(functions.spin, limits=Limits(cpu_s=1))


def test_silence_is_limited():
    with pytest.raises(ReaderStoppedError, match="no answer for 1 s"):
        texts(functions.sleep, 60, limits=Limits(silence_s=1))


def test_cancelling_ends_it_within_a_call():
    cancelled = threading.Event()
    threading.Timer(0.5, cancelled.set).start()
    began = time.monotonic()
    with (
        ReaderProcess(readable=OURS, cancelled=cancelled.is_set) as process,
        pytest.raises(ReaderStoppedError, match="cancelled"),
    ):
        list(process.call(TEXTS, functions.sleep, 60))
    assert time.monotonic() - began < 10


def test_a_closed_process_ends():
    with ReaderProcess(readable=OURS) as process:
        pid = process.pid
        for number in process.call(NUMBERS, functions.numbers, 1_000_000):
            if number == 10:
                break
    assert _gone(pid)


def test_an_answer_of_another_type_is_an_error():
    with (
        ReaderProcess(readable=OURS) as process,
        pytest.raises(ReaderStoppedError, match="no proper answer"),
    ):
        list(process.call(NUMBERS, functions.echo, "a text"))


def test_readers_end_with_a_dashboard_that_is_killed(tmp_path: Path):
    script = (
        "import sys; from pathlib import Path\n"
        "from dashboard.sandbox.process import ReaderProcess\n"
        "from tests.sandbox import functions, test_process as t\n"
        "p = ReaderProcess(readable=t.OURS); print(p.pid, flush=True)\n"
        "list(p.call(t.TEXTS, functions.spin))\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        pid = int(process.stdout.readline())
        assert psutil.pid_exists(pid)
        process.send_signal(signal.SIGKILL)
    assert _gone(pid)


def _gone(pid: int) -> bool:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("fork", [True, False])
def test_it_has_no_rights_of_root(*, fork: bool):
    assert texts(functions.capabilities, fork=fork) == ["0000000000000000"]


@pytest.mark.skipif(
    landlock.version() < 6, reason="signals are scoped from Landlock's version 6 on"
)
def test_no_other_process_can_be_signalled():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        assert texts(functions.signal_to, other.pid) == ["PermissionError"]
        assert other.poll() is None
        other.kill()


@pytest.mark.usefixtures("without_files")
def test_only_files_can_be_created_in_a_writable_folder(tmp_path: Path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert "created" not in texts(functions.make_others, tmp_path, writable=(tmp_path,))
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux")
def test_processes_of_a_reader_end_with_it():
    with ReaderProcess(readable=OURS) as process:
        (pid,) = process.call(NUMBERS, functions.begin_another)
        assert psutil.pid_exists(pid)
    assert _gone(pid)


def test_the_number_of_simultaneous_readers_is_limited(monkeypatch: pytest.MonkeyPatch):
    with ExitStack() as stack:
        for _ in range(MOST_READERS):
            stack.enter_context(ReaderProcess(readable=OURS))
        further = threading.Thread(target=lambda: ReaderProcess(readable=OURS).close(), daemon=True)
        further.start()
        further.join(0.5)
        assert further.is_alive()
    further.join(20)
    assert not further.is_alive()
    # Closing twice, and failing to begin, give back one place each.
    process = ReaderProcess(readable=OURS)
    process.close()
    process.close()
    monkeypatch.setattr("dashboard.sandbox.process.start", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ReaderProcess(readable=OURS)
    monkeypatch.undo()
    with ExitStack() as stack:
        for _ in range(MOST_READERS):
            stack.enter_context(ReaderProcess(readable=OURS))


def test_calling_a_closed_process_is_an_error():
    process = ReaderProcess(readable=OURS)
    process.close()
    with pytest.raises(ReaderStoppedError, match="no longer wanted"):
        list(process.call(TEXTS, functions.echo, "x"))
