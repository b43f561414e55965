"""Messages between processes, and what a reading process answers to them."""

import importlib
import inspect
import io
import os
import pickle
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec
import pytest

from dashboard.sandbox import forkserver
from dashboard.sandbox.child import END, ERROR, ITEM, READY, Setup, serve
from dashboard.sandbox.fork_client import Forked, ForkServer
from dashboard.sandbox.frames import MOST_ANSWER, BrokenStreamError, read_frame, write_frame
from dashboard.sandbox.limits import Limits

MODULE = serve.__module__


@pytest.mark.parametrize("messages", [[], [b""], [b"ok", b"\x00" * 70_000, b"\xff"]])
def test_messages_arrive_as_they_were_sent(messages: list[bytes]):
    stream = io.BytesIO()
    for message in messages:
        write_frame(stream, message)
    stream.seek(0)
    assert [read_frame(stream, 100_000) for _ in messages] == messages
    assert read_frame(stream, 100_000) is None


@pytest.mark.parametrize(
    "content", [b"\x00\x00", b"\x00\x00\x00\x05abcd", (MOST_ANSWER + 1).to_bytes(4, "big")]
)
def test_a_cut_or_oversized_message_is_refused(content: bytes):
    with pytest.raises(BrokenStreamError):
        read_frame(io.BytesIO(content), MOST_ANSWER)


def _requests(*requests: object) -> bytes:
    """What a dashboard sends: how to be confined, then the requests."""
    stream = io.BytesIO()
    setup = Setup(Limits(), tuple(Path(part) for part in sys.path if part), ())
    for message in (setup, *requests):
        write_frame(stream, pickle.dumps(message))
    return stream.getvalue()


def _answers(content: bytes) -> list[bytes]:
    stream, messages = io.BytesIO(content), []
    while (message := read_frame(stream, MOST_ANSWER)) is not None:
        messages.append(message)
    return messages


def test_a_process_yields_items_and_reports_errors():
    requests = _requests((sorted, ([3, 1],)), (int, ("no number",)), (sorted, ([2],)))
    done = subprocess.run(
        [sys.executable, "-m", MODULE], input=requests, capture_output=True, timeout=60, check=True
    )
    ready, first, second, end, error, *rest = _answers(done.stdout)
    assert ready[:1] == READY
    assert [msgspec.msgpack.decode(item[1:]) for item in (first, second)] == [1, 3]
    assert (first[:1], end, error[:1]) == (ITEM, END, ERROR)
    assert b"ValueError" in error
    assert [item[:1] for item in rest] == [ITEM, END]


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_a_fork_server_starts_a_reader_and_reports_its_end():
    """A pair of sockets is sent; the reader answers, and its exit status is reported."""
    with ExitStack() as open_ones:
        ours, theirs, data, data_theirs, status, status_theirs = (
            open_ones.enter_context(end) for _ in range(3) for end in socket.socketpair()
        )
        command = [sys.executable, "-m", forkserver.__name__, str(theirs.fileno()), "json"]
        server = subprocess.Popen(command, pass_fds=[theirs.fileno()])
        data.settimeout(60)
        status.settimeout(60)
        socket.send_fds(ours, [b"x"], [data_theirs.fileno(), status_theirs.fileno()])
        data_theirs.close()
        status_theirs.close()
        data.sendall(_requests((sorted, (["b", "a"],))))
        data.shutdown(socket.SHUT_WR)
        answers = _answers(_all_of(data))
        pid, exit_code = map(int, _all_of(status).split())
    assert [msgspec.msgpack.decode(item[1:]) for item in answers[1:3]] == ["a", "b"]
    assert pid not in {os.getpid(), server.pid}
    assert exit_code == 0
    assert server.wait(30) == 0


def _all_of(connection: socket.socket) -> bytes:
    """What arrives until the other end is closed."""
    return b"".join(iter(lambda: connection.recv(65_536), b""))


def test_a_reading_process_is_a_separate_module():
    """It is run by its name, and so must not import the page."""
    source = inspect.getsource(importlib.import_module(MODULE))
    assert "streamlit" not in source


@pytest.mark.skipif(sys.platform == "win32", reason="no fork")
def test_a_shared_fork_server_ends_with_its_processes_when_it_is_closed_and_the_first_goes_on():
    first, second = (ForkServer(forkserver.__name__, environment=dict) for _ in range(2))
    second.adopt(first.share())
    with _reader_of(second) as (data, forked):
        data.sendall(_requests((sorted, (["b", "a"],))))
        assert data.recv(1)
        second.close()
        _all_of(data)
        assert forked.status() is None
    with _reader_of(first) as (data, forked):
        data.shutdown(socket.SHUT_WR)
        assert forked.status() == 0
    first.close()


@contextmanager
def _reader_of(server: ForkServer) -> Iterator[tuple[socket.socket, Forked]]:
    ours, theirs = socket.socketpair()
    ours.settimeout(60)
    with ours:
        with theirs:
            forked = server.fork(theirs.fileno())
        yield ours, forked
        forked.release()
