"""Every file names the datasets of its events and no others, and has the events of the list."""

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import pyarrow.parquet as pq
import pytest

from dashboard.commands.export import export_selection
from dashboard.datasets.__main__ import main
from dashboard.exit_status import ExitStatus
from dashboard.export.about import about_selection, bulk_about, with_terms
from dashboard.export.bulk import write_bulk
from dashboard.export.coarsen import Coarseness
from dashboard.export.formats import FORMATS
from dashboard.export.selection import Export, export_of
from dashboard.export.write import ExportRequest
from dashboard.language.dataset_terms import terms_in_words
from dashboard.project.catalog import Catalog
from dashboard.project.project import Project
from dashboard.query.bulk import flat
from dashboard.query.file_name import file_name
from dashboard.query.link import from_params
from dashboard.query.query import Query
from dashboard.settings import read_settings
from tests.acled_file import write_acled

ACLED = Query(datasets=("acled",))
AT = Query(place_ids=("ain_issa",))
# Without the ampersand before it, which XML escapes.
CREDIT = "Event Data (ACLED), acleddata.com"


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    """The curated events, two of ACLED, and one of a table whose licence is unknown."""
    folder = tmp_path_factory.mktemp("terms")
    table = folder / "list.csv"
    table.write_text("name,date,lat,lon\nMeeting,2021-01-20,36.4,38.86\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVENT_MAP_WORKSPACE", str(folder / "w.sqlite"))
        assert main([str(write_acled(folder / "acled.csv"))]) == ExitStatus.OK
        named = ["--name", "Field list", "--column", "title=name"]
        assert main([str(table), *named]) == ExitStatus.OK
        project = Project(read_settings())
        yield project.catalog(project.load())


def _export(catalog: Catalog, query: Query) -> Export:
    selected = catalog.select(query)
    assert selected is not None
    totals, _counts = catalog.totals(query)
    about = about_selection(catalog, query, totals, "link")
    exported = export_of(selected, Coarseness.ORIGINAL, about)
    return with_terms(exported, catalog.terms(totals.datasets))


def _text(name: str, data: bytes) -> str:
    """All text of a file, also of one that is compressed or a database."""
    if name == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return " ".join(book.read(part).decode() for part in book.namelist())
    if name == "gpkg":
        database = sqlite3.connect(":memory:")
        database.deserialize(data)
        return " ".join(text for (text,) in database.execute("SELECT text FROM about"))
    return data.decode("utf-8-sig")


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_has_the_terms_of_its_datasets_and_of_no_others(catalog: Catalog, name: str):
    text = _text(name, FORMATS[name].make(_export(catalog, ACLED)))
    assert CREDIT in text
    assert "https://acleddata.com/eula" in text
    assert "Field list" not in text
    others = replace(ACLED, datasets=("curated", "field_list"))
    text = _text(name, FORMATS[name].make(_export(catalog, others)))
    assert "acleddata.com" not in text
    assert "Field list: credit unknown. Licence: unknown." in text


def test_a_file_says_that_its_rows_may_not_be_shared(catalog: Catalog):
    about = _export(catalog, Query()).about
    assert about["terms"].startswith("The terms of ACLED do not allow rows to be published")
    assert "terms" not in _export(catalog, Query(datasets=("field_list",))).about


def test_files_of_any_size_have_the_terms_too(catalog: Catalog, tmp_path: Path):
    terms = catalog.terms(catalog.totals(Query())[0].datasets)
    by_dataset = {each.dataset_id: terms_in_words(each) for each in terms}
    for ending in ("csv", "parquet"):
        rows = catalog.engine.batches(flat, catalog.effective(Query()))
        write_bulk(tmp_path / f"a.{ending}", ending, rows, bulk_about(terms), by_dataset)
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        stated = {row["dataset"]: row["dataset_terms"] for row in csv.DictReader(file)}
    assert stated == {"curated": "", **by_dataset}
    metadata = pq.read_schema(tmp_path / "a.parquet").metadata
    assert "(ACLED), acleddata.com" in metadata[b"credits"].decode()
    assert "GeoNames (CC BY 4.0)" in metadata[b"credits"].decode()
    assert metadata[b"terms"].decode().startswith("The terms of ACLED")


def test_a_selected_place_narrows_every_file_as_it_narrows_the_list(catalog: Catalog):
    whole, here = _export(catalog, Query()), _export(catalog, AT)
    there = set(whole.places.loc[whole.places["place_id"] == "ain_issa", "event_id"])
    assert 0 < len(there) < len(whole.events)
    assert set(here.events["event_id"]) == there
    assert catalog.totals(AT)[0].shown == len(there)
    batches = catalog.engine.batches(flat, catalog.effective(AT))
    assert {key for batch in batches for key in batch["event_id"].to_pylist()} == there
    events = catalog.totals(Query())[0].shown
    sentence = here.about["selection"]
    assert sentence.startswith(f"{len(there)} of {events} events, killed: no figure, at Ain Issa")
    assert file_name(AT) == "events_at_ain_issa"


def test_only_datasets_with_events_at_the_place_are_credited(catalog: Catalog):
    assert "acled" not in catalog.totals(AT)[0].datasets
    assert "acleddata.com" not in _export(catalog, AT).about["credits"]


def test_the_command_refuses_rows_that_may_not_be_shared(
    catalog: Catalog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = tmp_path / "a.csv"
    assert export_selection("", ExportRequest("csv"), out) == ExitStatus.NOTHING
    error = capsys.readouterr().err
    assert "The terms of ACLED" in error
    assert "--accept-terms" in error
    assert not out.exists()
    assert export_selection("", ExportRequest("csv"), out, accept_terms=True) == ExitStatus.OK
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == catalog.events
    assert all("(ACLED), acleddata.com" in row["file_credits"] for row in rows)
    assert all(row["file_terms"].startswith("The terms of ACLED") for row in rows)


def test_the_command_asks_nothing_where_rows_may_be_shared(catalog: Catalog, tmp_path: Path):
    out = tmp_path / "a.geojson"
    assert export_selection("at=ain_issa", ExportRequest("geojson"), out) == ExitStatus.OK
    collection = json.loads(out.read_text(encoding="utf-8"))
    query, _notices = from_params(
        parse_qs(collection["about"]["link"].removeprefix("?")), catalog.vocabulary
    )
    assert query == AT
    assert "terms" not in collection["about"]
