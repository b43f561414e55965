"""The datasets as a viewer sees them who may not see all: hidden ones are not there.

The curated events that this viewer sees are a dataset of their own, in a folder beside the others: an
event whose hidden claims are left out may have another attestation, other figures and no place.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec

from dashboard.engine.datasets import Dataset, Datasets
from dashboard.model.event_tables import CURATED
from dashboard.model.restriction import Hidden

_FOLDER = ".seen"
# Folders of viewers that see different things; the oldest is deleted, and written again if need be.
_MOST = 32


class SeenDatasets(Datasets):
    """The datasets of `folder` that are not `hidden`, with the curated events that are seen."""

    def __init__(self, folder: Path, hidden: Hidden) -> None:
        super().__init__(folder)
        self.hidden = hidden.datasets
        self.curated = Datasets(folder / _FOLDER / hidden.key)
        self.is_complete = False

    def __iter__(self) -> Iterator[Dataset]:
        """Those that are not hidden, the curated one first, shown as for everybody."""
        if (curated := self.get(CURATED)) is not None:
            yield curated
        for card in super().__iter__():
            if card.dataset_id != CURATED and card.dataset_id not in self.hidden:
                yield card

    def get(self, dataset_id: str) -> Dataset | None:
        """The card of the dataset with that id; `None` for a hidden one."""
        card = super().get(dataset_id)
        if dataset_id == CURATED:
            seen = self.curated.get(CURATED)
            shown = card is None or card.shown
            return None if seen is None else msgspec.structs.replace(seen, shown=shown)
        return None if dataset_id in self.hidden else card

    def tables(self, dataset: Dataset) -> Path:
        """The folder with the tables of the card's generation."""
        if dataset.dataset_id == CURATED:
            return self.curated.tables(dataset)
        return super().tables(dataset)

    def show(self, dataset_id: str, *, shown: bool) -> None:
        """Show or hide the events of a dataset, for everybody; a hidden one is not there."""
        if dataset_id not in self.hidden:
            super().show(dataset_id, shown=shown)

    def remove(self, dataset_id: str) -> None:
        """Delete a dataset with its tables; a hidden one is not there."""
        if dataset_id not in self.hidden:
            super().remove(dataset_id)

    def delete_old(self) -> None:
        """Delete the curated events of viewers of whom many others have come since."""
        folders = sorted(
            (self.folder / _FOLDER).glob("*/curated"), key=lambda at: -at.stat().st_mtime
        )
        for folder in folders[_MOST:]:
            shutil.rmtree(folder.parent, ignore_errors=True)
