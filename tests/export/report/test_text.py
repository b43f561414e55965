"""Strangers' text: cleaned, with the directions of its letters, in runs and in lines."""

import unicodedata
from collections.abc import Iterator
from contextlib import closing

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st

from dashboard.export.report.bidi import ISOLATES, levels, reads_from_right, visual_order
from dashboard.export.report.clean import MOST_LETTERS, lines, message_text, plain, web_address
from dashboard.export.report.parts import Direction, Paragraph, Role, Span
from dashboard.export.report.pdf_fonts import Fonts
from dashboard.export.report.pdf_lines import LineBreaker
from dashboard.export.report.runs import Embedded, Run, runs_of
from dashboard.language.language import ARABIC, ENGLISH, Language

MIXED = st.text(
    st.sampled_from(
        "abc XYZ 123 ٠١٢ ابتثلا ًّ ().,:;“”-–/%+\u2068\u2069\u202e\u200f\x07\ud800\ufffe漢😀"
    )
)


@pytest.fixture(scope="module")
def fonts() -> Iterator[Fonts]:
    with closing(Fonts(FPDF(unit="pt"))) as opened:
        yield opened


def seen(text: str, direction: Direction) -> str:
    """The text as it is seen from left to right."""
    return "".join(text[at] for at in visual_order(levels(text, direction)))


@pytest.mark.parametrize(
    ("text", "direction", "shown"),
    [
        ("abc", "ltr", "abc"),
        ("قال NATO في 2020", "rtl", "2020 يف NATO لاق"),
        ("say \u2068قال NATO\u2069 now", "ltr", "say \u2068NATO لاق\u2069 now"),
        ("في \u2066[1, 2–5]\u2069 مرحبا", "rtl", "ابحرم \u2069[1, 2–5]\u2066 يف"),
        ("27 كانون الأول 2020", "rtl", "2020 لوألا نوناك 27"),
    ],
)
def test_mixed_text_is_seen_in_the_order_of_unicode(text: str, direction: Direction, shown: str):
    assert seen(text, direction) == shown


def test_a_paragraph_reads_as_its_first_letter():
    assert reads_from_right("«12 قال NATO")
    assert not reads_from_right("12 NATO قال")
    assert not reads_from_right("…")


@given(st.text())
def test_plain_text_has_nothing_that_acts(text: str):
    cleaned = plain(text)
    assert len(cleaned) <= MOST_LETTERS
    assert all(unicodedata.category(it) not in {"Cc", "Cs"} for it in cleaned)
    assert not set(cleaned) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe")
    assert plain(cleaned) == cleaned
    cleaned.encode()


@given(MIXED)
def test_messages_have_their_isolates_and_no_override(text: str):
    cleaned = message_text(text)
    assert "\u202e" not in cleaned
    assert [it for it in cleaned if it in ISOLATES] == [it for it in text if it in ISOLATES]


def test_long_rows_of_signs_are_shortened():
    assert plain("a" + "-" * 5_000 + "b").count("-") < 100
    assert "…" in plain("a" + "-" * 5_000 + "b")
    assert plain("x" * 9_000).endswith("…")
    assert lines("one\r\n\n two \u2028 three") == ["one", "two", "three"]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://example.org",
        "https://example.org/a b",
        'https://example.org/"onclick',
        "https://example.org/\u202egnp.exe",
        f"https://example.org/{'a' * 600}",
        "",
        None,
    ],
)
def test_no_other_address_becomes_a_link(url: str | None):
    assert web_address(url) == ""


def test_an_address_of_the_web_stays():
    assert web_address(" https://example.org/a?b=ج ") == "https://example.org/a?b=ج"


def _texts(runs: list[Run | Embedded]) -> str:
    return "".join(it.text if isinstance(it, Run) else _texts(list(it.parts)) for it in runs)


@given(st.lists(MIXED, min_size=1, max_size=4), st.sampled_from([ENGLISH, ARABIC]))
def test_runs_have_all_letters_in_their_order(texts: list[str], language: Language):
    spans = tuple(Span(message_text(text)) for text in texts)
    paragraph = Paragraph(Role.TEXT, spans, language)
    shown = "".join(it for it in paragraph.text if it not in ISOLATES)
    assert _texts(runs_of(paragraph)) == shown


def test_runs_say_which_way_they_read():
    paragraph = Paragraph(Role.TEXT, (Span("قال NATO في 2020"),), ARABIC)
    assert [(it.text, it.from_right) for it in runs_of(paragraph) if isinstance(it, Run)] == [
        ("قال ", True),
        ("NATO", False),
        (" في 2020", True),
    ]
    nested = Paragraph(Role.TEXT, (Span("say \u2068قال NATO اليوم\u2069"),), ENGLISH)
    first, inner = runs_of(nested)
    assert isinstance(first, Run)
    assert isinstance(inner, Embedded)
    assert inner.from_right
    assert [it.text for it in inner.parts if isinstance(it, Run)] == ["قال ", "NATO", " اليوم"]


@given(MIXED, st.sampled_from([ENGLISH, ARABIC]), st.floats(40, 400))
def test_lines_are_no_wider_than_their_column_and_lose_nothing(
    fonts: Fonts, text: str, language: Language, width: float
):
    paragraph = Paragraph(Role.TEXT, (Span(message_text(text * 3)),), language)
    drawn = LineBreaker(fonts, 10).lines(paragraph, width, [])
    assert all(line.width <= width * 1.01 for line in drawn)
    given_ = sorted(it for it in fonts.drawn(paragraph.text) if it not in ISOLATES and it != " ")
    found = sorted(it for line in drawn for part in line.parts for it in part.text if it != " ")
    assert len(found) == len([it for it in paragraph.text if it not in ISOLATES and it != " "])
    assert given_[: len(found)] == found or set(found) <= set(given_)


def test_a_footnote_stands_after_the_word_that_it_is_of(fonts: Fonts):
    for language, sides in ((ENGLISH, ["Orient", "12"]), (ARABIC, ["12", "نت"])):
        spans = (Span("Orient" if language is ENGLISH else "نت"), Span("", note=0))
        (line,) = LineBreaker(fonts, 10).lines(Paragraph(Role.TEXT, spans, language), 200, ["12"])
        assert [part.text for part in line.parts] == sides
        assert line.notes == (0,)


def test_a_letter_and_the_mark_above_it_are_shaped_as_one(fonts: Fonts):
    """fpdf2 draws "ثًا" in three parts, wider than it measures it."""
    plain_width = fonts.width("ثا", 10, bold=False, from_right=True)
    assert fonts.width("ثًا", 10, bold=False, from_right=True) == pytest.approx(plain_width)


def test_a_letter_that_no_font_has_is_shown_as_missing(fonts: Fonts):
    assert fonts.drawn("a漢ب") == "a\ufffdب"
