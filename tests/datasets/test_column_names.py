"""The names of columns: each field has some in both languages, and no name is that of two fields."""

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from dashboard.datasets.files.errors import UnclearError
from dashboard.datasets.formats import registry
from dashboard.datasets.formats.cell_forms import resolve_date_order
from dashboard.datasets.formats.column_mapping import ROLES
from dashboard.datasets.formats.guessed_columns import guess_columns
from dashboard.documents.table import read_rows
from dashboard.model.errors import DataError, Fault
from dashboard.model.rows import load_records
from dashboard.settings import DATA
from dashboard.text import column_names
from dashboard.text.column_names import ColumnName, load_column_names

ARTICLES = ("text", "title", "published", "outlet", "url")
TABLES = [("column_names.csv", ROLES), ("article_column_names.csv", ARTICLES)]


@pytest.mark.parametrize(("file", "fields"), TABLES)
def test_every_field_has_a_name_in_each_language(file: str, fields: tuple[str, ...]):
    rows = load_records(DATA / "lexicon" / file, ColumnName)
    assert list(load_column_names(file, fields)) == list(fields)
    ours = [row for row in rows if row.language in ("en", "ar")]
    of_both = {(row.field, row.language) for row in ours}
    assert of_both == {(field, language) for field in fields for language in ("en", "ar")}
    for row in ours:
        assert row.name.isascii() == (row.language == "en"), row


def test_each_name_is_read_as_its_field_alone():
    """As the reader compares names: folded, without spaces and punctuation."""
    names = load_column_names("column_names.csv", ROLES)
    for role, spellings in names.items():
        for name in spellings:
            assert guess_columns([name]) == {role: name}
            assert guess_columns([f" {name.upper().replace(' ', '_')}. "]).keys() == {role}


def test_each_name_of_a_column_of_articles_is_read_as_its_field_alone():
    names = load_column_names("article_column_names.csv", ARTICLES)
    assert max(Counter(name for spellings in names.values() for name in spellings).values()) == 1
    values = {"text": "words", "title": "t", "published": "2021-01-18", "outlet": "o", "url": "u"}
    for field, spellings in names.items():
        for name in spellings:
            header = [name.upper() if each == field else each for each in ARTICLES]
            faults: list[Fault] = []
            table = f"{','.join(header)}\n{','.join(values.values())}\n"
            (row,) = read_rows("a.csv", table, faults)
            assert not faults
            assert (row.text, row.title, row.outlet, row.url) == ("words", "t", "o", "u")
            assert row.published is not None


@pytest.mark.parametrize(
    ("column", "role"),
    [
        ("Event Date (dd/mm/yyyy)", "date"),
        ("date_start [UTC]", "date"),
        ("IncidentID", "event_id"),
        ("EventDate", "date"),
        ("Latitude (WGS 84)", "lat"),
        ("خط الطول (شرق)", "lon"),
        ("Wounded (total)", "wounded"),
        ("Lat (°N)", "lat"),
        ("القرية / البلدة", "place"),
        ("Governorate - المحافظة", "admin1"),
        ("Tarih (gg.aa.yyyy)", "date"),
        ("YARALI SAYISI", "wounded"),
        ("Anzahl der Toten", "killed"),
        ("Type d'incident", "kind"),
    ],
)
def test_a_remark_on_the_cells_does_not_hide_a_column(column: str, role: str):
    assert guess_columns([column]) == {role: column}


@pytest.mark.parametrize(
    ("column", "order"),
    [
        ("Date (dd/mm/yyyy)", "dmy"), ("Date mm/dd/yy", "mdy"), ("Date (JJ/MM/AAAA)", "dmy"),
        ("date_ddmmyyyy", None), ("Date", None),
    ],
)  # fmt: skip
def test_the_name_of_a_column_says_the_order_of_its_dates(column: str, order: str | None):
    sample = pd.DataFrame({column: ["05/02/2021"]})
    if order is None:
        with pytest.raises(UnclearError):
            resolve_date_order(sample, [column], None)
    else:
        assert resolve_date_order(sample, [column], None) == order
    # Not against its values.
    sample = pd.DataFrame({column: ["25/02/2021"]})
    assert resolve_date_order(sample, [column], None) == "dmy"


@pytest.mark.parametrize("column", ["Injured (children)", "Date (report)", "Deaths (disputed)"])
def test_a_remark_that_says_more_is_another_column(column: str):
    assert guess_columns([column]) == {}


def test_columns_of_known_formats_are_not_taken_for_two_fields():
    for known in registry.FORMATS.values():
        columns = guess_columns(known.required)
        assert max(Counter(columns.values()).values()) == 1


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("\nlat,latitude,", "\nlatitude,latitude,",
         "field: expected a known id, found 'latitude'"),
        ("\nlat,lat,en,", "\nlat,lat,,", "language: expected a value, found nothing"),
        ("\nlon,lon,", "\nlon,lat,", "name: expected a value not used before, found 'lat'"),
        ("\nurl,", "\n#url,", "field: expected a known id, found '#url'"),
    ],
)  # fmt: skip
def test_a_damaged_row_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, fault: str
):
    text = (DATA / "lexicon" / "column_names.csv").read_text(encoding="utf-8")
    assert old in text
    damaged = text.replace(old, new)
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "damaged.csv").write_text(damaged, encoding="utf-8")
    monkeypatch.setattr(column_names, "DATA", tmp_path)
    load_column_names.cache_clear()
    with pytest.raises(DataError) as raised:
        load_column_names("damaged.csv", ROLES)
    row = damaged[: damaged.index(new) + 1].count("\n") + 1
    assert f"damaged.csv, row {row}, {fault}" in str(raised.value)


@pytest.mark.parametrize(
    ("role", "column", "other"),
    [
        ("date", "Incident date", "Date"),
        ("date", "Date de l'événement", "date"),
        ("date", "تاريخ الحدث", "التاريخ"),
        ("event_id", "Incident ID", "ID"),
        ("kind", "Type of event", "Type"),
    ],
)
def test_a_column_of_the_event_counts_before_one_without_that_word(
    role: str, column: str, other: str
):
    assert guess_columns([other, column])[role] == column
    assert guess_columns([column, other])[role] == column


@pytest.mark.parametrize(
    ("column", "cells", "role"),
    [
        ("Where", ["36.3837, 38.8629", ""], "latlon"),
        ("Where", ["36°23'N 38°51'E", "36°24'N 38°51'E"], "latlon"),
        ("Where", ["37SDA7662327029"], "latlon"),
        ("Score", ["3,5", "4,8"], None),
        ("Part", ["3/5", "4/8"], None),
        ("Entry", ["12SYR33", "7SYR28"], None),
        ("Rooms", ["12 5", "10 7"], None),
        ("Long/Lat", ["38.8629, 36.3837"], "lonlat"),
        ("Coordinates (lon, lat)", ["38.8629, 36.3837"], "lonlat"),
        # A list may be in the order of GeoJSON, as one of this name, or in that of maps.
        ("coordinates", ["[38.8629, 36.3837]"], "lonlat"),
        ("Where", ["[38.8629, 36.3837]"], None),
        ("latlng", ["[36.3837, 38.8629]"], "latlon"),
        ("coordinates", ["[138.8629, 36.3837]"], "lonlat"),
        ("coordinates", ["[36.3837, 138.8629]"], "latlon"),
    ],
)
def test_pairs_of_numbers_that_are_no_coordinates_are_no_points(
    column: str, cells: list[str], role: str | None
):
    columns = guess_columns([column], pd.DataFrame({column: cells}, dtype=object))
    assert columns == ({} if role is None else {role: column})


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        (
            "Fecha del hecho;Departamento;Municipio;Latitud;Longitud;Tipo de evento;Víctimas fatales",
            ["date", "admin1", "admin2", "lat", "lon", "kind", "killed"],
        ),
        ("año;mes;día;latitud;longitud;tipo", ["year", "month", "day", "lat", "lon", "kind"]),
        (
            "Olay Tarihi;İl;İlçe;Enlem;Boylam;Olay Türü;Ölü Sayısı",
            ["date", "admin1", "admin2", "lat", "lon", "kind", "killed"],
        ),
        (
            "Dîrok;Parêzgeh;Bajar;Firehî;Dirêjî;Cureya bûyerê;Kuştî",
            ["date", "admin1", "place", "lat", "lon", "kind", "killed"],
        ),
        (
            "بەروار;پارێزگا;شوێن;هێڵی پانی;هێڵی درێژی;جۆری ڕووداو;کوژراو",
            ["date", "admin1", "place", "lat", "lon", "kind", "killed"],
        ),
        (
            "Дата события;Область;Район;Широта;Долгота;Тип события;Погибшие",
            ["date", "admin1", "admin2", "lat", "lon", "kind", "killed"],
        ),
        (
            "_1_Date_of_incident;2. Latitude;3. Longitude;deaths_low;deaths_best;deaths_high",
            ["date", "lat", "lon", "killed_low", "killed", "killed_high"],
        ),
    ],
)
def test_headers_in_other_languages_and_of_forms(header: str, roles: list[str]):
    columns = header.split(";")
    assert guess_columns(columns) == dict(zip(roles, columns, strict=True))


def test_the_day_a_form_was_filled_in_hides_no_date_of_an_event():
    columns = ["start", "end", "_1_Date_of_incident", "_submission_time", "lat", "lon"]
    assert guess_columns(columns)["date"] == "_1_Date_of_incident"
