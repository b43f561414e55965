"""Reading documents in its parts: archives, encodings, saved pages, tables of articles."""

import hashlib
import io
import zipfile
from datetime import date

import pytest

from dashboard.documents.archive import is_zip, members
from dashboard.documents.decode import NotTextError, arabic_share, check_arabic, clean, decode
from dashboard.documents.page import read_page
from dashboard.documents.read import Document, iter_documents
from dashboard.documents.table import read_rows
from dashboard.model.errors import Fault

SENTENCE = "قصفت القوات التركية بلدة عين عيسى شمال الرقة صباح اليوم."
PAGE = f"""<html><head><title>عنوان الخبر</title>
<meta property="article:published_time" content="2021-01-18T10:00:00Z">
<meta property="og:site_name" content="Made-up News"></head>
<body><nav>الرئيسية</nav><article><h1>عنوان الخبر</h1>{f"<p>{SENTENCE * 3}</p>" * 4}</article>
</body></html>"""


def _zip(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _members(content: bytes) -> tuple[dict[str, bytes], list[Fault]]:
    faults: list[Fault] = []
    return dict(members("a.zip", content, faults)), faults


def test_the_files_of_an_archive_are_read_but_for_hidden_ones():
    content = _zip(**{"a.txt": b"1", "folder/b.txt": b"2", ".hidden": b"3", "__MACOSX/c": b"4"})
    assert is_zip(content)
    assert _members(content) == ({"a.txt": b"1", "folder/b.txt": b"2"}, [])


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"PK\x03\x04 and nothing more", "zip"),
        (_zip(a=_zip(b=b"1")), "an archive in an archive"),
        (_zip(a=b"\0" * 10_000_000), "packed"),
        (_zip(**{"[Content_Types].xml": b"<x/>"}), "Office"),
    ],
)
def test_malicious_archives_are_faults(content: bytes, found: str):
    read, faults = _members(content)
    assert read == {}
    assert found in str(faults[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
def test_arabic_is_decoded_whatever_its_encoding(encoding: str):
    assert decode((SENTENCE * 5).encode(encoding)) == SENTENCE * 5


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03" * 100, bytes(range(256)) * 4])
def test_what_is_no_text_is_refused_with_a_reason(content: bytes):
    with pytest.raises(NotTextError) as refused:
        check_arabic(decode(content))
    assert refused.value.expected
    assert refused.value.found


def test_a_text_is_cleaned_and_its_arabic_counted():
    assert clean("a\r\nb\rc\x07\ud800") == clean(clean("a\r\nb\rc\x07\ud800"))
    assert "\r" not in clean("a\r\nb\rc")
    assert clean("\ud800").encode("utf-8")
    assert arabic_share("") == 0
    assert arabic_share("ab عي") == 0.5
    check_arabic(SENTENCE)


def test_a_saved_page_gives_its_article_and_what_it_states():
    page = read_page(PAGE)
    assert page is not None
    assert SENTENCE in page.text
    assert "الرئيسية" not in page.text
    assert page.published is not None
    assert page.published.date() == date(2021, 1, 18)
    assert (page.title, page.outlet) == ("عنوان الخبر", "Made-up News")
    assert page.reason


def test_a_page_without_an_article_is_none():
    assert read_page("<html><body></body></html>") is None


def test_a_row_of_a_table_is_an_article():
    faults: list[Fault] = []
    table = f"text,published,outlet\n{SENTENCE},2021-01-18,Made-up\n,2021-01-19,No text\n"
    (row,) = read_rows("a.csv", table, faults)
    assert (row.number, row.text, row.outlet) == (2, SENTENCE, "Made-up")
    assert row.published is not None
    assert row.published.date() == date(2021, 1, 18)
    assert [fault.row for fault in faults] == [3]


def test_a_table_without_a_column_text_is_a_fault():
    faults: list[Fault] = []
    assert list(read_rows("a.csv", "a,b\n1,2\n", faults)) == []
    assert "text" in str(faults[0])


def test_a_document_has_the_hash_of_its_text():
    (document,) = iter_documents("a.txt", SENTENCE.encode())
    assert isinstance(document, Document)
    assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()
