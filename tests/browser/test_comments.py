"""A comment as HTML: strangers' text has no power, mentions are marked, withdrawn text is not shown."""

from dataclasses import replace
from datetime import UTC, datetime

from dashboard.browser.comments import comment_html
from dashboard.language.language import ARABIC, using_language
from dashboard.model.shared_work import Comment, Item, ItemKind, Withdrawal

AT = datetime(2026, 11, 29, 8, 5, tzinfo=UTC)
HOSTILE = "<img src=x onerror=alert(1)> **bold** \u202eright @Omar"
COMMENT = Comment(
    Item(ItemKind.EVENT, "e"), "", HOSTILE, "Rana <b>", AT, ("Omar",), (), withdrawn=None
)


def test_a_comment_is_text_with_its_mentions_marked():
    html = comment_html(COMMENT)
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt; **bold** " in html
    assert "[U+202E]" in html, "what reorders text is shown"
    assert 'class="mentioned"' in html
    assert html.count("@Omar") == 1
    assert "Rana &lt;b&gt;" in html
    assert "29 November 2026 08:05 UTC" in html
    assert "mentioned" not in comment_html(replace(COMMENT, mentions=()))


def test_of_a_withdrawn_one_the_reason_is_shown():
    withdrawn = replace(COMMENT, withdrawn=Withdrawal("Omar", AT, "<i>no"))
    html = comment_html(withdrawn)
    assert "bold" not in html
    assert "Withdrawn by <bdi>Omar</bdi>: <bdi>&lt;i&gt;no</bdi>" in html
    with using_language(ARABIC):
        assert "سحبه <bdi>Omar</bdi>" in comment_html(withdrawn)
