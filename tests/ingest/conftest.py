"""Reading processes as tests see them."""

import pytest

from dashboard.sandbox import process
from dashboard.sandbox.start import Started


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
