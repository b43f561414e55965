"""The file of settings that EVENT_MAP_CONFIG names, in TOML; docs/deploy.md explains it.

workspace = "/var/lib/event-map/workspace.sqlite"
hosts = ["map.example.org"]
sign_in = "sign-in.toml"

A setting has the name of its environment variable without the prefix, in small letters. Paths are
relative to the file's folder.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, TypeAlias

import msgspec

from dashboard.model.errors import DashboardError

PREFIX = "EVENT_MAP_"
CONFIG = f"{PREFIX}CONFIG"
Text: TypeAlias = Annotated[str, msgspec.Meta(min_length=1)]


class SettingsFileError(DashboardError):
    """The file cannot be used: its name, the field, what was expected and found."""


class SettingsFile(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """All settings; those that are None have their defaults."""

    workspace: Text | None = None
    workspace_files: Text | None = None
    datasets: Text | None = None
    backups: Text | None = None
    import_folder: Text | None = None
    basemaps: Text | None = None
    layers: Text | None = None
    seeds: Text | None = None
    gazetteer: Text | None = None
    lexicon: Text | None = None
    places: Text | None = None
    sign_in: Text | None = None
    engine: Text | None = None
    hosts: tuple[Text, ...] | None = None
    origins: tuple[Text, ...] | None = None
    log: Text | None = None
    feeds: tuple[Text, ...] | None = None
    outgoing_network: Text | None = None
    mail: Text | None = None


NAMES = SettingsFile.__struct_fields__
_NO_PATHS = {"engine", "hosts", "origins", "log", "feeds", "outgoing_network"}


def read_settings_file(path: Path) -> Mapping[str, str]:
    """The variables that the file sets, by their names in the environment. Raises SettingsFileError."""
    try:
        content = msgspec.toml.decode(path.read_bytes(), type=SettingsFile)
    except OSError as error:
        # An empty variable is the folder ".".
        raise SettingsFileError(
            f"{path.name or CONFIG}: expected a readable file, {error.strerror}"
        ) from error
    except (msgspec.MsgspecError, ValueError) as error:
        raise SettingsFileError(f"{path.name}: {error}") from error
    given = msgspec.structs.asdict(content)
    return {
        variable(name): _as_text(name, value, path.absolute().parent)
        for name, value in given.items()
        if value is not None
    }


def variable(name: str) -> str:
    """The environment variable of a setting, e.g. EVENT_MAP_SIGN_IN of `sign_in`."""
    return f"{PREFIX}{name.upper()}"


def _as_text(name: str, value: str | tuple[str, ...], folder: Path) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    # Joined with an absolute path, a folder has no effect.
    return value if name in _NO_PATHS or "://" in value else str(folder / value)
