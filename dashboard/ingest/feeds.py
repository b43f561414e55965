"""Read new articles of feeds (RSS, Atom), where the administrator allows outgoing network.

A feed is asked again and again; one that is the same as before is not read again. Only the feeds
themselves are fetched, at the addresses that are set, and nothing that they link to.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urljoin, urlsplit

import httpx2

from dashboard.documents.read import MAX_ARTICLE_BYTES
from dashboard.ingest.run import Workers, ingest
from dashboard.ingest.work import File
from dashboard.ingest.workspace_writer import Report
from dashboard.model.corpus import Corpus
from dashboard.model.errors import DashboardError, Fault
from dashboard.settings import Settings
from dashboard.store.workspace import Workspace

_WAIT_S = 20.0
# Of a whole feed, however slowly it is sent.
_LONGEST_S = 60.0
_MOST_REDIRECTS = 3
_HEADERS = {"User-Agent": "event-map", "Accept": "application/rss+xml, application/atom+xml, */*"}


class FeedError(DashboardError):
    """A feed that cannot be fetched, or settings that do not allow it."""


def feed_addresses(settings: Settings) -> Sequence[str]:
    """The addresses of the feeds. Raises FeedError unless there are some and network is allowed."""
    if settings.outgoing_network not in ("on", "off"):
        found = settings.outgoing_network
        raise FeedError(f"EVENT_MAP_OUTGOING_NETWORK: expected on or off, found {found!r}")
    # An address may have a password, so it is not shown.
    if not all(map(_is_address, settings.feeds)):
        raise FeedError(
            "EVENT_MAP_FEEDS: expected addresses that begin with https:// and have no user name"
        )
    if not settings.feeds:
        raise FeedError("EVENT_MAP_FEEDS: expected the addresses of feeds, found none")
    if settings.outgoing_network == "off":
        raise FeedError(
            'EVENT_MAP_OUTGOING_NETWORK: expected "on", without which nothing is fetched'
        )
    return settings.feeds


class FeedWatch:
    """Feeds that are asked again and again; `who` is the author of what is read.

    `load` gives the workspace, and the corpus as it is now; `fetch` the bytes at an address.
    """

    def __init__(
        self,
        addresses: Sequence[str],
        who: str,
        load: Callable[[], tuple[Workspace, Corpus]],
        fetch: Callable[[str], bytes] | None = None,
    ) -> None:
        self._addresses = addresses
        self._who = who
        self._load = load
        self._fetch = fetch or fetch_feed
        # By address the SHA-256 of what was read last, or why nothing could be fetched.
        self._last: dict[str, str] = {}

    def look(self) -> Iterator[Report]:
        """Read what is new; yields the report after each feed.

        A fault of a feed is listed once, and again when it is another. Raises the errors of the
        workspace; then the same feeds are read at the next look.
        """
        faults: list[Fault] = []
        fetched, states = [], {}
        for address in self._addresses:
            try:
                content = self._fetch(address)
            except FeedError as error:
                states[address] = str(error)
                if self._last.get(address) != str(error):
                    faults.append(Fault(_host(address), 0, "", "a feed", str(error)))
                continue
            states[address] = hashlib.sha256(content).hexdigest()
            if self._last.get(address) != states[address]:
                fetched.append(File(_host(address), content))
        report = Report()
        if fetched:
            workspace, corpus = self._load()
            for report in ingest(workspace, corpus, fetched, Workers(), self._who):
                yield report
        self._last |= states
        if fetched or faults:
            report.faults += faults
            yield report


def fetch_feed(address: str) -> bytes:
    """The bytes at an address; redirected only within its host. Raises FeedError."""
    until = time.monotonic() + _LONGEST_S
    try:
        with httpx2.Client(headers=_HEADERS, timeout=_WAIT_S) as client:
            at = address
            for _ in range(_MOST_REDIRECTS + 1):
                with client.stream("GET", at) as answer:
                    if not answer.is_redirect:
                        return _content(answer, until)
                    at = urljoin(at, answer.headers.get("location", ""))
                if _host(at) != _host(address) or not at.startswith(("https://", address[:7])):
                    raise FeedError("it leads to another host, or from https to http")
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        # The message of the error may have the address.
        raise FeedError(f"it cannot be fetched ({type(error).__name__})") from error
    raise FeedError(f"it leads on more than {_MOST_REDIRECTS} times")


def _content(answer: httpx2.Response, until: float) -> bytes:
    if answer.status_code != httpx2.codes.OK:
        raise FeedError(f"the answer {answer.status_code}")
    content = bytearray()
    for part in answer.iter_bytes():
        content += part
        if len(content) > MAX_ARTICLE_BYTES:
            raise FeedError(f"more than {MAX_ARTICLE_BYTES // 10**6} MB")
        if time.monotonic() > until:
            raise FeedError(f"an answer that takes longer than {_LONGEST_S:.0f} s")
    return bytes(content)


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return (
            parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        )
    except ValueError:
        return False


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""
