"""Column mappings that analysts saved, each a JSON file in a folder beside the datasets."""

from pathlib import Path

import msgspec

from dashboard.datasets.build.rows import stable_hash
from dashboard.datasets.formats.column_mapping import ColumnMapping
from dashboard.engine.datasets import slug
from dashboard.model.permissions import Permission
from dashboard.model.viewer import require


def load_mappings(folder: Path) -> dict[str, ColumnMapping]:
    """The saved mappings by name; `folder` is that of the datasets. Invalid files are left out."""
    mappings = {}
    for path in sorted(folder.glob("profiles/*.json")):
        try:
            mapping = msgspec.json.decode(path.read_bytes(), type=ColumnMapping)
        except msgspec.MsgspecError:
            continue
        mappings[mapping.name] = mapping
    return mappings


def save_mapping(folder: Path, mapping: ColumnMapping) -> None:
    """Save a mapping under its name, for files with the same columns. Raises NotPermittedError."""
    require(Permission.IMPORT)
    # With a hash, since two names may have the same slug.
    path = folder / "profiles" / f"{slug(mapping.name)}_{stable_hash(mapping.name)}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(mapping)))
