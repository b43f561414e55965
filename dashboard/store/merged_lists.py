"""The gazetteer with the lists that analysts added, merged once and then read as columns.

Merging 50,000 places takes seconds. The result is in two Arrow files beside the lists; it is made again
when the gazetteer or a list has changed.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import pyarrow as pa

from dashboard.gazetteer.place_lists import with_lists
from dashboard.model.errors import Fault
from dashboard.model.listed_places import (
    NAMES_SCHEMA,
    PLACES_SCHEMA,
    ListedNames,
    ListedPlaces,
)
from dashboard.model.place import Gazetteer, Place, PlaceName
from dashboard.settings import PROGRAM
from dashboard.store.place_lists import PlaceLists

# Raised when the rules of merging change.
_RULES = 2
_KEY = b"event_map_merged"
_PLACES, _NAMES = "merged_places.arrow", "merged_names.arrow"
_Tables = tuple[pa.Table, pa.Table]


def gazetteer_with_lists(
    gazetteer: Gazetteer, lists: PlaceLists
) -> tuple[Gazetteer, tuple[Fault, ...]]:
    """The gazetteer with the places and names of the lists, and a fault for each damaged list."""
    version = lists.version()
    if not version:
        return gazetteer, ()
    key = _key(gazetteer, version)
    tables = _stored(lists.folder, key)
    faults: tuple[Fault, ...] = ()
    if tables is None:
        tables, faults = _merged(gazetteer, lists)
        # A list that cannot be read is reported at each start.
        if not faults:
            _store(lists.folder, key, tables)
    places, names = tables
    return Gazetteer(
        ListedPlaces(gazetteer.places, places), ListedNames(gazetteer.names, names)
    ), faults


def _merged(gazetteer: Gazetteer, lists: PlaceLists) -> tuple[_Tables, tuple[Fault, ...]]:
    read, faults = lists.read()
    merged, _counts = with_lists(gazetteer, read)
    added = [place for key, place in merged.places.items() if key not in gazetteer.places]
    names = merged.names[len(gazetteer.names) :]
    return (_place_table(added), _name_table(names)), faults


def _place_table(places: Iterable[Place]) -> pa.Table:
    items = list(places)
    columns = {
        name: [getattr(place, name) for place in items]
        for name in PLACES_SCHEMA.names
        if name not in ("feature_class", "precision", "within")
    } | {
        "feature_class": [place.feature_class.value for place in items],
        "precision": [place.precision.value for place in items],
        "within": [place.within[0] if place.within else "" for place in items],
    }
    return pa.table({name: columns[name] for name in PLACES_SCHEMA.names}, schema=PLACES_SCHEMA)


def _name_table(names: Iterable[PlaceName]) -> pa.Table:
    items = list(names)
    columns = {name: [getattr(each, name) for each in items] for name in NAMES_SCHEMA.names}
    return pa.table(columns, schema=NAMES_SCHEMA)


def _key(gazetteer: Gazetteer, version: str) -> str:
    """A hash of the rules, the gazetteer and the lists."""
    hashed = hashlib.sha256(f"{_RULES} {PROGRAM} {version}".encode())
    for place in gazetteer.places.values():
        point = (place.lat, place.lon, place.uncertainty_m, place.feature_class.value)
        hashed.update(repr((place.place_id, point, place.within, place.sources)).encode())
    for name in gazetteer.names:
        hashed.update(f"{name.place_id}\t{name.name}\n".encode("utf-8", "replace"))
    return hashed.hexdigest()


def _stored(folder: Path, key: str) -> _Tables | None:
    """The stored tables if they are those of this key, memory-mapped; else `None`."""
    schemas = {_PLACES: PLACES_SCHEMA, _NAMES: NAMES_SCHEMA}
    try:
        tables = [_table(folder / name, schema, key) for name, schema in schemas.items()]
    except (OSError, pa.ArrowException):
        return None
    places, names = tables
    return None if places is None or names is None else (places, names)


def _table(path: Path, schema: pa.Schema, key: str) -> pa.Table | None:
    with pa.memory_map(str(path)) as source:
        table = pa.ipc.open_file(source).read_all()
    metadata: Mapping[bytes, bytes] = table.schema.metadata or {}
    matches = metadata.get(_KEY) == key.encode() and table.schema.remove_metadata() == schema
    return table if matches else None


def _store(folder: Path, key: str, tables: _Tables) -> None:
    """Write the tables; a folder that cannot be written only makes the next start slower."""
    with suppress(OSError):
        for name, table in zip((_PLACES, _NAMES), tables, strict=True):
            _write(folder / name, table.replace_schema_metadata({_KEY: key.encode()}))


def _write(path: Path, table: pa.Table) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    os.close(handle)
    try:
        with pa.OSFile(name, "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
