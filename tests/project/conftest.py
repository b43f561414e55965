"""A PostgreSQL server for workspaces, as for the tests of the store."""

from tests.store.conftest import running_server, server

__all__ = ["running_server", "server"]
