"""What a text says about itself is what its reading finds."""

import pytest

from dashboard.extraction.about import headline_of
from dashboard.extraction.reader import Reader
from dashboard.model.corpus import Corpus
from dashboard.review.rereading import reader_of


@pytest.fixture(scope="module")
def reader(corpus: Corpus) -> Reader:
    return reader_of(corpus)


def test_an_article_says_of_itself_what_its_reading_finds(reader: Reader, corpus: Corpus):
    for article in corpus.articles.values():
        about, reading = reader.about(article.text), reader.read(article.text)
        assert about.published == reading.published
        assert about.outlet_id == (reading.outlet.outlet_id if reading.outlet else None)
        assert about.headline == headline_of(article.text, reading.zones)


def test_a_dateline_names_outlet_and_day(reader: Reader):
    about = reader.about("قصف على معرة النعمان\nدمشق - سانا 27/12/2019\nقصفت الطائرات المدينة.")
    assert about.outlet_id == "sana"
    assert about.published is not None
    assert about.published.value.date().isoformat() == "2019-12-27"
    assert about.headline == "قصف على معرة النعمان"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("الخميس 14 كانون الثاني 2021", "2021-01-14"),
        ("صنعاء - السبت 16 كانون الثاني 2021", "2021-01-16"),
        ("الثلاثاء 5 تشرين الثاني 2024", "2024-11-05"),
        ("عين عيسى | 3 شباط 2021", "2021-02-03"),
    ],
)
def test_a_line_that_is_a_date_is_no_headline_but_dates_the_text(
    reader: Reader, line: str, day: str
):
    about = reader.about(f"انفجار في السويداء\n\n{line}\n\nانفجرت عبوة ناسفة اليوم في المدينة.")
    assert about.published is not None
    assert about.published.value.date().isoformat() == day
    assert about.headline == "انفجار في السويداء"


@pytest.mark.parametrize(
    "line",
    [
        "صورة أرشيفية 28 كانون الأول 2020",
        "قصف على بلدة عين عيسى 28 كانون الأول 2020",
        "مقتل 14 منذ 2021",
    ],
)
def test_the_date_of_a_picture_does_not_date_the_text(reader: Reader, line: str):
    text = f"قصف مدفعي على عين عيسى اليوم\n{line}\nقصفت القوات البلدة اليوم بالمدفعية."
    assert reader.about(text).published is None


def test_a_text_without_dateline_states_nothing(reader: Reader):
    about = reader.about("قصفت الطائرات المدينة.")
    assert (about.outlet_id, about.published) == (None, None)
