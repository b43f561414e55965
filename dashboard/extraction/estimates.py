"""The figures of a text as estimates of its claims, e.g. "…, ما أدى إلى مقتل ثلاثة" -> killed, 3."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dashboard.actors.find import ActorMention
from dashboard.extraction.figure_words import WordClass, lookup
from dashboard.extraction.figures import FigureMention
from dashboard.model.estimate import Counted, Estimate
from dashboard.model.event import Stance
from dashboard.model.suggestion import SuggestedClaim, Suggestion
from dashboard.text.clitics import PRONOUNS, TO, bases
from dashboard.text.normalise import fold
from dashboard.text.prepared import PreparedText

# The party of the people who are counted is named so many characters after them.
_SIDE_REACH = 25
# "And wounding" stands between two figures of one act, "which led to the death of" before the first.
_NEXT_REACH, _RESULT_REACH = 16, 5
# The verb of a toll right after the act, with a comma before it or not, in words.
_VERB_REACH = 2
# "And the wounding of others in" opens the claim.
_IN, _OPENING = "في", 4
# The words of "led to the fall of" are in so many characters.
_RESULT_CHARACTERS = 40
# Between a toll and its cause stand the day and who is among them, in characters.
_CAUSE_REACH = 120


def with_estimates(
    suggestions: Sequence[Suggestion],
    figures: Sequence[FigureMention],
    actors: Sequence[ActorMention],
    text: PreparedText,
) -> tuple[Suggestion, ...]:
    """The suggestions, their asserting claims with the figures of the same sentence.

    A figure belongs to the claim that begins last before its end, if its quote has it, or if "led to" or
    another of its figures stands between; or to the first claim after it, if that begins with "as a
    result of". The quote is extended to it, as it has the words of estimates.
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
        here = [key for key in claims if sentence[0] <= key[0] < sentence[1]]
        if not here:
            continue
        before = [key for key in here if key[0] < figure.end]
        number, at = (before[-1] if before else here[0])[1:]
        earlier = given.setdefault((number, at), [])
        belongs = _is_of if before else _is_caused_by
        if belongs(figure, suggestions[number].claims[at], earlier, text.original):
            earlier.append(figure)
    return tuple(
        _with_figures(suggestion, number, given, actors, text)
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
    between = fold(text[claim.end : figure.start]).split()
    # "They shelled the town, and killed three".
    if 0 < len(between) <= _VERB_REACH and lookup(between[-1], WordClass.ACT) is not None:
        return True
    return any(lookup(word, WordClass.RESULT) is not None for word in between[-_RESULT_REACH:])


def _is_caused_by(
    figure: FigureMention, claim: SuggestedClaim, _earlier: Sequence[FigureMention], text: str
) -> bool:
    """Whether the act is the cause of the toll before it: "أصيب خمسة، بينهم طفلان، جراء قصف"."""
    first = fold(text[claim.start : claim.end]).split()[:_OPENING]
    near = claim.start - figure.end <= _CAUSE_REACH
    # "The massacre led to the death of thirty, where they used rockets".
    before = fold(text[max(0, figure.start - _RESULT_CHARACTERS) : figure.start]).split()
    led_to = any(lookup(word, WordClass.RESULT) is not None for word in before[-_RESULT_REACH:])
    caused = any(lookup(word, WordClass.CAUSE) is not None for word in first[:1])
    # "The death of six, and the wounding of others in shelling".
    goes_on = any(lookup(base, WordClass.ACT) is not None for w in first[:1] for base in bases(w))
    return near and (led_to or caused or (goes_on and _IN in first))


def _with_figures(
    suggestion: Suggestion,
    number: int,
    given: dict[tuple[int, int], list[FigureMention]],
    actors: Sequence[ActorMention],
    text: PreparedText,
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
    text: PreparedText,
) -> SuggestedClaim:
    """The claim with the figures, its quote long enough to have them all."""
    if not figures:
        return claim
    start, original = claim.start, text.original
    if figures[0].start < start:
        # With the verb before the number.
        start = text.sentence_at(figures[0].start, figures[0].end)[0]
    end = max(claim.end, *(figure.end for figure in figures))
    estimates = tuple(_estimates(figures, actors, original))
    return replace(claim, start=start, end=end, quote=original[start:end], estimates=estimates)


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
            side=_side(figure, actors, text),
            words=text[figure.start : figure.end],
        )


def _side(figure: FigureMention, actors: Sequence[ActorMention], text: str) -> str | None:
    """The party of the fighters who are counted, if it is named with them or right after them.

    "Six of its men, according to the army" are not the army's.
    """
    words = text[figure.start : figure.end]
    if figure.counted is not Counted.COMBATANTS or words.endswith(PRONOUNS):
        return None
    near = (a for a in actors if figure.start <= a.start < figure.end + _SIDE_REACH)
    party = next(near, None)
    if party is None:
        return None
    between = fold(text[figure.end : party.start]).split()
    joined = all(word == TO or lookup(word, WordClass.OF) is not None for word in between)
    return party.actor_id if joined else None
