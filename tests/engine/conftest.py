"""The same datasets in each engine that this machine has."""

import os
from collections import Counter
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

SPARK = "spark:local[2]"
# Spark takes seconds for a question, most of them to compile: Java's first compiler halves them here.
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
FEWEST_ON_SPARK = 3


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Ask Spark a part of what the other engines are asked; `SPARK_TESTS=all` asks it everything.

    Every value of a test's parameters is asked, but not every combination; every query in one test of
    its file, and some in each.
    """
    if os.environ.get("SPARK_TESTS") == "all":
        return
    seen: Counter[object] = Counter()
    left_out = {
        item for item in items if isinstance(item, pytest.Function) and _repeats(item, seen)
    }
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def _repeats(item: pytest.Function, seen: Counter[object]) -> bool:
    """Whether a test on Spark asks nothing that was not seen before; what it asks is then seen."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    if parameters.get("engine") != SPARK:
        return False
    test = (item.path, item.originalname)
    asked = [
        (item.path if name == "query" else test, name, str(value))
        for name, value in parameters.items()
    ]
    if seen[test] >= FEWEST_ON_SPARK and all(seen[each] for each in asked):
        return True
    seen.update([test, *asked])
    return False


@pytest.fixture(scope="session")
def corpus(settings: Settings) -> Corpus:
    """The seeds with verifications of every state."""
    return judged(Project(settings).seeds)


@pytest.fixture(scope="session")
def datasets(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus, tables: Tables) -> Datasets:
    return sample_data.folder_of(tmp_path_factory.mktemp("datasets"), corpus)


@pytest.fixture(scope="session", params=["duckdb://", "postgresql://", SPARK])
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
