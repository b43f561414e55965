"""Whether a denial is of an act reported before, e.g. "ونفت أنقرة ذلك", "إن هذه الأنباء كاذبة"."""

from collections.abc import Sequence

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.event_cues import Shape
from dashboard.extraction.modality import is_negated
from dashboard.extraction.scope import end_of_scope, judged_after
from dashboard.extraction.sentence import ClaimHit, Sentence, follows_preposition
from dashboard.text.clitics import AND, PRONOUNS, SINGULAR_PRONOUNS, bases

# Words after "denied" among which its object is looked for: "this", "the report".
_REACH = 10
# An act so many words after it is itself what is denied.
_ACT_REACH = 25
_ISSUE = frozenset({"صدور", "اصدار", "اصداره", "اصدارها", "الادلاء"})
# "That it is false".
_IT_IS = frozenset({"انه", "انها", "بانه", "بانها"})
_DID_NOT = "لم"
# "This", "the matter": nothing that follows says what it is.
_DEMONSTRATIVES = frozenset({"ذلك", "هذا", "هذه", "ذاك", "الامر"})
# What opens the content of a report, so many words after it at most.
_ABOUT = frozenset({"عن", "حول", "بشان", "بخصوص", "بان", "ان"})
_ABOUT_REACH = 4
# "In it", "for it"; the part that is denied is among so many words after the denial.
_IN_IT, _PART_REACH = frozenset({"فيه", "فيها", "به", "بها", "عنه", "عنها"}), 4
# "Any casualties", "that there were casualties".
_ANY = frozenset({"اي", "ايه", "وقوع", "سقوط", "وجود", "حدوث", "تكبد"})
# "The figures are false": its subject is so many words before "false" at most.
_REACH_BEFORE = 5


def is_anaphoric(sentence: Sentence, cue: ClaimHit, cues: Cues) -> bool:
    """Whether the object of the denial refers to an act before: "denied it", "the figures are false"."""
    if is_negated(sentence, cue):
        return False
    if cue.cue.role in {ClaimRole.DENIAL_AFTER, ClaimRole.DOUBT_AFTER}:
        return _follows_anaphor(sentence, cue, cues)
    end = end_of_scope(sentence, cue, cues.words[ClaimRole.COMPLEMENT])
    acts = sentence.events_between(cue.at + 1, min(end, cue.at + _ACT_REACH))
    if any(not _is_adverbial(sentence, act.at) for act in acts):
        return False
    if not _ISSUE.isdisjoint(sentence.texts[cue.at + 1 : min(end, cue.at + _REACH)]):
        # "Denied the issue of any statement".
        return False
    if _has_object(sentence, cue):
        return True
    first = cue.at + cue.length
    last = min(end, first + _REACH)
    if _denies_toll(sentence, first, last, cues) or denied_kinds(sentence, cue, cues):
        return True
    return _refers(sentence, first, last, cues) or _disowns(sentence, cue, cues)


def _has_object(sentence: Sentence, cue: ClaimHit) -> bool:
    """Whether its object is a pronoun, or a part of the cue: "denied it", "did not do that"."""
    word = sentence.texts[cue.at + cue.length - 1]
    if cue.length == 1:
        return len(word) > 3 and word.endswith(SINGULAR_PRONOUNS)
    if sentence.texts[cue.at].removeprefix(AND) != _DID_NOT:
        return False
    return word.endswith(PRONOUNS) or not _DEMONSTRATIVES.isdisjoint(bases(word))


def _denies_toll(sentence: Sentence, first: int, last: int, cues: Cues) -> bool:
    """Whether the object of the denial is casualties alone: "denied that there were any injuries"."""
    toll = cues.words[ClaimRole.TOLL]
    dead = toll & cues.words[ClaimRole.CASUALTY]
    return any(
        (
            _is_one(sentence, at, at + 1, dead)
            and sentence.clauses[at] == sentence.clauses[first - 1]
        )
        or (sentence.texts[at - 1] in _ANY and _is_one(sentence, at, at + 1, toll))
        or " ".join(sentence.texts[at - 1 : at + 1]) in toll
        for at in range(first + 1, last)
    )


def denied_kinds(sentence: Sentence, cue: ClaimHit, cues: Cues) -> frozenset[str]:
    """The kinds of act that a noun after the cue may be of: "denied their control", "its signing".

    The noun lacks the words by which it would report an act itself.
    """
    first = cue.at + cue.length
    end = end_of_scope(sentence, cue, cues.words[ClaimRole.COMPLEMENT])
    forms = (
        form
        for at in range(first, min(end, first + _REACH))
        if _is_object(sentence, cue, at)
        for form in cues.events.get(sentence.texts[at], ())
        if form.shape is Shape.NOUN and (form.definite or sentence.texts[at].endswith(PRONOUNS))
    )
    return frozenset(form.cue.kind.kind for form in forms if not form.cue.kind.of_words)


def _is_object(sentence: Sentence, cue: ClaimHit, at: int) -> bool:
    """Whether a word can be what is denied: in the clause of the denial, and after no preposition."""
    same = sentence.clauses[at] == sentence.clauses[cue.at]
    return same and at not in sentence.event_words and not follows_preposition(sentence.texts, at)


def _disowns(sentence: Sentence, cue: ClaimHit, cues: Cues) -> bool:
    """Whether a clause ends with what is denied, a part in the act: "denied its responsibility".

    "For it" may come after: "denied any part in it".
    """
    end = end_of_scope(sentence, cue, cues.words[ClaimRole.COMPLEMENT])
    last = min(sentence.clause_span(sentence.clauses[cue.at])[1], end - 1)
    if sentence.texts[last] in _IN_IT:
        denied = sentence.words[cue.at + 1 : min(last, cue.at + _PART_REACH)]
        return any(
            base in cues.words[ClaimRole.RESPONSIBILITY]
            for word in denied
            for base in bases(word.text)
        )
    words = sentence.words[max(cue.at + 1, last) : last + 1]
    return any(
        base in cues.words[ClaimRole.RESPONSIBILITY] for word in words for base in bases(word.text)
    )


def _is_adverbial(sentence: Sentence, at: int) -> bool:
    """Whether a clause of time or cause has the word: "denied this after the meeting"."""
    return sentence.clause_span(sentence.clauses[at])[0] in sentence.adverbials


def _follows_anaphor(sentence: Sentence, cue: ClaimHit, cues: Cues) -> bool:
    """Whether "this", "the report" is before the cue in its clause, and no act between them."""
    opening = sentence.clause_span(sentence.clauses[cue.at])[0]
    first = max(opening, cue.at - _REACH_BEFORE)
    if sentence.words[cue.at - 1].text in _IT_IS:
        acts = sentence.events_between(0, cue.at)
        return all(judged_after(sentence, cue.cue.role, act.at) is None for act in acts)
    # "Unconfirmed news of" tells of what it is.
    if not _ABOUT.isdisjoint(sentence.texts[cue.at + cue.length : cue.at + cue.length + 1]):
        return False
    return not sentence.events_between(first, cue.at) and _refers(sentence, first, cue.at, cues)


def _refers(sentence: Sentence, low: int, high: int, cues: Cues) -> bool:
    """Whether one of the words is "this", or a report whose content they do not tell.

    "Denied the reports" is of what was reported before, "denied the reports of his dismissal" is not.
    """
    this = cues.words[ClaimRole.THIS]
    named = [at for at in range(low, high) if _is_one(sentence, at, at + 1, this)]
    what = [at for at in range(low, high - 1) if " ".join(sentence.texts[at : at + 2]) in this]
    if what or any(not _DEMONSTRATIVES.isdisjoint(bases(sentence.texts[at])) for at in named):
        return True
    # "What was published": a report in two words.
    news = [hit.at + 1 for hit in sentence.between(ClaimRole.NEWS, low, high) if hit.length > 1]
    last = max((*named, *news), default=None)
    return last is not None and _ABOUT.isdisjoint(_after(sentence, last))


def _after(sentence: Sentence, last: int) -> Sequence[str]:
    """The few words after the word `last` in its clause."""
    end = min(sentence.clause_span(sentence.clauses[last])[1], last + _ABOUT_REACH)
    return sentence.texts[last + 1 : end + 1]


def _is_one(sentence: Sentence, low: int, high: int, known: frozenset[str]) -> bool:
    """Whether one of the words, behind its clitics, is known."""
    words = (base for word in sentence.words[low:high] for base in bases(word.text))
    return not known.isdisjoint(words)
