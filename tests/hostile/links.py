"""Links made at random, read and answered as the page does; some of them by the page itself."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboard.engine.duckdb_engine import DuckDB
from dashboard.query import counts, map_counts, pages
from dashboard.query.facets import FACETS
from dashboard.query.link import from_params, to_params
from dashboard.query.query import Query
from tests.engine import sample_data
from tests.hostile.corpus import corpus
from tests.hostile.payloads import payloads

_PAGE = Path(__file__).resolve().parents[2] / "dashboard" / "main.py"
_KEYS = (
    *(facet.key for facet in FACETS), "q", "from", "to", "map", "at", "event", "tab", "basemap",
    "unreviewed", "view", "colour", "lang", "digits", "dates", "id", "embed", "__proto__",
)  # fmt: skip
_DAYS = ("0001-01-01", "9999-12-31", "2021-02-30", "2021-W53-7", "-1", "1e9", "2021-01-18T00:00")
_VIEWS = (
    "nan,nan,5",
    "1e308,1e308,8",
    "36.4,38.9,8",
    "36,38",
    "inf,0,3",
    "0,0,99999999999999999999",
)
# Each is a run of the whole page.
_OPENED = 60
_PAGE_TIMEOUT_S = 60


class _Everything:
    """Known values that hold any but none: what a link says reaches the engine as it is."""

    def __contains__(self, value: object) -> bool:
        return value != ""


def run(seed: int, times: int, folder: Path, port: int) -> dict[str, int]:
    """Read `times` links; gives how many raised an error."""
    chance = random.Random(seed)
    texts = (*payloads(folder / "trap", port), "4611686018427387904", "\ue0000\ue001", "$1", "%s")
    engine = DuckDB(sample_data.folder_of(folder / "links", corpus(), 500))
    known = dict.fromkeys((*(f.field for f in FACETS), "event_id", "place_ids"), _Everything())
    figures = {"links": 0, "opened": 0, "uncaught": 0}
    for number in range(times):
        params = _link(chance, texts)
        figures["links"] += 1
        try:
            _answer(engine, from_params(params, known)[0])
            if number < _OPENED:
                figures["opened"] += 1
                figures["uncaught"] += _fails_to_open(params)
        except Exception as error:  # noqa: BLE001 what is counted
            figures["uncaught"] += 1
            print(f"links: {params!r:.300}: {type(error).__name__}: {error}")
    return figures


def _link(chance: random.Random, texts: tuple[str, ...]) -> dict[str, list[str]]:
    keys = chance.sample(_KEYS, chance.randint(1, 6))
    return {key: [_value(chance, key, texts) for _ in range(chance.randint(1, 3))] for key in keys}


def _value(chance: random.Random, key: str, texts: tuple[str, ...]) -> str:
    if key in {"from", "to"} and chance.random() < 0.7:
        return chance.choice((*_DAYS, date.fromordinal(chance.randint(1, 3_652_059)).isoformat()))
    if key == "map" and chance.random() < 0.7:
        return chance.choice(_VIEWS)
    if chance.random() < 0.2:
        return "".join(chr(chance.randint(0, 0x2FFF)) for _ in range(chance.randint(0, 300)))
    if chance.random() < 0.3:
        return chance.choice(
            ("clash", "raqqa_governorate", "ain_issa", "table", "figure", "ar", "online")
        )
    return chance.choice(texts)


def _answer(engine: DuckDB, query: Query) -> None:
    assert (
        from_params(
            to_params(query),
            dict.fromkeys((*(f.field for f in FACETS), "event_id", "place_ids"), _Everything()),
        )[0]
        == query
    )
    engine.ask(pages.page, query, size=30)
    engine.ask(counts.counts_by_shared_columns, query)
    engine.ask(map_counts.moves_and_extents, replace(query, view=None), ("ain_issa",))
    if query.event_id is not None:
        engine.ask(pages.numbers_of, (query.event_id,))


def _fails_to_open(params: dict[str, list[str]]) -> bool:
    app = AppTest.from_file(str(_PAGE), default_timeout=_PAGE_TIMEOUT_S)
    for key, values in params.items():
        app.query_params[key] = values
    app.run()
    for error in app.exception:
        print(f"links: {params!r:.300}: {error.value}")
    return bool(app.exception)
