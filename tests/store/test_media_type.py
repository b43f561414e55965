"""The type of a file by its content: pages, pictures, documents, polyglots, and any bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.store.media_type import MEDIA_TYPES, media_type_of
from tests.store.capture_samples import HTML, PDF, SVG, png

_SVG_TEXT = SVG.decode()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (HTML, "text/html"),
        (b"\n\n<!-- a -->\n<HTML><body>", "text/html"),
        (b"  <script>alert(1)</script>", "text/html"),
        (b"\xef\xbb\xbf<p>x", "text/html"),
        ("<p>مرحبا</p>".encode("cp1256"), "text/html"),
        ("<html><script>1</script>".encode("utf-16"), "text/html"),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "text/html"),
        (b"<html><svg></svg></html>", "text/html"),
        (b"\x00\x01<script>alert(1)</script>", "text/html"),
        (SVG, "image/svg+xml"),
        (b'<?xml version="1.0"?>\n<!-- made by x -->\n' + SVG, "image/svg+xml"),
        (b'<s:svg xmlns:s="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
        (_SVG_TEXT.encode("utf-16"), "image/svg+xml"),
        (PDF, "application/pdf"),
        (png(), "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"GIF89a\x01\x00", "image/gif"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (b"\x1aE\xdf\xa3\x01", "video/webm"),
        (b"PK\x03\x04\x14", "application/zip"),
        (b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;", "multipart/related"),
        (b"From: a@b\r\nTo: c@d\r\nContent-Type: multipart/related;\r\n\r\n<p>", "message/rfc822"),
        (b"Received: by x\n\tfor y\nDate: Mon, 25 Jan 2021\n\nText", "message/rfc822"),
        (b"To: whom it may concern\n\nText", "text/plain"),
        (b"Text\nFrom: a@b\nTo: c@d\n", "text/plain"),
        (b'<?xml version="1.0"?><kml/>', "application/xml"),
        (b"a < b and c > d", "text/plain"),
        (bytes(range(1, 200)), "application/octet-stream"),
    ],
)  # fmt: skip
def test_the_content_decides(content: bytes, expected: str):
    assert media_type_of(content).name == expected
    assert media_type_of(memoryview(content)).name == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # Bytes that are two formats at once: the one that a browser sees first.
        (b"GIF89a/*<script>alert(1)</script>*/", "image/gif"),
        (b"<script>alert(1)</script>\n%PDF-1.4", "text/html"),
        (b"%PDF-1.4\n<script>alert(1)</script>", "application/pdf"),
        (b"<!--\x89PNG\r\n\x1a\n--><script>", "text/html"),
        (b"\x89PNG\n<svg onload=alert(1)>", "image/svg+xml"),
        (HTML + png(), "text/html"),
        (png() + HTML, "image/png"),
    ],
)
def test_a_polyglot_is_what_it_begins_with(content: bytes, expected: str):
    assert media_type_of(content).name == expected


@given(st.binary(max_size=6000))
def test_any_bytes_have_a_known_type(content: bytes):
    kind = media_type_of(content)
    assert MEDIA_TYPES[kind.name] is kind


@given(st.text(max_size=300), st.sampled_from(["script", "iframe", "body", "img", "object"]))
def test_text_with_a_tag_is_never_called_harmless(before: str, tag: str):
    content = f"{before.replace('<', '')}<{tag}>".encode()
    assert media_type_of(content).name not in {"text/plain", "application/octet-stream"}


@given(st.binary(max_size=200))
def test_only_what_begins_like_a_picture_is_shown_as_one(content: bytes):
    beginnings = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"RIFF")
    if media_type_of(content).picture:
        assert content.startswith(beginnings)
