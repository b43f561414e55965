"""Files as analysts capture them, and captures of them."""

import struct
import zlib
from datetime import date, time
from typing import Any

from dashboard.model.capture import Capture, CaptureMethod
from dashboard.model.corpus import Corpus
from dashboard.model.event import Claim
from dashboard.review.captures import add_capture
from dashboard.review.edit_session import EditSession
from dashboard.store.workspace import Workspace

EVENT = "agreement_observation_points"
HTML = b"<!doctype html><title>x</title><script>document.title = 'ran'</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <</OpenAction 2 0 R>> endobj\n"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(shade: int = 120, side: int = 40) -> bytes:
    """A square picture of one grey."""
    rows = (b"\x00" + bytes([shade]) * side) * side
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(rows))
        + _chunk(b"IEND", b"")
    )


def claim_of(corpus: Corpus, event_id: str = EVENT) -> Claim:
    """The first claim of an event."""
    return next(claim for claim in corpus.events.claims if claim.event_id == event_id)


def capture(claim: Claim, **changes: Any) -> Capture:
    """A capture of a claim; hash, size and type are those of the file when it is added."""
    values: dict[str, Any] = {
        "article_id": claim.article_id,
        "claim_id": claim.claim_id,
        "sha256": "",
        "size": 0,
        "media_type": "",
        "name": "page.html",
        "day": date(2026, 11, 20),
        "time": time(9, 5),
        "method": CaptureMethod.SAVED_PAGE,
        "tool": "Firefox",
        "taken_by": "Rana",
        "note": "",
        **changes,
    }
    return Capture(**values)


def added(workspace: Workspace, corpus: Corpus, content: bytes, **changes: Any) -> Capture:
    """Add a file to the first claim of the event, and return its record."""
    session = EditSession(workspace, corpus, "Rana")
    record = capture(claim_of(corpus), **changes)
    add_capture(session, content, record, why="seen")
    file = workspace.captures.describe(content)
    return Capture(
        **{
            **{name: getattr(record, name) for name in Capture.__slots__},
            "sha256": file.sha256,
            "size": file.size,
            "media_type": file.media_type.name,
        }
    )
