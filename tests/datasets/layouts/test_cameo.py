"""Events coded by CAMEO: GDELT 1.0 and 2.0 without a header row, and ICEWS."""

from datetime import date
from pathlib import Path

import pytest

from dashboard.datasets.formats.notices import NoticeKind
from tests.datasets.layouts.reading_layouts import imported, table, write

# Source: GDELT Event Codebook 2.0 (19 February 2015), 61 fields, and GDELT 1.0 (codebook 1.03, 2013):
# 57 fields up to March 2013, 58 since.
_ACTOR = (
    "{0}Code {0}Name {0}CountryCode {0}KnownGroupCode {0}EthnicCode {0}Religion1Code "
    "{0}Religion2Code {0}Type1Code {0}Type2Code {0}Type3Code"
)
_EVENT = (
    "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions "
    "NumSources NumArticles AvgTone"
)
_FIRST = [
    *["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"],
    *_ACTOR.format("Actor1").split(),
    *_ACTOR.format("Actor2").split(),
    *_EVENT.split(),
]
_PLACE = "Type FullName CountryCode ADM1Code {0}Lat Long FeatureID"
_PLACES = {
    version: [
        f"{of}Geo_{name}"
        for of in ("Actor1", "Actor2", "Action")
        for name in _PLACE.format(adm2).split()
    ]
    for version, adm2 in ((1, ""), (2, "ADM2Code "))
}
GDELT_57 = [*_FIRST, *_PLACES[1], "DATEADDED"]
GDELT_58 = [*GDELT_57, "SOURCEURL"]
GDELT_61 = [*_FIRST, *_PLACES[2], "DATEADDED", "SOURCEURL"]
EVENT = {
    "GLOBALEVENTID": "410000001", "SQLDATE": "20210118", "MonthYear": "202101", "Year": "2021",
    "FractionDate": "2021.0466", "Actor1Code": "TUR", "Actor1Name": "TURKEY",
    "Actor1CountryCode": "TUR", "Actor2Name": "MADEUPLAND", "IsRootEvent": "1",
    "EventCode": "190", "EventBaseCode": "190", "EventRootCode": "19", "QuadClass": "4",
    "GoldsteinScale": "-10", "NumMentions": "4", "NumSources": "1", "NumArticles": "4",
    "AvgTone": "-3.5", "ActionGeo_Type": "4", "ActionGeo_FullName": "Ain Issa, Ar Raqqah, Syria",
    "ActionGeo_CountryCode": "SY", "ActionGeo_Lat": "36.38", "ActionGeo_Long": "38.86",
    "DATEADDED": "20210118",
}  # fmt: skip


@pytest.mark.parametrize(
    ("names", "count"), [(GDELT_57, 57), (GDELT_58, 58), (GDELT_61, 61)], ids=["57", "58", "61"]
)
def test_gdelt_as_published(names: list[str], count: int, importer, datasets, tmp_path: Path):
    assert len(names) == count
    state = EVENT | {"GLOBALEVENTID": "410000002", "ActionGeo_Type": "5", "EventCode": "010",
                     "EventRootCode": "01"}  # fmt: skip
    country = EVENT | {"GLOBALEVENTID": "410000003", "ActionGeo_Type": "1", "EventCode": "141",
                       "EventRootCode": "14"}  # fmt: skip
    _header, _, text = table(names, [EVENT, state, country], "\t").partition("\n")
    path = write(tmp_path / "20210118.export.CSV", text)
    progress, events = imported(importer, datasets, path)
    assert progress.faults.total == 0
    assert {key: event.kind for key, event in events.items()} == {
        "410000001": "clash", "410000002": "statement", "410000003": "protest",
    }  # fmt: skip
    assert [event.precision for event in events.values()] == ["settlement", "governorate", None]
    first = events["410000001"]
    assert first.days == (date(2021, 1, 18), date(2021, 1, 18))
    assert (first.point, first.place) == ((36.38, 38.86), "Ain Issa")
    assert set(first.actors) == {"initiator", "target"}


# Source: ICEWS Coded Event Data (Harvard Dataverse, doi:10.7910/DVN/28075), as readers of it list its
# columns.
ICEWS = (
    "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t"
    "Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\t"
    "City\tDistrict\tProvince\tCountry\tLatitude\tLongitude"
)
CODED = {
    "Event ID": "20718170", "Event Date": "2021-01-18", "Source Name": "Made-up Army",
    "Source Sectors": "Military", "Source Country": "Syria",
    "Event Text": "Use conventional military force", "CAMEO Code": "190", "Intensity": "-10.0",
    "Target Name": "Made-up Rebels", "Target Sectors": "Rebel", "Target Country": "Syria",
    "Story ID": "1", "Sentence Number": "2", "Publisher": "Made-up Agency", "City": "Ain Issa",
    "District": "Tell Abiad", "Province": "Raqqa", "Country": "Syria", "Latitude": "36.38",
    "Longitude": "38.86",
}  # fmt: skip


def _icews(importer, datasets, tmp_path: Path, *cells: dict[str, str]):
    lines = [CODED | {"Event ID": str(number)} | row for number, row in enumerate(cells, start=1)]
    path = write(tmp_path / "events.2021.tab", table(ICEWS, lines, "\t"))
    progress, events = imported(importer, datasets, path)
    return progress, list(events.values())


def test_icews(importer, datasets, tmp_path: Path):
    progress, (event,) = _icews(importer, datasets, tmp_path, {})
    assert progress.faults.total == 0
    assert event.kind == "clash"
    assert event.title == "Use conventional military force"
    assert event.days == (date(2021, 1, 18), date(2021, 1, 18))
    assert (event.point, event.precision, event.place) == ((36.38, 38.86), "settlement", "Ain Issa")
    assert event.actors == {"initiator": ["Made-up Army"], "target": ["Made-up Rebels"]}
    assert event.outlets == ("Made-up Agency",)
    assert event.source["Intensity"] == "-10.0"


def test_icews_has_no_sharper_place_than_the_area_that_it_names(importer, datasets, tmp_path: Path):
    blank = {"City": "", "District": "", "Province": ""}
    _progress, events = _icews(
        importer, datasets, tmp_path,
        {}, {"City": ""}, {"City": "", "District": ""}, blank,
    )  # fmt: skip
    assert [event.precision for event in events] == ["settlement", "district", "governorate", None]
    assert events[-1].point is None


def test_lost_zeros_of_icews_are_restored_where_the_column_proves_it(
    importer, datasets, tmp_path: Path
):
    """42 can only be 042, so that this column has lost its zeros, and 10 is 010."""
    codes = ("42", "10", "14", "20", "190", "145", "57", "211")
    progress, events = _icews(
        importer, datasets, tmp_path, *({"CAMEO Code": code} for code in codes)
    )
    assert [event.kind for event in events] == [
        "meeting", "statement", "statement", "demand", "clash", "crowd_attack", "agreement", "demand",
    ]  # fmt: skip
    kinds = [kind for kind, *_ in progress.notices if kind != NoticeKind.KIND]
    assert NoticeKind.RESTORED_CODE in kinds


def test_codes_of_icews_that_may_have_lost_a_zero_are_unknown(importer, datasets, tmp_path: Path):
    progress, events = _icews(
        importer, datasets, tmp_path, {"CAMEO Code": "14"}, {"CAMEO Code": "190"}
    )
    assert [event.kind for event in events] == ["unknown", "clash"]
    assert progress.notices[NoticeKind.UNKNOWN_KIND, "CAMEO Code", "14", ""] == 1


def test_codes_with_their_zeros_are_unchanged(importer, datasets, tmp_path: Path):
    _progress, events = _icews(
        importer, datasets, tmp_path, {"CAMEO Code": "042"}, {"CAMEO Code": "14"}
    )
    assert [event.kind for event in events] == ["meeting", "protest"]


@pytest.mark.parametrize("none", ["---", "X"])
def test_a_row_without_a_code_hides_no_codes_of_others(
    none: str, importer, datasets, tmp_path: Path
):
    rows = [
        {"id": str(at), "date": "2021-01-18", "lat": "36.38", "lon": "38.86", "CAMEO": code}
        for at, code in enumerate(("190", "042", none))
    ]
    _progress, events = imported(
        importer, datasets, write(tmp_path / "a.csv", table(list(rows[0]), rows))
    )
    assert [event.kind for event in events.values()] == ["clash", "meeting", "unknown"]
