"""The columns of exported tables for verifications, ratings and relations, e.g. `verification_by`."""

from collections.abc import Mapping
from itertools import product

from dashboard.model.article import Article
from dashboard.model.corpus import Corpus
from dashboard.model.event import Claim, EventRelation, RelationKind
from dashboard.model.verification import (
    ClaimRating,
    SourceRating,
    Verification,
    VerificationRecord,
    VerifiedPart,
)

_BETWEEN = "; "
# The state first, then who entered it, when, on what ground, and the claim that this rests on.
_PREFIXES = {VerifiedPart.EVENT: "verification", VerifiedPart.PLACE: "place_verification"}
_DETAILS = ("", "_by", "_at", "_ground", "_claim")
VERIFICATIONS = tuple(f"{prefix}{name}" for prefix, name in product(_PREFIXES.values(), _DETAILS))
_OF_RATING = ("", "_by", "_at", "_why")
RATINGS = tuple(
    f"{prefix}{name}" for prefix, name in product(("reliability", "credibility"), _OF_RATING)
)
RELATIONS = ("event_id", "relation", "related_id")


def verification_cells(corpus: Corpus, event_id: str) -> dict[str, object]:
    """The cells of `VERIFICATIONS`; of what is unverified or lapsed only the state.

    The ground of a lapsed verification is none of what the event says now.
    """
    cells: dict[str, object] = {}
    for part, prefix in _PREFIXES.items():
        state = corpus.judgements.state(event_id, part)
        lapsed = state is Verification.LAPSED
        record = None if lapsed else corpus.judgements.verification(event_id, part)
        values = (state.value, *_details(record))
        cells |= {f"{prefix}{name}": it for name, it in zip(_DETAILS, values, strict=True)}
    return cells


def _details(record: VerificationRecord | None) -> tuple[object, ...]:
    if record is None:
        return (None,) * (len(_DETAILS) - 1)
    return (record.who, record.at.isoformat(), record.ground or None, record.claim_id)


def rating_cells(corpus: Corpus, claim: Claim, article: Article) -> dict[str, object]:
    """The cells of `RATINGS`; blank without a rating, which is never guessed."""
    ratings: Mapping[str, SourceRating | ClaimRating | None] = {
        "reliability": corpus.judgements.source(claim.event_id, article.outlet_id),
        "credibility": corpus.judgements.claims.get(claim.claim_id),
    }
    cells: dict[str, object] = {}
    for prefix, it in ratings.items():
        values = (
            (it.grade.value, it.who, it.at.isoformat(), it.why or None)
            if it
            else (None,) * len(_OF_RATING)
        )
        cells |= {f"{prefix}{name}": value for name, value in zip(_OF_RATING, values, strict=True)}
    return cells


def relation_row(row: EventRelation) -> dict[str, object]:
    """A relation of an event to another one of the same file."""
    return {"event_id": row.event_id, "relation": row.kind.value, "related_id": row.related_id}


def relations_text(rows: tuple[EventRelation, ...]) -> str:
    """The relations of an event as text, e.g. "follows: shelling_ain_issa_2020_12_27"."""
    return _BETWEEN.join(f"{row.kind.value}: {row.related_id}" for row in rows)


def related_in(event_id: str, text: str) -> list[EventRelation]:
    """The relations that `relations_text` wrote; parts that it cannot have written are left out."""
    kinds = {kind.value: kind for kind in RelationKind}
    parts = (part.partition(": ") for part in text.split(_BETWEEN))
    return [
        EventRelation(event_id, related_id, kinds[kind])
        for kind, _colon, related_id in parts
        if kind in kinds and related_id
    ]
