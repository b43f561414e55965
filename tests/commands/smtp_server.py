"""An SMTP server on this machine for tests: it keeps what it gets, and refuses some addresses."""

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Received:
    """What a server got: mails as bytes, and the commands of its clients."""

    port: int = 0
    mails: list[bytes] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    # Codes by address, in place of 250.
    answers: dict[str, int] = field(default_factory=dict)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    received: Received
    context: ssl.SSLContext | None

    def get_request(self) -> tuple[object, object]:
        connection, address = super().get_request()
        if self.context is not None:
            connection = self.context.wrap_socket(connection, server_side=True)
        return connection, address


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        received = self.server.received
        self._say("220 test")
        while line := self.rfile.readline().decode().strip():
            received.commands.append(line)
            word = line.partition(" ")[0].upper()
            if word == "DATA":
                self._say("354 go on")
                received.mails.append(self._data())
                self._say("250 taken")
            elif word == "RCPT":
                address = line.partition("<")[2].partition(">")[0]
                self._say(f"{received.answers.get(address, 250)} answered")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("235 welcome" if word == "AUTH" else "250-test\r\n250 AUTH PLAIN"
                          if word == "EHLO" else "250 fine")  # fmt: skip

    def _data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def smtp_server(context: ssl.SSLContext | None = None) -> Iterator[Received]:
    """The server as long as the block; with a `context` its connections begin with TLS."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.context = context
        server.received = Received(port=server.server_address[1])
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.received
        server.shutdown()
