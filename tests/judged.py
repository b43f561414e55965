"""The corpus with verifications, ratings and relations, each state on some event."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

from dashboard.model.corpus import Corpus
from dashboard.model.event import EventRelation, RelationKind
from dashboard.model.verification import (
    ENTERED,
    ClaimRating,
    Credibility,
    Judgements,
    Reliability,
    SourceRating,
    Verification,
    VerificationRecord,
    VerifiedPart,
)

AT = datetime(2026, 11, 27, 20, 45, 3, tzinfo=UTC)
# What a spreadsheet would run, and what breaks markup.
HOSTILE = "=1+1 <b>\u202e «قصف»"
# The event whose verification has lapsed, by its position: nobody verified it again.
_LAPSED = 5


def judged(corpus: Corpus) -> Corpus:
    """The corpus; every fifth event is in each entered state, and its place in another; one lapsed."""
    placed = {row.event_id for row in corpus.events.places}
    first = {claim.event_id: claim.claim_id for claim in reversed(corpus.events.claims)}
    verifications = {}
    for at, key in enumerate(corpus.events.events):
        states = {VerifiedPart.EVENT: ENTERED[at % 5], VerifiedPart.PLACE: ENTERED[at // 5 % 5]}
        for part, state in states.items():
            if state is Verification.UNVERIFIED or (
                part is VerifiedPart.PLACE and key not in placed
            ):
                continue
            rests = first.get(key) if at % 2 else None
            verifications[key, part] = VerificationRecord(
                key, part, state, "رنا", AT, f"{HOSTILE} {at}", "", rests
            )
    key = list(corpus.events.events)[_LAPSED]
    before = VerificationRecord(
        key, VerifiedPart.EVENT, Verification.CONFIRMED, "رنا", AT, HOSTILE, "", first[key]
    )
    sources = {
        key: SourceRating(key, grade, "Omar", AT, HOSTILE)
        for key, grade in zip(corpus.lexicon.outlets, Reliability, strict=False)
    }
    claims = {
        claim.claim_id: ClaimRating(claim.claim_id, grade, "Omar", AT, HOSTILE, "")
        for claim, grade in zip(corpus.events.claims, Credibility, strict=False)
    }
    relations = tuple(
        EventRelation(one, other, kind)
        for (one, other), kind in zip(pairwise(corpus.events.events), RelationKind, strict=False)
    )
    return replace(
        corpus,
        judgements=Judgements(verifications, sources, claims, {(key, VerifiedPart.EVENT): before}),
        relations=relations,
    )
