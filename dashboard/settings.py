"""Settings: the only module that reads the environment, e.g. EVENT_MAP_SEEDS=/data/seeds.

What the environment does not have is read from the file that EVENT_MAP_CONFIG names.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_data_path

from dashboard.settings_file import CONFIG, SettingsFileError, read_settings_file

_PACKAGE = Path(__file__).resolve().parent
# A checkout has its data beside the package; an installed package has them in it (`setup.py`).
_CHECKOUT = (_PACKAGE.parent / "data" / "gazetteer").is_dir()
_ROOT = _PACKAGE.parent if _CHECKOUT else _PACKAGE / "packaged"
PROGRAM = version("event-map")
# Beside it files have the names that they have beside a file "workspace.sqlite" in the same folder.
_ON_SERVER = "workspace.postgresql"
# The folder of data that come with the program.
DATA = _ROOT / "data"


@dataclass(frozen=True, slots=True)
class Settings:
    """The folders that the dashboard reads, and the file that it writes: the workspace.

    `workspace_url` is that of a PostgreSQL server with the workspace, which may have a password; then
    there is no file at `workspace`, and the workspace's other files are beside that path, in the folder
    `workspace_files`.
    `places` is the folder of the gazetteer's second tier, `datasets` that of the datasets, `engine` the
    URL of the engine: duckdb://, postgresql://… or spark:MASTER. `hosts` are the server's host names
    besides the loopback ones, `origins` its addresses behind a proxy. `backups` is the folder of the
    workspace's backups; None is the folder "backups" beside it. `import_folder` is the folder below
    which the page may import files of this machine; None is none. `basemap_folder` has files of map
    tiles, `layer_folder` layers of analysts; None is a folder beside the workspace. `sign_in` is the
    file that says how people sign in; None is a server of one analyst. `forwarders` are the addresses
    from which uvicorn believes X-Forwarded-For. `log` says what the server logs: "errors" or
    "requests". `feeds` are the addresses of feeds of articles, which are fetched only if
    `outgoing_network` is "on". `mail` is the file that says how mails are sent; None is not at all.
    """

    seeds: Path
    gazetteer: Path
    lexicon: Path
    basemap: Path
    static: Path
    workspace: Path
    places: Path
    datasets: Path
    engine: str
    hosts: tuple[str, ...]
    origins: tuple[str, ...]
    backups: Path | None = None
    import_folder: Path | None = None
    basemap_folder: Path | None = None
    layer_folder: Path | None = None
    sign_in: Path | None = None
    forwarders: str = ""
    log: str = "errors"
    feeds: tuple[str, ...] = ()
    outgoing_network: str = "off"
    mail: Path | None = None
    workspace_url: str | None = field(default=None, repr=False)
    workspace_files: Path = Path()

    @property
    def place_lists(self) -> Path:
        """The folder of the lists of places that analysts added, beside the workspace."""
        return self.workspace.with_name(f"{self.workspace.stem}_places")

    @property
    def basemaps(self) -> Path:
        """The folder of the files of map tiles that analysts brought, beside the workspace."""
        return self.basemap_folder or self.workspace.with_name(f"{self.workspace.stem}_basemaps")

    @property
    def layers(self) -> Path:
        """The folder of the layers that analysts brought, beside the workspace."""
        return self.layer_folder or self.workspace.with_name(f"{self.workspace.stem}_layers")

    @property
    def drafts(self) -> Path:
        """The file of half-typed forms, beside the workspace."""
        return self.workspace.with_name(f"{self.workspace.stem}_drafts.sqlite")

    @property
    def alerts(self) -> Path:
        """The file of the alerts, beside the workspace: who is notified of new events of which view."""
        return self.workspace.with_name(f"{self.workspace.stem}_alerts.sqlite")

    @property
    def accounts(self) -> Path:
        """The file of accounts, sessions and tokens, beside the workspace."""
        return self.workspace.with_name(f"{self.workspace.stem}_accounts.sqlite")

    @property
    def shared(self) -> bool:
        """Whether other machines may reach the server."""
        return bool(self.hosts or self.origins or self.sign_in)


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; EVENT_MAP_SEEDS, _GAZETTEER, _LEXICON and _WORKSPACE are other paths.

    EVENT_MAP_WORKSPACE may be the URL of a PostgreSQL server, postgresql://…;
    EVENT_MAP_WORKSPACE_FILES is then the folder of the files that are in no database.
    EVENT_MAP_DATASETS names the folder of datasets, usually beside the workspace; EVENT_MAP_PLACES
    another folder of second-tier places (GeoNames' format, or CSV). EVENT_MAP_HOSTS and
    EVENT_MAP_ORIGINS are separated by commas: `map.example.org`, `https://map.example.org`.
    EVENT_MAP_BACKUPS names a folder for the backups of this workspace alone, best on another disk.
    EVENT_MAP_IMPORT_FOLDER is the folder whose files the page offers to import, without an upload.
    EVENT_MAP_BASEMAPS is a folder with files of map tiles (.pmtiles, .mbtiles) for all its users.
    EVENT_MAP_LAYERS is a folder of layers that several workspaces share, e.g. all users of a server.
    EVENT_MAP_SIGN_IN is the file that says how people sign in (docs/sign-in.md).
    FORWARDED_ALLOW_IPS is a variable of uvicorn, with its default.
    EVENT_MAP_LOG=requests writes a line of JSON for each request.
    EVENT_MAP_FEEDS are addresses of RSS or Atom feeds, separated by commas, which `event-map feeds`
    reads if EVENT_MAP_OUTGOING_NETWORK is "on". EVENT_MAP_MAIL is the file that says by which server
    `event-map alerts` sends mails.
    EVENT_MAP_CONFIG is a file with any of these settings. Raises SettingsFileError.
    """
    file = from_file(environment)

    def given(name: str) -> str | None:
        variable = f"EVENT_MAP_{name}"
        return environment.get(variable, file.get(variable))

    def path(name: str, default: Path) -> Path:
        value = given(name)
        return default if value is None else Path(value)

    def optional(name: str) -> Path | None:
        value = given(name)
        return Path(value) if value else None

    def values(name: str) -> tuple[str, ...]:
        parts = (given(name) or "").split(",")
        return tuple(part.strip() for part in parts if part.strip())

    workspace = path("WORKSPACE", _workspace_folder() / "workspace.sqlite")
    files = path("WORKSPACE_FILES", _workspace_folder())
    url = given("WORKSPACE") or ""
    if is_server(url):
        workspace = files / _ON_SERVER
    elif "://" in url:
        raise SettingsFileError(
            "EVENT_MAP_WORKSPACE: expected the path of a file or postgresql://…, "
            f"found {url.partition(':')[0]}://…"
        )
    return Settings(
        seeds=path("SEEDS", _ROOT / "seeds"),
        gazetteer=path("GAZETTEER", DATA / "gazetteer"),
        lexicon=path("LEXICON", DATA / "lexicon"),
        basemap=DATA / "basemap",
        static=_PACKAGE / "static",
        workspace=workspace,
        places=path("PLACES", DATA / "gazetteer" / "second_tier"),
        engine="duckdb://" if (engine := given("ENGINE")) is None else engine,
        datasets=path("DATASETS", workspace.with_name(f"{workspace.stem}_datasets")),
        hosts=values("HOSTS"),
        origins=values("ORIGINS"),
        backups=optional("BACKUPS"),
        import_folder=optional("IMPORT_FOLDER"),
        basemap_folder=optional("BASEMAPS"),
        layer_folder=optional("LAYERS"),
        # Set but empty is a mistake that must not switch accounts off.
        sign_in=None if (sign_in := given("SIGN_IN")) is None else Path(sign_in),
        forwarders=environment.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1"),
        log="errors" if (log := given("LOG")) is None else log,
        feeds=values("FEEDS"),
        outgoing_network="off" if (network := given("OUTGOING_NETWORK")) is None else network,
        mail=optional("MAIL"),
        workspace_url=url if is_server(url) else None,
        workspace_files=files,
    )


def from_file(environment: Mapping[str, str]) -> Mapping[str, str]:
    """What the file that EVENT_MAP_CONFIG names sets, as variables; nothing without one.

    Raises SettingsFileError.
    """
    path = environment.get(CONFIG)
    return {} if path is None else _read_once(Path(path))


@lru_cache(maxsize=4)
def _read_once(path: Path) -> Mapping[str, str]:
    """All of a process uses the same settings: a changed file counts from the next start."""
    return read_settings_file(path)


def with_workspace(settings: Settings, name: str) -> Settings:
    """The settings with another workspace: the URL of a server, or the path of a file."""
    if not is_server(name):
        return with_workspace_at(settings, Path(name))
    return replace(
        with_workspace_at(settings, settings.workspace_files / _ON_SERVER), workspace_url=name
    )


def is_server(workspace: str) -> bool:
    """Whether EVENT_MAP_WORKSPACE is the URL of a PostgreSQL server."""
    return workspace.startswith(("postgres://", "postgresql://"))


def _workspace_folder() -> Path:
    """The default folder of the workspace: in a checkout, or else in the user's data folder."""
    return _ROOT / "workspace" if _CHECKOUT else user_data_path("event-map", appauthor=False)


def with_workspace_at(settings: Settings, path: Path) -> Settings:
    """The settings with another workspace file, its datasets and its backups beside it."""
    datasets = path.with_name(f"{path.stem}_datasets")
    return replace(settings, workspace=path, workspace_url=None, datasets=datasets, backups=None)
