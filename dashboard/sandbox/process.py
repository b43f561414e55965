"""A reading process seen from the dashboard: call a function there, get what it yields, or why not.

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
from types import TracebackType
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
# How often time and memory of a process are looked at, in seconds.
_LOOK_EVERY_S = 0.1
# Readers at a time of all sessions of one server, a gigabyte each at most; further ones wait.
MOST_READERS = 8
_PLACES = threading.BoundedSemaphore(MOST_READERS)
_ENDS_WITHIN_S = 2.0
_ENDED_BY = {
    "SIGXCPU": "it needed more than {cpu_s:,} s of processor time",
    "SIGKILL": "it was ended from outside; the machine may have run out of memory",
}


class ReaderStoppedError(DashboardError):
    """The process that read a file ended before its time; the message says why, e.g. too large."""


class ReaderFailedError(DashboardError):
    """A reader raised an error that it does not expect; the process can read other files."""


class ReaderProcess:
    """One process, under limits, in which functions read strangers' files.

    Waits while there are `MOST_READERS` others.

    `cancelled` is asked ten times a second while an answer is awaited: once it says so the process
    is ended. Not to be used by several threads at a time.
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
        self._why: str | None = None
        self._awaited_since: float | None = None
        self._closed = threading.Event()
        self._closing = threading.Lock()
        setup = Setup(
            self._limits,
            tuple(path.resolve() for path in readable),
            tuple(path.resolve() for path in writable),
        )
        _PLACES.acquire()
        try:
            self._process = start(fork=fork)
        except BaseException:
            _PLACES.release()
            raise
        try:
            self.confinement = self._confined(setup)
        except BaseException:
            self.close()
            raise

    def _confined(self, setup: Setup) -> Confinement:
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
        """What `function(*arguments)` yields there, as the decoder has it.

        The function is one that can be imported by name. Raises ReaderStoppedError if the process
        ends, and ReaderFailedError if the function raises. Closed early, it ends the process.
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
        """End the process; once is enough."""
        with self._closing:
            if self._closed.is_set():
                return
            self._closed.set()
        self._process.end()
        self._process.release()
        _PLACES.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _send(self, message: bytes) -> None:
        # That a process has ended is reported when its answer is awaited.
        with suppress(OSError, ValueError):
            write_frame(self._process.requests, message)

    def _receive(self) -> tuple[bytes, bytes]:
        """The kind of the next answer, and the answer; raises ReaderStoppedError."""
        self._awaited_since = time.monotonic()
        try:
            message = read_frame(self._process.answers, MOST_ANSWER)
        except (BrokenStreamError, OSError, ValueError):
            message = None
        finally:
            self._awaited_since = None
        if message is None or message[:1] == child.NO_MEMORY:
            self._stopped(no_memory=message is not None)
        return message[:1], message[1:]

    def _watch(self) -> None:
        """End the process when it takes too long or too much, or when it is cancelled."""
        while self._why is None and not self._closed.wait(_LOOK_EVERY_S):
            self._why = self._reason_to_end()
        if self._why is not None:
            self._process.end()

    def _reason_to_end(self) -> str | None:
        limits, since = self._limits, self._awaited_since
        if self._cancelled():
            return "it was cancelled"
        if since is not None and time.monotonic() - since > limits.silence_s:
            return f"it gave no answer for {limits.silence_s:,.0f} s"
        if _memory_of(self._process.pid) > limits.memory:
            return self._too_large()
        return None

    def _stopped(self, *, no_memory: bool) -> NoReturn:
        if self._closed.is_set():
            raise ReaderStoppedError("the reader stopped: it is no longer wanted")
        # It ends by itself, unless it closed the stream of answers and goes on.
        ending = threading.Timer(_ENDS_WITHIN_S, self._process.end)
        ending.start()
        status = self._process.status()
        ending.cancel()
        if no_memory:
            self._why = self._too_large()
        if self._why is None and status is not None and status < 0:
            name = signal.Signals(-status).name
            usual = f"it was ended by {name}: damaged, or too large for {self._megabytes()}"
            self._why = _ENDED_BY.get(name, usual).format(cpu_s=self._limits.cpu_s)
        raise ReaderStoppedError(f"the reader stopped: {self._why or f'exit status {status}'}")

    def _too_large(self) -> str:
        return f"the file is too large for {self._megabytes()} of memory"

    def _megabytes(self) -> str:
        return f"{self._limits.memory >> 20:,} MB"


def _memory_of(pid: int) -> int:
    """Bytes of memory that a process has in use; 0 once it is gone."""
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
