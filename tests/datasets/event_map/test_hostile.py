"""Files of this program that somebody edited or damaged: every difference is a fault, never silent."""

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from dashboard.datasets.event_map.encode import MOST_CHARACTERS, RecordError, from_json, to_json
from dashboard.datasets.event_map.join import ChildTables, program_tables
from dashboard.datasets.event_map.layouts import RECORD, Layout
from dashboard.datasets.event_map.long_texts import long_texts
from dashboard.datasets.event_map.read import REQUIRED
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.formats.registry import CUSTOM, EVENT_MAP, recognise_format
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Counted, Estimate, Measure
from dashboard.model.exported_corpus import corpus_of
from dashboard.model.exported_event import ExportedEvent
from dashboard.model.message import message
from dashboard.model.selected import SelectedEvents
from dashboard.query.query import Query
from tests.datasets.event_map.files import (
    Analyst,
    export_file,
    records_of,
    rows_of_faults,
    subset,
    without_events,
)
from tests.oracle.select import EventIndex
from tests.oracle.selected import selected_events

Edit = Callable[[list[dict[str, str]]], None]


@pytest.fixture(scope="module")
def selected(corpus: Corpus, index: EventIndex) -> SelectedEvents:
    return selected_events(corpus, index, Query(kinds=("arrest", "withdrawal", "demand")))


@pytest.fixture(scope="module")
def record(selected: SelectedEvents) -> ExportedEvent:
    return max(records_of(selected).values(), key=lambda record: len(record.claims))


def _edited(path: Path, edit: Edit) -> Path:
    """The CSV with its rows edited."""
    csv.field_size_limit(10_000_000)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    columns = list(rows[0])
    edit(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def _set(number: int, column: str, value: str) -> Edit:
    def edit(rows: list[dict[str, str]]) -> None:
        assert rows[number][column] != value
        rows[number][column] = value

    return edit


@pytest.mark.parametrize(
    ("layout", "column", "value"),
    [
        (Layout.EVENT, "latitude", "35.5"),
        (Layout.EVENT, "title_en", "another title"),
        (Layout.EVENT, "title_ar", ""),
        (Layout.EVENT, "date_start", "2020-02-02"),
        (Layout.EVENT, "killed_best", "99"),
        (Layout.EVENT, "claims_asserting", "77"),
        (Layout.EVENT, "attestation", "verified"),
        (Layout.EVENT, "event_id", "another"),
        (Layout.CLAIM, "quote", "other words"),
        (Layout.CLAIM, "stance", "disputes"),
        (Layout.CLAIM, "claim_id", "none"),
        (Layout.CLAIM, "headline", "another headline"),
        (Layout.PLACE, "longitude", "38"),
        (Layout.PLACE, "uncertainty_m", "1"),
        (Layout.PLACE, "place_precision", "precise"),
    ],
)
def test_an_edited_cell_is_a_fault_of_its_row(
    selected: SelectedEvents,
    corpus: Corpus,
    tmp_path: Path,
    layout: Layout,
    column: str,
    value: str,
):
    path = _edited(export_file(tmp_path, selected, "csv", layout), _set(0, column, value))
    done = Analyst(tmp_path / "datasets", without_events(corpus)).read(path)
    faults = list(rows_of_faults(done))
    # Another claim than those of the event is a fault of the row, not of a column.
    assert faults == [(2, "" if column == "claim_id" else column)]
    assert done.good == done.rows - 1


def test_cells_that_excel_writes_in_another_notation_are_no_faults(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path
):
    def resave(rows: list[dict[str, str]]) -> None:
        for row in rows:
            for column in ("date_start", "date_end"):
                if row[column]:
                    year, month, day = row[column].split("-")
                    row[column] = f"{int(day)}/{int(month)}/{year}"
            row["reviewed"] = row["reviewed"].upper()
            row["latitude"] = row["latitude"].rstrip("0")

    path = _edited(export_file(tmp_path, selected, "csv"), resave)
    analyst = Analyst(tmp_path / "datasets", without_events(corpus))
    assert analyst.read(path).faults.total == 0
    assert records_of(analyst.selected()) == records_of(selected)


@pytest.mark.parametrize("column", ["event_date", "fatalities", "actor1", "notes", "interaction"])
def test_an_edited_cell_of_acled_is_a_fault(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path, column: str
):
    path = _edited(export_file(tmp_path, selected, "acled"), _set(0, column, "2019-01-01"))
    done = Analyst(tmp_path / "datasets", without_events(corpus)).read(path)
    assert list(rows_of_faults(done)) == [(2, column)]


@pytest.mark.parametrize(
    ("sheet", "column", "value"),
    [
        ("Claims", "quote", "other words"),
        ("Claims", "claim_id", "none"),
        ("Places", "latitude", 12.5),
        ("Actors", "role", "mediator!"),
        ("Articles", "headline", "another"),
        ("Events", "summary_en", "another"),
    ],
)
def test_an_edited_cell_of_any_sheet_is_a_fault(
    selected: SelectedEvents,
    corpus: Corpus,
    tmp_path: Path,
    sheet: str,
    column: str,
    value: object,
):
    path = export_file(tmp_path, selected, "xlsx")
    book = load_workbook(path)
    header = [item.value for item in book[sheet][1]]
    book[sheet].cell(row=2, column=header.index(column) + 1, value=value)
    book.save(path)
    done = Analyst(tmp_path / "datasets", without_events(corpus)).read(path)
    field = column if sheet == "Events" else f"{sheet.lower()}.{column}"
    assert field in {fault.field for fault in done.faults.first}
    assert done.good < done.rows


def test_a_deleted_row_of_a_sheet_is_a_fault(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path
):
    path = export_file(tmp_path, selected, "xlsx")
    book = load_workbook(path)
    book["Claims"].delete_rows(2)
    book.save(path)
    done = Analyst(tmp_path / "datasets", without_events(corpus)).read(path)
    (fault,) = done.faults.first
    assert fault.field == "claims"
    assert "rows" in str(fault.expected)


def test_an_edited_table_of_a_geopackage_is_a_fault(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path
):
    path = export_file(tmp_path, selected, "gpkg")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE claims SET stance = 'denies' WHERE fid = 0")
    connection.close()
    done = Analyst(tmp_path / "datasets", without_events(corpus)).read(path)
    assert {fault.field for fault in done.faults.first} == {"claims.stance"}


def test_an_edited_point_or_claim_of_geojson_is_a_fault(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path
):
    path = export_file(tmp_path, selected, "geojson")
    document = json.loads(path.read_text(encoding="utf-8"))
    placed = [at for at, item in enumerate(document["features"]) if item["geometry"]]
    document["features"][placed[0]]["geometry"]["coordinates"] = [30.0, 30.0]
    document["features"][placed[1]]["properties"]["claims"][0]["quote"] = "other words"
    path.write_text(json.dumps(document), encoding="utf-8")
    done = Analyst(tmp_path / "datasets", without_events(corpus)).read(path)
    faults = set(rows_of_faults(done))
    assert {(placed[0] + 1, "latitude"), (placed[0] + 1, "longitude")} <= faults
    assert (placed[1] + 1, "claims.quote") in faults


def test_rows_of_one_event_with_two_records_are_faults(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path
):
    several = max(records_of(selected).values(), key=lambda record: len(record.claims))

    def edit(rows: list[dict[str, str]]) -> None:
        own = [row for row in rows if row["event_id"] == several.event.event_id]
        own[1][RECORD] = own[1][RECORD].replace('"version":1', '"version": 1')

    path = _edited(export_file(tmp_path, subset(selected, [several.event.event_id]), "csv",
                               Layout.CLAIM), edit)  # fmt: skip
    done = Analyst(tmp_path / "datasets", without_events(corpus)).read(path)
    assert list(rows_of_faults(done)) == [(3, RECORD)]


def _wrong(record: ExportedEvent, **changes: object) -> str:
    return msgspec.json.encode(msgspec.structs.replace(record, **changes)).decode()


def _records(record: ExportedEvent) -> dict[str, str]:
    """Records that are wrong, each in its own way."""
    text = to_json(record)
    far = [msgspec.structs.replace(place, latitude=91.0) for place in record.gazetteer]
    shifted = [replace(claim, start=claim.start + 1) for claim in record.claims]
    distant = [
        replace(claim, start=10**12, end=10**12 + len(claim.quote)) for claim in record.claims
    ]
    half = [msgspec.structs.replace(place, longitude=None) for place in record.gazetteer]
    endless = [msgspec.structs.replace(place, uncertainty_m=2**31) for place in record.gazetteer]
    inside = [msgspec.structs.replace(place, within=("a",) * 60) for place in record.gazetteer]
    reason = message("a")
    for _ in range(70):
        reason = message("{x}", x=reason)
    nested = replace(record.event, date_reason=reason)
    columns = replace(record.event, source_columns=(("a", "1"), ("a", "2")))
    many = Estimate(Measure.KILLED, None, 10**9 + 1, None, Counted.EVERYONE, None, "many")
    uncounted = [replace(claim, estimates=(many,)) for claim in record.claims]
    return {
        "nothing": "",
        "no JSON": "{",
        "truncated": text[: len(text) // 2],
        "a list": "[]",
        "null": "null",
        "deep": "[" * 100_000,
        "huge": '"' + "x" * (MOST_CHARACTERS + 1) + '"',
        "a newer version": _wrong(record, version=2),
        "another field": text.replace('"version":1', '"version":1,"more":1'),
        "unknown kind": text.replace(f'"kind":"{record.event.kind}"', '"kind":"none"'),
        "no places": _wrong(record, gazetteer=()),
        "no parties": _wrong(record, parties=()),
        "no articles": _wrong(record, articles=()),
        "no outlets": _wrong(record, outlets=()),
        "no claims": _wrong(record, claims=()),
        "far": _wrong(record, gazetteer=tuple(far)),
        "shifted": _wrong(record, claims=tuple(shifted)),
        "distant": _wrong(record, claims=tuple(distant)),
        "half a point": _wrong(record, gazetteer=tuple(half)),
        "an endless radius": _wrong(record, gazetteer=tuple(endless)),
        "too many containers": _wrong(record, gazetteer=tuple(inside)),
        "too many places": _wrong(record, places=record.places * 2_001),
        "a place twice": _wrong(record, gazetteer=record.gazetteer * 2),
        "a claim twice": _wrong(record, claims=record.claims * 2),
        "a column twice": _wrong(record, event=columns),
        "too many killed": _wrong(record, claims=tuple(uncounted)),
        "a nested reason": _wrong(record, event=nested),
        "a wrong stance": text.replace('"stance":"asserts"', '"stance":"likes"'),
        "a wrong day": text.replace('"when":{"start":', '"when":{"start":"2021-02-30","x":'),
        "another event's rows": text.replace(
            f'"event_id":"{record.event.event_id}"', '"event_id":"other"', 1
        ),
    }


WRONG = (
    "nothing", "no JSON", "truncated", "a list", "null", "deep", "huge", "a newer version",
    "another field", "unknown kind", "no places", "no parties", "no articles", "no outlets",
    "half a point", "an endless radius", "too many containers", "too many places",
    "a place twice", "a claim twice", "a column twice", "a nested reason",
    "too many killed",
    "no claims", "far", "shifted", "distant", "a wrong stance", "a wrong day",
    "another event's rows",
)  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_record_is_refused(record: ExportedEvent, corpus: Corpus, name: str):
    texts = _records(record)
    assert set(texts) == set(WRONG)
    with pytest.raises(RecordError) as raised:
        from_json(texts[name], corpus.lexicon.kinds)
    assert raised.value.expected
    assert len(str(raised.value)) < 1_000


@pytest.mark.parametrize("name", [name for name in WRONG if name != "huge"])
def test_a_wrong_record_costs_its_own_row(
    selected: SelectedEvents, record: ExportedEvent, corpus: Corpus, tmp_path: Path, name: str
):
    text = _records(record)[name]
    path = _edited(export_file(tmp_path, selected, "csv"), _set(0, RECORD, text))
    done = Analyst(tmp_path / "datasets", without_events(corpus)).read(path)
    assert {fault.row for fault in done.faults.first} == {2}
    assert done.good == done.rows - 1
    assert not done.stopped


def test_a_truncated_file_keeps_its_whole_rows(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path
):
    path = export_file(tmp_path, selected, "csv")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    analyst = Analyst(tmp_path / "datasets", without_events(corpus))
    done = analyst.read(path)
    assert done.faults.total >= 1
    back, whole = records_of(analyst.selected()), records_of(selected)
    assert 0 < len(back) < len(whole)
    assert all(whole[key] == value for key, value in back.items())


def test_a_file_of_an_earlier_version_is_a_custom_table(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path
):
    """Without records it is read by its columns, as before."""
    path = export_file(tmp_path, selected, "csv", Layout.CLAIM)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    old = [{name: row[name] for name in row if name != RECORD} for row in rows]
    assert recognise_format(list(old[0])) == CUSTOM
    assert recognise_format(list(rows[0])) == EVENT_MAP
    assert set(REQUIRED) <= set(rows[0])
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(old[0]))
    writer.writeheader()
    writer.writerows(old)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    done = Analyst(tmp_path / "datasets", without_events(corpus)).read(path)
    assert done.written is not None
    assert done.written.added > 0


def test_a_record_without_any_good_row_writes_nothing(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path
):
    def edit(rows: list[dict[str, str]]) -> None:
        for row in rows:
            row[RECORD] = "{}"

    path = _edited(export_file(tmp_path, selected, "csv"), edit)
    analyst = Analyst(tmp_path / "datasets", without_events(corpus))
    try:
        done = analyst.read(path)
    except TableError:
        return
    assert done.good == 0
    assert done.faults.total == done.rows
    assert not list(analyst.datasets)


TEXT = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30)


@given(TEXT, TEXT, TEXT)
def test_a_record_of_any_texts_is_read_back(
    record: ExportedEvent, corpus: Corpus, title: str, quote: str, cell: str
):
    (claim, *_) = record.claims
    claims = (replace(claim, quote=quote, end=claim.start + len(quote)),)
    event = replace(record.event, title_en=title, source_columns=((cell, title),))
    changed = msgspec.structs.replace(record, event=event, claims=claims)
    text = to_json(changed)
    assert from_json(text, corpus.lexicon.kinds) == changed
    assert not set(text) & {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), "\uffff"}
    read = corpus_of([changed], corpus.lexicon.kinds)
    article = read.articles[claim.article_id]
    assert article.text[claim.start : claim.start + len(quote)] == quote


@pytest.mark.parametrize("name", ["csv", "xlsx", "geojson", "kml", "gpkg", "acled"])
@settings(max_examples=5)
@given(texts=st.tuples(TEXT, TEXT, st.sampled_from(["=1+1", "'=x", "a" * 40_000, "\x07\r\n<b>&"])))
def test_hostile_texts_are_read_back_from_every_format(
    selected: SelectedEvents, corpus: Corpus, tmp_path_factory, name: str, texts
):
    title, cell, quote = texts
    folder = tmp_path_factory.mktemp("hostile")
    event = selected.events[0]
    events = selected.corpus.events
    changed = replace(
        event, title_en=f"={title}", summary_en=quote, source_columns=((f"c {cell}", quote),)
    )
    few = replace(events, events={event.event_id: changed})
    hostile = replace(selected, corpus=replace(selected.corpus, events=few))
    path = export_file(folder, hostile, name)
    analyst = Analyst(folder / "datasets", without_events(corpus))
    done = analyst.read(path, "hostile")
    assert list(map(str, done.faults.first)) == []
    assert records_of(analyst.selected()) == records_of(hostile)


def test_tables_are_recognised_by_their_columns():
    events, claims = ["event_id", RECORD], ["claim_id", "event_id", "quote"]
    assert program_tables({"أحداث": events, "x": claims}, None) == {
        "events": "أحداث",
        "claims": "x",
    }
    assert program_tables({"a": events, "b": events}, None) is None
    assert program_tables({"x": claims}, None) is None
    assert program_tables({"a": events, "x": claims}, "a") == {"events": "a", "claims": "x"}
    assert program_tables({"a": events, "x": claims}, "x") is None
    tables = ChildTables({"claims": [{"event_id": "e", "claim_id": "c"}]})
    assert tables.cells(["e", "f"]) == {"claims": ['[{"event_id": "e", "claim_id": "c"}]', "[]"]}


def test_long_texts_are_put_together_in_order():
    rows = [["S", 2.0, "c", 2.0, "b"], ["S", 2, "c", 1, "'=a"], ["S", "x", "c", 1, "no part"]]
    assert long_texts(rows) == {("S", 2, "c"): "'=ab"}
