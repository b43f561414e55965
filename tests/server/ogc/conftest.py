"""A catalog of the curated events and 400 made-up ones."""

import pytest

from dashboard.model.corpus import Corpus
from dashboard.project.catalog import Catalog
from dashboard.project.project import Project
from dashboard.settings import read_settings
from tests.engine import sample_data


@pytest.fixture(scope="package")
def environment(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("ogc")
    sample_data.folder_of(folder / "datasets", corpus)
    return {
        "EVENT_MAP_WORKSPACE": str(folder / "w.sqlite"),
        "EVENT_MAP_DATASETS": str(folder / "datasets"),
    }


@pytest.fixture(scope="package")
def catalog(environment: dict[str, str]) -> Catalog:
    project = Project(read_settings(environment))
    return project.catalog(project.load())
