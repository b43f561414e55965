"""Installs the program into fresh environments as the README says, and opens it: `make check-install`.

Once by `pip install -r requirements.txt` in a copy of the checkout, started by `streamlit run`, and once
as a wheel, started by `event-map run` in an empty folder, with nothing of the checkout at hand. The
wheel is built of files under version control alone (no `make assets` before it), and its folder is
read-only: a page is drawn, and no file is new or changed afterwards.
"""

import hashlib
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
_LEAFLET = "app/static/vendor/leaflet/leaflet.js"
# Draws the first page in this process: the health page alone runs no script.
_DRAW = """
import importlib.util
from streamlit.testing.v1 import AppTest
page = importlib.util.find_spec("dashboard.main").origin
app = AppTest.from_file(page, default_timeout=120).run()
assert not app.exception and not app.error, (app.exception, app.error)
"""


def main() -> None:
    """Run both; any failure ends it with an error."""
    with tempfile.TemporaryDirectory(prefix="event_map_install_") as name:
        folder = Path(name)
        _from_requirements(folder)
        _from_wheel(folder)
    print("installed and opened from requirements.txt and from the wheel")


def _from_requirements(folder: Path) -> None:
    checkout, python = folder / "checkout", folder / "requirements" / "bin"
    _copy_checkout(checkout)
    _run(sys.executable, "-m", "venv", str(python.parent))
    _run(str(python / "pip"), "install", "--quiet", "-r", "requirements.txt", cwd=checkout)
    app = [str(python / "streamlit"), "run", "dashboard/app.py", "--server.port"]
    _opens(app, checkout, {})


def _copy_checkout(folder: Path) -> None:
    """Copy the files that are under version control."""
    for file in filter(None, _run("git", "ls-files", cwd=ROOT).split("\n")):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / file, folder / file)


def _from_wheel(folder: Path) -> None:
    python, empty = folder / "wheel" / "bin", folder / "empty"
    wheel = _wheel(folder)
    _run(sys.executable, "-m", "venv", str(python.parent))
    _run(str(python / "pip"), "install", "--quiet", str(wheel))
    empty.mkdir()
    (package,) = python.parent.glob("lib/python*/site-packages/dashboard")
    before = _files(package)
    _set_writable(package, writable=False)
    try:
        _use_wheel(folder, python, empty)
    finally:
        _set_writable(package, writable=True)
    changed = {path for path, _ in before.items() ^ _files(package).items()}
    if changed:
        sys.exit(f"the installed package was written to: {sorted(changed)}")


def _wheel(folder: Path) -> Path:
    """Build the wheel of a fresh checkout, which has no assets yet; the path of its file."""
    source, wheels = folder / "source", folder / "wheels"
    _copy_checkout(source)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    _run(*command, "-w", str(wheels), ".", cwd=source)
    (wheel,) = wheels.iterdir()
    return wheel


def _files(folder: Path) -> dict[str, str]:
    """The files below `folder`, compiled ones left out, each with the hash of its bytes."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _set_writable(folder: Path, *, writable: bool) -> None:
    """Take or give the right to write in a folder; root may write all the same, hence `_files`."""
    for path in (folder, *folder.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode | 0o200 if writable else mode & ~0o222)


def _use_wheel(folder: Path, python: Path, empty: Path) -> None:
    """Read articles, draw a page and serve it, all from the installed program."""
    home = {"HOME": str(folder / "home"), "XDG_DATA_HOME": str(folder / "home" / "data")}
    command = str(python / "event-map")
    articles = [str(path) for path in sorted((ROOT / "seeds" / "articles").iterdir())]
    read = _run(command, "read", "--json", *articles, cwd=empty, environment=home)
    if len(read.splitlines()) != _SEEDS:
        sys.exit(f"expected {_SEEDS} articles as JSON, found {len(read.splitlines())}")
    _run(str(python / "python"), "-c", _DRAW, cwd=empty, environment=home)
    _opens([command, "run", "--port"], empty, home, also=_LEAFLET)
    _run(command, "read", articles[0], cwd=empty, environment=home)
    if not list((folder / "home").rglob("workspace.sqlite")):
        sys.exit("expected the workspace among the user's data, found none")


def _opens(
    command: Sequence[str], folder: Path, environment: dict[str, str], also: str = ""
) -> None:
    """Start the server, wait for its page, then ask for the file `also`."""
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
                _ask(port, "_stcore/health")
            except OSError:
                time.sleep(0.5)
            else:
                _ask(port, also)
                return
        sys.exit(f"{command[0]}: no page within {_STARTS_WITHIN_S} s")
    finally:
        process.terminate()
        process.wait(20)


def _ask(port: int, path: str) -> None:
    """Raise OSError unless the server answers for `path`."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=10):
        pass


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
