"""Actions of analysts over both databases of a workspace: the fixtures of the store's tests."""

from tests.store.conftest import open_one, running_server, server

__all__ = ["open_one", "running_server", "server"]
