"""Words before a phrase that give its party a role, e.g. "من قبل الجيش" -> initiator, "ضد" -> target."""

from collections.abc import Sequence

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.event_cues import FirstParty
from dashboard.extraction.nearby import one_of
from dashboard.extraction.party_names import is_one_of
from dashboard.extraction.party_phrases import PartyPhrase
from dashboard.extraction.party_rules import PartyRules
from dashboard.extraction.sentence import EventHit, Sentence, is_verb
from dashboard.model.event import ActorRole, EventGroup, FollowingAct, PartyRoles
from dashboard.text.clitics import TO
from dashboard.text.normalise import fold

# The word that gives the role of a party is among so many words before its phrase.
_REACH = 3
# "Killed" is among so many words before the phrase that names the dead.
_CASUALTY_REACH = 4
# The spokesman's name and title are so many words at most.
_SPOKESMAN = 7
_OBJECT_ENDING, _ACCUSATIVE = "ين", "ا"
_FROM, _BETWEEN, _ON = "من", "بين", "علي"
# "The side which shelled it is", before who did.
_IS, _SIDES = frozenset({"هي", "هو"}), frozenset({"الجهه", "الطرف", "من"})
# "They were killed in" follows the dead.
_WERE = ("ا", "وا", "ت")
_REPLIES = frozenset(map(fold, ("رد", "الرد", "ردا", "ردت", "يرد", "ترد", "للرد")))
_UNDER_CONTROL = fold("تحت سيطرة")
HARMFUL = frozenset({EventGroup.VIOLENCE, EventGroup.COERCION})


def marked_role(
    sentence: Sentence, phrase: PartyPhrase, hit: EventHit, rules: PartyRules
) -> ActorRole | None:
    """The role that the words before the phrase give it; `None` if they give none."""
    cue, words = hit.form.cue, rules.cues.words
    before = _words_before(sentence, phrase, _REACH)
    if cue.kind.group in HARMFUL and _is_replied_to(sentence, phrase, hit):
        return ActorRole.TARGET
    if _is_doer(sentence, phrase, hit, rules, before):
        return ActorRole.INITIATOR
    if phrase.actor_id in rules.civilians and cue.kind.group in HARMFUL:
        return ActorRole.TARGET
    if phrase.start - 1 != hit.at and set(before[-1:]) & words[ClaimRole.EXECUTION]:
        # "Shot down a drone that they had launched": who launched it is the target.
        harmful = cue.kind.group in HARMFUL
        return ActorRole.INITIATOR if harmful else ActorRole.TARGET
    if cue.kind.group in HARMFUL and _is_casualty(sentence, phrase, hit, rules):
        return ActorRole.TARGET
    if _is_taken_from(phrase, before[-2:], hit):
        return ActorRole.TARGET
    if phrase.start > hit.at and not cue.kind.of_words:
        return _by_preposition(sentence, phrase, before, hit, rules.cues)
    if is_verb(hit) and set(before[-1:]) & words[ClaimRole.WITH]:
        # "After battles with the group, the army took the town".
        takes = cue.kind.group is EventGroup.MOVEMENT and not cue.kind.movement
        return ActorRole.TARGET if takes or cue.kind.group in HARMFUL else None
    return None


def _is_doer(
    sentence: Sentence,
    phrase: PartyPhrase,
    hit: EventHit,
    rules: PartyRules,
    before: Sequence[str],
) -> bool:
    """Whether the party does the act or helps: "by the forces", "with the support of the forces"."""
    helps = supports(sentence, phrase, rules.cues) and phrase.actor_id not in rules.civilians
    if helps or _speaks_for(sentence, phrase, hit) or _is_who(sentence, phrase, hit):
        return True
    pair = " ".join(before[-2:]) if len(before) > 1 else ""
    if {pair, *before[-1:], sentence.texts[phrase.start]} & rules.cues.words[ClaimRole.AGENT]:
        return True
    needs = hit.form.cue.needs
    return pair == _UNDER_CONTROL and any(one_of(need)[before[-1]] for need in needs)


def _is_who(sentence: Sentence, phrase: PartyPhrase, hit: EventHit) -> bool:
    """Whether the phrase says who did it: "the side which shelled the village is the forces"."""
    opening = sentence.clause_span(sentence.clauses[hit.at])[0]
    sides = _SIDES.intersection(sentence.texts[max(0, opening - 1) : hit.at])
    said = sentence.texts[phrase.start - 1] in _IS and phrase.start > hit.at
    return said and is_verb(hit) and bool(sides)


def _is_replied_to(sentence: Sentence, phrase: PartyPhrase, hit: EventHit) -> bool:
    """Whether the act answers the party: "replied to the fire of the forces by shelling"."""
    before = sentence.texts[max(0, phrase.start - _REACH) : phrase.start]
    replies = not _REPLIES.isdisjoint(before) and _ON in before
    return replies and phrase.last < hit.at and not is_verb(hit)


def _speaks_for(sentence: Sentence, phrase: PartyPhrase, hit: EventHit) -> bool:
    """Whether a spokesman of the party demands or threatens: "the spokesman of the forces called on"."""
    after = phrase.start > hit.at and is_verb(hit)
    near = phrase.start - hit.at <= _SPOKESMAN and not sentence.events_between(
        hit.at + 1, phrase.start
    )
    asks = hit.form.cue.kind.following_act is FollowingAct.UNREAL
    return phrase.speaks and asks and after and near


def is_outside(sentence: Sentence, phrase: PartyPhrase, hit: EventHit, cues: Cues) -> bool:
    """Whether the phrase is no part of the act: a source, a spokesman, who holds the ground."""
    if phrase.speaks or _is_of_another(sentence, phrase, hit):
        return True
    before = _words_before(sentence, phrase, 2)
    # "Controlled by", also "which the rebels have control over".
    over = (
        before[-2]
        if len(before) > 1 and before[-1].startswith(_ON)
        else before[-1]
        if before
        else ""
    )
    if over and is_one_of(over, cues.words[ClaimRole.CONTROL]):
        return phrase.start - 1 != hit.at and not _is_taken_from(phrase, before, hit)
    if any(word in cues.words[ClaimRole.MEDIATION] for word in before):
        return True
    sources = sentence.between(ClaimRole.REPORT, phrase.start - 2, phrase.start)
    return any(cue.cue.where == "before" for cue in sources)


def is_between(sentence: Sentence, phrase: PartyPhrase) -> bool:
    """Whether "between" is before the phrase, so that the text names all sides."""
    return _BETWEEN in _words_before(sentence, phrase, 1)


def _is_of_another(sentence: Sentence, phrase: PartyPhrase, hit: EventHit) -> bool:
    """Whether an adjective belongs to the noun of another act: "withdrew under the Russian shelling"."""
    kind = hit.form.cue.kind
    if not phrase.adjective or kind.parties is PartyRoles.CROWD:
        return False
    noun = next(reversed(sentence.events_between(phrase.start - 2, phrase.start)), None)
    if noun is None or is_verb(noun) or noun.at == hit.at or noun.form.cue.kind is kind:
        return False
    return not any(one_of(words)[sentence.texts[noun.at]] for words in hit.form.cue.needs)


def _is_taken_from(phrase: PartyPhrase, before: Sequence[str], hit: EventHit) -> bool:
    """Whether ground is taken from the party, or "from the control of" it."""
    kind = hit.form.cue.kind
    takes = kind.group is EventGroup.MOVEMENT and not kind.movement
    return takes and phrase.start > hit.at and bool(before) and before[0] == _FROM


def supports(sentence: Sentence, phrase: PartyPhrase, cues: Cues) -> bool:
    """Whether the party helps who does it: "with air support from the coalition"."""
    before = _words_before(sentence, phrase, 3)
    # "Backed by" may have "by" in two words.
    near = before if " ".join(before[-2:]) in cues.words[ClaimRole.AGENT] else before[-2:]
    # "With the support of air strikes of".
    if sentence.texts[phrase.start].startswith(TO):
        acts = sentence.events_between(phrase.start - 2, phrase.start)[:1]
        near += [word for act in acts for word in sentence.texts[max(0, act.at - 2) : act.at]]
    return any(is_one_of(word, cues.words[ClaimRole.SUPPORT]) for word in near)


def _by_preposition(
    sentence: Sentence, phrase: PartyPhrase, before: Sequence[str], hit: EventHit, cues: Cues
) -> ActorRole | None:
    nearest = before[-1] if before and phrase.start - 1 != hit.at else ""
    if nearest in cues.words[ClaimRole.AGAINST]:
        return ActorRole.TARGET
    if nearest in cues.words[ClaimRole.TO]:
        return ActorRole.TARGET
    struck = sentence.texts[hit.at + 1 : phrase.start]
    # "A raid on a gathering of the forces".
    owned = phrase.of and not phrase.armed and hit.form.cue.first_party is FirstParty.INITIATOR
    violent = hit.form.cue.kind.group is EventGroup.VIOLENCE
    if violent and _ON in struck and (is_verb(hit) or owned):
        return ActorRole.TARGET
    if nearest == _BETWEEN:
        return ActorRole.INITIATOR
    takes = hit.form.cue.kind.group is EventGroup.MOVEMENT and not hit.form.cue.kind.movement
    if nearest in cues.words[ClaimRole.WITH] and (takes or hit.form.cue.kind.group in HARMFUL):
        return ActorRole.TARGET
    if nearest == _FROM and takes:
        return ActorRole.TARGET
    passive = not is_verb(hit) or hit.form.cue.first_party is FirstParty.TARGET
    if nearest == _FROM and hit.form.cue.kind.group is EventGroup.VIOLENCE and passive:
        return ActorRole.INITIATOR
    if phrase.within and hit.form.cue.kind.group in HARMFUL:
        by_means = phrase.armed and hit.form.cue.first_party is not FirstParty.TARGET
        return ActorRole.INITIATOR if by_means else ActorRole.TARGET
    return None


def _is_casualty(sentence: Sentence, phrase: PartyPhrase, hit: EventHit, rules: PartyRules) -> bool:
    """Whether the phrase names who was killed or hurt: "two members of" after "killed".

    Or before it: "two of the forces were killed in a raid".
    """
    words = rules.cues.words[ClaimRole.CASUALTY]
    verb = "".join(sentence.texts[phrase.last + 1 : phrase.last + 2])
    people = phrase.member or phrase.within
    if people and phrase.last < hit.at and verb.endswith(_WERE) and is_one_of(verb, words):
        return True
    clause = sentence.clauses[phrase.start]
    for at in range(phrase.start - 1, max(-1, phrase.start - 1 - _CASUALTY_REACH), -1):
        if sentence.clauses[at] != clause:
            return False
        if is_one_of(sentence.words[at].text, words):
            bare = phrase.start == phrase.at or not phrase.member
            bare = bare and not is_object(sentence, phrase)
            active = at == phrase.start - 1 and at == hit.at and is_verb(hit) and bare
            return not active
        if at in sentence.event_words:
            return False
    return False


def is_object(sentence: Sentence, phrase: PartyPhrase) -> bool:
    """Whether the first word has the ending of an object: "killed demonstrators, a member"."""
    word = sentence.texts[phrase.start]
    one = phrase.member and phrase.start < phrase.at and word.endswith(_ACCUSATIVE)
    return (one or word.endswith(_OBJECT_ENDING)) and not phrase.of


def _words_before(sentence: Sentence, phrase: PartyPhrase, count: int) -> list[str]:
    """The words of the phrase's clause before it, at most `count`, the nearest last."""
    clause = sentence.clauses[phrase.start]
    first = max(0, phrase.start - count)
    return [
        sentence.words[at].text
        for at in range(first, phrase.start)
        if sentence.clauses[at] == clause
    ]
