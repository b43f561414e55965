"""Verification of an event and ratings of its claims as HTML, with who, when and on what ground."""

from datetime import datetime

from dashboard.language.labels import label, verification_meaning
from dashboard.language.messages import _
from dashboard.language.numbers import in_digits
from dashboard.language.words import comma, day
from dashboard.model.corpus import Corpus
from dashboard.model.event import Claim
from dashboard.model.verification import (
    ClaimRating,
    SourceRating,
    Verification,
    VerificationRecord,
    VerifiedPart,
)
from dashboard.text.escape import escape, escape_attribute

# The signs of states that marks on the map have too.
SIGNS = {Verification.CONFIRMED: "✓ ", Verification.REFUTED: "✗ "}


def verified_chips(corpus: Corpus, event_id: str) -> str:
    """The states of an event and of its place as chips; none for one that nobody verified."""
    of_event, of_place = (corpus.judgements.state(event_id, part) for part in VerifiedPart)
    chips = []
    if of_event is not Verification.UNVERIFIED:
        chips.append((of_event, _signed(of_event)))
    if of_place is not Verification.UNVERIFIED:
        chips.append((of_place, _("Place: {state}").format(state=_signed(of_place))))
    return "".join(
        f'<span class="chip verified {state.value}">{words}</span>' for state, words in chips
    )


def _signed(state: Verification) -> str:
    return f"{SIGNS.get(state, '')}{label(state)}"


def verification_html(corpus: Corpus, event_id: str, part: VerifiedPart) -> str:
    """The state of a part of an event with its meaning, and how it is known; a lapsed one is said."""
    record = corpus.judgements.verification(event_id, part)
    state = corpus.judgements.state(event_id, part)
    meaning = verification_meaning(state, part)
    parts = [f'<strong class="verified {state.value}">{_signed(state)}</strong>: {meaning}']
    if record:
        parts.append(_known_by(corpus, record))
    if lapsed := corpus.judgements.lapsed.get((event_id, part)):
        message = _("Was “{state}”, but what was verified has been changed since: verify it again.")
        parts.append(f'<em class="lapsed">{message.format(state=label(lapsed.state))}</em>')
        parts.append(_known_by(corpus, lapsed))
    return "<br>".join(parts)


def _known_by(corpus: Corpus, record: VerificationRecord) -> str:
    """The ground, the claim on which it rests, and who entered it when."""
    ground = f"<bdi>{escape(record.ground)}</bdi>" if record.ground else ""
    quote = _quote(corpus, record)
    by = f'<span class="muted">{_by(record.who, record.at)}</span>'
    return "<br>".join(part for part in (ground, quote, by) if part)


def _quote(corpus: Corpus, record: VerificationRecord) -> str:
    if record.claim_id is None:
        return ""
    quotes = {claim.claim_id: claim.quote for claim in corpus.events.claims}
    if record.claim_id not in quotes:
        return _("It rests on a claim that was removed.")
    quote = f"<bdi>{escape(quotes[record.claim_id])}</bdi>"
    return _("It rests on the claim: “{quote}”").format(quote=quote)


def rating_html(corpus: Corpus, claim: Claim) -> str:
    """The grades of a claim and its outlet, e.g. "B2" with their words; "" if nobody rated them."""
    source, credible = _ratings(corpus, claim)
    if source is None and credible is None:
        return ""
    code = f"{source.grade.value if source else '–'}{credible.grade.value if credible else '–'}"
    words = comma([_words(it) for it in (source, credible) if it])
    reasons = "\n".join(f"{it.why} ({_plain(it)})" for it in (source, credible) if it)
    return (
        f'<div class="rating" title="{escape_attribute(reasons)}"><strong><bdi dir="ltr">{code}'
        f"</bdi></strong> {words}</div>"
    )


def rating_reasons_html(corpus: Corpus, claim: Claim) -> str:
    """The same with the reasons written out, for print."""
    source, credible = _ratings(corpus, claim)
    lines = [
        f"{_words(it)}: <bdi>{escape(it.why)}</bdi> {_by(it.who, it.at)}"
        for it in (source, credible)
        if it
    ]
    return rating_html(corpus, claim) + "".join(f'<p class="hash">{line}</p>' for line in lines)


def _ratings(corpus: Corpus, claim: Claim) -> tuple[SourceRating | None, ClaimRating | None]:
    """The ratings of the outlet of a claim, and of the claim."""
    outlet_id = corpus.articles[claim.article_id].outlet_id
    source = corpus.judgements.source(claim.event_id, outlet_id)
    return source, corpus.judgements.claims.get(claim.claim_id)


def _words(rating: SourceRating | ClaimRating) -> str:
    if isinstance(rating, SourceRating):
        return _("source {grade}: {words}").format(
            grade=rating.grade.value, words=label(rating.grade)
        )
    return _("claim {grade}: {words}").format(
        grade=in_digits(rating.grade.value), words=label(rating.grade)
    )


def _by(who: str, at: datetime) -> str:
    """Who and when, as HTML."""
    time = f"{day(at.date())} {in_digits(f'{at:%H:%M}')} UTC"
    return comma([f"<bdi>{escape(who)}</bdi>", f"<bdi>{time}</bdi>"])


def _plain(rating: SourceRating | ClaimRating) -> str:
    return f"{rating.who}, {rating.at:%Y-%m-%d %H:%M} UTC"


def verified_by(record: VerificationRecord) -> str:
    """Who entered a verification, and when, as HTML."""
    return _by(record.who, record.at)
