"""The loop of a reading process: receive a function with arguments, send the items that it yields.

Requests come from the dashboard and are pickled; answers are MessagePack, which the dashboard decodes
by type: bytes from a process that read an untrusted file cannot create objects of any other type.
"""

import os
import pickle
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from dashboard.sandbox.frames import MOST_REQUEST, read_frame, write_frame
from dashboard.sandbox.limits import Limits, allow_processor_time, confine

# The kinds of answer: its first byte.
READY, ITEM, END, ERROR, NO_MEMORY = b"r", b"i", b"e", b"x", b"m"
_MOST_ERROR = 500


@dataclass(frozen=True, slots=True)
class Setup:
    """The limits of a process, the paths that it may read, and those below which it may write."""

    limits: Limits
    readable: tuple[Path, ...]
    writable: tuple[Path, ...]


# A function that can be imported by name, and its arguments.
Request = tuple[Callable[..., Iterable[object]], Sequence[object]]


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Confine this process by the first message (a Setup), then answer requests until the end."""
    first = read_frame(requests, MOST_REQUEST)
    if first is None:
        return
    setup: Setup = pickle.loads(first)  # noqa: S301 from the dashboard
    confinement = confine(setup.limits, setup.readable, setup.writable)
    write_frame(answers, READY + msgspec.msgpack.encode(confinement))
    while (message := read_frame(requests, MOST_REQUEST)) is not None:
        allow_processor_time(setup.limits.cpu_s)
        _answer(answers, message)


def _answer(answers: IO[bytes], message: bytes) -> None:
    encoder = msgspec.msgpack.Encoder()
    try:
        request: Request = pickle.loads(message)  # noqa: S301 from the dashboard
        function, arguments = request
        for item in function(*arguments):
            write_frame(answers, ITEM + encoder.encode(item))
    except MemoryError:
        write_frame(answers, NO_MEMORY)
        # Other parts of the process may lack memory too.
        os._exit(1)
    except Exception as error:  # noqa: BLE001 any error concerns only this file
        reason = f"{type(error).__name__}: {error}"[:_MOST_ERROR]
        write_frame(answers, ERROR + reason.encode("utf-8", "backslashreplace"))
    else:
        write_frame(answers, END)


def main() -> None:
    """Serve on standard input and output: for systems that cannot fork (see process.py)."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # The output of libraries must not mix with the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
