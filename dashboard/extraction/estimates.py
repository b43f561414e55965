"""The figures of a text as estimates of its claims, e.g. "…, ما أدى إلى مقتل ثلاثة" -> killed, 3."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.actors.find import ActorMention
from dashboard.extraction.figure_words import WordClass, lookup
from dashboard.extraction.figures import FigureMention
from dashboard.model.estimate import Counted, Estimate
from dashboard.model.event import Stance
from dashboard.model.suggestion import SuggestedClaim, Suggestion
from dashboard.text.normalise import fold
from dashboard.text.prepared import PreparedText

# The party of the people who are counted is named so many characters after them.
_SIDE_REACH = 25
# "And wounding" stands between two figures of one act, "which led to the death of" before the first.
_NEXT_REACH, _RESULT_REACH = 16, 5


def with_estimates(
    suggestions: Sequence[Suggestion],
    figures: Sequence[FigureMention],
    actors: Sequence[ActorMention],
    text: PreparedText,
) -> tuple[Suggestion, ...]:
    """The suggestions, their asserting claims with the figures of the same sentence.

    A figure belongs to the claim that begins last before its end, if its quote has it, or if "led to" or
    another of its figures stands between. The quote is extended to it, as it has the words of estimates.
    """
    claims = sorted(
        (claim.start, number, at)
        for number, suggestion in enumerate(suggestions)
        for at, claim in enumerate(suggestion.claims)
        if claim.stance is Stance.ASSERTS
    )
    given: dict[tuple[int, int], list[FigureMention]] = {}
    for figure in figures:
        sentence = text.sentence_at(figure.start, figure.end)
        before = [key for key in claims if sentence[0] <= key[0] < figure.end]
        if not before:
            continue
        number, at = before[-1][1:]
        earlier = given.setdefault((number, at), [])
        if _is_of(figure, suggestions[number].claims[at], earlier, text.original):
            earlier.append(figure)
    return tuple(
        _with_figures(suggestion, number, given, actors, text.original)
        for number, suggestion in enumerate(suggestions)
    )


def _is_of(
    figure: FigureMention, claim: SuggestedClaim, earlier: Sequence[FigureMention], text: str
) -> bool:
    """Whether the figure is in the quote, follows a figure of the claim, or is a result of the act."""
    if figure.start < claim.end:
        return True
    if earlier and figure.start - earlier[-1].end <= _NEXT_REACH:
        return True
    between = fold(text[claim.end : figure.start]).split()[-_RESULT_REACH:]
    return any(lookup(word, WordClass.RESULT) is not None for word in between)


def _with_figures(
    suggestion: Suggestion,
    number: int,
    given: dict[tuple[int, int], list[FigureMention]],
    actors: Sequence[ActorMention],
    text: str,
) -> Suggestion:
    claims = tuple(
        _extended(claim, given.get((number, at), ()), actors, text)
        for at, claim in enumerate(suggestion.claims)
    )
    return replace(suggestion, claims=claims)


def _extended(
    claim: SuggestedClaim,
    figures: Sequence[FigureMention],
    actors: Sequence[ActorMention],
    text: str,
) -> SuggestedClaim:
    """The claim with the figures, its quote long enough to have them all."""
    if not figures:
        return claim
    start = min(claim.start, *(figure.start for figure in figures))
    end = max(claim.end, *(figure.end for figure in figures))
    estimates = tuple(_estimates(figures, actors, text))
    return replace(claim, start=start, end=end, quote=text[start:end], estimates=estimates)


def _estimates(
    figures: Sequence[FigureMention], actors: Sequence[ActorMention], text: str
) -> Iterator[Estimate]:
    for figure in figures:
        exact = figure.low == figure.high
        yield Estimate(
            measure=figure.measure,
            low=None if exact else figure.low,
            best=figure.low if exact else None,
            high=None if exact else figure.high,
            counted=figure.counted,
            side=_side(figure, actors),
            words=text[figure.start : figure.end],
        )


def _side(figure: FigureMention, actors: Sequence[ActorMention]) -> str | None:
    """The party of the fighters who are counted, if it is named with them or right after them."""
    if figure.counted is not Counted.COMBATANTS:
        return None
    near = (a for a in actors if figure.start <= a.start < figure.end + _SIDE_REACH)
    return next((actor.actor_id for actor in near), None)
