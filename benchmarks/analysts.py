"""Times maps while many analysts work: `python -m benchmarks.analysts 1000000 20`.

Clients of the protocol, without browsers, which would take the server's cores: each has a session of the
page and changes its filters every five seconds. At that moment it asks for the map, as the browser does,
and the page runs for it. Each choice of kinds is another, so few answers are in a cache.
"""

import random
import statistics
import sys
import threading
import time
from contextlib import ExitStack
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from benchmarks.sets import workspace
from dashboard.settings import read_settings
from dashboard.store.lexicon import load_lexicon
from tests.e2e.server import serve

_EVERY_S, _FOR_S, _ALONE = 5.0, 60.0, 12
_KINDS_CHOSEN = 4
_VIEW = {"bbox": "35,33,43,38", "zoom": "7"}
_SEED = 20210221
_LIMIT_S = 300


class Analyst:
    """One session: `maps` and `pages` are the seconds until each answer was complete."""

    def __init__(self, url: str, kinds: list[str], seed: int) -> None:
        self._host = urlsplit(url).netloc
        self._kinds = kinds
        self._chance = random.Random(seed)  # noqa: S311 the same changes in each run
        self._stack = ExitStack()
        self._socket = self._open()
        self.maps: list[float] = []
        self.pages: list[float] = []
        self._run({})

    def _open(self) -> ClientConnection:
        address, origin = f"ws://{self._host}/_stcore/stream", f"http://{self._host}"
        opened = connect(address, origin=origin, subprotocols=["streamlit"], max_size=None)
        return self._stack.enter_context(opened)

    def leave(self) -> None:
        """Close the session."""
        self._stack.close()

    def change(self) -> None:
        """Choose other kinds; the page runs while the map is answered."""
        chosen = {"kind": self._chance.sample(self._kinds, _KINDS_CHOSEN)}
        page = threading.Thread(target=self._timed_run, args=(chosen,))
        page.start()
        began = time.perf_counter()
        connection = HTTPConnection(self._host, timeout=_LIMIT_S)
        connection.request("GET", f"/map-data?{urlencode({**_VIEW, **chosen}, doseq=True)}")
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"the map was answered {answer.status}")
        self.maps.append(time.perf_counter() - began)
        connection.close()
        page.join()

    def work(self, until: float) -> None:
        """Change filters every five seconds, from a moment of its own on."""
        time.sleep(self._chance.random() * _EVERY_S)
        while (began := time.perf_counter()) < until:
            self.change()
            time.sleep(max(0.0, began + _EVERY_S - time.perf_counter()))

    def _timed_run(self, chosen: dict[str, list[str]]) -> None:
        began = time.perf_counter()
        self._run(chosen)
        self.pages.append(time.perf_counter() - began)

    def _run(self, chosen: dict[str, list[str]]) -> None:
        message = BackMsg()
        message.rerun_script.query_string = urlencode(chosen, doseq=True)
        self._socket.send(message.SerializeToString())
        while True:
            received = ForwardMsg()
            received.ParseFromString(bytes(self._socket.recv(timeout=_LIMIT_S)))
            if received.WhichOneof("type") == "script_finished":
                return


def main(size: int = 1_000_000, analysts: int = 20) -> None:
    """Print the median of one alone and the 95th percentile of many, for maps and pages."""
    lexicon, _faults = load_lexicon(read_settings().lexicon)
    kinds = sorted(lexicon.kinds)
    with serve({"EVENT_MAP_WORKSPACE": str(workspace(size))}) as url:
        alone = Analyst(url, kinds, _SEED)
        for _number in range(_ALONE):
            alone.change()
            time.sleep(1)
        many = [Analyst(url, kinds, _SEED + number) for number in range(1, analysts + 1)]
        until = time.perf_counter() + _FOR_S
        threads = [threading.Thread(target=each.work, args=(until,)) for each in many]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for each in (alone, *many):
            each.leave()
    print(f"| {analysts} analysts, {size:,} events | one alone | p95 | times | changes |")
    print("|---|---:|---:|---:|---:|")
    for name in ("maps", "pages"):
        first = statistics.median(getattr(alone, name)[2:])
        times = [seconds for each in many for seconds in getattr(each, name)]
        p95 = statistics.quantiles(times, n=20)[-1]
        print(f"| {name} | {first:.2f} s | {p95:.2f} s | {p95 / first:.1f} | {len(times)} |")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
