"""Fixtures of the tests of imports: an empty folder of datasets, and the importer that fills it."""

from pathlib import Path

import pytest

from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.place_names import PlaceNames, place_names
from dashboard.model.corpus import Corpus
from dashboard.settings import Settings


@pytest.fixture
def datasets(tmp_path: Path) -> Datasets:
    return Datasets(tmp_path / "datasets")


@pytest.fixture(scope="session")
def names_of_places(corpus: Corpus) -> PlaceNames:
    return place_names(PlaceIndex(corpus.gazetteer))


@pytest.fixture
def importer(
    datasets: Datasets, corpus: Corpus, settings: Settings, names_of_places: PlaceNames
) -> Importer:
    importer = Importer(datasets, corpus, settings.lexicon)
    # They are the same for every importer, and take longer than a small import.
    importer.names_of_places = names_of_places
    return importer
