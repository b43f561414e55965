"""Feeds as articles: RSS, RDF and Atom, what they lack, and what is hostile in them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.documents import feed
from dashboard.documents.feed import is_feed
from dashboard.documents.read import Document, iter_documents
from dashboard.model.errors import Fault

TEXT = "قصفت القوات التركية أمس بلدة عين عيسى بقذائف المدفعية، وفق ما أفاد المرصد السوري."
OTHER = "اندلعت اشتباكات في قرية زنوبيا بين قوات سوريا الديمقراطية والجيش الوطني السوري."
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>عنب بلدي</title><link>https://enab.example/</link>
<item><title>قصف على عين عيسى</title><link>https://enab.example/1</link>
<pubDate>Mon, 25 Jan 2021 01:30:00 +0300</pubDate><description>{OTHER}</description>
<content:encoded><![CDATA[<p>{TEXT}</p><script>alert(1)</script>]]></content:encoded></item>
<item><title>اشتباكات</title><description>&lt;p&gt;{OTHER}&lt;/p&gt;</description></item>
<item><title>فارغ</title></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>عنب بلدي</title>
<entry><title type="html">قصف &lt;b&gt;على&lt;/b&gt; عين عيسى</title>
<link rel="self" href="https://enab.example/self"/><link href="https://enab.example/1"/>
<updated>2021-02-01T00:00:00Z</updated><published>2021-01-25T01:30:00+03:00</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p></div></content></entry>
</feed>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>عنب بلدي</title></channel>
<item><title>قصف على عين عيسى</title><link>https://enab.example/1</link><dc:date>2021-01-25T01:30:00+03:00</dc:date>
<description>{TEXT}</description></item></rdf:RDF>"""


def read(content: bytes | str, name: str = "feed.xml") -> tuple[list[Document], list[Fault]]:
    raw = content.encode() if isinstance(content, str) else content
    items = list(iter_documents(name, raw))
    return (
        [item for item in items if isinstance(item, Document)],
        [item for item in items if isinstance(item, Fault)],
    )


@pytest.mark.parametrize("content", [RSS, ATOM, RDF, "\ufeff" + RSS, "<!-- a -->\n" + ATOM])
def test_an_entry_has_title_day_outlet_link_and_its_fullest_text(content: str):
    document = read(content)[0][0]
    assert document.text == f"قصف على عين عيسى\n\n{TEXT}"
    assert document.title == "قصف على عين عيسى"
    assert document.outlet == "عنب بلدي"
    assert document.url == "https://enab.example/1"
    # As it was where the feed was made.
    assert document.published == datetime(2021, 1, 25, 1, 30)  # noqa: DTZ001


def test_entries_are_numbered_and_one_without_a_text_is_a_fault():
    documents, faults = read(RSS)
    assert [document.name for document in documents] == ["feed.xml, entry 1", "feed.xml, entry 2"]
    assert OTHER in documents[1].text
    assert documents[1].published is None
    assert [(fault.file, fault.row, fault.found) for fault in faults] == [("feed.xml", 3, "none")]


def test_an_entry_that_is_not_arabic_is_a_fault_and_the_next_is_read():
    documents, faults = read(RSS.replace(TEXT, "Nothing here is Arabic."))
    assert [document.name for document in documents] == ["feed.xml, entry 2"]
    assert (faults[0].row, faults[0].expected) == (1, "Arabic text")


def test_a_feed_that_was_cut_off_is_read_as_far_as_it_goes_and_is_a_fault():
    documents, faults = read(RSS[: RSS.index("</channel>")])
    assert OTHER in documents[1].text
    (fault,) = (fault for fault in faults if fault.expected == "well-formed XML")
    assert fault.found == "no element found; it was read as far as it could be"
    assert fault.row > 0


def test_what_follows_damage_is_read():
    documents, _faults = read(
        RSS.replace("<link>https://enab.example/1</link>", "<link>a&b<x></link>")
    )
    assert any(OTHER in document.text for document in documents)


def test_no_entity_is_resolved_and_nothing_is_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("كلمة السر السرية")
    entity = (
        f'<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY x SYSTEM "file://{secret}">]>'
    )
    content = RSS.replace('"UTF-8"?>', f'"UTF-8"?>{entity}').replace(OTHER, f"{OTHER} &x;")
    _, faults = read(content)
    documents = [page for _number, page in feed.read_feed("a", content.encode(), faults)]
    assert documents
    assert all("السر السرية" not in page.text for page in documents)


def test_entities_that_grow_are_not_expanded():
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY a0 "aaaaaaaaaa">{levels}]>'
    content = RSS.replace('"UTF-8"?>', f'"UTF-8"?>{bomb}').replace(OTHER, "&a11;")
    pages = list(feed.read_feed("a", content.encode(), []))
    assert sum(len(page.text) for _number, page in pages) < 10_000


def test_too_many_entries_are_refused(monkeypatch):
    monkeypatch.setattr(feed, "MAX_ENTRIES", 2)
    documents, (fault,) = read(RSS)
    assert documents == []
    assert "at most 2 entries" in fault.expected


@pytest.mark.parametrize("text", ["<html><body>", "a <rss>", '<?xml version="1.0"?><kml/>', ""])
def test_what_is_no_feed_is_none(text: str):
    assert not is_feed(text.encode())


@given(st.binary(max_size=300))
def test_no_bytes_are_an_error_of_the_program(content: bytes):
    documents, faults = read(b"<rss><channel><item>" + content)
    assert len(documents) + len(faults) > 0
