"""The real corpus for programs that are no tests, loaded once."""

from functools import cache

from dashboard.model.corpus import Corpus
from dashboard.project.project import Project
from dashboard.settings import read_settings
from tests.oracle.corpus import build_tables
from tests.oracle.tables import Tables


@cache
def corpus() -> Corpus:
    """The corpus of the seeds."""
    settings = read_settings({})
    return Project(settings).seeds


@cache
def tables() -> Tables:
    """Its tables."""
    return build_tables(corpus())
