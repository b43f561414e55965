"""The datasets held: one folder each with its card and its tables as Parquet.

A folder holds `dataset.json` and one folder of tables a generation; a new generation is written whole
beside the old one and then named by the card, so that a reader never sees half of it.
"""

import re
import shutil
from collections.abc import Container, Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec

from dashboard.model.errors import DataError, Fault
from dashboard.model.event_tables import CURATED

_CARD = "dataset.json"
_NUMBERS = range(1, 2**30)
# Ids that are not for datasets of tables: that of curated events, and folders beside those of datasets.
RESERVED = frozenset({CURATED, "profiles", "imports", "uploads"})


class Dataset(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a dataset as a whole.

    `bounds` is west, south, east, north in degrees (EPSG:4326); `shown` is whether its events are
    among those that queries see; `origin` is who is behind its claims, `None` if each outlet is;
    `layout` is that of its tables, see `model/event_tables.py`.
    """

    dataset_id: str
    number: int
    name: str
    format: str
    licence: str = ""
    credit: str = ""
    origin: str | None = None
    shown: bool = True
    generation: int = 0
    events: int = 0
    next_row: int = 0
    first_day: date | None = None
    last_day: date | None = None
    undated: int = 0
    unlocated: int = 0
    bounds: tuple[float, float, float, float] | None = None
    layout: int = 1
    imported: datetime | None = None
    files: tuple[str, ...] = ()


class Datasets:
    """The datasets in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __iter__(self) -> Iterator[Dataset]:
        """All datasets, the curated one first, then by number."""
        cards = [self._read(path) for path in sorted(self.folder.glob(f"*/{_CARD}"))]
        return iter(sorted(cards, key=lambda card: card.number))

    def get(self, dataset_id: str) -> Dataset | None:
        """The dataset of that id, if there is one."""
        path = self.folder / dataset_id / _CARD
        return self._read(path) if path.exists() else None

    def tables(self, dataset: Dataset) -> Path:
        """The folder of its tables."""
        return self.folder / dataset.dataset_id / f"g{dataset.generation:06d}"

    def new(self, dataset_id: str, name: str, format_: str, **about: str | None) -> Dataset:
        """A dataset that is not held yet, with the next free number."""
        taken = {card.number for card in self}
        number = 0 if dataset_id == CURATED else free_number(taken)
        return Dataset(dataset_id=dataset_id, number=number, name=name, format=format_, **about)  # type: ignore[arg-type]

    def save(self, dataset: Dataset) -> None:
        """Write the card; readers see the old one or the new one, never half."""
        path = self.folder / dataset.dataset_id / _CARD
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_bytes(msgspec.json.format(msgspec.json.encode(dataset)))
        fresh.replace(path)

    def show(self, dataset_id: str, *, shown: bool) -> None:
        """Switch a dataset on or off."""
        held = self.get(dataset_id)
        if held is not None:
            self.save(msgspec.structs.replace(held, shown=shown))

    def remove(self, dataset_id: str) -> None:
        """Delete a dataset with its tables."""
        if slug(dataset_id) == dataset_id:
            shutil.rmtree(self.folder / dataset_id, ignore_errors=True)

    def prune(self, dataset: Dataset) -> None:
        """Delete all generations but the newest two; a reader may still be at the one before."""
        kept = {f"g{dataset.generation:06d}", f"g{dataset.generation - 1:06d}"}
        for path in (self.folder / dataset.dataset_id).glob("g*"):
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)

    def _read(self, path: Path) -> Dataset:
        """The card in that file; raises DataError if it is damaged or that of another folder."""
        remedy = "a card; delete the folder, and import the dataset again"
        try:
            card = msgspec.json.decode(path.read_bytes(), type=Dataset)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _unusable(path, "", remedy, str(error)) from error
        if card.dataset_id != path.parent.name:
            expected = f"{path.parent.name}, the name of the folder"
            raise _unusable(path, "dataset_id", expected, card.dataset_id)
        return card


def _unusable(path: Path, field: str, expected: str, found: str) -> DataError:
    return DataError((Fault(str(path), 0, field, expected, found),))


def free_number(taken: Container[int]) -> int:
    """The smallest number that a dataset may take."""
    return next(number for number in _NUMBERS if number not in taken)


def slug(name: str) -> str:
    """A name as an id for folders and links, e.g. "My table (2)" -> "my_table_2"."""
    return re.sub(r"[^\w]+", "_", name.casefold()).strip("_")[:60] or "dataset"
