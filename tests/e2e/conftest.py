"""One server with the real data, one browser, a fresh page a test."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.browser import Visit, launch, visit
from tests.e2e.server import serve

Open = Callable[..., AbstractContextManager[Visit]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test of a browser that fails is run once more.

    The browser, the server and the other tests share the machine, so that one of hundreds may
    meet a limit of time. The summary says which were run again, and what had failed.
    """
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with serve() as url:
        yield url


@pytest.fixture
def open_app(browser: Browser, address: str) -> Open:
    """Open the app on a path, in a fresh context; asserts after that nothing left the machine."""

    def open_path(path: str = "/", **options: int) -> AbstractContextManager[Visit]:
        return visit(browser, address + path, **options)

    return open_path
