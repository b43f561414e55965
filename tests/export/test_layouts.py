"""What a row stands for, its coordinates and sources, dates of Excel, long texts, HXL tags, codes."""

import csv
import io
import json
from dataclasses import replace
from datetime import datetime

import pytest
from openpyxl import load_workbook

from dashboard.datasets.event_map.acled_actors import INTER, acled_actors, interaction
from dashboard.datasets.event_map.layouts import Layout, best_place, layout_columns
from dashboard.datasets.event_map.long_texts import LONG_TEXTS
from dashboard.datasets.event_map.ucdp_columns import ucdp_date_prec
from dashboard.datasets.formats.codebook_columns import UCDP_GED
from dashboard.export.coarsen import Coarseness
from dashboard.export.formats import FORMATS
from dashboard.export.hxl import hxl_tags
from dashboard.export.options import ExportOptions
from dashboard.export.selection import Export, best_places, by_event, export_of, records
from dashboard.export.tables import flat_table
from dashboard.export.workbook import to_xlsx
from dashboard.model.corpus import Corpus
from dashboard.query.query import Query
from dashboard.text.escape import undefuse
from tests.oracle.select import EventIndex
from tests.oracle.selected import selected_events


@pytest.fixture(scope="module")
def export(corpus: Corpus, index: EventIndex) -> Export:
    selected = selected_events(corpus, index, Query())
    return export_of(selected, Coarseness.ORIGINAL, {"selection": "a test"})


def _csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_an_event_has_one_row_with_its_best_known_place(export: Export):
    _columns, rows = flat_table(export, Layout.EVENT)
    assert [row["event_id"] for row in rows] == list(export.events["event_id"])
    places = by_event(export.places)
    several = [row for row in rows if len(places.get(row["event_id"], [])) > 1]
    assert several
    for row in several:
        best = best_place(places[row["event_id"]])
        assert best is not None
        assert (row["latitude"], row["longitude"]) == (best["latitude"], best["longitude"])
        assert row["place"] == best["name_en"]
        for place in places[row["event_id"]]:
            assert place["name_en"] in row["places_en"]
            assert f"{place['latitude']}, {place['longitude']} ±" in row["coordinates"]


def test_the_best_known_place_is_the_most_precise_then_where_it_happened():
    places = [
        {"precision": "region", "role": "at"},
        {"precision": "settlement", "role": "near"},
        {"precision": "settlement", "role": "to"},
        {"precision": "settlement", "role": "from"},
    ]
    assert best_place(places) == places[2]
    assert best_place([]) is None


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("name", ["csv", "geojson"])
def test_no_event_claim_or_place_is_lost_in_a_layout(export: Export, layout: Layout, name: str):
    data = FORMATS[name].make(export, ExportOptions(layout))
    if name == "csv":
        rows = _csv(data)
    else:
        rows = [
            feature["properties"]
            for feature in json.loads(data)["features"]
            if feature["properties"]["layer"] == layout.value
        ]
    assert {row["event_id"] for row in rows} == set(export.events["event_id"])
    unplaced = len(set(export.events["event_id"]) - set(export.places["event_id"]))
    expected = {
        Layout.EVENT: len(export.events),
        Layout.CLAIM: len(export.claims),
        Layout.PLACE: len(export.places) + unplaced,
    }
    assert len(rows) == expected[layout]
    for row in rows:
        assert set(layout_columns(layout)) <= set(row) or name == "geojson"
        if row["located"] in {True, "True"}:
            assert -90 <= float(row["latitude"]) <= 90
            assert -180 <= float(row["longitude"]) <= 180


@pytest.mark.parametrize("name", ["acled", "csv"])
def test_sources_of_a_row_are_those_of_its_event(export: Export, corpus: Corpus, name: str):
    key = "event_id_cnty" if name == "acled" else "event_id"
    outlets = "source" if name == "acled" else "outlets"
    rows = _csv(FORMATS[name].make(export))
    for row in rows:
        claims = [claim for claim in corpus.events.claims if claim.event_id == row[key]]
        articles = {claim.article_id: corpus.articles[claim.article_id] for claim in claims}
        others = set(corpus.articles) - set(articles)
        assert all(article.headline in row["sources"] for article in articles.values())
        assert not any(corpus.articles[other].headline in row["sources"] for other in others)
        named = {corpus.lexicon.outlets[a.outlet_id].name_en for a in articles.values()}
        assert set(row[outlets].split("; ")) == named


def test_days_are_dates_of_excel(export: Export, corpus: Corpus):
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].make(export)))
    for sheet, column, table in (
        (book.worksheets[0], "date_start", export.events),
        (book.worksheets[0], "date_end", export.events),
        (book["Articles"], "published", export.articles),
        (book["Articles"], "published_latest", export.articles),
    ):
        number = [item.value for item in sheet[1]].index(column) + 1
        for at, row in enumerate(records(table), start=2):
            item = sheet.cell(row=at, column=number)
            if row[column] is None:
                assert item.value is None
                continue
            assert item.is_date
            expected = datetime.fromisoformat(row[column]).replace(tzinfo=None)
            assert item.value == expected
    for row in records(export.articles):
        stated = corpus.articles[row["article_id"]].published
        assert bool(row["published_offset"]) == bool(stated and stated.tzinfo)
        assert row["published_offset"] is None or row["published"].endswith(row["published_offset"])


def test_a_day_that_excel_lacks_is_text(export: Export):
    old = replace(export, events=export.events.assign(date_start="1850-01-02"))
    sheet = load_workbook(io.BytesIO(to_xlsx(old, {}))).worksheets[0]
    number = [item.value for item in sheet[1]].index("date_start") + 1
    assert sheet.cell(row=2, column=number).value == "1850-01-02"


@pytest.mark.parametrize("character", ["ق", "=", "😀"])
def test_a_long_text_is_whole_in_a_further_sheet_and_in_csv(export: Export, character: str):
    text = character + "a" * 70_000
    long = replace(export, events=export.events.assign(summary_en=text))
    book = load_workbook(io.BytesIO(to_xlsx(long, {})))
    events, parts = book["events"], book["long_texts"]
    rows = [dict(zip(LONG_TEXTS, row, strict=True)) for row in parts.iter_rows(2, values_only=True)]
    first = [row for row in rows if row["row"] == 2]
    assert [row["part"] for row in first] == list(range(1, len(first) + 1))
    assert {(row["sheet"], row["column"]) for row in first} == {("events", "summary_en")}
    assert "".join(undefuse(row["text"]) for row in first) == text
    column = [item.value for item in events[1]].index("summary_en") + 1
    cut = events.cell(row=2, column=column).value
    assert text.startswith(undefuse(cut))
    assert len(cut) > 16_000
    (row, *_) = _csv(FORMATS["csv"].make(long))
    assert undefuse(row["summary_en"]) == text
    assert "long_texts" not in load_workbook(io.BytesIO(to_xlsx(export, {}))).sheetnames


def test_hxl_tags_are_a_second_header_row(export: Export):
    options = ExportOptions(hxl_tags=True)
    header, tags, first, *_ = csv.reader(
        io.StringIO(FORMATS["csv"].make(export, options).decode("utf-8"), newline="")
    )
    by_column = dict(zip(header, tags, strict=True))
    expected = {"event_id": "#event+id", "date_start": "#date+start", "latitude": "#geo+lat",
                "longitude": "#geo+lon", "admin1": "#adm1+name"}  # fmt: skip
    assert {name: by_column[name] for name in expected} == expected
    assert all(tag == "" or tag.startswith("#") for tag in tags)
    assert first[0] == export.events["event_id"].iloc[0]
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].make(export, options)))
    events = book.worksheets[0]
    read = [item.value for item in events[2]]
    assert [value or "" for value in read] == hxl_tags([item.value for item in events[1]])
    assert events.freeze_panes == "B3"
    assert events.cell(row=3, column=1).value == export.events["event_id"].iloc[0]


def _actor(type_: str, top: str = "", role: str = "party") -> dict[str, str]:
    return {"name_en": type_, "type": type_, "top_party": top, "role": role}


def test_types_of_actors_follow_from_their_type_and_country():
    turkey, syria = _actor("state_force", "turkey"), _actor("state_force", "syrian_government")
    row = acled_actors([turkey, syria], "Battles", "Syria")
    assert (row["inter1"], row["inter2"]) == ("External/Other forces", "State forces")
    assert row["interaction"] == "State forces-External/Other forces"
    assert acled_actors([turkey], "Battles", "Turkey")["interaction"] == "State forces only"
    crowd = acled_actors([_actor("crowd", role="initiator")], "Riots", "Syria")
    assert crowd["interaction"] == "Rioters only"


def test_a_type_that_is_not_known_is_blank():
    group, syria = _actor("armed_group", "sdf"), _actor("state_force", "syrian_government")
    row = acled_actors([group, syria], "Battles", "Syria")
    assert (row["inter1"], row["inter2"], row["interaction"]) == ("", "State forces", "")
    row = acled_actors([syria, group], "Battles", "Syria")
    assert (row["inter1"], row["inter2"], row["interaction"]) == ("State forces", "", "")
    assert acled_actors([syria], "Battles", "")["inter1"] == ""
    assert acled_actors([], "Battles", "Syria")["interaction"] == ""


def test_each_pair_of_types_has_the_order_of_the_codes():
    for at, first in enumerate(INTER):
        for second in INTER[at:]:
            assert interaction(first, second) == interaction(second, first) == f"{first}-{second}"


def test_ucdp_has_its_columns_and_one_row_per_event(export: Export):
    rows = _csv(FORMATS["ucdp"].make(export))
    assert len(UCDP_GED) == 49
    assert tuple(rows[0])[: len(UCDP_GED)] == UCDP_GED
    assert [row["id"] for row in rows] == list(export.events["event_id"])
    best = best_places(export)
    for row, event in zip(rows, records(export.events), strict=True):
        assert row["date_start"] == (event["date_start"] or "")
        place = best.get(event["event_id"])
        assert row["latitude"] == (str(place["latitude"]) if place else "")
        assert row["where_prec"] == (str(place["ucdp_where_prec"]) if place else "")
        assert ("undated" in row["coding_note"]) == (event["date_precision"] is None)
        assert not row["event_clarity"]
        assert not row["type_of_violence"]


@pytest.mark.parametrize(
    ("start", "end", "precision", "code"),
    [
        ("2021-01-18", "2021-01-18", "day", 1),
        ("2021-01-18", "2021-01-20", "week", 2),
        ("2021-01-18", "2021-01-24", "week", 3),
        ("2021-01-01", "2021-01-31", "month", 4),
        ("2021-01-01", "2021-12-31", "year", 5),
        ("2021-01-01", "2021-12-30", "open", 5),
        ("2019-01-01", "2021-12-30", "open", None),
        (None, "2021-12-30", "open", None),
        (None, None, None, None),
    ],
)
def test_the_precision_of_a_date_in_ucdp(
    start: str | None, end: str | None, precision: str | None, code: int | None
):
    event = {"date_start": start, "date_end": end, "date_precision": precision}
    assert ucdp_date_prec(event) == code
