"""Mails as articles: what is read of them, what is refused, and that nothing hostile takes long."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.documents import mail
from dashboard.documents.mail import is_mail
from dashboard.documents.read import Document, find_files, iter_documents
from dashboard.model.errors import Fault

TEXT = "قصفت القوات التركية أمس بلدة عين عيسى بقذائف المدفعية، وفق ما أفاد المرصد السوري.\n"
SUBJECT = "قصف على عين عيسى"
MAILDIR_NAME = "1611500000.M1P2.host:2,S"


def made(text: str | None = TEXT, page: str | None = None) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = "عنب بلدي <news@enab.example>"
    message["To"] = "desk@map.example"
    message["Subject"] = SUBJECT
    message["Date"] = "Mon, 25 Jan 2021 01:30:00 +0300"
    message["Message-ID"] = "<1@enab.example>"
    if text is not None:
        message.set_content(text)
    if page is not None and text is None:
        message.set_content(page, subtype="html")
    elif page is not None:
        message.add_alternative(page, subtype="html")
    return message


def read(content: bytes, name: str = "one.eml") -> tuple[list[Document], list[Fault]]:
    items = list(iter_documents(name, content))
    return (
        [item for item in items if isinstance(item, Document)],
        [item for item in items if isinstance(item, Fault)],
    )


def test_subject_sender_date_and_text_are_read():
    documents, faults = read(bytes(made()))
    (document,) = documents
    assert faults == []
    assert document.title == SUBJECT
    assert document.text == f"{SUBJECT}\n\n{TEXT.strip()}"
    assert document.outlet == "عنب بلدي"
    # As it was where the mail was sent.
    assert document.published == datetime(2021, 1, 25, 1, 30)  # noqa: DTZ001
    assert document.published_reason is not None


def test_a_sender_without_a_name_is_the_address_and_nothing_stated_is_unknown():
    message = made()
    message.replace_header("From", "news@enab.example")
    assert read(bytes(message))[0][0].outlet == "news@enab.example"
    for name in ("From", "Subject", "Date"):
        del message[name]
    document = read(bytes(message))[0][0]
    assert (document.outlet, document.title, document.published) == (None, None, None)


@pytest.mark.parametrize("date", ["yesterday", "Mon, 99 Jan 2021 99:99:99 +9999", "32/13/2021"])
def test_a_date_that_is_none_is_unknown(date: str):
    raw = bytes(made()).replace(b"Mon, 25 Jan 2021 01:30:00 +0300", date.encode())
    (document,) = read(raw)[0]
    assert document.published is None


def test_the_page_is_read_where_the_plain_text_is_no_article():
    page = f"<html><body><article><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"
    documents, faults = read(bytes(made("View this mail in your browser.\n", page)))
    assert [TEXT.strip() in document.text for document in documents] == [True]
    assert "View this" not in documents[0].text
    assert faults == []
    assert TEXT.strip() in read(bytes(made(None, page)))[0][0].text


def test_the_plain_text_comes_before_the_page():
    page = f"<html><body><p>{TEXT * 3}</p><script>alert(1)</script></body></html>"
    (document,) = read(bytes(made(TEXT, page)))[0]
    assert document.text.count("عين عيسى بقذائف") == 1


def test_an_encoding_that_is_stated_wrongly_or_unknown_is_recognised():
    head = b"From: a@b.example\nContent-Type: text/plain; charset="
    for charset, content in (
        (b"windows-1256", TEXT.encode("windows-1256")),
        (b"no-such-thing", TEXT.encode()),
        (b"us-ascii", TEXT.encode("windows-1256")),
    ):
        documents, _faults = read(head + charset + b"\n\n" + content)
        assert [document.text for document in documents] == [TEXT.strip()], charset


def test_attachments_are_faults_with_their_part_and_the_text_is_read():
    message = made()
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    documents, faults = read(bytes(message))
    assert len(documents) == 1
    assert [(fault.file, fault.field, fault.found) for fault in faults] == [
        ("one.eml", "part 3", "an attachment, application/pdf")
    ]


def test_a_mail_in_a_mail_is_a_fault():
    message = made()
    message.add_attachment(made("قصف آخر على تل السمن.\n"))
    (document,), faults = read(bytes(message))
    assert document.text.endswith(TEXT.strip())
    assert [(fault.field, fault.found) for fault in faults] == [
        ("part 3", "an attachment, message/rfc822")
    ]


def test_a_mail_without_an_arabic_text_is_a_fault():
    documents, (fault,) = read(bytes(made("Nothing here is Arabic.\n")))
    assert documents == []
    assert fault.expected == "Arabic text"
    message = made(None)
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf")
    documents, faults = read(bytes(message))
    assert documents == []
    assert faults[0].expected == "a mail with a text"


def test_a_file_of_a_maildir_is_a_mail_and_a_text_is_none():
    raw = bytes(made())
    assert read(raw, MAILDIR_NAME)[0][0].title == SUBJECT
    assert is_mail("1611500000.M1P2.host", raw)
    assert is_mail("mail", b"From a@b Mon Jan 25 01:30:00 2021\n" + raw)
    assert not is_mail("one.txt", raw)
    assert not is_mail("text", b"From: somebody\n\n" + TEXT.encode())
    assert not is_mail(MAILDIR_NAME, TEXT.encode())


def test_of_a_maildir_only_delivered_mails_are_found(tmp_path: Path):
    for folder in ("cur", "new", "tmp", ".Sent/new"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "1611500000.a").write_bytes(bytes(made()))
    (tmp_path / "dovecot-uidlist").write_bytes(b"1 2")
    found = [path.relative_to(tmp_path).as_posix() for path in find_files([tmp_path])]
    assert found == ["cur/1611500000.a", "new/1611500000.a"]


def nested(depth: int) -> bytes:
    return b"Content-Type: message/rfc822\n\n" * depth + b"From: a@b.example\n\n" + TEXT.encode()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (nested(5_000), "parts with parts"),
        (b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\nx\n" * 400_000, "parts"),
        (b"From: " + b"(" * 100_000 + b"\n\n" + TEXT.encode(), "a header from"),
        (b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\n" + TEXT.encode(), "a header subject"),
        (b"From: a@b\nContent-Type: text/plain\n\n" + b"a" * 50_000_001, "at most 50 MB"),
        (b"", "a mail with a text"),
        (b"From: a@b.example\n\n\xff\xfe\x00\x01", "text"),
        (b"Content-Type: multipart/mixed\n\nno boundary", "a mail with a text"),
    ],
    ids=["nested", "parts", "comments", "encoded words", "size", "empty", "binary", "no boundary"],
)
def test_a_hostile_mail_is_one_clear_fault(raw: bytes, expected: str):
    documents, faults = read(raw)
    assert documents == []
    assert len(faults) == 1
    assert expected in faults[0].expected
    assert faults[0].file == "one.eml"


def test_headers_of_the_longest_length_are_read_quickly_enough_to_be_tested():
    # Comments in comments are what Python's parser of addresses recurses into.
    raw = b"From: " + b"(" * (mail.MAX_HEADER - 10) + b"\nDate: " + b"(" * 1_900 + b"\n\n"
    documents, faults = read(raw + TEXT.encode())
    assert len(documents) + len(faults) == 1


@given(st.binary(max_size=400), st.sampled_from([b"From: ", b"Subject: ", b"Content-Type: ", b""]))
def test_no_bytes_are_an_error_of_the_program(content: bytes, field: bytes):
    documents, faults = read(field + content)
    assert len(documents) + len(faults) > 0
