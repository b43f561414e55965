"""Verifying an event or its place, and rating sources and claims, e.g. confirmed by a photo of the site.

Each action is one log entry with who, when and on what ground.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from dashboard.model.errors import DashboardError
from dashboard.model.event import Claim
from dashboard.model.event_tables import CURATED
from dashboard.model.message import Message, Names, StoredText, message
from dashboard.model.records import Table
from dashboard.model.verification import (
    ENTERED,
    ClaimRating,
    Credibility,
    ImportedEvent,
    ImportedVerification,
    Reliability,
    SourceRating,
    Verification,
    VerificationRecord,
    VerifiedPart,
    claim_subject,
    event_subject,
    source_id,
)
from dashboard.review.edit_session import EditSession
from dashboard.store.merge import event_record
from dashboard.store.workspace import Change

# Longer grounds are reports, and belong into a file.
MAX_GROUND = 2_000


class JudgementError(DashboardError):
    """A judgement without a ground, or of something that is not there; nothing was written."""


@dataclass(frozen=True, slots=True)
class VerificationDraft:
    """The fields of a verification that an analyst enters, as in `VerificationRecord`."""

    part: VerifiedPart
    state: Verification
    ground: str = ""
    claim_id: str | None = None


def verify_event(
    session: EditSession,
    event_id: str,
    draft: VerificationDraft,
    *,
    version: int,
    imported: ImportedEvent | None = None,
) -> None:
    """Set the verification of an event or of its place; the one before was read in `version`.

    If the event is an `imported` one, the corpus of the session has it too.

    Raises JudgementError without a ground (except for unverified), for a state that nobody enters, and
    for an event or claim that is not there or not reviewed; ConflictError if somebody else verified it
    since.
    """
    if draft.state not in ENTERED:
        raise JudgementError(message("nobody enters the state {state}", state=draft.state.value))
    record = event_record(session.corpus, event_id)
    if record is None or event_id in session.corpus.unreviewed:
        raise JudgementError(message("expected a reviewed event, found {id}", id=event_id))
    if draft.part is VerifiedPart.PLACE and not record.places:
        raise JudgementError(message("the event has no place to verify"))
    known = {None, *(claim.claim_id for claim in record.claims)}
    if draft.claim_id not in known:
        raise JudgementError(message("the event has no claim {id}", id=draft.claim_id or ""))
    ground = draft.ground.strip()
    if ground or draft.state is not Verification.UNVERIFIED:
        ground = _expect_reason(ground)
    after = VerificationRecord(
        event_id=event_id,
        part=draft.part,
        state=draft.state,
        who=session.who,
        at=datetime.now(UTC),
        ground=ground,
        subject=imported.subjects[draft.part]
        if imported
        else event_subject(record.event, record.places, record.actors, draft.part),
        claim_id=draft.claim_id,
    )
    value: object = after
    if imported:
        value = ImportedVerification(imported.dataset, record.event.title_en, after)
    table, key = verification_of(event_id, draft.part, imported.dataset if imported else CURATED)
    change = Change(table, key, value, version)
    what = _verified(draft.part, draft.state, record.event.titles)
    session.commit([change], what, ground)


def rate_source(
    session: EditSession, outlet_id: str, grade: Reliability | None, *, why: str
) -> None:
    """Set the reliability of an outlet, from A to F; `None` removes it. Raises JudgementError."""
    outlet = session.corpus.lexicon.outlets.get(outlet_id)
    if outlet is None:
        raise JudgementError(message("expected an outlet, found {id}", id=outlet_id))
    reason = _expect_reason(why)
    rating = grade and SourceRating(outlet_id, grade, session.who, datetime.now(UTC), reason)
    what: StoredText = message("removed the reliability of {source}", source=outlet.name_en)
    if grade:
        what = message(
            "rated the reliability of {source}: {grade}", source=outlet.name_en, grade=grade.value
        )
    session.commit([session.change(Table.SOURCE_RATING, outlet_id, rating)], what, reason)


def rate_claim(session: EditSession, claim: Claim, grade: Credibility | None, *, why: str) -> None:
    """Set the credibility of a claim, from 1 to 6; `None` removes it. Raises JudgementError."""
    title = session.corpus.events.events[claim.event_id].titles
    reason = _expect_reason(why)
    subject = claim_subject(claim)
    rating = grade and ClaimRating(
        claim.claim_id, grade, session.who, datetime.now(UTC), reason, subject
    )
    what: StoredText = message("removed the credibility of a claim of {title}", title=title)
    if grade:
        what = message(
            "rated the credibility of a claim of {title}: {grade}", title=title, grade=grade.value
        )
    session.commit([session.change(Table.CLAIM_RATING, claim.claim_id, rating)], what, reason)


def verification_key(event_id: str, part: VerifiedPart) -> str:
    """The id of the record of a verification."""
    return f"{event_id}:{part.value}"


def verification_of(event_id: str, part: VerifiedPart, dataset: str = CURATED) -> tuple[Table, str]:
    """The table and the id of the record of a verification, of a curated or an imported event."""
    if dataset == CURATED:
        return Table.VERIFICATION, verification_key(event_id, part)
    key = verification_key(source_id(dataset, event_id), part)
    return Table.IMPORTED_VERIFICATION, f"{dataset}:{key}"


def _expect_reason(text: str) -> str:
    if not text.strip():
        raise JudgementError(message("a judgement needs a ground"))
    if len(text.strip()) > MAX_GROUND:
        raise JudgementError(message("a ground has at most {n} characters", n=MAX_GROUND))
    return text.strip()


def _verified(part: VerifiedPart, state: Verification, title: Names) -> Message:
    """The log's words; each state is a message of its own, so that it is translated as a sentence."""
    of_event = {
        Verification.UNVERIFIED: message("set to unverified: {title}", title=title),
        Verification.PLAUSIBLE: message("verified as plausible: {title}", title=title),
        Verification.LOCATED: message("verified as located: {title}", title=title),
        Verification.CONFIRMED: message("verified as confirmed: {title}", title=title),
        Verification.REFUTED: message("refuted: {title}", title=title),
    }
    of_place = {
        Verification.UNVERIFIED: message("set the place to unverified: {title}", title=title),
        Verification.PLAUSIBLE: message("verified the place as plausible: {title}", title=title),
        Verification.LOCATED: message("verified the place as located: {title}", title=title),
        Verification.CONFIRMED: message("verified the place as confirmed: {title}", title=title),
        Verification.REFUTED: message("refuted the place: {title}", title=title),
    }
    return (of_event if part is VerifiedPart.EVENT else of_place)[state]
