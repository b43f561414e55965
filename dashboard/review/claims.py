"""Claims of an event put right by hand: added, changed, removed, moved to another event.

Each action is one log entry with its reason, and raises ConflictError if an event was changed since it
was read.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from dashboard.model.article import Speaker
from dashboard.model.corpus import Corpus
from dashboard.model.errors import DashboardError
from dashboard.model.estimate import Estimate
from dashboard.model.event import Claim, ClaimField, Stance
from dashboard.model.message import Names, StoredText, message
from dashboard.model.records import EventRecord, Table
from dashboard.review.edit_session import EditSession
from dashboard.review.rereading import correction_change
from dashboard.review.source_words import speaker_correction
from dashboard.store.workspace import Change

_HASH = 8


class ClaimError(DashboardError):
    """A claim that cannot be as it was asked for; nothing was written."""


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """The fields of a claim that an analyst enters.

    `start` and `end` are code point offsets into the article. `speaker` is whom the outlet cites, one of
    the lexicon or a new one; `None` is the outlet itself. `via` is the agency or outlet from which it
    took what the speaker says.
    """

    article_id: str
    start: int
    end: int
    stance: Stance
    speaker: Speaker | None = None
    via: Speaker | None = None
    disputes: ClaimField | None = None
    estimates: tuple[Estimate, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An event as an analyst opened it; `version` is 0 for a seed event that was never edited."""

    record: EventRecord
    version: int

    @property
    def event_id(self) -> str:
        """The id of the event."""
        return self.record.event.event_id

    @property
    def title(self) -> Names:
        """Its titles, for the log."""
        return self.record.event.titles

    def change(self, after: EventRecord | None) -> Change:
        """The change of the event into `after`; `None` deletes it."""
        return Change(Table.EVENT, self.event_id, after, self.version, self.record)


def claim_draft(corpus: Corpus, claim: Claim) -> ClaimDraft:
    """The fields of a claim, to be changed."""
    speakers = corpus.lexicon.speakers
    return ClaimDraft(
        claim.article_id,
        claim.start,
        claim.end,
        claim.stance,
        speakers[claim.speaker_id] if claim.speaker_id else None,
        speakers[claim.via_id] if claim.via_id else None,
        claim.disputes,
        claim.estimates,
        claim.note,
    )


def as_claim(
    corpus: Corpus, draft: ClaimDraft, event_id: str, claim_id: str | None = None
) -> Claim:
    """The claim of a draft; without `claim_id` it gets one of its event and its words.

    Raises ClaimError unless the span is one of visible words of an article of the corpus.
    """
    article = corpus.articles.get(draft.article_id)
    quote = article.text[draft.start : draft.end] if article and draft.start >= 0 else ""
    if article is None or draft.end > len(article.text) or not quote.strip():
        raise ClaimError(
            message(
                "expected words of an article, found positions {start} to {end}",
                start=draft.start,
                end=draft.end,
            )
        )
    return Claim(
        claim_id=claim_id or _new_id(draft, event_id),
        event_id=event_id,
        article_id=draft.article_id,
        via_id=draft.via.speaker_id if draft.via else None,
        speaker_id=draft.speaker.speaker_id if draft.speaker else None,
        stance=draft.stance,
        start=draft.start,
        end=draft.end,
        quote=quote,
        gloss_en="",
        note=draft.note,
        estimates=draft.estimates,
        disputes=None if draft.stance is Stance.ASSERTS else draft.disputes,
    )


def add_claim(
    session: EditSession,
    opened: Opened,
    draft: ClaimDraft,
    *,
    why: StoredText,
    sources: Sequence[Change] = (),
    texts: Sequence[tuple[str, str]] = (),
) -> str:
    """Add a claim to an event; returns its id. Raises ClaimError also if the event has it already.

    `sources` and `texts` are those of a note that it quotes (`notes.py`), and are written with it.
    """
    claim = as_claim(session.corpus, draft, opened.event_id)
    record = opened.record
    if any(claim.claim_id == other.claim_id for other in record.claims):
        raise ClaimError(
            message("the event has a claim of these words, speaker and stance already")
        )
    after = replace(record, claims=(*record.claims, claim))
    changes = [*sources, opened.change(after), *speaker_changes(session, [draft])]
    session.commit(changes, message("added a claim to {title}", title=opened.title), why, texts)
    return claim.claim_id


def edit_claim(
    session: EditSession, opened: Opened, claim_id: str, draft: ClaimDraft, *, why: StoredText
) -> None:
    """Change the words, the speaker, the stance, the disputed field or the figures of a claim."""
    before = _claim_of(opened.record, claim_id)
    after = as_claim(session.corpus, draft, opened.event_id, claim_id)
    if (after.start, after.end, after.article_id) == (before.start, before.end, before.article_id):
        # The translation is of the same words.
        after = replace(after, gloss_en=before.gloss_en)
    claims = tuple(after if claim.claim_id == claim_id else claim for claim in opened.record.claims)
    changed = opened.change(replace(opened.record, claims=claims))
    what = message("edited a claim of {title}", title=opened.title)
    speaker_id = before.speaker_id
    known = session.corpus.lexicon.speakers[speaker_id] if speaker_id else None
    session.commit([changed, *speaker_changes(session, [draft], known)], what, why)


def remove_claim(session: EditSession, opened: Opened, claim_id: str, *, why: StoredText) -> None:
    """Remove a claim. Raises ClaimError for the only one: an event without a claim has no evidence."""
    _claim_of(opened.record, claim_id)
    after = without_claims(opened.record, {claim_id})
    what = message("removed a claim of {title}", title=opened.title)
    session.commit([opened.change(after)], what, why)


def move_claims(
    session: EditSession,
    opened: Opened,
    claim_ids: Collection[str],
    into: Opened,
    *,
    why: StoredText,
) -> None:
    """Move claims to another event. Raises ClaimError if the first would have none left."""
    if opened.event_id == into.event_id:
        raise ClaimError(message("expected another event, found the one that has the claim"))
    moved = [_claim_of(opened.record, claim_id) for claim_id in claim_ids]
    changes = [
        opened.change(without_claims(opened.record, claim_ids)),
        into.change(with_moved(into.record, moved)),
    ]
    what = message("moved a claim from {title} to {other}", title=opened.title, other=into.title)
    session.commit(changes, what, why)


def without_claims(record: EventRecord, claim_ids: Collection[str]) -> EventRecord:
    """The event without these claims. Raises ClaimError if none would be left."""
    claims = tuple(claim for claim in record.claims if claim.claim_id not in claim_ids)
    if not claims:
        raise ClaimError(
            message("an event needs a claim: withdraw the event, or merge it with another")
        )
    return replace(record, claims=claims)


def with_moved(record: EventRecord, claims: Collection[Claim]) -> EventRecord:
    """The event with the claims of another one; their ids stay, so that links to them still open."""
    event_id = record.event.event_id
    moved = (replace(claim, event_id=event_id) for claim in claims)
    return replace(record, claims=(*record.claims, *moved))


def _new_speakers(session: EditSession, drafts: Collection[ClaimDraft]) -> list[Change]:
    """The changes that add the speakers of drafts that the lexicon lacks."""
    speakers = {
        speaker.speaker_id: speaker
        for draft in drafts
        for speaker in (draft.speaker, draft.via)
        if speaker is not None
    }
    known = session.corpus.lexicon.speakers
    return [
        session.change(Table.SPEAKER, key, speaker)
        for key, speaker in speakers.items()
        if key not in known
    ]


def speaker_changes(
    session: EditSession, drafts: Collection[ClaimDraft], before: Speaker | None = None
) -> list[Change]:
    """The new speakers of drafts, and the words of their articles for those that an analyst entered.

    `before` is the speaker of a claim that is edited.
    """
    corrections = (
        speaker_correction(session.corpus, draft.article_id, draft.start, before, draft.speaker)
        for draft in drafts
    )
    words = (correction_change(session, each) for each in corrections if each is not None)
    # Two claims may have the same words for a speaker.
    by_id = {change.record_id: change for change in words}
    return [*_new_speakers(session, drafts), *by_id.values()]


def new_speaker(name: str, affiliation: str | None, article_id: str) -> Speaker:
    """A speaker that the lexicon lacks; `affiliation` is the id of the party that it speaks for."""
    key = f"{affiliation or article_id}:{name}"
    return Speaker(
        speaker_id=f"speaker_{_digest(key)}",
        name_en=name,
        name_ar=name,
        type="organisation" if affiliation else "unnamed",
        affiliation=affiliation,
        outlet_id=None,
        source=f"article {article_id}",
    )


def _claim_of(record: EventRecord, claim_id: str) -> Claim:
    """The claim of this id. Raises ClaimError if the event has none."""
    for claim in record.claims:
        if claim.claim_id == claim_id:
            return claim
    raise ClaimError(message("the event has no claim {id}", id=claim_id))


def _new_id(draft: ClaimDraft, event_id: str) -> str:
    speaker = draft.speaker.speaker_id if draft.speaker else ""
    key = f"{draft.article_id}:{draft.start}:{draft.end}:{draft.stance.value}:{speaker}"
    return f"{event_id}_{_digest(key)}"


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:_HASH]
