"""Dates in text against expressions of the press (expressions.csv; "?" marks one without an anchor)."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.dates.find import find_dates
from dashboard.dates.lexicon import load_words
from dashboard.model.corpus import Corpus
from dashboard.text.normalise import normalise

with (Path(__file__).parent / "expressions.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
WORDS = sorted({word for role in load_words().roles.values() for word in role})


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['expression']} ({row['published']})")
@pytest.mark.parametrize("around", ["{}", "وقصفت القوات المنطقة {} بالمدفعية.", "«{}»، وفق المصدر"])
def test_an_expression_means_the_days_it_says(row: dict[str, str], around: str):
    mentions = find_dates(normalise(around.format(row["expression"])), _day(row["published"]))
    if not row["start"] and not row["end"]:
        assert mentions == ()
        return
    (mention,) = mentions
    if row["end"] == "?":
        assert mention.when is None
        assert mention.anchor_needed
        return
    assert mention.when is not None
    assert (mention.when.start, mention.when.end) == (_day(row["start"]), _day(row["end"]))


def test_a_mention_covers_exactly_the_words_of_the_date():
    text = "انسحب رتل يوم الأحد 21 فبراير/ شباط 2021، إلى القاعدة"
    (mention,) = find_dates(normalise(text))
    assert mention.surface == text[mention.start : mention.end] == "الأحد 21 فبراير/ شباط 2021"


def test_the_same_month_is_the_one_named_before():
    mentions = find_dates(normalise("في 3 كانون الأول 2020 ثم في 17 من الشهر ذاته"))
    assert [m.when.start for m in mentions if m.when] == [date(2020, 12, 3), date(2020, 12, 17)]


def test_no_number_of_the_articles_is_read_as_a_date(corpus: Corpus):
    for article in corpus.articles.values():
        for mention in find_dates(normalise(article.text), date(2021, 2, 22)):
            assert not mention.surface.strip().isdigit() or len(mention.surface) == 4


@given(st.lists(st.sampled_from([*WORDS, "و", "من", "27", "2020", "/", "-", "شهر", "،", "12/5"])))
def test_any_mix_of_date_words_is_read_without_error(words: list[str]):
    text = " ".join(words)
    previous_end = 0
    for mention in find_dates(normalise(text), date(2021, 1, 5)):
        assert previous_end <= mention.start < mention.end <= len(text)
        previous_end = mention.end


@given(st.text(), st.dates(date(1900, 1, 1), date(2090, 1, 1)))
def test_any_text_is_read_without_error(text: str, published: date):
    for mention in find_dates(normalise(text), published):
        assert text[mention.start : mention.end] == mention.surface
