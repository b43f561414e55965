"""Messages between processes: four bytes of length, then the message, e.g. 00 00 00 02 and "ok"."""

from typing import IO

_LENGTH = 4
# The longest valid answer is an article with its reading, some megabytes. A request may contain the
# gazetteer of a region.
MOST_ANSWER, MOST_REQUEST = 64 << 20, 1 << 30


class BrokenStreamError(OSError):
    """A stream that ends within a message, or a message that is too long."""


def write_frame(stream: IO[bytes], message: bytes) -> None:
    """Send one message."""
    stream.write(len(message).to_bytes(_LENGTH, "big") + message)
    stream.flush()


def read_frame(stream: IO[bytes], most: int) -> bytes | None:
    """The next message, of at most `most` bytes; `None` at the end. Raises BrokenStreamError."""
    head = stream.read(_LENGTH)
    if not head:
        return None
    length = int.from_bytes(head, "big")
    if len(head) < _LENGTH or length > most:
        raise BrokenStreamError(f"a message of {length:,} bytes")
    message = stream.read(length)
    if len(message) < length:
        raise BrokenStreamError("the stream ended within a message")
    return message
