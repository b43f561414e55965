"""Messages between processes: four bytes of length, then the message, e.g. 00 00 00 02 and "ok"."""

from typing import IO

_LENGTH = 4
# Larger than any answer of a reader; a process that sends more is not believed.
MOST_BYTES = 512 << 20


class BrokenStreamError(OSError):
    """A stream that ended within a message, or announces one that is too long."""


def write_frame(stream: IO[bytes], message: bytes) -> None:
    """Send one message."""
    stream.write(len(message).to_bytes(_LENGTH, "big") + message)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next message; `None` at the end of the stream. Raises BrokenStreamError."""
    head = stream.read(_LENGTH)
    if not head:
        return None
    length = int.from_bytes(head, "big")
    if len(head) < _LENGTH or length > MOST_BYTES:
        raise BrokenStreamError(f"a message of {length:,} bytes")
    message = stream.read(length)
    if len(message) < length:
        raise BrokenStreamError("the stream ended within a message")
    return message
