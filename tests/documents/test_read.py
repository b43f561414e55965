"""Files of all kinds as documents; a file that cannot be read is a fault, and the rest is read."""

import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.documents.duplicates import DuplicateIndex
from dashboard.documents.read import Document, iter_documents
from dashboard.model.article import PASTED
from dashboard.model.corpus import Corpus
from dashboard.model.errors import Fault

TEXT = "قصفت القوات التركية محيط بلدة عين عيسى بريف الرقة الشمالي بقذائف المدفعية دون إصابات.\n"
PAGE = """<html><head><title>قصف على عين عيسى</title>{head}</head><body>
<div class="menu"><a href="/">الرئيسية</a> <a href="/x">أخبار</a></div>
<article><h1>قصف على عين عيسى</h1>{top}<p>{text}</p><p>{text}</p><p>{text}</p></article>
<footer>جميع الحقوق محفوظة 2019</footer></body></html>"""


def read_bytes(name: str, content: bytes) -> tuple[list[Document], list[Fault]]:
    items = list(iter_documents(name, content))
    documents = [item for item in items if isinstance(item, Document)]
    return documents, [item for item in items if isinstance(item, Fault)]


def page(head: str = "", top: str = "") -> bytes:
    return PAGE.format(head=head, top=top, text=TEXT * 3).encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1256", "utf-16", "utf-16-le"])
def test_arabic_text_is_read_in_every_usual_encoding(encoding: str):
    (document,), faults = read_bytes("a.txt", TEXT.encode(encoding))
    assert faults == []
    assert document.text == TEXT.strip()


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t ", "empty"),
        ("a.txt", bytes(range(256)) * 9, "binary"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(99), "image"),
        ("a.pdf", b"%PDF-1.7 ...", "PDF"),
        ("a.txt", b"Turkish forces shelled the town.", "0% Arabic"),
        ("a.txt", TEXT.encode().decode("latin-1").encode(), "Latin encoding"),
        ("a.txt", TEXT.encode() * 400_000, "MB"),
        ("a.html", b"<html><body></body></html>", "no running text"),
        ("a.csv", "العمود\nقيمة".encode(), "العمود"),
        ("a.zip", b"PK\x03\x04 broken", "not a zip file"),
    ],
)
def test_a_file_that_is_no_article_is_a_fault(name: str, content: bytes, found: str):
    documents, (fault,) = read_bytes(name, content)
    assert documents == []
    assert fault.file == name
    assert found.lower() in fault.found.lower()


def test_the_name_of_a_file_is_not_a_path():
    (document,), _ = read_bytes("../../etc/passwd\n\0.txt", TEXT.encode())
    assert document.name == "passwd.txt"


@pytest.mark.parametrize(
    ("head", "top", "published"),
    [
        (
            '<meta property="article:published_time" content="2021-02-22T10:00:00Z">',
            "",
            "2021-02-22",
        ),
        ("", '<time datetime="2021-02-22">اليوم</time>', "2021-02-22"),
        ("", '<span class="date">22 شباط 2021</span>', "2021-02-22"),
        ("", "<p>22 شباط</p>", None),
        ("", "", None),
        # Two dates on the page, and nothing says which is the article's.
        ("", '<i class="date">22 شباط 2021</i><i class="date">3 آذار 2021</i>', None),
    ],
)
def test_a_page_is_dated_only_if_it_states_a_date(head: str, top: str, published: str | None):
    (document,), _ = read_bytes("a.html", page(head, top))
    assert document.published == (datetime.fromisoformat(published) if published else None)
    assert "الرئيسية" not in document.text
    assert document.title == "قصف على عين عيسى"


def test_a_table_gives_an_article_a_row_and_a_fault_for_each_bad_one():
    rows = (
        f'text,outlet,published,title\n"{TEXT}",سانا,2020-12-27,عنوان\n,x,,\nhello,x,,\n'
        f'"{TEXT} ثانيا",,غدا,\n'
    )
    documents, faults = read_bytes("many.csv", rows.encode())
    assert [d.outlet for d in documents] == ["سانا", None]
    assert documents[0].published == datetime(2020, 12, 27)  # noqa: DTZ001
    assert documents[0].text.startswith("عنوان\n\n")
    assert [(f.row, f.field) for f in faults] == [(3, "text"), (4, "text"), (5, "published")]


def _zip(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_an_archive_is_read_file_by_file():
    bomb = b"\xd8\xa7" * 10_000_000
    content = _zip(
        {"a.txt": TEXT.encode(), "../b.txt": TEXT.encode(), "bomb.txt": bomb, "in.zip": _zip({})}
    )
    documents, faults = read_bytes("news.zip", content)
    assert [d.name for d in documents] == ["news.zip: a.txt", "news.zip: b.txt"]
    assert [f.file for f in faults] == ["news.zip: bomb.txt", "news.zip: in.zip"]


def test_an_office_file_is_named_as_such():
    _, faults = read_bytes("a.docx", _zip({"[Content_Types].xml": b"", "word/document.xml": b""}))
    assert "Office" in faults[0].found


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.csv", "a.zip"]))
def test_any_bytes_are_documents_or_faults(content: bytes, name: str):
    documents, faults = read_bytes(name, content)
    assert documents or faults or name == "a.csv"


def test_a_repeated_text_is_reported_with_the_earlier_one(corpus: Corpus):
    index = DuplicateIndex()
    for key, article in corpus.articles.items():
        assert index.add(key, article.text) is None
    key, article = next(iter(corpus.articles.items()))
    again = index.add("x", "\n " + article.text.replace("أ", "ا"))
    assert again
    assert (again.key, again.exact) == (key, True)
    near = index.add("y", article.text.replace("الروسية", "روسية", 1) + " انتهى.")
    assert near
    assert (near.key, near.exact) == (key, False)


def test_a_pasted_text_is_no_row_of_a_table():
    table = f'text,outlet,published\n"{TEXT}",Outlet,2021-01-10\n'
    (document,) = iter_documents(PASTED, table.encode(), pasted=True)
    assert isinstance(document, Document)
    assert (document.name, document.outlet) == ("pasted text", "Outlet")
    assert str(document.published_reason) == "Entered with the pasted text"
    (fault,) = iter_documents(PASTED, b"text\nIn no language of ours\n", pasted=True)
    assert str(fault).startswith("pasted text, text: expected")
