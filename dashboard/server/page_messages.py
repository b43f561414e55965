"""The middleware that lets a page send Streamlit only what our pages need.

E.g. a click, but not `clear_cache`, which empties the caches of everybody, nor `load_git_info`. A
message is a BackMsg of Streamlit in the encoding of Protocol Buffers:
https://protobuf.dev/programming-guides/encoding
"""

from collections.abc import Iterator

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Fields of Streamlit's BackMsg.proto: stop_script, rerun_script, file_urls_request, app_heartbeat.
_ALLOWED = frozenset({7, 11, 16, 17})
# backend_operation_request: of its fields request_id, session_id, deferred_file, dataframe_chunk.
_OPERATION, _OPERATIONS = 19, frozenset({1, 2, 3, 6})
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_MOST_VARINT = 10


class PageMessages:
    """ASGI middleware: messages of a websocket that no page of ours sends are left out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but those messages."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def receive_allowed() -> Message:
            while True:
                message = await receive()
                content = message.get("bytes")
                if message["type"] != "websocket.receive" or not content or is_allowed(content):
                    return message

        await self.app(scope, receive_allowed, send)


def is_allowed(content: bytes) -> bool:
    """Whether all fields of a message are those of our pages; not for one that is damaged."""
    try:
        return all(_is_allowed_field(number, value) for number, value in _fields(content))
    except (IndexError, ValueError):
        return False


def _is_allowed_field(number: int, value: bytes) -> bool:
    if number == _OPERATION:
        return all(inner in _OPERATIONS for inner, _value in _fields(value))
    return number in _ALLOWED


def _fields(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and value of each field; a number as value is b"". Raises IndexError or ValueError."""
    at = 0
    while at < len(content):
        tag, at = _varint(content, at)
        kind, start = tag & 7, at
        if kind == _VARINT:
            _number, at = _varint(content, at)
            start = at
        elif kind == _BYTES:
            length, start = _varint(content, at)
            at = start + length
        elif kind in (_FIXED64, _FIXED32):
            at += 8 if kind == _FIXED64 else 4
        else:
            raise ValueError(kind)
        if at > len(content):
            raise ValueError(at)
        yield tag >> 3, content[start:at]


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """A number of variable length at a position, and the position after it."""
    value = 0
    for shift in range(_MOST_VARINT):
        byte = content[at + shift]
        value |= (byte & 0x7F) << (7 * shift)
        if byte < 0x80:
            return value, at + shift + 1
    raise ValueError(at)
