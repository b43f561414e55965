"""The app as a person runs it, on a free port of this machine."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_STARTS_WITHIN_S = 60
# What the dashboard has beside its script (dashboard/.streamlit), for the other apps too.
_CONFIG = {
    "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
    "STREAMLIT_SERVER_HEADLESS": "true",
    "STREAMLIT_SERVER_ENABLE_STATIC_SERVING": "true",
    "STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
}

# What the servers that run now have written, the oldest first.
_logs: list[Path] = []


def log_ends(lines: int = 60) -> str:
    """The last lines that each running server wrote, for the report of a test that failed."""
    ends = (log.read_text(encoding="utf-8", errors="replace").splitlines() for log in _logs)
    return "\n\n".join("\n".join(end[-lines:]) for end in ends)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serve(
    environment: Mapping[str, str] | None = None,
    script: str = "dashboard/app.py",
    health: str = "/_stcore/health",
    port: int | None = None,
) -> Iterator[str]:
    """Run Streamlit from the repository root; gives the address and ends the server after."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    url = f"http://127.0.0.1:{port}"
    with tempfile.NamedTemporaryFile(suffix=".log") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**_CONFIG, **os.environ, **(environment or {})},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        _logs.append(Path(log.name))
        try:
            _wait(url + health, process)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=20)
            _logs.remove(Path(log.name))


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(url)
