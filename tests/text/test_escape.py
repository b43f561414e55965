from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from dashboard.browser.highlight import Mark, highlight
from dashboard.text.escape import (
    defuse,
    escape,
    escape_attribute,
    escape_markdown_message,
    escape_message,
    undefuse,
)

HOSTILE = st.text() | st.sampled_from(
    ["<script>alert(1)</script>", '"><img src=x onerror=x>', "`${x}`", "\u202e\u2066", "\x00"]
)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]


@given(HOSTILE, HOSTILE)
def test_text_never_becomes_a_tag(first: str, second: str):
    text = first + second
    parser = _Tags()
    page = f'<p title="{escape_attribute(text)}">{escape(text)}</p>'
    parser.feed(page)
    assert set(parser.tags) <= {"p", "span"}
    assert "${" not in page
    assert "\x00" not in page


@given(HOSTILE, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6))
def test_highlighting_keeps_the_text_and_balances_its_tags(text: str, spans):
    text = text * 3
    marks = [Mark(min(pair), max(pair), "quote", text[:10]) for pair in spans if pair[0] != pair[1]]
    page = highlight(text, 0, len(text), marks)
    parser = _Tags()
    parser.feed(page)
    assert set(parser.tags) <= {"mark", "span", "br"}
    assert page.count("<mark") == page.count("</mark>")


@given(HOSTILE)
def test_no_cell_begins_like_a_formula(text: str):
    for start in ("=", "+", "-", "@", "\t", "\r", ""):
        assert not defuse(start + text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.from_regex(r"'{0,3}[=+@\t\r-]?.{0,5}", fullmatch=True) | HOSTILE)
def test_a_defused_cell_gives_its_text_back(text: str):
    assert undefuse(defuse(text)) == text


def test_apostrophes_before_a_formula_are_kept():
    assert defuse("=1") == "'=1"
    assert defuse("'=1") == "''=1"
    assert undefuse("''=1") == "'=1"
    assert defuse("'tis") == undefuse("'tis") == "'tis"


def test_a_message_keeps_its_isolates_only():
    escaped = escape_message("in \u2068<b>عين\u2069 \u202eabc")
    assert "\u2068&lt;b&gt;" in escaped
    assert "[U+202E]" in escaped
    assert "[U+2068]" in escape("\u2068")


def test_a_message_in_markdown_keeps_its_isolates_and_no_embedding():
    shown = escape_markdown_message("\u2068a_b.csv\u2069: \u202eطلب\u202c.")
    assert shown == "\u2068a\\_b\\.csv\u2069\\: طلب\\."
