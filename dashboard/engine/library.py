"""The datasets and the engine over them, updated with the curated events, e.g. after an edit.

The engine is opened again when a dataset's card changes; sessions share one engine.
"""

import fcntl
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import pyarrow as pa

from dashboard.engine.datasets import Dataset, Datasets
from dashboard.engine.engine import Engine
from dashboard.engine.open import open_engine
from dashboard.engine.seen_datasets import SeenDatasets
from dashboard.engine.verified import ImportedVerifications, find_verified
from dashboard.engine.write import DatasetWriter, stage
from dashboard.model.event_tables import CURATED, LAYOUT
from dashboard.model.permissions import Permission
from dashboard.model.restriction import NOTHING_HIDDEN, Hidden
from dashboard.model.verification import ImportedVerification
from dashboard.model.viewer import require

# Id, generation and `shown` of each dataset: a change of any makes another version.
Version = tuple[tuple[str, int, bool], ...]


@dataclass(frozen=True, slots=True)
class OpenDatasets:
    """An engine with the datasets that it was opened on; `datasets` are the shown ones, by id.

    `verified` are the verifications of imported events; `None` before they were compared with these.
    """

    engine: Engine
    datasets: Mapping[str, Dataset]
    version: Version
    verified: ImportedVerifications | None = None


class Library:
    """The datasets in a folder, and the engine over the shown ones; safe to share between threads."""

    def __init__(self, folder: Path, url: str, hidden: Hidden = NOTHING_HIDDEN) -> None:
        """`hidden` is what a viewer may not see; it is not among these datasets."""
        self.datasets = SeenDatasets(folder, hidden) if hidden.key else Datasets(folder)
        self._url = url
        self._lock = threading.RLock()
        self._opened: OpenDatasets | None = None

    def open_curated(
        self,
        key: str,
        make: Callable[[], Mapping[str, pa.Table]],
        verified: Collection[ImportedVerification] = (),
    ) -> OpenDatasets:
        """Run `curate`, then open the engine with the verifications of imported events, under one lock.

        Each change of these changes `key` too, so that the engine is opened again.
        """
        with self._lock:
            self.curate(key, make)
            opened = self.open()
            if opened.verified is None:
                self._opened = opened = self._with_verified(opened, verified)
            return opened

    def _with_verified(
        self, opened: OpenDatasets, verified: Collection[ImportedVerification]
    ) -> OpenDatasets:
        """The same with the verifications that count; without any, the engine stays as it is."""
        found = find_verified(opened.engine, verified)
        rows = found.table()
        engine = opened.engine if rows is None else open_engine(self._url, self.datasets, rows)
        return replace(opened, engine=engine, verified=found)

    def curate(self, key: str, make: Callable[[], Mapping[str, pa.Table]]) -> None:
        """Write the tables of `make()` as the curated dataset, unless it was written with this key."""
        with self._lock, locked(self.datasets.folder):
            curated = self.datasets.curated
            card = curated.get(CURATED)
            if card is not None and card.files == (key,) and card.layout == LAYOUT:
                return
            write_curated(curated, make(), key)
            if isinstance(self.datasets, SeenDatasets):
                self.datasets.delete_old()

    def open(self) -> OpenDatasets:
        """The engine over the current datasets: the open one, or a new one if any card changed."""
        self._rewrite_old_layouts()
        with self._lock:
            if self._opened is None or self._opened.version != self._version(self._opened.engine):
                engine = open_engine(self._url, self.datasets)
                cards = {card.dataset_id: card for card in self._known(engine) if card.shown}
                self._opened = OpenDatasets(engine, cards, self._version(engine))
            return self._opened

    def cards(self) -> list[Dataset]:
        """The cards of all datasets, shown or hidden."""
        return self._known(self.open().engine)

    def show(self, dataset_id: str, *, shown: bool) -> None:
        """Show or hide the events of a dataset, for all. Raises NotPermittedError."""
        require(Permission.IMPORT)
        if dataset_id in self.datasets.hidden:
            return
        self.datasets.show(dataset_id, shown=shown)
        self.open().engine.show(dataset_id, shown=shown)

    def remove(self, dataset_id: str) -> None:
        """Delete a dataset with its tables. Raises NotPermittedError."""
        require(Permission.ADMINISTER)
        if dataset_id in self.datasets.hidden:
            return
        engine = self.open().engine
        self.datasets.remove(dataset_id)
        engine.remove(dataset_id)

    def _known(self, engine: Engine) -> list[Dataset]:
        cards = engine.cards()
        if cards is None:
            return list(self.datasets)
        hidden, curated = self.datasets.hidden, self.datasets.get(CURATED)
        return [
            curated if card.dataset_id == CURATED and curated is not None else card
            for card in cards
            if card.dataset_id not in hidden
        ]

    def _version(self, engine: Engine) -> Version:
        """The version of the datasets in the folder and on the server."""
        cards = [*self.datasets, *(engine.cards() or ())]
        return tuple((card.dataset_id, card.generation, card.shown) for card in cards)

    def _rewrite_old_layouts(self) -> None:
        """Rewrite datasets of an older layout in the current one."""
        if all(card.layout == LAYOUT for card in self.datasets):
            return
        with locked(self.datasets.folder / "imports"):
            for card in self.datasets:
                if card.layout != LAYOUT:
                    DatasetWriter(self.datasets, card).rewrite()


def write_curated(datasets: Datasets, tables: Mapping[str, pa.Table], key: str = "") -> None:
    """Replace the curated dataset by these tables; `key` names the version of the data."""
    card = datasets.get(CURATED) or datasets.new(CURATED, "Curated events", "workspace")
    writer = DatasetWriter(datasets, msgspec.structs.replace(card, next_row=0))
    stage(writer.staged, tables, 0)
    writer.confirm(0, len(tables["events"]))
    writer.finish(replace=True)
    written = datasets.get(CURATED) or card
    datasets.save(msgspec.structs.replace(written, files=(key,)))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Context manager: a lock in `folder` that one process at a time has; the others wait."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
