"""Installs the program into fresh environments as the README says, and opens it: `make check-install`.

Once by `pip install -r requirements.txt` in a copy of the checkout, started by `streamlit run`, and once
as a wheel, started by `event-map run` in an empty folder, with nothing of the checkout at hand.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_STARTS_WITHIN_S, _INSTALLS_WITHIN_S = 90, 900
_SEEDS = 5


def main() -> None:
    """Run both; any failure ends it with an error."""
    with tempfile.TemporaryDirectory(prefix="event_map_install_") as name:
        folder = Path(name)
        _from_requirements(folder)
        _from_wheel(folder)
    print("installed and opened from requirements.txt and from the wheel")


def _from_requirements(folder: Path) -> None:
    checkout, python = folder / "checkout", folder / "requirements" / "bin"
    files = _run("git", "ls-files", cwd=ROOT).split("\n")
    for file in filter(None, files):
        (checkout / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / file, checkout / file)
    _run(sys.executable, "-m", "venv", str(python.parent))
    _run(str(python / "pip"), "install", "--quiet", "-r", "requirements.txt", cwd=checkout)
    app = [str(python / "streamlit"), "run", "dashboard/app.py", "--server.port"]
    _opens(app, checkout, {})


def _from_wheel(folder: Path) -> None:
    wheels, python, empty = folder / "wheels", folder / "wheel" / "bin", folder / "empty"
    source = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    _run(*source, "-w", str(wheels), ".", cwd=ROOT)
    _run(sys.executable, "-m", "venv", str(python.parent))
    (wheel,) = wheels.iterdir()
    _run(str(python / "pip"), "install", "--quiet", str(wheel))
    empty.mkdir()
    home = {"HOME": str(folder / "home"), "XDG_DATA_HOME": str(folder / "home" / "data")}
    command = str(python / "event-map")
    articles = [str(path) for path in sorted((ROOT / "seeds" / "articles").iterdir())]
    read = _run(command, "read", "--json", *articles, cwd=empty, environment=home)
    if len(read.splitlines()) != _SEEDS:
        sys.exit(f"expected {_SEEDS} articles as JSON, found {len(read.splitlines())}")
    _opens([command, "run", "--port"], empty, home)
    _run(command, "read", articles[0], cwd=empty, environment=home)
    if not list((folder / "home").rglob("workspace.sqlite")):
        sys.exit("expected the workspace among the user's data, found none")


def _opens(command: Sequence[str], folder: Path, environment: dict[str, str]) -> None:
    """Start the server and wait for its page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [*command, str(port)], cwd=folder, env=_clean(environment), stdout=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + _STARTS_WITHIN_S
        while time.monotonic() < deadline:
            if process.poll() is not None:
                sys.exit(f"{command[0]}: the server ended with status {process.returncode}")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                    return
            except OSError:
                time.sleep(0.5)
        sys.exit(f"{command[0]}: no page within {_STARTS_WITHIN_S} s")
    finally:
        process.terminate()
        process.wait(20)


def _clean(more: dict[str, str]) -> dict[str, str]:
    """The environment without this project's settings."""
    ours = ("EVENT_MAP_", "PYTHON")
    others = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    return {**others, **more}


def _run(*command: str, cwd: Path | None = None, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command, cwd=cwd, env=_clean(environment or {}), check=True, capture_output=True,
        text=True, timeout=_INSTALLS_WITHIN_S,
    )  # fmt: skip
    return done.stdout


if __name__ == "__main__":
    main()
