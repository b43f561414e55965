"""The outlet that a page names itself, in its dateline, header or footer."""

import csv

import pytest

from dashboard.settings import DATA
from dashboard.text.normalise import normalise
from dashboard.text.stated_outlet import OutletIndex

INDEX = OutletIndex()
BODY = "قصفت طائرات حربية أطراف البلدة، ما أدى إلى أضرار مادية في منازل المدنيين ومحالهم."


@pytest.mark.parametrize(
    ("text", "outlet_id", "surface"),
    [
        (f"جنين - وفا: {BODY}", "wafa", "وفا"),
        (f"بغداد/ واع: {BODY}", "ina", "واع"),
        (f"شفق نيوز/ {BODY}", "shafaq", "شفق نيوز"),
        (f"غزة (أ ف ب) - {BODY}", "afp", "أ ف ب"),
        (f"عدن (رويترز) - {BODY}", "reuters", "رويترز"),
        (f"قصف على البلدة | عنب بلدي\n{BODY}", "enab_baladi", "عنب بلدي"),
        (f"{BODY}\nالمصدر: وكالة سانا", "sana", "وكالة سانا"),
        (f"{BODY}\nالمصدر : الجزيرة + وكالات", "aljazeera", "الجزيرة"),
        (f"{BODY}\nجميع الحقوق محفوظة لتلفزيون سوريا", "syria_tv", "تلفزيون سوريا"),
        (f"{BODY} (الأناضول)", "anadolu", "الأناضول"),
    ],
)
def test_an_outlet_is_read_with_its_words(text: str, outlet_id: str, surface: str):
    outlet = INDEX.find(normalise(text))
    assert outlet is not None
    assert outlet.outlet_id == outlet_id
    assert text[outlet.start : outlet.end] == surface


@pytest.mark.parametrize(
    "text",
    [
        "",
        BODY,
        f"قال مصدر لوكالة رويترز إن الطائرات حلقت فوق البلدة. {BODY}",
        f"سارت القوات معا نحو البلدة. {BODY}",
        "الحدث المهم جرى في الجزيرة السورية أمس",
    ],
)
def test_an_agency_that_is_cited_and_an_ordinary_word_are_no_publisher(text: str):
    assert INDEX.find(normalise(text)) is None


def test_every_named_outlet_is_in_the_table_of_outlets():
    def column(file: str) -> set[str]:
        with (DATA / "lexicon" / file).open(encoding="utf-8", newline="") as handle:
            return {row["outlet_id"] for row in csv.DictReader(handle)}

    assert column("outlet_names.csv") <= column("outlets.csv")
