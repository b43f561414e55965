"""One server with the real data, one browser, a fresh page a test."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.browser import Visit, launch, visit
from tests.e2e.server import serve

Open = Callable[..., AbstractContextManager[Visit]]


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
