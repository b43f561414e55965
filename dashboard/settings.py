"""Where things are: the only module that reads the environment, e.g. EVENT_MAP_SEEDS=/data/seeds."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """The folders that the dashboard reads."""

    seeds: Path
    gazetteer: Path
    lexicon: Path
    basemap: Path
    static: Path


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings; EVENT_MAP_SEEDS, _GAZETTEER and _LEXICON move a data folder elsewhere."""

    def folder(name: str, default: Path) -> Path:
        return Path(environment.get(f"EVENT_MAP_{name}", default))

    return Settings(
        seeds=folder("SEEDS", _ROOT / "seeds"),
        gazetteer=folder("GAZETTEER", _ROOT / "data" / "gazetteer"),
        lexicon=folder("LEXICON", _ROOT / "data" / "lexicon"),
        basemap=_ROOT / "data" / "basemap",
        static=_ROOT / "dashboard" / "static",
    )
