"""Which phrases of a sentence may name the parties of an act, e.g. not the source before "that"."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from dashboard.extraction.agreement import disagrees
from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.event_hits import RELATIVES
from dashboard.extraction.party_names import is_one_of
from dashboard.extraction.party_phrases import PartyPhrase
from dashboard.extraction.scope import explains, names_time
from dashboard.extraction.sentence import THAT, EventHit, Sentence, is_that, is_verb
from dashboard.model.event import PartyRoles
from dashboard.text.clitics import AND, CONJUNCTIONS, PRONOUNS, TO

_CONSEQUENCES = 2
# "Hit today, Saturday" is so many words long.
_DAY_REACH = 6
_ONE_SIDE = ("من", "جهه")
_IN_EXCHANGE = "مقابل"
# "That they had" is so many words long with the verb.
_BE, _BE_REACH = frozenset({"يكون", "تكون", "يكونوا"}), 3


class Reach(NamedTuple):
    """The phrases in reach of a cue, in the order of the sentence.

    `phrases` are in its clause, `harmed` are those that a clause beside it may name as dead or hurt,
    and `subject` is who does it if no phrase in reach does.
    """

    phrases: tuple[PartyPhrase, ...]
    harmed: tuple[PartyPhrase, ...]
    subject: tuple[PartyPhrase, ...]


def reach_of(
    sentence: Sentence,
    hit: EventHit,
    phrases: Sequence[PartyPhrase],
    subject: Sequence[PartyPhrase],
    cues: Cues,
) -> Reach:
    """The phrases in reach of `hit`; `subject` are those who did the act before it in the sentence."""
    clause = sentence.clauses[hit.at]
    that = that_before(sentence, hit.at)
    # The subject of "and demanded" is named before, but the last name before it may be an object.
    coordinated = is_verb(hit) and hit.at in sentence.main_verbs
    low = max(that, hit.at - 1) if coordinated else that
    high = _next_main_verb(sentence, hit.at, cues)
    inside = [p for p in phrases if low < p.start < high and sentence.clauses[p.start] == clause]
    inside = [p for p in inside if not names_time(sentence, hit.at, p.start - 1)]
    inside = [
        *_announcers(sentence, hit, phrases, cues),
        *inside,
        *_after_day(sentence, hit, phrases),
    ]
    inside += _listed(sentence, phrases, inside, clause)
    inside += _doers(sentence, phrases, clause, cues)
    kind = hit.form.cue.kind
    if not subject and not is_verb(hit) and kind.parties is PartyRoles.MUTUAL and not kind.of_words:
        # "The forces hold the town after battles with the army": both fight.
        subject = [p for p in phrases if sentence.clauses[p.start] < clause and not p.speaks][:1]
    explained = bool(subject) and explains(sentence, sentence.clause_span(clause)[0])
    if that >= 0 and not explained and _names_speaker(sentence, that, hit.at, cues):
        subject = _speaker(sentence, [p for p in phrases if p.start < that and not p.speaks])
    if not subject and coordinated and hit.at:
        subject = _opening(sentence, hit, phrases) or _topic(sentence, hit, phrases)
    if is_verb(hit) and sentence.texts[hit.at - 1] in RELATIVES and hit.at > 1:
        # "The forces, which withdrew": who is named right before the relative pronoun.
        subject = [p for p in phrases if p.last == hit.at - 2] or subject
    harmed = [
        phrase
        for phrase in phrases
        if phrase not in inside
        and (_is_harmed(sentence, phrase, hit, cues) or _is_fought(sentence, phrase, hit, cues))
    ]
    return Reach(tuple(inside), tuple(harmed), tuple(subject))


def _after_day(
    sentence: Sentence, hit: EventHit, phrases: Sequence[PartyPhrase]
) -> list[PartyPhrase]:
    """The object of a verb that a day parts from it: "hit, on Saturday, a Russian patrol"."""
    clause = sentence.clauses[hit.at]
    _, closing = sentence.clause_span(clause)
    opening, last = sentence.clause_span(clause + 1)
    apart = closing < len(sentence.texts) - 1 and clause + 1 not in sentence.relative_clauses
    after = [p for p in phrases if sentence.clauses[p.start] == clause and p.start > hit.at]
    if not is_verb(hit) or not apart or after or sentence.events_between(opening, last + 1):
        return []
    if closing - hit.at > _DAY_REACH:
        return []
    return [p for p in phrases if p.start == opening and not (p.prefix or p.speaks)]


def _announcers(
    sentence: Sentence, hit: EventHit, phrases: Sequence[PartyPhrase], cues: Cues
) -> list[PartyPhrase]:
    """Who announces an act that opens a clause: "the group announced, last night, the targeting of"."""
    clause = sentence.clauses[hit.at]
    opening, _ = sentence.clause_span(clause)
    casualty = is_one_of(sentence.texts[hit.at], cues.words[ClaimRole.CASUALTY])
    if is_verb(hit) or hit.at != opening or not clause or casualty:
        return []
    first, last = sentence.clause_span(clause - 1)
    announced = is_one_of(sentence.texts[first], cues.words[ClaimRole.ANNOUNCEMENT])
    if not announced or sentence.events_between(first, last + 1):
        return []
    return [p for p in phrases if p.start == first + 1 and p.last <= last and not p.speaks]


def _speaker(sentence: Sentence, before: Sequence[PartyPhrase]) -> Sequence[PartyPhrase]:
    """Who says it: the last party right after a verb that reports, or the last one before "that"."""
    saying = [p for p in before if p.start - 1 in sentence.reports]
    main = [p for p in before if sentence.clauses[p.start] not in sentence.relative_clauses]
    return (saying or main or before)[-1:]


def _opening(
    sentence: Sentence, hit: EventHit, phrases: Sequence[PartyPhrase]
) -> Sequence[PartyPhrase]:
    """The party right after the word that opens the part: "the army went on, and arrested"."""
    first = bisect_left(sentence.parts, sentence.parts[hit.at])
    return [
        phrase
        for phrase in phrases[:1]
        if phrase.start == first + 1
        and phrase.last < hit.at
        and not (phrase.of or phrase.within or phrase.speaks)
        and sentence.texts[first] not in THAT
        and not disagrees(sentence, hit, phrase.start)
    ]


def _topic(
    sentence: Sentence, hit: EventHit, phrases: Sequence[PartyPhrase]
) -> Sequence[PartyPhrase]:
    """The party of the clause before it, if a comma parts them: "that the defences, of the army, fired".

    Of an act of words after a report the one that reports: "the army denied it, and accused the forces".
    """
    if hit.form.cue.kind.of_words:
        saying = [p for p in phrases if p.last < hit.at and p.start - 1 in sentence.reports]
        return [p for p in saying[-1:] if not disagrees(sentence, hit, p.start)]
    clause = sentence.clauses[hit.at] - 1
    first, last = sentence.clause_span(clause) if clause >= 0 else (0, -1)
    alone = last == hit.at - 1 and sentence.texts[hit.at][0] not in CONJUNCTIONS
    if not alone or sentence.events_between(first, last + 1):
        return ()
    that = that_before(sentence, last)
    return (
        [p for p in phrases if that < p.start and first <= p.start <= last][:1] if that >= 0 else ()
    )


def _next_main_verb(sentence: Sentence, at: int, cues: Cues) -> int:
    """The number of the next verb of a main clause, to which the words after it belong.

    "And killed two of" still names the target of the attack before it.
    """
    verbs = sentence.main_verbs[bisect_right(sentence.main_verbs, at) :]
    casualty = cues.words[ClaimRole.CASUALTY]
    last = next(
        (n for n in verbs if not is_one_of(sentence.texts[n], casualty)), len(sentence.words)
    )
    # "Released them in exchange for the release by the government of": what follows is another act.
    acts = sentence.events_between(at + 1, last)
    return next((act.at for act in acts if sentence.texts[act.at - 1] == _IN_EXCHANGE), last)


def that_before(sentence: Sentence, at: int) -> int:
    """The number of the last "that" before a word in its clause; -1 if there is none."""
    first, _ = sentence.clause_span(sentence.clauses[at])
    numbers = [n for n in range(first, at) if is_that(sentence.words[n].text)]
    return numbers[-1] if numbers else -1


def _names_speaker(sentence: Sentence, that: int, at: int, cues: Cues) -> bool:
    """Whether a pronoun on "that", or on "forces" near the verb, means who speaks."""
    if sentence.words[that].text not in THAT:
        return True
    if sentence.texts[that + 1] in _BE and at - that <= _BE_REACH:
        # "Denied that they had shelled the town".
        return True
    near = sentence.words[that + 1 : at + 2]
    forces = (cues.words[ClaimRole.WEAPON], cues.words[ClaimRole.MEMBER])
    return any(
        word.text.endswith(pronoun) and is_one_of(word.text.removesuffix(pronoun), words)
        for word in near
        for pronoun in PRONOUNS
        for words in forces
    )


def _listed(
    sentence: Sentence, phrases: Sequence[PartyPhrase], inside: Sequence[PartyPhrase], clause: int
) -> list[PartyPhrase]:
    """The phrases after a comma that "and" joins to one in reach."""
    listed: list[PartyPhrase] = []
    last = inside[-1].last if inside else -1
    for phrase in phrases:
        between = sentence.texts[last + 1 : phrase.start]
        # "Between the forces, on one side, and the factions".
        joins = phrase.start == last + 1 or between == _ONE_SIDE
        joins = joins and (phrase.joined or sentence.texts[phrase.start].startswith(AND))
        if joins and sentence.clauses[phrase.start] > clause:
            listed.append(phrase)
            last = phrase.last
    return listed


def _doers(
    sentence: Sentence, phrases: Sequence[PartyPhrase], clause: int, cues: Cues
) -> list[PartyPhrase]:
    """Who does what the relative clause after an act is about: "the attack which they launched"."""
    does = cues.words[ClaimRole.EXECUTION]
    # "An attack at a checkpoint, carried out by".
    opening = sentence.clause_span(clause + 1)[0]
    opens = sentence.texts[opening : opening + 1] and sentence.texts[opening] in does
    if clause + 1 not in sentence.relative_clauses and not opens:
        return []
    return [
        phrase
        for phrase in phrases
        if sentence.clauses[phrase.start] == clause + 1 and sentence.texts[phrase.start - 1] in does
    ]


def _is_fought(sentence: Sentence, phrase: PartyPhrase, hit: EventHit, cues: Cues) -> bool:
    """Whether fighting that belongs to the act is named in another clause: "after battles with"."""
    clause = sentence.clauses[phrase.start]
    before = sentence.texts[phrase.start - 1]
    against = before in cues.words[ClaimRole.WITH] or before in cues.words[ClaimRole.AGAINST]
    if not against or sentence.parts[phrase.start] != sentence.parts[hit.at]:
        return False
    first, last = sentence.clause_span(clause)
    # "And clashes broke out with" is an act of its own.
    if clause > sentence.clauses[hit.at] and sentence.main_verb_between(first, phrase.start):
        return False
    fights = sentence.events_between(first, min(last + 1, phrase.start))
    return abs(clause - sentence.clauses[hit.at]) == 1 and any(
        hit.form.cue.kind.kind in fight.form.cue.kind.yields_to for fight in fights
    )


def _is_harmed(sentence: Sentence, phrase: PartyPhrase, hit: EventHit, cues: Cues) -> bool:
    """Whether a clause of casualties beside that of the cue names the phrase, without another act."""
    clause, own = sentence.clauses[phrase.start], sentence.clauses[hit.at]
    distance = clause - own
    if not distance or abs(distance) > _CONSEQUENCES or distance < -1:
        return False
    if sentence.parts[phrase.start] != sentence.parts[hit.at]:
        return False
    first, last = sentence.clause_span(clause)
    words = sentence.words[first : phrase.start]
    if not any(is_one_of(word.text, cues.words[ClaimRole.CASUALTY]) for word in words):
        return False
    after = "".join(sentence.texts[phrase.last + 1 : phrase.last + 2])
    if after.startswith(TO) and is_one_of(words[-1].text, cues.words[ClaimRole.CASUALTY]):
        # "A day after the killing by the army of three": who is after "of" was killed.
        return False
    low, high = sorted((hit.at, first))
    # "Launched two raids, which killed": the raids are the same act.
    return not any(
        other.form.cue.kind is not hit.form.cue.kind and not first <= other.at <= last
        for other in sentence.events_between(low, high)
    )
