"""Events that were placed by a name only: filters find them by area, and files keep the mark."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboard.browser.event_header import event_header_html
from dashboard.datasets.event_map.layouts import Layout
from dashboard.datasets.placed_areas import add_missing_areas
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.export.bulk import write_bulk
from dashboard.model.corpus import Corpus
from dashboard.model.place import Place
from dashboard.model.selected import SelectedEvents
from dashboard.query.bulk import flat
from dashboard.query.query import Query
from tests.datasets.event_map.files import FILES, Analyst, export_file, records_of, without_events
from tests.datasets.formats import make

# The first two have a name alone, the last one has a point of its own.
TABLE = [
    {"id": "town", "date": "2021-01-18", "place": "Tell Abyad", "lat": "", "lon": ""},
    {"id": "area", "date": "2021-01-19", "place": "محافظة حلب", "lat": "", "lon": ""},
    {"id": "point", "date": "2021-01-20", "place": "Tell Abyad", "lat": "36.7", "lon": "38.9"},
]
BY_NAME = {"table:town": "gazetteer: tell_abyad", "table:area": "gazetteer: aleppo_governorate"}


@pytest.fixture(scope="module")
def analyst(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Analyst:
    folder = tmp_path_factory.mktemp("by name")
    analyst = Analyst(folder / "datasets", without_events(corpus))
    done = analyst.read(make.write(folder / "table.csv", TABLE))
    assert (done.good, done.unplaced) == (3, 0)
    return analyst


def _places(selected: SelectedEvents) -> dict[str, Place]:
    """The place of each event."""
    places = selected.corpus.gazetteer.places
    return {row.event_id: places[row.place_id] for row in selected.corpus.events.places}


def _marked(selected: SelectedEvents) -> dict[str, str]:
    return {key: place.sources for key, place in _places(selected).items() if place.is_by_name}


@pytest.mark.parametrize(
    ("place_id", "events"),
    [
        ("raqqa_governorate", {"table:town"}),
        ("tell_abyad_district", {"table:town"}),
        ("tell_abyad", {"table:town"}),
        ("aleppo_governorate", {"table:area"}),
        ("syria", {"table:town", "table:area"}),
    ],
)
def test_a_filter_by_area_finds_the_events(analyst: Analyst, place_id: str, events: set[str]):
    batches = DuckDB(analyst.datasets).batches(flat, Query(places=(place_id,)))
    assert {key for batch in batches for key in batch["event_id"].to_pylist()} == events


@pytest.mark.parametrize(("name", "layout"), FILES)
def test_files_keep_the_mark_and_the_areas(
    analyst: Analyst, corpus: Corpus, tmp_path: Path, name: str, layout: Layout
):
    before = analyst.selected()
    assert _marked(before) == BY_NAME
    path = export_file(tmp_path, before, name, layout)
    other = Analyst(tmp_path / "datasets", without_events(corpus))
    done = other.read(path, "read back")
    assert (done.good, done.faults.total) == (3, 0)
    after = other.selected()
    assert _marked(after) == BY_NAME
    assert records_of(after) == records_of(before)
    query = Query(places=("raqqa_governorate",))
    batches = DuckDB(other.datasets).batches(flat, query)
    assert [key for batch in batches for key in batch["event_id"].to_pylist()] == ["table:town"]


def test_the_header_of_the_event_says_it(analyst: Analyst):
    selected = analyst.selected()
    said = {
        event_id: "placed by its name in the gazetteer"
        in event_header_html(selected.corpus, event, selected.attestations[event_id])
        for event_id, event in selected.corpus.events.events.items()
    }
    assert said == {"table:town": True, "table:area": True, "table:point": False}


def test_large_exports_have_the_sources_of_places(analyst: Analyst, tmp_path: Path):
    batches = list(DuckDB(analyst.datasets).batches(flat, Query()))
    rows = pa.Table.from_batches(batches).to_pylist()
    sources = {row["event_id"]: row["place_sources"] for row in rows}
    assert sources == {**BY_NAME, "table:point": "table"}
    write_bulk(tmp_path / "a.csv", "csv", iter(batches), {}, {})
    header = (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()[0]
    assert "place_sources" in header


def _as_before(analyst: Analyst) -> None:
    """Take the areas of the gazetteer out of the tables, as earlier versions wrote them."""
    (card,) = [card for card in analyst.datasets if card.format == "own"]
    folder = analyst.datasets.tables(card)
    for name, column in (("places", "within"), ("containment", "place")):
        for path in (folder / name).glob("*.parquet"):
            table = pq.read_table(path)
            if name == "places":
                blank = pa.array([""] * len(table), table.schema.field(column).type)
                table = table.set_column(table.schema.get_field_index(column), column, blank)
            else:
                table = table.slice(0, 0)
            pq.write_table(table, path)


def test_places_of_earlier_imports_get_their_areas_once(
    corpus: Corpus, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    analyst = Analyst(tmp_path / "datasets", without_events(corpus))
    analyst.read(make.write(tmp_path / "table.csv", TABLE))
    before = records_of(analyst.selected())
    _as_before(analyst)
    query = Query(places=("raqqa_governorate",))
    assert not list(DuckDB(analyst.datasets).batches(flat, query))
    assert add_missing_areas(analyst.datasets, corpus.gazetteer) == 1
    assert len(caplog.messages) == 1
    batches = DuckDB(analyst.datasets).batches(flat, query)
    assert [key for batch in batches for key in batch["event_id"].to_pylist()] == ["table:town"]
    assert records_of(analyst.selected()) == before
    assert add_missing_areas(analyst.datasets, corpus.gazetteer) == 0
