"""The date of a sentence that is that of an act, e.g. not "أمس" in "كشف مصدر أمس أن القوات انسحبت"."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dashboard.dates.find import DateMention
from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.party_range import that_before
from dashboard.extraction.scene import Scene
from dashboard.extraction.sentence import EventHit, Sentence, is_verb

_SINCE = "منذ"


class DateUse(StrEnum):
    """What a date says of an act."""

    OF_ACT = "of_act"
    # The day of the report: "announced yesterday that".
    OF_REPORT = "of_report"
    # The first day: "since Thursday".
    SINCE = "since"


@dataclass(frozen=True, slots=True)
class ActDate:
    """A date mention and what it says of the act."""

    mention: DateMention
    use: DateUse


def date_of_act(scene: Scene, hit: EventHit) -> ActDate | None:
    """The date of the event's clause, or of one beside it that has no act of its own.

    The date before "that" is the day of the report. The date of a relative clause is only that of its
    own act, as is the first day of something that lasts ("since"). A date of an act before, in the same
    part of the sentence, holds for those after it.
    """
    sentence, clause = scene.sentence, scene.sentence.clauses[hit.at]
    that = that_before(sentence, hit.at)
    own = [(at, m) for at, m in scene.dates if sentence.clauses[at] == clause]
    of_act = [(at, m) for at, m in own if at > that]
    of_act = _without_report(sentence, hit, of_act)
    if of_act:
        at, mention = min(of_act, key=lambda dated: abs(dated[0] - hit.at))
        if _is_of_denial(sentence, hit, at):
            return ActDate(mention, DateUse.OF_REPORT)
        since = at > 0 and sentence.words[at - 1].text == _SINCE
        return ActDate(mention, DateUse.SINCE if since else DateUse.OF_ACT)
    if own:
        return ActDate(own[-1][1], DateUse.OF_REPORT)
    return _beside(scene, hit)


def _without_report(
    sentence: Sentence, hit: EventHit, dates: list[tuple[int, DateMention]]
) -> list[tuple[int, DateMention]]:
    """The dates without that of the report: "announced today the killing of five yesterday"."""
    later = [(at, mention) for at, mention in dates if at > hit.at]
    opening = sentence.clause_span(sentence.clauses[hit.at])[0]
    verbs = sentence.between(ClaimRole.REPORT, opening, dates[0][0]) if dates else ()
    return later if later and not is_verb(hit) and verbs else dates


def _is_of_denial(sentence: Sentence, hit: EventHit, at: int) -> bool:
    """Whether the date before a noun is the day on which the act is denied: "denied today the raid"."""
    if is_verb(hit) or at > hit.at:
        return False
    denial = sentence.last_before(ClaimRole.DENIAL, at)
    return denial is not None and denial.at in sentence.reports


def _beside(scene: Scene, hit: EventHit) -> ActDate | None:
    """The date of the nearest clause whose date holds for the act, an earlier one before a later one."""
    sentence, clause = scene.sentence, scene.sentence.clauses[hit.at]
    if clause in sentence.relative_clauses and clause:
        return _after(scene, hit)
    of_noun = None if is_verb(hit) else _of_relative(scene, hit)
    if of_noun is not None:
        return of_noun
    earlier = [
        (at, m)
        for at, m in _in_part(scene, hit)
        if sentence.clauses[at] < clause and _holds_on(sentence, at)
    ]
    later = _after(scene, hit)
    if not earlier:
        return later
    at, mention = earlier[-1]
    if later is not None and not _is_of_act(sentence, at):
        distances = clause - sentence.clauses[at], _clauses_to(scene, later.mention, clause)
        if distances[1] < distances[0]:
            return later
    of_report = any(sentence.clauses[n] == sentence.clauses[at] for n in _thats(sentence, at))
    return ActDate(mention, DateUse.OF_REPORT if of_report else DateUse.OF_ACT)


def _of_relative(scene: Scene, hit: EventHit) -> ActDate | None:
    """The date of the relative clause after a noun: "the bombing which hit the town on Friday"."""
    sentence, clause = scene.sentence, scene.sentence.clauses[hit.at] + 1
    if clause not in sentence.relative_clauses:
        return None
    first, last = sentence.clause_span(clause)
    acts = sentence.events_between(first, last + 1)
    if any(act.form.cue.kind is not hit.form.cue.kind for act in acts):
        return None
    dates = [m for at, m in scene.dates if sentence.clauses[at] == clause]
    return ActDate(dates[0], DateUse.OF_ACT) if dates else None


def _in_part(scene: Scene, hit: EventHit) -> list[tuple[int, DateMention]]:
    numbers = scene.date_index.in_part(scene.sentence.parts[hit.at])
    return list(scene.dates[numbers.start : numbers.stop])


def _after(scene: Scene, hit: EventHit) -> ActDate | None:
    """The first date of a later clause that has no act of its own."""
    sentence, clause = scene.sentence, scene.sentence.clauses[hit.at]
    for at, mention in _in_part(scene, hit):
        number = sentence.clauses[at]
        free = number > clause and not _is_of_act(sentence, at)
        relative = is_verb(hit) and number in sentence.relative_clauses
        if free and not relative and sentence.words[at - 1].text != _SINCE:
            first = sentence.clause_span(number)[0]
            # "According to what the monitor announced on Saturday".
            reported = bool(sentence.between(ClaimRole.REPORT, first, at))
            return ActDate(mention, DateUse.OF_REPORT if reported else DateUse.OF_ACT)
    return None


def _clauses_to(scene: Scene, mention: DateMention, clause: int) -> int:
    at = next(number for number, other in scene.dates if other is mention)
    return scene.sentence.clauses[at] - clause


def _is_of_act(sentence: Sentence, at: int) -> bool:
    """Whether the clause of the word has an act of its own."""
    first, last = sentence.clause_span(sentence.clauses[at])
    return bool(sentence.events_between(first, last + 1))


def _holds_on(sentence: Sentence, at: int) -> bool:
    """Whether the date at the word may hold for acts of later clauses."""
    clause = sentence.clauses[at]
    if at and sentence.words[at - 1].text == _SINCE:
        return False
    if clause in sentence.relative_clauses:
        return not _is_of_act(sentence, at)
    first, _ = sentence.clause_span(clause)
    return first not in sentence.adverbials or not first or not _is_of_act(sentence, at)


def _thats(sentence: Sentence, at: int) -> Iterator[int]:
    """The words "that" after a word in its clause."""
    _, last = sentence.clause_span(sentence.clauses[at])
    that = that_before(sentence, last)
    if that > at:
        yield that
