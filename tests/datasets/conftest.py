"""Fixtures of the tests of imports: an empty folder of datasets, and the importer that fills it."""

from pathlib import Path

import pytest

from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from dashboard.model.corpus import Corpus
from dashboard.settings import Settings


@pytest.fixture
def datasets(tmp_path: Path) -> Datasets:
    return Datasets(tmp_path / "datasets")


@pytest.fixture
def importer(datasets: Datasets, corpus: Corpus, settings: Settings) -> Importer:
    return Importer(datasets, corpus, settings.lexicon)
