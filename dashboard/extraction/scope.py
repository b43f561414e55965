"""How far a denial or doubt reaches, e.g. "نفت قسد أي انسحاب، وشن الطيران غارات": not to the raids."""

from bisect import bisect_right
from itertools import islice

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.sentence import IN_STATEMENT, ClaimHit, Sentence, is_that, is_verb
from dashboard.text.clitics import CONJUNCTIONS

# A report is called false, doubtful or unconfirmed so many words after its act at most.
_AFTER_REACH = 25
# "False" follows "news" within so many words.
_DESCRIBED_REACH = 2
# "If the news of a raid is true": what is doubted ends with the clause.
_CONDITIONS = frozenset({"ان", "اذا", "لو", "في"})
# An aside ("if it is true") is so many words after the act at most.
_ASIDE_REACH = 6
# "After two days from", so many words before the act at most.
_AFTER_BEFORE, _FROM, _SPAN_REACH = frozenset({"بعد", "قبل"}), "من", 5
# "In a statement in which it said that": "that" is so many words after the verb at most.
_THAT_REACH = 4
# "Explaining that", "pointing to the fact that": an active participle in the accusative.
_PARTICIPLE, _ACCUSATIVE, _PARTICIPLE_REACH = "م", ("ا", "ه"), 3
# "And it is", before what it is: "a shelling which killed seven".
_AND_IT_IS = frozenset({"وهو", "وهي"})


def end_of_scope(sentence: Sentence, cue: ClaimHit, complements: frozenset[str]) -> int:
    """The number of the first word after what a cue governs: of the next main clause, or the end.

    A verb after "and" goes on with a complement: "denied that they entered the town and shelled it".
    """
    after = cue.at + cue.length
    ends = [at for at in sentence.contrasts if at >= after][:1]
    for verb in sentence.main_verbs[bisect_right(sentence.main_verbs, cue.at) :]:
        if verb < after:
            continue
        if _is_verb_of_that(sentence, after, verb):
            continue
        breaks = sentence.clauses[verb] != sentence.clauses[verb - 1]
        complement = any(word.text in complements for word in sentence.words[after:verb])
        if breaks or verb in sentence.reports or not complement:
            ends.append(verb)
            break
    ends += _says_further(sentence, after) + _adds(sentence, after)
    opening, closing = sentence.clause_span(sentence.clauses[cue.at])
    if opening in sentence.adverbials or (opening == cue.at and cue.cue.words[0] in _CONDITIONS):
        # "After the denial of the raid, the police said that": the denial ends with its clause.
        ends.append(closing + 1)
    return min(ends, default=len(sentence.words))


def _is_verb_of_that(sentence: Sentence, after: int, verb: int) -> bool:
    """Whether only commas part a verb from its subject: "false, that the planes, on Sunday, killed"."""
    if sentence.texts[verb].startswith(CONJUNCTIONS) or verb in sentence.reports:
        return False
    thats = [at for at in range(after, verb) if is_that(sentence.texts[at])]
    return bool(thats) and not any(map(is_verb, sentence.events_between(thats[-1], verb)))


def _says_further(sentence: Sentence, after: int) -> list[int]:
    """The verb of "denied it in a statement in which it said that": what it says is not denied.

    It is right after "in a statement"; "that" is among the words after it.
    """
    said = (
        verb
        for verb in sorted(sentence.reports)
        if verb > after + 1
        and sentence.texts[verb - 2] in IN_STATEMENT
        and any(map(is_that, sentence.texts[verb + 1 : verb + _THAT_REACH]))
    )
    return list(islice(said, 1))


def _adds(sentence: Sentence, after: int) -> list[int]:
    """What opens a clause and says more: "denied it, explaining that the raids hit", "which was"."""
    opens = (
        at
        for at in range(after + 1, len(sentence.texts) - 1)
        if sentence.clauses[at] != sentence.clauses[at - 1]
        and (sentence.texts[at] in _AND_IT_IS or explains(sentence, at))
    )
    return list(islice(opens, 1))


def explains(sentence: Sentence, at: int) -> bool:
    """Whether a participle with "that" says more in the words of the same speaker: "explaining that"."""
    word = sentence.texts[at]
    participle = word.startswith(_PARTICIPLE) and word.endswith(_ACCUSATIVE)
    return participle and any(map(is_that, sentence.texts[at + 1 : at + _PARTICIPLE_REACH]))


def is_presupposed(sentence: Sentence, cue: ClaimHit, at: int) -> bool:
    """Whether an adverbial clause has the act: "denied the withdrawal after the shelling".

    What is denied must be named before, else the adverbial clause is all that is denied.
    """
    opening = sentence.clause_span(sentence.clauses[at])[0]
    opening = _days_after(sentence, at) or opening
    if opening <= cue.at or opening not in (*sentence.adverbials, _days_after(sentence, at)):
        return False
    return bool(sentence.events_between(cue.at + cue.length, opening))


def tells_time(sentence: Sentence, at: int) -> bool:
    """Whether the act only says when another of the sentence was: "two hours after the agreement"."""
    opening = _days_after(sentence, at)
    return opening > 0 and bool(sentence.events_between(0, opening))


def _days_after(sentence: Sentence, at: int) -> int:
    """The word that opens "two days after the withdrawal", where "from" is before the act; else 0."""
    if sentence.texts[at - 1 : at] != (_FROM,):
        return 0
    near = range(max(0, at - _SPAN_REACH), at - 1)
    return next((n for n in near if sentence.texts[n] in _AFTER_BEFORE), 0)


def names_time(sentence: Sentence, low: int, high: int) -> bool:
    """Whether "a day after" stands between two words: what follows only says when the first was."""
    openings = sentence.times_after
    number = bisect_right(openings, low)
    return number < len(openings) and openings[number] < high


def judged_after(sentence: Sentence, role: ClaimRole, at: int) -> ClaimHit | None:
    """The cue after the act at word `at` that calls the report of it false or unconfirmed."""
    for cue in sentence.between(role, at + 1, at + _AFTER_REACH):
        if cue.cue.where == "aside":
            if cue.at - at <= _ASIDE_REACH and sentence.clauses[cue.at] > sentence.clauses[at]:
                return cue
            continue
        head = sentence.last_before(ClaimRole.NEWS, at)
        first = head.at if head is not None else at if _is_topic(sentence, at, cue) else None
        if first is not None and not sentence.main_verb_between(first + 1, cue.at):
            return cue
    return judged_before(sentence, role, at)


def _is_topic(sentence: Sentence, at: int, cue: ClaimHit) -> bool:
    """Whether the act itself is called false: "that the shelling of the town is but a rumour"."""
    after_that = at > 0 and is_that(sentence.texts[at - 1])
    return after_that and sentence.clauses[cue.at] == sentence.clauses[at]


def judged_before(sentence: Sentence, role: ClaimRole, at: int) -> ClaimHit | None:
    """The cue that describes the report of the act at word `at`: "false news of the withdrawal"."""
    head = sentence.last_before(ClaimRole.NEWS, at)
    if head is None:
        return None
    first = head.at + head.length
    for cue in sentence.between(role, first, min(at, first + _DESCRIBED_REACH)):
        same = sentence.clauses[cue.at] == sentence.clauses[at]
        if same and cue.cue.where != "aside" and not sentence.main_verb_between(cue.at + 1, at):
            return cue
    return None
