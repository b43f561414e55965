"""Requests written by hand, so that no client corrects them on the way."""

import base64
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

_TIMEOUT_S = 20
Headers = Iterable[tuple[str, str]]


def send(address: str, head: bytes, body: bytes = b"") -> bytes:
    """The whole answer to `head` and `body`, as far as it comes before the connection is quiet."""
    at = urlsplit(address)
    answer = b""
    with socket.create_connection((at.hostname, at.port), timeout=_TIMEOUT_S) as connection:
        connection.sendall(head + body)
        while b"\r\n\r\n" not in answer:
            chunk = connection.recv(65_536)
            if not chunk:
                break
            answer += chunk
    return answer


def request(
    address: str, headers: Headers, target: str = "/_stcore/health", method: str = "GET"
) -> bytes:
    """The answer to a request with exactly these headers."""
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers)]
    return send(address, "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1"))


def websocket(address: str, headers: Headers, target: str = "/_stcore/stream") -> bytes:
    """The answer to a websocket's handshake with these headers beside its own."""
    lines = [
        f"GET {target} HTTP/1.1",
        *(f"{name}: {value}" for name, value in headers),
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {base64.b64encode(b'0123456789abcdef').decode()}",
        "Sec-WebSocket-Protocol: streamlit",
    ]
    return send(address, "\r\n".join([*lines, "", ""]).encode("latin-1"))


def status(answer: bytes) -> int | None:
    """The status of an answer, or `None` if the connection was closed without one."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else None
