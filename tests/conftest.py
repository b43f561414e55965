"""The real corpus, loaded once; every test runs with the network blocked except loopback."""

import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from dashboard.model.corpus import Corpus
from dashboard.project.project import Project
from dashboard.sandbox import process
from dashboard.sandbox.start import Started
from dashboard.settings import Settings, read_settings
from tests.e2e.server import log_ends
from tests.oracle.corpus import build_tables
from tests.oracle.select import EventIndex, index_events
from tests.oracle.tables import Tables

# No test is timed: on a busy machine an example that takes 0.03 s may take a second.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def workspace_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A workspace of the tests, so that none reads or writes that of an analyst."""
    path = tmp_path_factory.mktemp("workspace") / "workspace.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVENT_MAP_WORKSPACE", str(path))
        yield path


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that failed shows what the servers wrote."""
    report = yield
    if report.failed and (written := log_ends()):
        report.sections.append(("the servers wrote", written))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What failed in tests that were run once more (see tests/e2e/conftest.py)."""
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.section(f"failed, and was run once more: {report.nodeid}")
        terminalreporter.write_line(report.longreprtext)
        for name, text in report.sections:
            terminalreporter.section(name, sep="-")
            terminalreporter.write_line(text)


MAIN = sys.modules["__main__"]


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Puts `__main__` back after each test.

    Streamlit's AppTest puts its script there and leaves it; a process that is spawned later
    imports that script again, and fails where it was a temporary file.
    """
    yield
    sys.modules["__main__"] = MAIN


@pytest.fixture(scope="session")
def settings() -> Settings:
    return read_settings({})


@pytest.fixture(scope="session")
def corpus(settings: Settings) -> Corpus:
    return Project(settings).seeds


@pytest.fixture(scope="session")
def tables(corpus: Corpus) -> Tables:
    return build_tables(corpus)


@pytest.fixture(scope="session")
def index(tables: Tables) -> EventIndex:
    return index_events(tables)


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ids of the reading processes that were begun, the last one last."""
    begun: list[int] = []

    def start(*, fork: bool | None = None) -> Started:
        started = whole(fork=fork)
        begun.append(started.pid)
        return started

    whole = process.start
    monkeypatch.setattr(process, "start", start)
    return begun
