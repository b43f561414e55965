"""Any text is read on any day of publication: what cannot be computed is unknown, nothing raises."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.dates.find import find_dates
from dashboard.extraction.reader import Reader
from dashboard.model.corpus import Corpus
from dashboard.model.when import DatePrecision
from dashboard.review.rereading import reader_of
from dashboard.text.normalise import normalise

DAYS = (
    None,
    date.min,
    date(1, 1, 2),
    date(1343, 1, 1),
    date(2021, 1, 10),
    date(2100, 1, 1),
    date.max,
)
RELATIVE = (
    *("أمس", "أول أمس", "غدا", "اليوم", "الاثنين", "الأحد الماضي", "الجمعة المقبلة", "قبل 999 عام"),
    *("منذ 999 سنة", "قبل يومين", "قبل أيام", "الأسبوع الماضي", "الأسبوع المقبل", "الشهر الماضي"),
    *("الشهر القادم", "العام الماضي", "العام المقبل", "5 رمضان", "شهر محرم", "31 كانون الأول"),
    *("29 شباط", "1 كانون الثاني من العام الماضي", "31 كانون الأول المقبل", "17 من الشهر ذاته"),
    *(
        "مطلع العام الماضي",
        "أواخر الشهر المقبل",
        "النصف الثاني من العام المقبل",
        "صيف العام المقبل",
    ),
    *("السنوات العشر الماضية", "الأشهر المقبلة", "خلال 999 يوما المقبلة", "999 ساعة الماضية"),
    *("بين 28 كانون الأول و2 كانون الثاني", "من 5 إلى 7 كانون الثاني"),
)
DAMAGED = (
    *("99/99/9999", "32-13-0000", "0000-00-00", "2020-02-30", "31/2/2020", "1/1/1", "00/00/00"),
    *("1/1/99999999999999999999", "١٢/٣/٢٠٢٠", "²/³/2020", "9" * 400, "1442/9/1", "30 صفر 1500"),
    *(
        "\ud800",
        "\udfff",
        "\x00",
        "\x1f",
        "\u202e",
        "\u0640",
        "\u064b",
        "\ufdfa",
        "\ufffe",
        "\U0010ffff",
    ),
    *(
        "\r",
        "\n",
        "\u2028",
        "\x85",
        " " * 50,
        "«",
        '"',
        "(",
        "{{7*7}}",
        "%s",
        "\\",
        "<mark>",
        "قرية",
    ),
)
WORDS = (
    "قصفت",
    "القوات",
    "عين",
    "عيسى",
    "نفى",
    "ذلك",
    "في",
    "من",
    "إلى",
    "بين",
    "و",
    "،",
    ".",
    "قرى",
)

ANY = st.text(st.characters(), max_size=60)
TOKENS = st.lists(st.sampled_from((*RELATIVE, *DAMAGED, *WORDS)), max_size=40)
TEXTS = (
    TOKENS.map(" ".join) | TOKENS.map("".join) | st.builds(str.__add__, ANY, TOKENS.map(" ".join))
)

_readers: list[Reader] = []


def reader(corpus: Corpus) -> Reader:
    if not _readers:
        _readers.append(reader_of(corpus))
    return _readers[0]


@settings(max_examples=400)
@given(TEXTS, st.sampled_from(DAYS))
def test_no_text_raises_and_every_span_is_of_the_text(corpus: Corpus, text: str, day: date | None):
    reading = reader(corpus).read(text, day)
    for mention in (*reading.places, *reading.actors, *reading.dates, *reading.unknown):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.surface == text[mention.start : mention.end]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("words", RELATIVE)
def test_a_relative_date_is_of_the_calendar_or_unknown(words: str, day: date | None):
    for mention in find_dates(normalise(f"قصفت القوات في {words} عين عيسى"), day):
        if mention.when is None:
            assert str(mention.reason)
            assert (
                day is None or not mention.anchor_needed or "no date before" in str(mention.reason)
            )


def test_the_day_before_the_first_day_is_unknown_and_said_to_be(corpus: Corpus):
    (mention,) = find_dates(normalise("قصفت القوات أمس عين عيسى"), date.min)
    assert mention.when is None
    assert not mention.anchor_needed
    assert str(mention.reason).startswith("beyond the years of the calendar")
    (suggestion,) = reader(corpus).read("قصفت القوات التركية أمس عين عيسى.", date.min).suggestions
    assert suggestion.when.undated
    assert "beyond the years of the calendar" in str(suggestion.date_reason)


def test_a_month_of_the_hijri_calendar_beyond_its_tables_is_unknown():
    (mention,) = find_dates(normalise("في شهر رمضان"), date(2100, 1, 1))
    assert mention.when is None
    assert str(mention.reason).startswith("beyond the years of the calendar")


@pytest.mark.parametrize(("day", "start"), [(date.min, None), (date(1, 1, 3), date.min)])
def test_news_of_the_first_days_has_no_earlier_bound(corpus: Corpus, day: date, start: date | None):
    (suggestion,) = reader(corpus).read("قصفت القوات التركية عين عيسى.", day).suggestions
    assert (suggestion.when.start, suggestion.when.end) == (start, day)
    assert suggestion.when.precision is (DatePrecision.WEEK if start else DatePrecision.OPEN)


def test_a_chain_of_dates_is_no_endless_range():
    text = "من 1/1/2020 " + " ".join(f"إلى {day}/1/2020" for day in range(2, 31))
    mentions = find_dates(normalise(text))
    assert any("from one date to the other" in str(m.reason) for m in mentions)
    assert max(len(str(m.reason)) for m in mentions) < 1_000
    assert mentions[-1].when is not None
    assert mentions[-1].when.end == date(2020, 1, 30)
