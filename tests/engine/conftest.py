"""The same datasets in each engine that this machine has."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from dashboard.engine.datasets import Datasets
from dashboard.engine.engine import Engine
from dashboard.engine.open import open_engine
from dashboard.model.corpus import Corpus
from dashboard.project.project import Project
from dashboard.settings import Settings
from tests import engines
from tests.engine import sample_data
from tests.judged import judged
from tests.oracle.tables import Tables


@pytest.fixture(scope="session")
def corpus(settings: Settings) -> Corpus:
    """The seeds with verifications of every state."""
    return judged(Project(settings).seeds)


@pytest.fixture(scope="session")
def datasets(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus, tables: Tables) -> Datasets:
    return sample_data.folder_of(tmp_path_factory.mktemp("datasets"), corpus)


@pytest.fixture(scope="session", params=["duckdb://", "postgresql://", "spark:local[2]"])
def engine(request: pytest.FixtureRequest, datasets: Datasets) -> Iterator[Engine]:
    """Each engine in turn."""
    if why := engines.missing(request.param):
        pytest.skip(why)
    if request.param.startswith("postgresql"):
        with engines.postgresql() as url, closing(open_engine(url, datasets)) as opened:
            yield opened
    else:
        with closing(open_engine(request.param, datasets)) as opened:
            yield opened
