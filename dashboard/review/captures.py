"""Proof of claims, added and put right by hand: captured files, and links to the source and its copy.

Each action is one log entry with its reason, and raises ConflictError if a record was changed since.
"""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from dashboard.model.capture import Capture, SourceLinks, subject_id
from dashboard.model.message import StoredText, message
from dashboard.model.records import Table
from dashboard.review.edit_session import EditSession
from dashboard.store.capture_files import CaptureError
from dashboard.store.workspace import Change

# Of one claim or article: more are an archive, which a link can lead to.
MOST_CAPTURES = 50
MOST_NAME = 200
_MOST_URL = 2000
_SCHEMES = ("http://", "https://")


def add_capture(
    session: EditSession,
    content: bytes | memoryview,
    capture: Capture,
    *,
    why: StoredText,
) -> None:
    """Store a file and record it; hash, size and type of the record are those of the content.

    Raises CaptureError if the file is empty or too large, if the claim or article has it already, or if
    it is said to be captured in the future.
    """
    _expect_subject(session, capture.article_id, capture.claim_id)
    if capture.day > datetime.now(UTC).date():
        raise CaptureError(message("expected a day of capture that is not in the future"))
    file = session.workspace.captures.describe(content)
    record = replace(
        capture,
        sha256=file.sha256,
        size=file.size,
        media_type=file.media_type.name,
        name=capture.name[:MOST_NAME],
    )
    _expect_room(session, record)
    session.workspace.captures.add(content)
    change = session.change(Table.CAPTURE, record.capture_id, record)
    what = message("added a captured file, SHA-256 {hash}", hash=record.sha256)
    session.commit([change], what, why)


def mark_graphic(session: EditSession, capture: Capture, *, graphic: bool, why: StoredText) -> None:
    """Mark a capture as graphic, or no longer."""
    change = _change_of(session, capture, replace(capture, graphic=graphic))
    what = (
        message("marked a captured file as graphic, SHA-256 {hash}", hash=capture.sha256)
        if graphic
        else message("marked a captured file as not graphic, SHA-256 {hash}", hash=capture.sha256)
    )
    session.commit([change], what, why)


def remove_capture(session: EditSession, capture: Capture, *, why: StoredText) -> None:
    """Remove the record of a capture; the file stays, since the log names it and this can be undone."""
    change = _change_of(session, capture, None)
    what = message("removed a captured file, SHA-256 {hash}", hash=capture.sha256)
    session.commit([change], what, why)


def set_links(session: EditSession, links: SourceLinks, *, version: int, why: StoredText) -> None:
    """Set the links of a claim or article, which were read in `version` (0: there were none).

    Raises CaptureError for a link that is not of the web.
    """
    _expect_subject(session, links.article_id, links.claim_id)
    checked = replace(links, original=web_link(links.original), archived=web_link(links.archived))
    value = checked if checked.original or checked.archived else None
    key = subject_id(links.article_id, links.claim_id)
    what = message("changed the links of {subject}", subject=key)
    session.commit([Change(Table.SOURCE_LINKS, key, value, version)], what, why)


def web_link(text: str | None) -> str | None:
    """A link without spaces around it, `None` for "". Raises CaptureError unless it is http or https."""
    link = (text or "").strip()
    if not link:
        return None
    try:
        parts = urlsplit(link)
        valid = bool(parts.hostname) and parts.username is None
    except ValueError:
        valid = False
    if (
        not valid
        or not link.startswith(_SCHEMES)
        or len(link) > _MOST_URL
        or not link.isprintable()
        or " " in link
    ):
        raise CaptureError(
            message(
                "expected a link that begins with https:// or http://, of at most {most} characters",
                most=_MOST_URL,
            )
        )
    return link


def _change_of(session: EditSession, capture: Capture, after: Capture | None) -> Change:
    """The change of a capture as the analyst saw it. Raises CaptureError if it is another by now."""
    stored = session.workspace.get(Table.CAPTURE, capture.capture_id)
    if stored is None or stored.value != capture:
        raise CaptureError(message("somebody else changed this captured file meanwhile"))
    return Change(Table.CAPTURE, capture.capture_id, after, stored.version)


def _expect_subject(session: EditSession, article_id: str, claim_id: str | None) -> None:
    """Raise CaptureError unless the article, and the claim of it, are in the corpus."""
    claims = session.corpus.events.claims
    known = article_id in session.corpus.articles and (
        claim_id is None
        or any(row.claim_id == claim_id and row.article_id == article_id for row in claims)
    )
    if not known:
        raise CaptureError(message("expected a claim or an article of this workspace"))


def _expect_room(session: EditSession, record: Capture) -> None:
    others = [
        stored.value
        for stored in session.workspace.of_article(Table.CAPTURE, record.article_id).values()
        if isinstance(stored.value, Capture) and stored.value.claim_id == record.claim_id
    ]
    if any(other.sha256 == record.sha256 for other in others):
        raise CaptureError(message("this file is captured here already"))
    if len(others) >= MOST_CAPTURES:
        raise CaptureError(
            message("expected at most {most} captured files of one claim", most=MOST_CAPTURES)
        )
