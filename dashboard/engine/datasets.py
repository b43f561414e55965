"""The datasets on disk: each is a folder with its card (`dataset.json`) and its tables as Parquet.

The tables of each generation have a folder. A new generation is written completely beside the old one,
and then the card refers to it, so that a reader never sees half of it.
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
# Ids that no imported dataset may have: that of the curated events, and names of other folders.
RESERVED = frozenset({CURATED, "profiles", "imports", "uploads", "checks"})


class Dataset(msgspec.Struct, frozen=True, kw_only=True):
    """The card of a dataset: its name, terms, counts and extent.

    `number` is the upper half of its event numbers, `next_row` the first free lower half. `bounds` is
    west, south, east, north in degrees (EPSG:4326). Queries see its events if `shown`. `origin` is the
    origin of all its claims, `None` if each outlet is one. `undated` and `unlocated` count events.
    `incomplete` counts events that a program before layout 3 imported, which dropped their figures.
    `deletions` counts the ids that the source listed as deleted, see `deletions.py`.
    `rows_may_be_shared` is what a file of this program says; `None` if it does not say so.
    `layout` is the version of its tables, see `model/event_tables.py`; `files` were imported.
    """

    dataset_id: str
    number: int
    name: str
    format: str
    licence: str = ""
    credit: str = ""
    rows_may_be_shared: bool | None = None
    origin: str | None = None
    shown: bool = True
    generation: int = 0
    events: int = 0
    next_row: int = 0
    first_day: date | None = None
    last_day: date | None = None
    undated: int = 0
    unlocated: int = 0
    incomplete: int = 0
    deletions: int = 0
    bounds: tuple[float, float, float, float] | None = None
    layout: int = 1
    imported: datetime | None = None
    files: tuple[str, ...] = ()


class Datasets:
    """The datasets in one folder.

    `hidden` are the ids of those that a viewer may not see (`seen_datasets.py`), `curated` has the
    curated one; `is_complete` says whether that has all curated events.
    """

    hidden: frozenset[str] = frozenset()
    is_complete = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.curated = self

    def __iter__(self) -> Iterator[Dataset]:
        """All datasets, the curated one first, then by number."""
        cards = [self._read(path) for path in sorted(self.folder.glob(f"*/{_CARD}"))]
        return iter(sorted(cards, key=lambda card: card.number))

    def get(self, dataset_id: str) -> Dataset | None:
        """The card of the dataset with that id, or `None`."""
        path = self.folder / dataset_id / _CARD
        return self._read(path) if path.exists() else None

    def tables(self, dataset: Dataset) -> Path:
        """The folder with the tables of the card's generation."""
        return self.folder / dataset.dataset_id / f"g{dataset.generation:06d}"

    def new(self, dataset_id: str, name: str, format_: str, **about: str | None) -> Dataset:
        """A card for a new dataset, with the next free number; it is not saved."""
        number = 0 if dataset_id == CURATED else free_number({card.number for card in self})
        return Dataset(dataset_id=dataset_id, number=number, name=name, format=format_, **about)  # type: ignore[arg-type]

    def save(self, dataset: Dataset) -> None:
        """Replace the card in one step: readers see the old one or the new one, never half."""
        path = self.folder / dataset.dataset_id / _CARD
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".new")
        temporary.write_bytes(msgspec.json.format(msgspec.json.encode(dataset)))
        temporary.replace(path)

    def show(self, dataset_id: str, *, shown: bool) -> None:
        """Show or hide the events of a dataset, if it exists."""
        card = self.get(dataset_id)
        if card is not None:
            self.save(msgspec.structs.replace(card, shown=shown))

    def remove(self, dataset_id: str) -> None:
        """Delete a dataset with its tables."""
        if slug(dataset_id) == dataset_id:
            shutil.rmtree(self.folder / dataset_id, ignore_errors=True)

    def prune(self, dataset: Dataset) -> None:
        """Delete all generations but the newest two; a reader may still use the one before."""
        newest = {f"g{dataset.generation:06d}", f"g{dataset.generation - 1:06d}"}
        for path in (self.folder / dataset.dataset_id).glob("g*"):
            if path.name not in newest:
                shutil.rmtree(path, ignore_errors=True)

    def _read(self, path: Path) -> Dataset:
        """Read a card; raises DataError if it is damaged or belongs to another folder."""
        remedy = "a card; delete the folder, and import the dataset again"
        try:
            card = msgspec.json.decode(path.read_bytes(), type=Dataset)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise unusable(path, "", remedy, str(error)) from error
        if card.dataset_id != path.parent.name:
            expected = f"{path.parent.name}, the name of the folder"
            raise unusable(path, "dataset_id", expected, card.dataset_id)
        return card


def unusable(path: Path, field: str, expected: str, found: str) -> DataError:
    """The error for a file or folder of datasets that cannot be used."""
    return DataError((Fault(str(path), 0, field, expected, found),))


def free_number(used: Container[int]) -> int:
    """The smallest number for a dataset that is not in `used`."""
    return next(number for number in _NUMBERS if number not in used)


def slug(name: str) -> str:
    """A name as an id for folders and links, at most 60 characters: "My table (2)" -> "my_table_2"."""
    return re.sub(r"[^\w]+", "_", name.casefold()).strip("_")[:60] or "dataset"
