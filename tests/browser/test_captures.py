"""The proof of a claim as HTML: what is shown, what is blurred, and what a hostile name can do."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from dashboard.browser import captures
from dashboard.browser.captures import proof_html, proofs_html, size_words
from dashboard.browser.event_history import event_history_page
from dashboard.language.language import ARABIC, using_language
from dashboard.model.capture import Capture, CaptureMethod, ClaimProof, SourceLinks, proof_of
from dashboard.model.corpus import Corpus
from dashboard.store.capture_files import FileState
from tests.store.capture_samples import EVENT, capture, claim_of

SHA256 = "a" * 64
_DAY = date(2026, 11, 20)


@pytest.fixture
def picture(corpus: Corpus) -> Capture:
    return capture(claim_of(corpus), sha256=SHA256, size=3_300, media_type="image/png", note="seen")


def sound(_sha256: str) -> FileState:
    return FileState.SOUND


def shown(*rows: Capture, state: FileState = FileState.SOUND, **links: str) -> html.HtmlElement:
    return html.fromstring(proof_html(ClaimProof(captures=rows, **links), lambda _name: state))


def test_a_picture_is_shown_with_its_hash_and_who_took_it(picture: Capture):
    page = shown(picture)
    assert [each.get("src") for each in page.iter("img")] == [f"captures/{SHA256}"]
    text = page.text_content()
    for fact in (
        "3.2 kB",
        "20 November 2026 09:05 UTC",
        "page saved by a browser",
        "Firefox",
        "by Rana",
        "seen",
        SHA256,
    ):
        assert fact in text, fact
    assert not list(page.iter("details"))


def test_a_graphic_picture_is_behind_a_control_that_keys_open(picture: Capture):
    page = shown(replace(picture, graphic=True))
    (details,) = page.iter("details")
    assert details.get("open") is None
    assert [each.tag for each in details] == ["summary"]
    assert len(list(details.iter("img"))) == 1 == len(list(page.iter("img")))
    assert "Graphic content: show it" in details.text_content()


@pytest.mark.parametrize(
    "media_type", ["image/svg+xml", "text/html", "application/pdf", "image/evil", ""]
)
def test_nothing_but_pictures_of_dots_is_shown(picture: Capture, media_type: str):
    page = shown(replace(picture, media_type=media_type))
    assert not list(page.iter("img", "object", "embed", "iframe"))
    assert [each.get("href") for each in page.iter("a")] == [f"captures/{SHA256}"]


def test_a_very_large_picture_is_not_loaded(picture: Capture):
    assert not list(shown(replace(picture, size=captures._MOST_SHOWN + 1)).iter("img"))


@pytest.mark.parametrize(
    ("state", "words"), [(FileState.MISSING, "is missing"), (FileState.ALTERED, "was changed")]
)
def test_a_faulty_file_is_told_and_neither_shown_nor_linked(
    picture: Capture, state: FileState, words: str
):
    page = shown(picture, state=state)
    assert words in page.text_content()
    assert not list(page.iter("img", "a"))


def test_links_are_of_the_web_and_send_no_referrer():
    page = shown(original="https://a.example/?a=1&b=2", archived="javascript:alert(1)")
    (link,) = page.iter("a")
    assert (link.get("href"), link.get("rel")) == (
        "https://a.example/?a=1&b=2",
        "noopener noreferrer",
    )


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_name_and_no_note_is_more_than_text(name: str, note: str):
    row = Capture(
        article_id="a",
        claim_id="c",
        sha256=SHA256,
        size=5,
        media_type="image/png",
        name=f"<img onerror=x>{name}",
        day=_DAY,
        time=None,
        method=CaptureMethod.OTHER,
        tool='"><script>',
        taken_by="</div>",
        note=note,
        graphic=True,
    )
    page = html.fromstring(proof_html(ClaimProof("https://a", None, (row,)), sound))
    tags = {each.tag for each in page.iter() if isinstance(each.tag, str)}
    assert tags <= {
        "div",
        "ul",
        "li",
        "a",
        "img",
        "details",
        "summary",
        "span",
        "bdi",
        "code",
        "br",
    }
    assert all(set(each.keys()) <= {"src", "alt", "loading"} for each in page.iter("img"))


def test_each_claim_has_its_own_proof_and_that_of_its_article(corpus: Corpus, picture: Capture):
    claims = corpus.events.claims
    proof = proof_of([], [picture, replace(picture, claim_id=None, sha256="b" * 64)])
    shown_of = proofs_html(corpus, proof, claims, sound)
    siblings = {row.claim_id for row in claims if row.article_id == picture.article_id}
    assert set(shown_of) == siblings
    own = {claim_id for claim_id, text in shown_of.items() if SHA256 in text}
    assert own == {picture.claim_id}
    assert all("of the whole article" in text for text in shown_of.values())


def test_the_printed_history_has_hashes_and_no_pictures(corpus: Corpus, picture: Capture):
    links = SourceLinks(picture.article_id, None, "https://a.example/", "https://web.archive.org/x")
    page = event_history_page(corpus, EVENT, [], {}, proof_of([links], [picture]))
    for words in (SHA256, "20 November 2026 09:05 UTC", "Rana", "https://web.archive.org/x"):
        assert words in page
    assert "<img" not in page
    assert "captures/" not in page


def test_sizes_are_words():
    assert [size_words(size) for size in (0, 53, 3_300, 5 * 1024 * 1024)] == [
        "0 bytes", "53 bytes", "3.2 kB", "5 MB",
    ]  # fmt: skip


def test_it_is_translated(picture: Capture):
    with using_language(ARABIC):
        text = shown(replace(picture, graphic=True)).text_content()
    assert "محتوى صادم" in text
    assert "صفحة حفظها متصفح" in text


def test_an_original_is_one_link_and_its_facts_are_at_hand(picture: Capture):
    row = replace(picture, method=CaptureMethod.RECEIVED, claim_id=None, media_type="text/html")
    page = shown(row, original="https://a.example/")
    assert [(link.get("href"), link.text) for link in page.iter("a")] == [
        ("https://a.example/", "Original"),
        (f"captures/{SHA256}", "File as it came in"),
    ]
    facts = page.findall(".//a")[1].get("title")
    assert SHA256 in facts
    assert "as it came in" in facts
    assert not list(page.iter("ul"))
    # The page of the article has all of it to read.
    listed = html.fromstring(captures.captures_html([row], sound))
    assert SHA256 in listed.text_content()


def test_an_original_that_was_changed_is_a_fault(picture: Capture):
    row = replace(picture, method=CaptureMethod.RECEIVED)
    page = shown(row, state=FileState.ALTERED)
    assert "was changed" in page.text_content()
    assert not list(page.iter("a"))
