"""Proof of a claim: links to its source, and files captured from it, e.g. an article's saved page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from dashboard.model.event import Claim


class CaptureMethod(StrEnum):
    """How a file was captured."""

    SAVED_PAGE = "saved_page"
    PRINTED_PAGE = "printed_page"
    SCREENSHOT = "screenshot"
    VIDEO_STILL = "video_still"
    DOWNLOAD = "download"
    OTHER = "other"
    # Stored by the program itself when the article was read; nobody chooses it.
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Capture:
    """A file that shows what a source had, and how it was taken. The file has the name of its SHA-256.

    It is proof of one claim, or with `claim_id` `None` of every claim of the article. `media_type` is
    what the file's content says, `name` what it was called where it came from; that is shown, and never
    part of a path. `day` and `time` are in UTC; `time` is `None` if it is not known. `graphic` pictures
    are blurred until somebody asks for them.
    """

    article_id: str
    claim_id: str | None
    sha256: str
    size: int
    media_type: str
    name: str
    day: date
    time: time | None
    method: CaptureMethod
    tool: str
    taken_by: str
    note: str
    graphic: bool = False

    @property
    def is_original(self) -> bool:
        """Whether it is the file from which the article was read, as it came in."""
        return self.method is CaptureMethod.RECEIVED

    @property
    def capture_id(self) -> str:
        """The id: one file is one capture of a claim, however often it is added."""
        return f"{subject_id(self.article_id, self.claim_id)}:{self.sha256}"


@dataclass(frozen=True, slots=True)
class SourceLinks:
    """Where the source of a claim is on the web, and where an archived copy of it is.

    With `claim_id` `None` they are those of every claim of the article that has none of its own.
    """

    article_id: str
    claim_id: str | None
    original: str | None
    archived: str | None


@dataclass(frozen=True, slots=True)
class ExportedProof:
    """What files of events say of the proof of a claim: its links, and the SHA-256 of its captures.

    Who took the captures, and when, is in the manifest that goes with the files.
    """

    claim_id: str
    original: str | None
    archived: str | None
    captures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimProof:
    """The proof of one claim, its own and that of its article."""

    original: str | None = None
    archived: str | None = None
    captures: tuple[Capture, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.original or self.archived or self.captures)


@dataclass(frozen=True, slots=True)
class Proof:
    """All links by article and claim (`None`: of the article), and all captures by article."""

    links: Mapping[tuple[str, str | None], SourceLinks] = field(default_factory=dict)
    captures: Mapping[str, tuple[Capture, ...]] = field(default_factory=dict)

    def of_claim(self, claim: Claim, article_url: str | None = None) -> ClaimProof:
        """The proof of a claim; `article_url` is the link that came with the article."""
        article_id = claim.article_id
        own = self.links.get((article_id, claim.claim_id))
        shared = self.links.get((article_id, None))
        links = [row for row in (own, shared) if row is not None]
        return ClaimProof(
            next((row.original for row in links if row.original), article_url),
            next((row.archived for row in links if row.archived), None),
            tuple(
                capture
                for capture in self.captures.get(article_id, ())
                if capture.claim_id in (None, claim.claim_id)
            ),
        )

    def exported(self, claims: Iterable[Claim]) -> dict[str, ExportedProof]:
        """What files say of these claims by their id, of those that have links or captures."""
        if not self.links and not self.captures:
            return {}
        given = {claim.claim_id: self.of_claim(claim) for claim in claims}
        return {
            claim_id: ExportedProof(
                claim_id,
                proof.original,
                proof.archived,
                tuple(dict.fromkeys(capture.sha256 for capture in proof.captures)),
            )
            for claim_id, proof in given.items()
            if proof
        }


def proof_of(links: Iterable[SourceLinks], captures: Iterable[Capture]) -> Proof:
    """The records by article and claim; captures in the order in which they were taken."""
    by_article: dict[str, list[Capture]] = {}
    for capture in sorted(captures, key=_taken):
        by_article.setdefault(capture.article_id, []).append(capture)
    return Proof(
        {(row.article_id, row.claim_id): row for row in links},
        {article_id: tuple(rows) for article_id, rows in by_article.items()},
    )


def subject_id(article_id: str, claim_id: str | None) -> str:
    """The id of what links and captures are proof of: "claim:c001", or "article:a001"."""
    return f"article:{article_id}" if claim_id is None else f"claim:{claim_id}"


def _taken(capture: Capture) -> tuple[date, bool, time, str]:
    return (capture.day, capture.time is None, capture.time or time(), capture.sha256)
