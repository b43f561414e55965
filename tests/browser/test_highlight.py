"""Highlighting gives the page that trying every mark on every piece gives, in far fewer steps."""

import sys
from collections.abc import Sequence
from itertools import pairwise
from types import FrameType
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboard.browser.highlight import MOST_NESTED, Mark, highlight
from dashboard.browser.reading import reading_html
from dashboard.extraction.reader import Reading
from dashboard.model.corpus import Corpus
from dashboard.text.escape import escape

TEXT = "قصفت القوات التركية أمس بلدة عين عيسى"
SPANS = st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)), max_size=MOST_NESTED)


def plainly(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    inside = [mark for mark in marks if mark.start < end and mark.end > start]
    edges = {start, end}
    for mark in inside:
        edges |= {max(mark.start, start), min(mark.end, end)}
    page = ""
    for a, b in pairwise(sorted(edges)):
        piece = f'<span data-start="{a}">{escape(text[a:b])}</span>'
        for mark in inside:
            if mark.start <= a and mark.end >= b:
                piece = f'<mark class="{mark.css}">{piece}</mark>'
        page += piece
    return page


@given(SPANS, st.integers(0, 20), st.integers(21, len(TEXT)))
def test_each_piece_has_the_marks_that_lie_over_it_in_their_order(spans, start: int, end: int):
    marks = [Mark(*span, css=f"m{number}") for number, span in enumerate(spans)]
    assert highlight(TEXT, start, end, marks) == plainly(TEXT, start, end, marks)


def test_marks_beyond_the_distinguishable_ones_are_counted():
    marks = [Mark(0, 5, f"m{number}") for number in range(MOST_NESTED + 7)]
    page = highlight(TEXT, 0, len(TEXT), marks)
    assert page.count("<mark") == MOST_NESTED + 1
    assert 'title="7 more marks on these words"' in page
    assert "more" not in highlight(TEXT, 0, len(TEXT), marks[:MOST_NESTED])


def test_four_times_the_marks_take_four_times_the_steps():
    def steps(number: int) -> int:
        text = TEXT * number
        marks = [Mark(at, at + 90, "quote") for at in range(0, len(text) - 90, 12)]
        lines = [0]

        def count(frame: FrameType, event: str, _: Any) -> Any:
            lines[0] += event == "line"
            return count

        before = sys.gettrace()
        sys.settrace(count)
        try:
            highlight(text, 0, len(text), marks)
        finally:
            sys.settrace(before)
        return lines[0]

    assert steps(160) / steps(40) < 4.5


def test_what_is_not_suggested_is_said_above_the_article(corpus: Corpus):
    article = next(iter(corpus.articles.values()))
    reading = Reading((), (), (), (), (), (), None, left_out=1_234)
    assert "1,234 more claims of events are not suggested" in reading_html(
        corpus, article, reading, []
    )
    whole = Reading((), (), (), (), (), (), None)
    assert "not suggested" not in reading_html(corpus, article, whole, [])
