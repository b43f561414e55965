"""Which field of an event a claim denies or doubts, e.g. "denied deaths in the shelling" -> its toll."""

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.scene import Scene
from dashboard.extraction.scope import end_of_scope
from dashboard.extraction.sentence import ClaimHit, EventHit, Sentence, is_verb
from dashboard.model.event import ClaimField
from dashboard.text.clitics import bases, definite_base

# "That it was on Friday": "was" is so many words before the act at most.
_WAS_REACH = 3
# "Carried out the raid": the raid is so many words after the verb at most.
_OBJECT_REACH = 3
# "The number of the dead is false": its subject is so many words before "false" at most.
_SUBJECT_REACH = 8
# "But a depot": so many words after the verb at most.
_INSTEAD, _INSTEAD_REACH = frozenset({"بل", "وانما", "انما"}), 10
# "In his turn denied" is no part in an act.
_IN_TURN = frozenset({"بدوره", "بدورها", "بدورهم"})
# "Took place in", before a place that the gazetteer may lack.
_SOMEWHERE = frozenset({"في", "من", "داخل", "قرب", "خارج"})
# "If it is true that aircraft did it": what is doubted follows in so many words.
_ASIDE_REACH = 6


def field_of_act(scene: Scene, cue: ClaimHit, hit: EventHit, cues: Cues) -> ClaimField:
    """The field of the act `hit` that the cue denies or doubts: whether it happened, if no other."""
    sentence = scene.sentence
    if cue.cue.role in {ClaimRole.DENIAL_AFTER, ClaimRole.DOUBT_AFTER}:
        return _field_judged_after(sentence, cue, cues)
    # The cue itself may say it: "disowned the bombing", "we have no link to".
    head = _named_field(sentence, cue.at, hit.at, cues)
    if head is not None:
        return head
    if _is_execution(sentence, cue, hit, cues):
        return ClaimField.ACTOR
    if _hit_something_else(sentence, hit):
        return ClaimField.PLACE
    return _field_of_complement(scene, cue, hit, cues)


def field_of_anaphor(sentence: Sentence, cue: ClaimHit, cues: Cues) -> ClaimField:
    """The field disputed by a cue that names no act: "denied any link to it"."""
    if cue.cue.role in {ClaimRole.DENIAL_AFTER, ClaimRole.DOUBT_AFTER}:
        return _field_judged_after(sentence, cue, cues)
    end = end_of_scope(sentence, cue, cues.words[ClaimRole.COMPLEMENT])
    return _named_field(sentence, cue.at, end, cues) or ClaimField.HAPPENED


def _named_field(sentence: Sentence, low: int, high: int, cues: Cues) -> ClaimField | None:
    """The field that a noun among the words is about: "responsibility for", "losses in"."""
    for word in sentence.words[low:high]:
        forms = set(bases(word.text))
        if forms & cues.words[ClaimRole.RESPONSIBILITY] and word.text not in _IN_TURN:
            return ClaimField.ACTOR
        if forms & cues.words[ClaimRole.TOLL]:
            return ClaimField.TOLL
    return None


def _field_judged_after(sentence: Sentence, cue: ClaimHit, cues: Cues) -> ClaimField:
    """Of "the number of the dead is false" the toll; of "if aircraft did it" who did it."""
    if cue.cue.where == "aside":
        after = sentence.words[cue.at : cue.at + _ASIDE_REACH]
        done = any(word.text in cues.words[ClaimRole.EXECUTION] for word in after)
        return ClaimField.ACTOR if done else ClaimField.HAPPENED
    opening = sentence.clause_span(sentence.clauses[cue.at])[0]
    news = sentence.last_before(ClaimRole.NEWS, cue.at)
    first = max(opening, cue.at - _SUBJECT_REACH)
    # "The reports of a raid with ten dead are false" is about the raid.
    if news is not None and news.at >= opening:
        return ClaimField.HAPPENED
    return _named_field(sentence, first, cue.at, cues) or ClaimField.HAPPENED


def _is_execution(sentence: Sentence, cue: ClaimHit, hit: EventHit, cues: Cues) -> bool:
    """Whether it is denied that somebody carried out an act that is known: "carried out the raid"."""
    verbs = sentence.words[cue.at + cue.length : hit.at + 1]
    if not any(word.text in cues.words[ClaimRole.EXECUTION] for word in verbs):
        return False
    acts = sentence.events_between(hit.at, hit.at + _OBJECT_REACH + 1)
    return any(act.form.definite for act in acts)


def _hit_something_else(sentence: Sentence, hit: EventHit) -> bool:
    """Whether a known attack hit another thing: "the raid did not hit a school, but a depot"."""
    before = sentence.events_between(max(0, hit.at - _WAS_REACH), hit.at)
    known = any(act.form.definite and not is_verb(act) for act in before)
    other = range(hit.at + 1, min(hit.at + 1 + _INSTEAD_REACH, len(sentence.texts) - 1))
    return (
        known
        and is_verb(hit)
        and any(
            sentence.texts[at] in _INSTEAD and at + 1 not in sentence.event_words for at in other
        )
    )


def _field_of_complement(scene: Scene, cue: ClaimHit, hit: EventHit, cues: Cues) -> ClaimField:
    """Of "denied that the shelling was on Friday" the date.

    "Was" before a known act shows it, or "took place" right after it.
    """
    sentence = scene.sentence
    before = sentence.words[max(cue.at, hit.at - _WAS_REACH) : hit.at]
    was = any(word.text in cues.words[ClaimRole.WAS] for word in before)
    after = sentence.words[hit.at + 1 : hit.at + 2]
    was = was or any(word.text in cues.words[ClaimRole.TAKES_PLACE] for word in after)
    if not was or not (hit.form.definite or _is_known(sentence, hit)):
        return ClaimField.HAPPENED
    end = end_of_scope(sentence, cue, cues.words[ClaimRole.COMPLEMENT])
    if any(hit.at < at < end for at, _ in scene.dates):
        return ClaimField.DATE
    if any(hit.at < place.at < end for place in scene.places):
        return ClaimField.PLACE
    if any(word.text in _SOMEWHERE for word in sentence.words[hit.at + 2 : hit.at + 3]):
        return ClaimField.PLACE
    return ClaimField.HAPPENED


def _is_known(sentence: Sentence, hit: EventHit) -> bool:
    """Whether a verb is about what is known: "that the rocket had come down in the town"."""
    before = sentence.texts[max(0, hit.at - _WAS_REACH) : hit.at]
    known = [word for word in before if definite_base(word) is not None]
    needed = hit.form.cue.needed
    return is_verb(hit) and any(one[word] for one in needed for word in known)
