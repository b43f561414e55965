"""The datasets and their engine, kept in step with the curated events, e.g. after an edit.

The engine opens anew when a dataset's card changes; sessions share one.
"""

import fcntl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pyarrow as pa

from dashboard.engine.datasets import Dataset, Datasets
from dashboard.engine.engine import Engine
from dashboard.engine.open import open_engine
from dashboard.engine.write import DatasetWriter
from dashboard.model.event_tables import CURATED, LAYOUT

# What changes when any dataset does: id, generation and whether it is switched on.
Version = tuple[tuple[str, int, bool], ...]


@dataclass(frozen=True, slots=True)
class OpenDatasets:
    """An engine with the datasets that it was opened on; `datasets` are those switched on, by id."""

    engine: Engine
    datasets: Mapping[str, Dataset]
    version: Version


class Library:
    """Datasets in a folder, and the engine over those that are switched on."""

    def __init__(self, folder: Path, url: str) -> None:
        self.datasets = Datasets(folder)
        self._url = url
        self._lock = threading.RLock()
        self._opened: OpenDatasets | None = None

    def open_curated(self, key: str, make: Callable[[], Mapping[str, pa.Table]]) -> OpenDatasets:
        """The engine over the datasets, the curated one as `curate` writes it."""
        with self._lock:
            self.curate(key, make)
            return self.open()

    def curate(self, key: str, make: Callable[[], Mapping[str, pa.Table]]) -> None:
        """Write the tables that `make` gives as the curated dataset, unless its key is this one."""
        with self._lock, locked(self.datasets.folder):
            card = self.datasets.get(CURATED)
            if card is not None and card.files == (key,) and card.layout == LAYOUT:
                return
            write_curated(self.datasets, make(), key)

    def open(self) -> OpenDatasets:
        """The engine over the datasets as they are now."""
        self._renew()
        with self._lock:
            if self._opened is None or self._opened.version != self._version(self._opened.engine):
                engine = open_engine(self._url, self.datasets)
                cards = {card.dataset_id: card for card in self._known(engine) if card.shown}
                self._opened = OpenDatasets(engine, cards, self._version(engine))
            return self._opened

    def cards(self) -> list[Dataset]:
        """All datasets, those that are switched off too."""
        return self._known(self.open().engine)

    def show(self, dataset_id: str, *, shown: bool) -> None:
        """Switch a dataset on or off."""
        self.datasets.show(dataset_id, shown=shown)
        self.open().engine.show(dataset_id, shown=shown)

    def remove(self, dataset_id: str) -> None:
        """Delete a dataset with its tables."""
        engine = self.open().engine
        self.datasets.remove(dataset_id)
        engine.remove(dataset_id)

    def _known(self, engine: Engine) -> list[Dataset]:
        held = engine.cards()
        return list(self.datasets) if held is None else held

    def _version(self, engine: Engine) -> Version:
        """What is in the folder, and what a server knows beside it."""
        cards = [*self.datasets, *(engine.cards() or ())]
        return tuple((card.dataset_id, card.generation, card.shown) for card in cards)

    def _renew(self) -> None:
        """Bring datasets that an older program wrote to the layout of now."""
        if all(card.layout == LAYOUT for card in self.datasets):
            return
        with locked(self.datasets.folder / "imports"):
            for card in self.datasets:
                if card.layout != LAYOUT:
                    DatasetWriter(self.datasets, card).renew()


def write_curated(datasets: Datasets, tables: Mapping[str, pa.Table], key: str = "") -> None:
    """Make the curated dataset have exactly these events; `key` says from which data they are."""
    card = datasets.get(CURATED) or datasets.new(CURATED, "Curated events", "workspace")
    writer = DatasetWriter(datasets, msgspec.structs.replace(card, next_row=0))
    writer.reserve(len(tables["events"]))
    writer.add(tables, 0)
    writer.finish(replace=True)
    written = datasets.get(CURATED) or card
    datasets.save(msgspec.structs.replace(written, files=(key,)))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Only one process at a time writes datasets."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
