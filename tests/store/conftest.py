"""The workspace in a file and on a PostgreSQL server: the tests of the store run over both."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dashboard.store.database import Server
from dashboard.store.workspace import Workspace
from tests import engines

# Opens one workspace, again at each call.
Open = Callable[[], Workspace]


@pytest.fixture(scope="session")
def running_server() -> Iterator[str]:
    """The URL of a server with the role that the documentation asks for."""
    if why := engines.missing("postgresql://"):
        pytest.skip(why)
    with engines.postgresql() as url:
        yield url


@pytest.fixture
def server(running_server: str) -> Server:
    """A server without a workspace."""
    engines.without_workspace(running_server)
    return Server(running_server)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def open_one(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """Opens an empty workspace in each of the two databases."""
    if request.param == "SQLite":
        return lambda: Workspace(tmp_path / "new" / "workspace.sqlite")
    server = request.getfixturevalue("server")
    return lambda: Workspace(tmp_path / "new" / "workspace.postgresql", server=server)
