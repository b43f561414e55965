"""The datasets and their engine, kept in step with the curated events, e.g. after an edit.

The engine opens anew when a dataset's card changes; sessions share one.
"""

import fcntl
import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from dashboard.datasets.build.curated import snapshot
from dashboard.engine.datasets import Dataset, Datasets
from dashboard.engine.engine import Engine
from dashboard.engine.open import open_engine
from dashboard.engine.write import DatasetWriter
from dashboard.model.columns import Tables
from dashboard.model.corpus import Corpus
from dashboard.model.event_tables import CURATED, LAYOUT

# What changes when any dataset does: id, generation and whether it is switched on.
Version = tuple[tuple[str, int, bool], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """An engine with the datasets that it was opened on; `datasets` are those switched on, by id."""

    engine: Engine
    datasets: Mapping[str, Dataset]
    version: Version


class Library:
    """Datasets in a folder, and the engine over those that are switched on."""

    def __init__(self, folder: Path, url: str) -> None:
        self.datasets = Datasets(folder)
        self._url = url
        self._lock = threading.Lock()
        self._held: Held | None = None

    def curate(self, key: str, make: Callable[[], tuple[Corpus, Tables]]) -> None:
        """Make the curated dataset hold what `make` gives, unless it was made under this key."""
        with self._lock, locked(self.datasets.folder):
            card = self.datasets.get(CURATED)
            if card is not None and card.files == (key,) and card.layout == LAYOUT:
                return
            snapshot(self.datasets, *make())
            card = self.datasets.get(CURATED)
            if card is not None:
                self.datasets.save(msgspec.structs.replace(card, files=(key,)))

    def open(self) -> Held:
        """The engine over the datasets as they are now."""
        self._renew()
        with self._lock:
            if self._held is None or self._held.version != self._version(self._held.engine):
                engine = open_engine(self._url, self.datasets)
                cards = {card.dataset_id: card for card in self._known(engine) if card.shown}
                self._held = Held(engine, cards, self._version(engine))
            return self._held

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


def files_version(folders: tuple[Path, ...]) -> str:
    """A hash of names, sizes and times of the files in folders: what changes when the data do."""
    files = [
        (str(path), path.stat().st_size, path.stat().st_mtime_ns)
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    return hashlib.sha256(repr(files).encode()).hexdigest()


def content_key(files: str, workspace: Path, version: int) -> str:
    """What stands for the curated events as they are: the same for every program that reads them.

    `files` is their `files_version`, `version` that of the workspace.
    """
    return hashlib.sha256(f"{files} {workspace} {version}".encode()).hexdigest()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Only one process at a time writes datasets."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
