"""A reading process as the dashboard uses it: call a function there and iterate over its items.

with ReaderProcess(readable=(path,)) as reader:
for chunk in reader.call(Chunk, read_chunks, path):
...
"""

import pickle
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, Self, TypeVar

import msgspec
import psutil

from dashboard.model.errors import DashboardError
from dashboard.sandbox import child
from dashboard.sandbox.child import Setup
from dashboard.sandbox.frames import MOST_ANSWER, BrokenStreamError, read_frame, write_frame
from dashboard.sandbox.limits import Confinement, Limits
from dashboard.sandbox.start import start

T = TypeVar("T")
# The interval at which time and memory of a process are checked.
_CHECK_INTERVAL_S = 0.1
# The most simultaneous readers of one server, each of at most a gigabyte; further ones wait.
MOST_READERS = 8
_SLOTS = threading.BoundedSemaphore(MOST_READERS)
_EXIT_TIMEOUT_S = 2.0
_SIGNAL_REASONS = {
    "SIGXCPU": "it needed more than {cpu_s:,} s of processor time",
    "SIGKILL": "it was ended from outside; the machine may have run out of memory",
}


class ReaderStoppedError(DashboardError):
    """The reading process ended early; the message has the reason, e.g. a file that is too large."""


class ReaderFailedError(DashboardError):
    """A reader raised an unexpected error; the process can read other files."""


class ReaderProcess:
    """A process with limits in which functions read untrusted files; for one thread at a time.

    The constructor waits while there are `MOST_READERS` others. `cancelled` is called ten times a
    second; when it returns True, the process is ended.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        readable: Iterable[Path] = (),
        writable: Iterable[Path] = (),
        cancelled: Callable[[], bool] = lambda: False,
        fork: bool | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._cancelled = cancelled
        self._reason: str | None = None
        self._waiting_since: float | None = None
        self._closed = threading.Event()
        self._closing = threading.Lock()
        setup = Setup(
            self._limits,
            tuple(path.resolve() for path in readable),
            tuple(path.resolve() for path in writable),
        )
        _SLOTS.acquire()
        try:
            self._process = start(fork=fork)
        except BaseException:
            _SLOTS.release()
            raise
        try:
            self.confinement = self._confine(setup)
        except BaseException:
            self.close()
            raise

    def _confine(self, setup: Setup) -> Confinement:
        threading.Thread(target=self._watch, daemon=True).start()
        self._send(pickle.dumps(setup))
        return msgspec.msgpack.decode(self._receive()[1], type=Confinement)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def call(
        self,
        decoder: msgspec.msgpack.Decoder[T],
        function: Callable[..., Iterable[object]],
        *arguments: object,
    ) -> Iterator[T]:
        """The items that `function(*arguments)` yields in the process, decoded.

        The function must be importable by name. Raises ReaderStoppedError if the process
        ends, and ReaderFailedError if the function raises. Closing the iterator early ends the process.
        """
        complete = False
        try:
            self._send(pickle.dumps((function, arguments)))
            while True:
                kind, message = self._receive()
                if kind == child.END:
                    complete = True
                    return
                if kind == child.ERROR:
                    complete = True
                    raise ReaderFailedError(f"the reader failed: {message.decode()}")
                try:
                    item = decoder.decode(message)
                except msgspec.MsgspecError as error:
                    raise ReaderStoppedError(
                        f"the reader gave no proper answer: {error}"
                    ) from error
                yield item
        finally:
            if not complete:
                self.close()

    def close(self) -> None:
        """End the process; further calls do nothing."""
        with self._closing:
            if self._closed.is_set():
                return
            self._closed.set()
        self._process.end()
        self._process.release()
        _SLOTS.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _send(self, message: bytes) -> None:
        # The end of a process is reported by `_receive`.
        with suppress(OSError, ValueError):
            write_frame(self._process.requests, message)

    def _receive(self) -> tuple[bytes, bytes]:
        """The kind and the content of the next answer; raises ReaderStoppedError."""
        self._waiting_since = time.monotonic()
        try:
            message = read_frame(self._process.answers, MOST_ANSWER)
        except (BrokenStreamError, OSError, ValueError):
            message = None
        finally:
            self._waiting_since = None
        if message is None or message[:1] == child.NO_MEMORY:
            self._raise_stopped(no_memory=message is not None)
        return message[:1], message[1:]

    def _watch(self) -> None:
        """End the process when it exceeds its time or memory, or when it is cancelled."""
        while self._reason is None and not self._closed.wait(_CHECK_INTERVAL_S):
            self._reason = self._reason_to_end()
        if self._reason is not None:
            self._process.end()

    def _reason_to_end(self) -> str | None:
        limits, since = self._limits, self._waiting_since
        if self._cancelled():
            return "it was cancelled"
        if since is not None and time.monotonic() - since > limits.silence_s:
            return f"it gave no answer for {limits.silence_s:,.0f} s"
        if _memory_of(self._process.pid) > limits.memory:
            return self._too_large()
        return None

    def _raise_stopped(self, *, no_memory: bool) -> NoReturn:
        if self._closed.is_set():
            raise ReaderStoppedError("the reader stopped: it is no longer wanted")
        # Kill it if it only closed the stream of answers and does not end by itself.
        kill = threading.Timer(_EXIT_TIMEOUT_S, self._process.end)
        kill.start()
        status = self._process.status()
        kill.cancel()
        if no_memory:
            self._reason = self._too_large()
        if self._reason is None and status is not None and status < 0:
            name = signal.Signals(-status).name
            default = f"it was ended by {name}: damaged, or too large for {self._megabytes()}"
            self._reason = _SIGNAL_REASONS.get(name, default).format(cpu_s=self._limits.cpu_s)
        raise ReaderStoppedError(f"the reader stopped: {self._reason or f'exit status {status}'}")

    def _too_large(self) -> str:
        return f"the file is too large for {self._megabytes()} of memory"

    def _megabytes(self) -> str:
        return f"{self._limits.memory >> 20:,} MB"


def _memory_of(pid: int) -> int:
    """The resident memory of a process in bytes; 0 if it has ended."""
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
