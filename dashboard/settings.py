"""Where things are: the only module that reads the environment, e.g. EVENT_MAP_SEEDS=/data/seeds."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_data_path

_PACKAGE = Path(__file__).resolve().parent
# A checkout has its data beside the package; an installed package has them in it (`setup.py`).
_CHECKOUT = (_PACKAGE.parent / "data" / "gazetteer").is_dir()
_ROOT = _PACKAGE.parent if _CHECKOUT else _PACKAGE / "packaged"
PROGRAM = version("event-map")
# The folder of data that come with the program.
DATA = _ROOT / "data"


@dataclass(frozen=True, slots=True)
class Settings:
    """The folders that the dashboard reads, and the file that it writes: the workspace.

    `places` is the folder of the gazetteer's second tier, `datasets` that of events in columnar form,
    `engine` the URL of what answers queries: duckdb://, postgresql://… or spark:MASTER. `hosts` are the
    names the server is reached by beside the loopback ones, `origins` its addresses behind a proxy.
    `backups` is the folder of the workspace's backups; None is the folder "backups" beside it.
    `import_folder` is the folder below which the page may import files of this machine; None is none.
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

    @property
    def shared(self) -> bool:
        """Whether other machines may reach the server."""
        return bool(self.hosts or self.origins)


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings; EVENT_MAP_SEEDS, _GAZETTEER, _LEXICON and _WORKSPACE move things elsewhere.

    EVENT_MAP_DATASETS names the folder of datasets, usually beside the workspace; EVENT_MAP_PLACES
    another folder of second-tier places (GeoNames' format, or CSV). EVENT_MAP_HOSTS and
    EVENT_MAP_ORIGINS are separated by commas: `map.example.org`, `https://map.example.org`.
    EVENT_MAP_BACKUPS names a folder for the backups of this workspace alone, best on another disk.
    EVENT_MAP_IMPORT_FOLDER is the folder whose files the page offers to import, without an upload.
    """

    def place(name: str, default: Path) -> Path:
        return Path(environment.get(f"EVENT_MAP_{name}", default))

    def optional(name: str) -> Path | None:
        named = environment.get(f"EVENT_MAP_{name}")
        return Path(named) if named else None

    def values(name: str) -> tuple[str, ...]:
        parts = environment.get(f"EVENT_MAP_{name}", "").split(",")
        return tuple(part.strip() for part in parts if part.strip())

    workspace = place("WORKSPACE", _workspace_folder() / "workspace.sqlite")
    return Settings(
        seeds=place("SEEDS", _ROOT / "seeds"),
        gazetteer=place("GAZETTEER", DATA / "gazetteer"),
        lexicon=place("LEXICON", DATA / "lexicon"),
        basemap=DATA / "basemap",
        static=_PACKAGE / "static",
        workspace=workspace,
        places=place("PLACES", DATA / "gazetteer" / "second_tier"),
        engine=environment.get("EVENT_MAP_ENGINE", "duckdb://"),
        datasets=place("DATASETS", workspace.with_name(f"{workspace.stem}_datasets")),
        hosts=values("HOSTS"),
        origins=values("ORIGINS"),
        backups=optional("BACKUPS"),
        import_folder=optional("IMPORT_FOLDER"),
    )


def _workspace_folder() -> Path:
    """The folder of the usual workspace: that of a checkout, or one among the user's data."""
    return _ROOT / "workspace" if _CHECKOUT else user_data_path("event-map", appauthor=False)


def with_workspace_at(settings: Settings, path: Path) -> Settings:
    """The settings with another workspace file, its datasets and its backups beside it."""
    datasets = path.with_name(f"{path.stem}_datasets")
    return replace(settings, workspace=path, datasets=datasets, backups=None)
