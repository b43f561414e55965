"""Lists of places that analysts added: one Parquet file each, in a folder beside the workspace.

The file has a row per place (`ListedPlace`), and the list's card as JSON in its metadata.
"""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.model.errors import DashboardError, Fault
from dashboard.model.permissions import Permission
from dashboard.model.place import FeatureClass
from dashboard.model.place_list import ListCard, PlaceList
from dashboard.model.viewer import require
from dashboard.store.file_stamps import file_stamps

_CARD = b"event_map_place_list"
_ENDING = ".parquet"
_TEXTS = pa.list_(pa.string())
_SCHEMA = pa.schema({
    "key": pa.string(),
    "feature_class": pa.string(),
    "lat": pa.float64(),
    "lon": pa.float64(),
    "country": pa.string(),
    "names": _TEXTS,
    "source": pa.string(),
    "within": _TEXTS,
    "same_as": _TEXTS,
})  # fmt: skip
_CLASSES = {item.value: item for item in FeatureClass}


class NoListError(DashboardError):
    """There is no list with this id."""


@dataclass(frozen=True, slots=True)
class PlaceLists:
    """The lists in a folder, in the order in which they were added."""

    folder: Path

    def cards(self) -> tuple[ListCard, ...]:
        """The cards of the lists that can be read; `read` reports the others."""
        cards = [card for path in self._files() if (card := _card(path)) is not None]
        return tuple(sorted(cards, key=_order))

    def read(self) -> tuple[tuple[PlaceList, ...], tuple[Fault, ...]]:
        """The lists, and a fault for each file that is not one."""
        lists: list[PlaceList] = []
        faults: list[Fault] = []
        for path in self._files():
            try:
                lists.append(_read(path))
            except (
                OSError,
                pa.ArrowException,
                msgspec.MsgspecError,
                KeyError,
                ValueError,
            ) as error:
                found = f"{type(error).__name__}: {error}"[:200]
                faults.append(Fault(path.name, 0, "", "a list of places", found))
        lists.sort(key=lambda each: _order(each.card))
        return tuple(lists), tuple(faults)

    def version(self) -> str:
        """Names, sizes and modification times of the lists; "" if there is none."""
        stamps = file_stamps(self._files())
        return repr(stamps) if stamps else ""

    def save(self, listed: PlaceList) -> None:
        """Save a list; it replaces the one with the same id. Raises OSError and NotPermittedError."""
        require(Permission.GAZETTEER)
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
        os.close(handle)
        try:
            pq.write_table(_table(listed), name, compression="zstd")
            Path(name).replace(self._path(listed.card.list_id))
        finally:
            Path(name).unlink(missing_ok=True)

    def remove(self, list_id: str) -> None:
        """Remove a list. Raises NoListError and NotPermittedError."""
        require(Permission.GAZETTEER)
        if list_id not in {path.stem for path in self._files()}:
            raise NoListError(f"expected the id of a list, found {list_id}")
        self._path(list_id).unlink(missing_ok=True)

    def _path(self, list_id: str) -> Path:
        return self.folder / f"{list_id}{_ENDING}"

    def _files(self) -> Sequence[Path]:
        return sorted(self.folder.glob(f"*{_ENDING}"))


def _order(card: ListCard) -> tuple[str, str]:
    return card.since or card.added, card.list_id


def _table(listed: PlaceList) -> pa.Table:
    columns = {
        name: pa.array(_values(getattr(listed, name)), _SCHEMA.field(name).type)
        for name in _SCHEMA.names
    }
    metadata = {_CARD: msgspec.json.encode(listed.card)}
    return pa.table(columns, schema=_SCHEMA.with_metadata(metadata))


def _values(column: Sequence[object]) -> list[object]:
    return [item.value if isinstance(item, FeatureClass) else item for item in column]


def _card(path: Path) -> ListCard | None:
    try:
        metadata = pq.read_schema(path).metadata or {}
        return msgspec.json.decode(metadata[_CARD], type=ListCard)
    except (OSError, pa.ArrowException, msgspec.MsgspecError, KeyError):
        return None


def _read(path: Path) -> PlaceList:
    table = pq.read_table(path, columns=_SCHEMA.names)
    card = msgspec.json.decode(table.schema.metadata[_CARD], type=ListCard)
    columns = {name: table[name].to_pylist() for name in _SCHEMA.names}
    classes = columns.pop("feature_class")
    kinds = [None if name is None else _CLASSES[name] for name in classes]
    return PlaceList(card=card, feature_class=kinds, **columns)
