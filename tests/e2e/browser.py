"""Headless Chromium against the running app, with every request logged."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

# Chromium's own background requests would be refused by a closed network, many at a time.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No host but this one exists, so that a request that slips through fails the page too.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
# What Chromium writes where a page breaks its policy, or a policy is none.
_POLICY = ("Content Security Policy", "Permissions-Policy header")
_HERE = frozenset({"127.0.0.1", "localhost", ""})

ColourScheme = Literal["dark", "light"]
# What a browser has after the introduction.
INTRODUCED = "window.localStorage.setItem('event-map-introduced', 'yes')"


def launch(playwright: Playwright) -> Browser:
    """Debian's Chromium, or whichever is installed."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


@dataclass
class Visit:
    """One page with what it asked for and what went wrong in it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def outside(self) -> list[str]:
        """Requests to any host but this machine."""
        return [
            url
            for url in self.requests
            if urlsplit(url).scheme in {"http", "https", "ws", "wss"}
            and urlsplit(url).hostname not in _HERE
        ]


@contextmanager
def open_context(
    browser: Browser,
    width: int = 1366,
    height: int = 768,
    *,
    first: bool = False,
    locale: str = "en",
    scheme: ColourScheme = "light",
) -> Iterator[BrowserContext]:
    """A fresh browser context; `first`: as at the first visit, with the introduction."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale=locale, color_scheme=scheme
    )
    if not first:
        context.add_init_script(INTRODUCED)
    try:
        yield context
    finally:
        context.close()


@contextmanager
def visit(
    browser: Browser,
    url: str,
    width: int = 1366,
    height: int = 768,
    *,
    first: bool = False,
    dark: bool = False,
) -> Iterator[Visit]:
    """A fresh browser context on `url`; `first`: as at the first visit, with the introduction.

    `dark`: the reader's system is dark.
    """
    scheme: ColourScheme = "dark" if dark else "light"
    with open_context(browser, width, height, first=first, scheme=scheme) as context:
        seen = _watched(context.new_page())
        seen.page.goto(url)
        yield seen


def _watched(page: Page) -> Visit:
    """The page, with what it asks for from now on."""
    seen = Visit(page)
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("websocket", lambda socket: seen.requests.append(socket.url))
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on(
        "console",
        lambda message: (
            seen.errors.append(message.text)
            if any(words in message.text for words in _POLICY)
            else None
        ),
    )
    page.on("dialog", lambda dialog: (seen.errors.append("dialog"), dialog.dismiss()))
    return seen
