"""The cues of a sentence that are acts of their own, e.g. not "killed" beside the raid that killed."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.figure_words import WordClass, lookup
from dashboard.extraction.nearby import one_of
from dashboard.extraction.party_names import is_one_of
from dashboard.extraction.scene import Scene
from dashboard.extraction.sentence import EventHit, Sentence, is_verb
from dashboard.model.event import EventGroup, FollowingAct
from dashboard.text.clitics import AND, IN, PRONOUNS, SINGULAR_PRONOUNS, bases, definite_base
from dashboard.text.normalise import fold

# "An air raid, at dawn, which they carried out": the verb is so many words after the noun at most.
_CARRIED_OUT_REACH = 3
# "In response to" is among so many words before the noun of the act that is the reason.
_REASON_REACH = 3
# What opens the object of a noun: "the release of", "the reaching of".
_COMPLEMENTS, _FROM = frozenset({"علي", "الي", "عن"}), "من"
# "Its responsibility for" is among so many words before the noun of the act.
_CLAIM_REACH = 6
# So many adjectives may stand between a noun and the verb of its relative clause.
_ADJECTIVES = 1
_ANY = frozenset({"اي", "ايه"})
# "With the support of" is among so many words before the noun of what helps.
_HELP_REACH = 2
# "One of them hit a house": of the raids named before it.
_ONE_OF_THEM = frozenset(map(fold, ("إحداها", "إحداهما", "أحدها", "أحدهما", "بعضها", "معظمها")))
# "In the first, the deadliest (operation of)": right before the noun.
_IN_WORD, _RANK_REACH = "في", 3
# The ending of a verb of two.
_DUAL = "تا"
_RANKS = frozenset(map(fold, ("أول", "ثاني", "ثالث", "أكبر", "أحدث", "أعنف", "أخطر", "أوسع")))
# "Three of them hit houses".
_OF_THEM = "منها"
# "Similar attacks", "other attacks": not those of the text.
_OTHERS = frozenset(map(fold, ("مماثلة", "المماثلة", "مشابهة", "المشابهة", "مماثل", "مشابه")))
# "Another attack".
_ANOTHER = frozenset(map(fold, ("آخر", "أخرى", "ثان", "ثانية")))
# "The sound of" is right before the noun.
_SOUNDS = frozenset(map(fold, ("صوت", "أصوات", "دوي")))
# "Between" is among so many words after the noun of a fight: "violent clashes between".
_BETWEEN, _BETWEEN_REACH = "بين", 3


def main_cues(sentence: Sentence, named: AbstractSet[int] = frozenset()) -> Iterator[EventHit]:
    """The cues, of several of one kind in one clause the first verb, or else the first.

    The words `named` belong to names: "the Liberation of" in that of a party reports nothing.
    """
    main: dict[tuple[int, str, int], EventHit] = {}
    for hit in sentence.events:
        if hit.at in named:
            continue
        # "The attack comes days after another attack": two of one kind.
        other = hit.at if _is_another(sentence, hit) else 0
        key = sentence.clauses[hit.at], hit.form.cue.kind.kind, other
        earlier = main.get(key)
        better = earlier is None or (is_verb(hit) and not is_verb(earlier))
        if better and not (earlier and _carries_out(sentence, hit, earlier)):
            main[key] = hit
    yield from sorted(main.values(), key=lambda hit: hit.at)


def yields(sentence: Sentence, hit: EventHit, hits: Sequence[EventHit], cues: Cues) -> bool:
    """Whether another act of the sentence is the event instead: the raid in which somebody was killed.

    An act of a further main clause, as after "and", is one of its own.
    """
    part, kind = sentence.parts[hit.at], hit.form.cue.kind
    if kind.following_act is FollowingAct.REPORTED and _is_followed(sentence, hit, hits):
        return True
    if _is_part(sentence, hit, hits, cues):
        return True
    for other in hits:
        if other.form.cue.kind.kind not in kind.yields_to:
            continue
        # "Foiled an infiltration" stands for it; "the infiltration" is one reported before.
        if _is_object(sentence, other, hit) and not other.form.definite:
            continue
        if sentence.clauses[hit.at] == sentence.clauses[other.at]:
            return True
        if _takes_up(sentence, hit, other):
            return True
        if kind.of_words or is_between(sentence, hit):
            continue
        first, last = sorted((hit.at, other.at))
        if sentence.parts[other.at] == part and not sentence.main_verb_between(first + 1, last + 1):
            return True
    return False


def whole_of(hits: Sequence[EventHit]) -> int:
    """The word of the act that the others are parts of, of acts that are all parts of each other.

    -1 if there is none.
    """
    wider = {kind for hit in hits for kind in hit.form.cue.kind.yields_to}
    return next((hit.at for hit in hits if hit.form.cue.kind.kind in wider), -1)


def is_of_others(sentence: Sentence, hit: EventHit) -> bool:
    """Whether it refers to other acts: "claimed dozens of similar attacks before"."""
    return not _OTHERS.isdisjoint(sentence.texts[hit.at + 1 : hit.at + 2])


def _is_part(sentence: Sentence, hit: EventHit, hits: Sequence[EventHit], cues: Cues) -> bool:
    """Whether it is what a verb before it needs, or says how another act was helped, heard or aimed."""
    near = _near(sentence, hit, hits)
    if any(_is_object(sentence, hit, verb) or _describes(sentence, hit, verb) for verb in near):
        return True
    if _is_one_of_them(sentence, hit, near) or _is_apposed(sentence, hit, hits):
        return True
    # "In an attack which hit their position": the verb is about the attack.
    if any(_carries_out(sentence, hit, other) for other in near) or _is_toll_of(
        sentence, hit, near, cues
    ):
        return True
    word = sentence.texts[hit.at].removeprefix(AND)
    hits_target = is_verb(hit) and word in cues.words[ClaimRole.AGAINST]
    if hits_target and any(
        _is_attack_before(sentence, hit, other)
        or _is_antecedent(sentence, hit, other)
        or (other.at == hit.at + 1 and not is_verb(other) and other.form.cue.li_agent)
        for other in near
    ):
        return True
    return _is_help(sentence, hit, hits, cues) or _is_sound(sentence, hit, hits)


def _is_apposed(sentence: Sentence, hit: EventHit, hits: Sequence[EventHit]) -> bool:
    """Whether it says which the act before it was: "was killed, in the first attack of its kind"."""
    before = sentence.texts[max(0, hit.at - _RANK_REACH) : hit.at]
    which = any(pair[0] == _IN_WORD and pair[1] in _RANKS for pair in pairwise(before))
    return which and not is_verb(hit) and any(other.at < hit.at for other in hits)


def _carries_out(sentence: Sentence, verb: EventHit, noun: EventHit) -> bool:
    """Whether a verb says whose attack it was: "a raid which the warplanes carried out".

    Without a relative pronoun, as the noun has no "the"; the pronoun on the verb is the attack.
    """
    if not _is_attack_before(sentence, verb, noun) or not is_verb(verb) or noun.form.definite:
        return False
    near = verb.at - noun.at <= _CARRIED_OUT_REACH
    return near and sentence.texts[verb.at].endswith(SINGULAR_PRONOUNS)


def _is_toll_of(sentence: Sentence, hit: EventHit, near: Sequence[EventHit], cues: Cues) -> bool:
    """Whether it is what a fight led to: "the clashes resulted in the death of seven fighters"."""
    opening = sentence.clause_span(sentence.clauses[hit.at])[0]
    before = sentence.texts[opening : hit.at]
    if is_verb(hit) or not is_one_of(sentence.texts[hit.at], cues.words[ClaimRole.CASUALTY]):
        return False
    if not any(
        lookup(base, WordClass.RESULT) is not None for word in before for base in bases(word)
    ):
        return False
    violence = (other for other in near if other.form.cue.kind.group is EventGroup.VIOLENCE)
    return any(opening <= other.at < hit.at and not is_verb(other) for other in violence)


def _is_one_of_them(sentence: Sentence, hit: EventHit, near: Sequence[EventHit]) -> bool:
    """Whether the subject of a verb is one of the attacks before it: "raids, one of which hit"."""
    before = any(
        other.at < hit.at and other.form.cue.kind.group is EventGroup.VIOLENCE for other in near
    )
    subject = sentence.texts[hit.at + 1 :][:2]
    some = not _ONE_OF_THEM.isdisjoint(subject[:1]) or subject[1:] == (_OF_THEM,)
    return before and is_verb(hit) and some


def _is_help(sentence: Sentence, hit: EventHit, hits: Sequence[EventHit], cues: Cues) -> bool:
    """Whether it is by what another act was helped: "took the town with the support of air strikes"."""
    if is_verb(hit):
        return False
    before = sentence.texts[max(0, hit.at - _HELP_REACH) : hit.at]
    helps = any(word in cues.words[ClaimRole.SUPPORT] for word in before)
    return helps and any(other.at < hit.at - 1 for other in _near(sentence, hit, hits))


def _is_sound(sentence: Sentence, hit: EventHit, hits: Sequence[EventHit]) -> bool:
    """Whether it is the sound of another act: "blasts were heard because of the shelling"."""
    if is_verb(hit) or _SOUNDS.isdisjoint(bases(sentence.texts[max(0, hit.at - 1)])):
        return False
    later = [other for other in hits if sentence.clauses[other.at] == sentence.clauses[hit.at] + 1]
    opening = sentence.clause_span(sentence.clauses[hit.at] + 1)[0]
    return bool(later) and opening in sentence.adverbials


def _takes_up(sentence: Sentence, hit: EventHit, other: EventHit) -> bool:
    """Whether a verb with a pronoun says how it was done: "attacked cars, and stoned them"."""
    clauses = sentence.clauses[other.at] - sentence.clauses[hit.at]
    verbs = is_verb(hit) and is_verb(other) and other.at > hit.at
    return verbs and clauses <= 1 and sentence.texts[other.at].endswith(PRONOUNS)


def _near(sentence: Sentence, hit: EventHit, hits: Sequence[EventHit]) -> Sequence[EventHit]:
    """Those of `hits`, which are in order, in the clause of `hit` and in the one before."""
    clause = sentence.clauses[hit.at]
    first, last = sentence.clause_span(clause - 1)[0], sentence.clause_span(clause)[1]
    low = bisect_left(hits, first, key=lambda other: other.at)
    return hits[low : bisect_right(hits, last, lo=low, key=lambda other: other.at)]


def is_between(sentence: Sentence, hit: EventHit) -> bool:
    """Whether it names its two sides: "clashes between" is no part of what another party does."""
    return any(
        word.text == _BETWEEN for word in sentence.words[hit.at + 1 : hit.at + 1 + _BETWEEN_REACH]
    )


def _is_object(sentence: Sentence, hit: EventHit, verb: EventHit) -> bool:
    """Whether the noun is what the verb before it needs: "launched, this morning, attacks"."""
    if is_verb(hit) or not is_verb(verb) or verb.at >= hit.at:
        return False
    if sentence.clauses[verb.at] != sentence.clauses[hit.at]:
        return False
    word = sentence.texts[hit.at]
    return any(one_of(words)[word] for words in verb.form.cue.needs)


def _is_attack_before(sentence: Sentence, hit: EventHit, other: EventHit) -> bool:
    """Whether the other cue is the noun of an attack, before the verb in its clause."""
    same = sentence.clauses[hit.at] == sentence.clauses[other.at] and other.at < hit.at
    # "An assassination and an abduction which hit two preachers": a verb of two.
    two = sentence.texts[hit.at].endswith(_DUAL)
    return same and not is_verb(other) and (other.form.cue.li_agent or two)


def _is_antecedent(sentence: Sentence, hit: EventHit, other: EventHit) -> bool:
    """Whether the verb's relative clause is about an attack: "the attack which hit a patrol"."""
    clause = sentence.clauses[hit.at]
    opening = sentence.clause_span(clause)[0]
    right_before = opening - _ADJECTIVES - 1 <= other.at < opening
    attack = not is_verb(other) and other.form.cue.li_agent
    return clause in sentence.relative_clauses and right_before and attack


def _describes(sentence: Sentence, hit: EventHit, other: EventHit) -> bool:
    """Whether it is about what another act needs: "shot down rockets which they fired"."""
    clause, distance = (
        sentence.clauses[hit.at],
        sentence.clauses[hit.at] - sentence.clauses[other.at],
    )
    if other.form.cue.kind is hit.form.cue.kind or not is_verb(hit) or other.at >= hit.at:
        return False
    if distance == 1 and clause in sentence.relative_clauses:
        antecedents = [sentence.texts[sentence.clause_span(clause)[0] - 1]]
    elif distance == 0 and hit.at not in sentence.main_verbs:
        # "Rockets, guided, that hit": without a relative pronoun after a noun without "the".
        near = range(max(other.at + 1, hit.at - _ADJECTIVES - 1), hit.at)
        antecedents = [
            text for text in map(sentence.texts.__getitem__, near) if _is_indefinite(text)
        ]
    else:
        return False
    needs = [one_of(words) for words in other.form.cue.needs]
    return any(need[antecedent] for need in needs for antecedent in antecedents)


def _is_indefinite(word: str) -> bool:
    return definite_base(word) is None


def _is_followed(sentence: Sentence, hit: EventHit, hits: Sequence[EventHit]) -> bool:
    """Whether an act follows in the clause; "condemned the bombing" refers to one reported elsewhere."""
    clause = sentence.clauses[hit.at]
    later = (o for o in hits if o.at > hit.at and sentence.clauses[o.at] == clause)
    return any(not other.form.definite for other in later)


def takes_complement(sentence: Sentence, hit: EventHit) -> bool:
    """Whether a preposition after a noun with "the" opens its object, so that it refers back to nothing.

    E.g. "announced the release of", "the taking of"; an attack keeps its preposition when referred to.
    """
    after = sentence.texts[hit.at + 1 : hit.at + 2]
    kind = hit.form.cue.kind
    opens = _COMPLEMENTS | {_FROM} if kind.movement else _COMPLEMENTS
    return kind.group is not EventGroup.VIOLENCE and any(word in opens for word in after)


def is_claimed(sentence: Sentence, hit: EventHit, cues: Cues) -> bool:
    """Whether somebody takes responsibility for the act: "claimed the attack"."""
    clause, claimed = sentence.clauses[hit.at], cues.words[ClaimRole.CLAIMED]
    before = range(max(0, hit.at - _CLAIM_REACH), hit.at)
    return any(
        sentence.clauses[at] == clause and not claimed.isdisjoint(bases(sentence.texts[at]))
        for at in before
    )


def is_of_known(sentence: Sentence, hit: EventHit) -> bool:
    """Whether it is an act on what is known: "hitting the school", "its shelling"; not "any clashes".

    "Denied shelling any school" is of the one that was named.
    """
    if is_verb(hit) or sentence.texts[hit.at].endswith(PRONOUNS):
        return True
    after = sentence.texts[hit.at + 1 : hit.at + 2]
    return any(definite_base(word) is not None or word in _ANY for word in after)


def elaborates(sentence: Sentence, hit: EventHit) -> bool:
    """Whether its relative clause is about an act just named: the agreement, which was signed in."""
    clause = sentence.clauses[hit.at]
    if clause == 0 or clause not in sentence.relative_clauses:
        return False
    first, last = sentence.clause_span(clause - 1)
    before = sentence.events_between(first, last + 1)
    return any(other.form.cue.kind == hit.form.cue.kind for other in before)


def is_reason(scene: Scene, hit: EventHit, cues: Cues) -> bool:
    """Whether an undated act is only the reason of another one: "in response to the attacks on"."""
    sentence, clause = scene.sentence, scene.sentence.clauses[hit.at]
    dated = {clause, clause + 1} if clause + 1 in sentence.relative_clauses else {clause}
    if is_verb(hit) or any(sentence.clauses[at] in dated for at, _ in scene.dates):
        return False
    before = range(max(0, hit.at - _REASON_REACH), hit.at)
    words = [sentence.words[at].text for at in before if sentence.clauses[at] == clause]
    return any(base in cues.words[ClaimRole.REASON] for word in words for base in bases(word))


def is_only_named(scene: Scene, hit: EventHit, civilians: AbstractSet[str], cues: Cues) -> bool:
    """Whether who speaks of an act says not where, when nor by whom: "condemned attacks on them".

    An accusation has "of" before the act, and what stands after it is to whom and by whom.
    """
    sentence, clause = scene.sentence, scene.sentence.clauses[hit.at]
    if is_verb(hit) or hit.form.cue.kind.group is not EventGroup.VIOLENCE:
        return False
    if sentence.texts[hit.at].startswith(IN):
        return False
    opening, closing = sentence.clause_span(clause)
    says = any(
        other.form.cue.kind.following_act is FollowingAct.REPORTED
        for other in sentence.events_between(opening, hit.at)
    )
    if not says or scene.place_index.in_clauses(clause, clause) or clause in scene.unknown_clauses:
        return False
    if any(sentence.clauses[at] == clause for at, _ in scene.dates):
        return False
    after = range(hit.at + 1, closing + 1)
    parties = {m.actor_id for at, m in (*scene.actors, *scene.unlisted) if at in after}
    words = sentence.texts[hit.at + 1 : closing + 1]
    return parties <= civilians and cues.nationalities.keys().isdisjoint(words)


def _is_another(sentence: Sentence, hit: EventHit) -> bool:
    """Whether "another" follows the noun of an act of violence."""
    after = sentence.texts[hit.at + 1 : hit.at + 2]
    violent = hit.form.cue.kind.group is EventGroup.VIOLENCE and not is_verb(hit)
    return violent and not (hit.form.definite or _ANOTHER.isdisjoint(after))


def is_separate(sentence: Sentence, hit: EventHit) -> bool:
    """Whether the words before it say that it is another act: "in a separate incident"."""
    if _is_another(sentence, hit):
        return True
    last = sentence.last_before(ClaimRole.SEPARATE, hit.at)
    if last is None or hit.form.definite or sentence.between(ClaimRole.REPORT, last.at, hit.at):
        return False
    return last.at == 0 or sentence.clauses[last.at] == sentence.clauses[hit.at]
