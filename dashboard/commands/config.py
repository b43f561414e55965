"""`event-map config check`: the settings, where each comes from, and what is wrong with them."""

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

import click

from dashboard.access.sign_in_file import read_sign_in
from dashboard.engine.open import expect_known
from dashboard.exit_status import ExitStatus
from dashboard.ingest.feeds import feed_addresses
from dashboard.model.errors import DashboardError
from dashboard.project.mail_file import read_mail_file
from dashboard.server.request_log import logs_requests
from dashboard.server.rules import server_rules
from dashboard.settings import Settings, from_file, is_server, read_settings
from dashboard.settings_file import CONFIG, NAMES, PREFIX, variable
from dashboard.store.database import Server, reading, source_of
from dashboard.text.escape import without_controls

# The user and password of a URL.
_USER = re.compile(r"(?<=://)[^/?#]*@")
# The parameters of an address, among which a feed may have a key.
_PARAMETERS = re.compile(r"(?<=[^\s,])\?[^\s,]+")
_FOLDERS = ("seeds", "gazetteer", "lexicon", "places", "import_folder", "basemaps", "layers")
# Files and folders that the program writes.
_WRITTEN = ("workspace", "workspace_files", "datasets", "backups")


@click.group()
def config() -> None:
    """Look at the settings: variables of the environment, and the file of EVENT_MAP_CONFIG."""


@config.command()
def check() -> int:
    """Print each setting that is not a default, and what is wrong. The exit status is 1 if anything is.

    Example: EVENT_MAP_CONFIG=/etc/event-map/event-map.toml event-map config check
    """
    written = from_file(os.environ)
    values = {**written, **os.environ}
    for name in NAMES:
        if (value := values.get(variable(name))) is not None:
            source = "environment" if variable(name) in os.environ else "file"
            print(f"{name} = {without_controls(_without_secrets(value))} ({source})")
    faults = list(_faults(read_settings(), values))
    for fault in faults:
        print(f"wrong: {without_controls(_without_secrets(fault))}")
    if not faults:
        print("Nothing is wrong with the settings.")
    return ExitStatus.FAULTS if faults else ExitStatus.OK


def _without_secrets(text: str) -> str:
    """The text without users, passwords and parameters of the addresses in it."""
    return _PARAMETERS.sub("?…", _USER.sub("…@", text))


def _faults(settings: Settings, values: Mapping[str, str]) -> Iterator[str]:
    yield from _unknown_names(values)
    yield from _paths(values)
    yield from _readable_secrets(values)
    checks: tuple[Callable[[], object], ...] = (
        lambda: server_rules(
            settings.hosts, settings.origins, scheme="http", base_path="", upload_megabytes=1
        ),
        lambda: logs_requests(settings.log),
        lambda: _feeds(settings),
        lambda: read_mail_file(settings.mail),
        lambda: _sign_in(settings),
        lambda: _workspace(settings),
        lambda: _engine(settings),
    )
    for each in checks:
        try:
            each()
        except (DashboardError, OSError) as error:
            yield str(error)


def _unknown_names(values: Mapping[str, str]) -> Iterator[str]:
    """Variables that would have no effect, such as EVENT_MAP_WORKSPASE."""
    known = {CONFIG, *map(variable, NAMES)}
    for name in sorted(values):
        if name.startswith(PREFIX) and name not in known:
            near = get_close_matches(name, known, 1)
            yield f"{name}: no such setting" + (f"; did you mean {near[0]}?" if near else "")


def _paths(values: Mapping[str, str]) -> Iterator[str]:
    for name in _FOLDERS:
        path = values.get(variable(name))
        if path and not Path(path).is_dir():
            yield f"{name}: expected a folder, found none at {path}"
    for name in _WRITTEN:
        path = values.get(variable(name))
        if path and "://" not in path and not _can_be_written(Path(path)):
            yield f"{name}: expected a path that this account may write, found {path}"


def _can_be_written(path: Path) -> bool:
    """Whether a file or folder, or the folder in which it will be created, may be written."""
    path = path.absolute()
    existing = next(each for each in (path, *path.parents) if each.exists())
    return os.access(existing, os.W_OK)


def _readable_secrets(values: Mapping[str, str]) -> Iterator[str]:
    """The file, if it has a password that other users of the machine can read."""
    path = values.get(CONFIG)
    if path is None or os.name == "nt":
        return
    mode = Path(path).stat().st_mode
    if mode & (stat.S_IRGRP | stat.S_IROTH) and _USER.search(Path(path).read_text("utf-8")):
        yield f"{path}: has a password and can be read by other users; chmod 600 prevents it"


def _feeds(settings: Settings) -> None:
    if settings.feeds or settings.outgoing_network != "off":
        feed_addresses(settings)


def _sign_in(settings: Settings) -> None:
    sign_in = read_sign_in(settings.sign_in)
    if sign_in is not None and sign_in.openid is not None:
        Path(sign_in.openid.client_secret_file).read_bytes()


def _workspace(settings: Settings) -> None:
    """Read the workspace if there is one; a check creates none, and changes no older one."""
    if settings.workspace_url or settings.workspace.exists():
        with reading(source_of(settings)) as connection:
            connection.execute("SELECT 1").fetchone()


def _engine(settings: Settings) -> None:
    """Connect to a server; an engine that is opened would also write copies of the datasets."""
    expect_known(settings.engine)
    if is_server(settings.engine):
        with reading(Server(settings.engine)) as connection:
            connection.execute("SELECT 1").fetchone()
