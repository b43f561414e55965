"""Areas of events that an earlier version of the program placed by their names, without the areas.

They are written as those of newer imports: filters by area find them, and exports have their areas.
"""

import logging
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.dataset as ds

from dashboard.datasets.formats.registry import CUSTOM
from dashboard.engine.datasets import Dataset, Datasets
from dashboard.engine.library import locked
from dashboard.engine.write import AREAS_SCHEMA, DatasetWriter
from dashboard.model.place import Gazetteer, is_source_by_name, place_id_by_name

_LOG = logging.getLogger(__name__)


def add_missing_areas(datasets: Datasets, gazetteer: Gazetteer) -> int:
    """Add the areas to all datasets that lack them, and say so; returns the number of datasets."""
    lacking = [card for card in datasets if _areas(datasets, card, gazetteer) is not None]
    if not lacking:
        return 0
    with locked(datasets.folder / "imports"):
        for card in lacking:
            # Another process may have been the first.
            current = datasets.get(card.dataset_id)
            areas = current and _areas(datasets, current, gazetteer)
            if current is not None and areas is not None:
                DatasetWriter(datasets, current).rewrite(areas)
                _LOG.warning("%s: places found by name are now in their areas", current.name)
    return len(lacking)


def _areas(datasets: Datasets, card: Dataset, gazetteer: Gazetteer) -> pa.Table | None:
    """The areas by source of the places that lack them, by AREAS_SCHEMA; `None` if none does."""
    folder = datasets.tables(card) / "places"
    if card.format != CUSTOM or not folder.exists():
        return None
    places = ds.dataset(folder, format="parquet").to_table(columns=["source", "within"]).to_pylist()
    sources = {row["source"] for row in places if _lacks_areas(row["source"], row["within"])}
    rows = list(_rows(sorted(sources), gazetteer))
    return pa.Table.from_pylist(rows, AREAS_SCHEMA) if rows else None


def _lacks_areas(source: str, within: str) -> bool:
    """Whether a place by name is not within that of the gazetteer, as those of newer imports are."""
    return is_source_by_name(source) and within != place_id_by_name(source)


def _rows(sources: Iterable[str], gazetteer: Gazetteer) -> Iterable[dict[str, str]]:
    for source in sources:
        place_id = place_id_by_name(source)
        if place_id in gazetteer.places:
            for area_id in (*gazetteer.containers(place_id), place_id):
                yield {"source": source, "within": place_id, "place": area_id}
