"""The history of an event as a page to print, by its tags and texts."""

from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

from dashboard.browser.event_history import event_history_page
from dashboard.language.language import ARABIC, using_language
from dashboard.model.corpus import Corpus
from dashboard.model.message import message
from dashboard.model.records import Difference, Entry, Table

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") or name in {"src", "href"} for name, _ in attrs)


def _entry(seq: int, why: str) -> Entry:
    at = datetime(2021, 1, seq, 12, 30, tzinfo=UTC)
    return Entry(seq, at, f"Rana {HOSTILE}", f"edited {HOSTILE}", why, None, undone=False)


def _page(corpus: Corpus, event_id: str) -> str:
    entries = [_entry(2, "the second"), _entry(1, f"the first {HOSTILE}")]
    before, after = {"title_en": "Before"}, {"title_en": HOSTILE}
    changes = {1: [Difference(Table.EVENT, event_id, before, after)]}
    return event_history_page(corpus, event_id, entries, changes)


def test_it_has_each_claim_with_its_sentence_and_hash_and_each_change_with_its_reason(
    corpus: Corpus,
):
    event_id = corpus.events.claims[0].event_id
    page = _page(corpus, event_id)
    for claim in corpus.events.claims:
        if claim.event_id == event_id:
            assert claim.claim_id in page
            assert corpus.articles[claim.article_id].sha256 in page
            assert claim.quote[:15] in page
    assert page.index("the first") < page.index("the second")
    assert "2021-01-01 12:30:00 UTC" in page


def test_nothing_in_it_runs_or_is_loaded(corpus: Corpus):
    page = _page(corpus, corpus.events.claims[0].event_id)
    tags = _Tags()
    tags.feed(page)
    assert not {"script", "img", "iframe", "link", "object", "a"} & set(tags.tags)
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_a_withdrawn_event_keeps_its_history(corpus: Corpus):
    page = _page(corpus, "no_longer_here")
    assert "This event was withdrawn." in page
    assert "the second" in page
    with using_language(ARABIC):
        assert 'dir="rtl"' in _page(corpus, "no_longer_here")


def test_the_names_of_analysts_can_be_left_out(corpus: Corpus):
    event_id = corpus.events.claims[0].event_id
    record = {"who": "Rana", "ground": "a video", "reason": {"parameters": {"who": "Rana"}}}
    changes = {1: [Difference(Table.VERIFICATION, event_id, None, record)]}
    entries = [replace(_entry(1, "the first"), who="Rana", what="verified")]
    whole = event_history_page(corpus, event_id, entries, changes)
    assert "Rana" in whole
    page = event_history_page(corpus, event_id, entries, changes, authors=False)
    assert "Rana" not in page
    assert "an analyst" in page
    assert "a video" in page


def test_a_page_without_names_has_none_of_whom_an_event_was_assigned_to(corpus: Corpus):
    event_id = next(iter(corpus.events.events))
    item = {"kind": "event", "item_id": event_id}
    assigned = {"item": item, "person": "Rana", "who": "Omar"}
    mentioned = {"item": item, "who": "Omar", "mentions": ["Rana"], "seen_by": []}
    changes = {
        1: [
            Difference(Table.ASSIGNMENT, f"event:{event_id}", None, assigned),
            Difference(Table.COMMENT, f"event:{event_id}:0", None, mentioned),
        ]
    }
    what = message(
        "undid: {what}", what=message("assigned to {who}: {title}", who="Rana", title="T")
    )
    entries = [replace(_entry(1, "the first"), who="Omar", what=what)]
    assert "Rana" in event_history_page(corpus, event_id, entries, changes)
    page = event_history_page(corpus, event_id, entries, changes, authors=False)
    assert "Rana" not in page
    assert "Omar" not in page
    assert "seen_by" not in page, "nobody has seen it"
