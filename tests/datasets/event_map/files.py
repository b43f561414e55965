"""Exported files for tests, and what reading them back gives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from dashboard.datasets.event_map.layouts import Layout
from dashboard.datasets.options import ImportOptions
from dashboard.datasets.progress import Progress
from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.engine.load import EventLoader
from dashboard.engine.places import Places
from dashboard.export.coarsen import Coarseness
from dashboard.export.formats import FORMATS
from dashboard.export.options import ExportOptions
from dashboard.export.selection import event_records, export_of
from dashboard.model.corpus import Corpus, Events
from dashboard.model.exported_event import ExportedEvent
from dashboard.model.selected import SelectedEvents
from dashboard.query.query import Query
from dashboard.settings import DATA

# Every file that an analyst can export and import: format and layout.
FILES = [
    *(("csv", layout) for layout in Layout),
    ("csv_bom", Layout.EVENT),
    ("xlsx", Layout.EVENT),
    *(("geojson", layout) for layout in Layout),
    ("gpkg", Layout.EVENT),
    ("kml", Layout.EVENT),
    ("acled", Layout.EVENT),
    ("ucdp", Layout.EVENT),
]


@dataclass(frozen=True)
class Analyst:
    """Another analyst's program: the same lexicon and gazetteer, none of the events."""

    folder: Path
    corpus: Corpus

    @property
    def datasets(self) -> Datasets:
        return Datasets(self.folder)

    def read(self, path: Path, name: str | None = None) -> Progress:
        """Import a file without any choice."""
        importer = Importer(self.datasets, self.corpus, DATA / "lexicon")
        *_, last = importer.read(path, ImportOptions(name=name))
        return last

    def selected(self) -> SelectedEvents:
        """All events of all datasets."""
        engine = DuckDB(self.datasets)
        cards = {card.dataset_id: card for card in self.datasets}
        places = Places(self.corpus.gazetteer.places, engine)
        selected = EventLoader(engine, self.corpus, cards, places).load_selection(Query())
        assert selected is not None
        return selected


def without_events(corpus: Corpus) -> Corpus:
    return replace(corpus, events=Events({}, (), (), ()))


def export_file(
    folder: Path,
    selected: SelectedEvents,
    name: str,
    layout: Layout = Layout.EVENT,
    *,
    hxl: bool = False,
    coarseness: Coarseness = Coarseness.ORIGINAL,
) -> Path:
    """The file that the page offers."""
    export = export_of(selected, coarseness, {"selection": "a test"})
    path = folder / f"{name}_{layout.value}.{FORMATS[name].ending}"
    path.write_bytes(FORMATS[name].make(export, ExportOptions(layout, hxl)))
    return path


def records_of(
    selected: SelectedEvents, coarseness: Coarseness = Coarseness.ORIGINAL
) -> dict[str, ExportedEvent]:
    """All that is known of each event, by its id, without the dataset that it is in here."""
    return {
        record.event.event_id: msgspec.structs.replace(record, dataset="")
        for record in event_records(selected, coarseness)
    }


def subset(selected: SelectedEvents, ids: Mapping[str, object] | list[str]) -> SelectedEvents:
    """The selection with only these events."""
    events = selected.corpus.events
    few = Events(
        {key: events.events[key] for key in ids}, events.places, events.actors, events.claims
    )
    return replace(selected, corpus=replace(selected.corpus, events=few))


def rows_of_faults(done: Progress) -> Iterator[tuple[int, str]]:
    for fault in done.faults.first:
        yield fault.row, fault.field
