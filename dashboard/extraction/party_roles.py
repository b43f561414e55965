"""The roles of parties, e.g. "قصف الجيش للقرية" -> initiator; "مقتل خمسة من داعش في غارة" -> target.

First the words before a phrase say it ("by", "against", "killed"), then where the phrase stands.
"""

from collections.abc import Sequence
from itertools import pairwise

from dashboard.extraction.event_cues import FirstParty
from dashboard.extraction.party_phrases import PartyPhrase
from dashboard.extraction.party_range import Reach
from dashboard.extraction.party_rules import PartyRules
from dashboard.extraction.role_marks import is_between, is_outside, marked_role, supports
from dashboard.extraction.role_positions import denies_own, role_by_position
from dashboard.extraction.sentence import EventHit, Sentence, is_that, is_verb
from dashboard.model.event import ActorRole, EventGroup, PartyRoles
from dashboard.model.suggestion import SuggestedActor
from dashboard.text.clitics import PRONOUNS, TO
from dashboard.text.normalise import fold

_SIDES = 2
_OTHERS = frozenset(
    map(fold, ("السلطات", "الإدارة", "البلدية", "المحكمة", "النيابة", "الأهالي", "السكان"))
)
# "Raids", and an adjective, before the verb "hit".
_SUBJECT_REACH = 2
_Roles = dict[PartyPhrase, ActorRole]


def actor_roles(
    sentence: Sentence, reach: Reach, hit: EventHit, rules: PartyRules
) -> list[tuple[int, SuggestedActor]]:
    """The parties of an event with their roles and the words where they are named, each party once."""
    roles = _roles(sentence, reach, hit, rules)
    arguments: dict[str, tuple[int, SuggestedActor]] = {}
    nearest: dict[str, PartyPhrase] = {}
    for phrase in sorted(roles, key=lambda phrase: abs(phrase.start - hit.at)):
        nearest.setdefault(phrase.actor_id, phrase)
    for phrase, role in roles.items():
        # "Fired at a crowd near the seat of the group": of a party named twice the nearer phrase.
        if is_verb(hit) and nearest[phrase.actor_id] is not phrase:
            continue
        actor = SuggestedActor(phrase.actor_id, role, phrase.first, phrase.end)
        arguments.setdefault(phrase.actor_id, (phrase.at, actor))
    return sorted(arguments.values(), key=lambda argument: argument[1].role is ActorRole.TARGET)


def _roles(sentence: Sentence, reach: Reach, hit: EventHit, rules: PartyRules) -> _Roles:
    kind = hit.form.cue.kind
    if kind.parties is PartyRoles.MUTUAL:
        parties = [
            p
            for p in reach.phrases
            if not is_outside(sentence, p, hit, rules.cues) and not (p.adjective and kind.of_words)
        ]
        parties = list(_without_announcer(sentence, parties, hit))
        parties = [p for p in parties if not _is_of_other(sentence, p, hit)]
        harmed = [*reach.harmed, *parties] if not kind.of_words else reach.harmed
        harmed = [p for p in harmed if p.actor_id in rules.civilians]
        parties = [p for p in parties if p not in harmed]
        both = len(parties) > 1 or any(is_between(sentence, p) for p in parties)
        subject = () if both else reach.subject
        sides = dict.fromkeys((*parties, *subject), ActorRole.PARTY)
        return dict.fromkeys(harmed, ActorRole.TARGET) | sides
    roles: _Roles = {}
    phrases = (*reach.phrases, *reach.harmed)
    for phrase in phrases:
        role = marked_role(sentence, phrase, hit, rules)
        if role is not None:
            roles[phrase] = role
    unmarked = [
        phrase
        for phrase in reach.phrases
        if phrase not in roles
        and not phrase.joined
        and (
            not is_outside(sentence, phrase, hit, rules.cues)
            or denies_own(sentence, phrase, hit, rules.cues)
        )
    ]
    supporting = {p for p in roles if supports(sentence, p, rules.cues)}
    for phrase in supporting:
        del roles[phrase]
    for phrase in _nearest_first(unmarked, hit):
        initiated = ActorRole.INITIATOR in roles.values()
        if _is_matter(sentence, phrase, hit, roles, rules):
            continue
        role = role_by_position(sentence, phrase, hit, rules, initiated=initiated)
        if role is not None:
            roles[phrase] = role
    roles |= dict.fromkeys(supporting, ActorRole.INITIATOR)
    _add_joined(phrases, roles)
    if ActorRole.INITIATOR not in roles.values() and _may_inherit(sentence, hit):
        roles |= dict.fromkeys(reach.subject, ActorRole.INITIATOR)
    return {p: role for p, role in roles.items() if not _is_bystander(p, role, hit, rules)}


def _is_of_other(sentence: Sentence, phrase: PartyPhrase, hit: EventHit) -> bool:
    """Whether a noun between them is what happens to it: "the battles led to the displacement of"."""
    between = sentence.events_between(hit.at + 1, phrase.start)
    return hit.form.cue.kind.group is EventGroup.VIOLENCE and any(
        not is_verb(other) and other.form.cue.kind.group is EventGroup.POLITICS for other in between
    )


def _without_announcer(
    sentence: Sentence, parties: Sequence[PartyPhrase], hit: EventHit
) -> Sequence[PartyPhrase]:
    """The sides of a fight; who reports it is none of them if two others are named."""
    others = [p for p in parties if p.start - 1 not in sentence.reports]
    enough = len({p.actor_id for p in others}) >= _SIDES
    return others if enough and not hit.form.cue.kind.of_words else parties


def _add_joined(phrases: Sequence[PartyPhrase], roles: _Roles) -> None:
    """Give a phrase after "and" the role of the phrase before it."""
    for before, phrase in pairwise(phrases):
        if phrase.joined and before in roles and roles.get(phrase) is not ActorRole.TARGET:
            roles[phrase] = roles[before]


def _is_bystander(phrase: PartyPhrase, role: ActorRole, hit: EventHit, rules: PartyRules) -> bool:
    """Whether civilians, or who reports it, would initiate an act, not of words nor of a crowd."""
    kind = hit.form.cue.kind
    acts = kind.of_words or kind.parties is PartyRoles.CROWD
    # Who announces a displacement did not cause it, if it helps or observes.
    observes = phrase.actor_id in rules.observers and not is_verb(hit) and phrase.start < hit.at
    bystander = phrase.actor_id in rules.civilians or observes
    return bystander and role is ActorRole.INITIATOR and not acts


def _is_matter(
    sentence: Sentence, phrase: PartyPhrase, hit: EventHit, roles: _Roles, rules: PartyRules
) -> bool:
    """Whether a demand or threat is about the party, not made to it: "asked them to arm the forces"."""
    kind = hit.form.cue.kind
    if not kind.of_words or phrase.start <= hit.at + 1:
        return False
    purpose = sentence.texts[phrase.start - 1].startswith(TO)
    spared = phrase.actor_id in rules.civilians and purpose
    return spared or ActorRole.TARGET in roles.values()


def _may_inherit(sentence: Sentence, hit: EventHit) -> bool:
    """Whether the subject named before may do it: "and withdrew from it", "its withdrawal".

    Not what "raids that hit the airport" did: the raids are what hit it.
    """
    first = hit.form.cue.first_party
    if not _OTHERS.isdisjoint(sentence.texts[hit.at + 1 : hit.at + 2]):
        # "And the authorities imposed": the subject is named, and no party that is known.
        return False
    if is_verb(hit):
        return first is not FirstParty.TARGET and not _is_of_attack(sentence, hit)
    return first is FirstParty.INITIATOR and sentence.texts[hit.at].endswith(PRONOUNS)


def _is_of_attack(sentence: Sentence, hit: EventHit) -> bool:
    """Whether the noun of an attack, right before the verb, is its subject.

    It opens an adverbial, or follows "that": "said that new raids hit the town".
    """
    nouns = sentence.events_between(hit.at - _SUBJECT_REACH, hit.at)
    attacks = [noun.at for noun in nouns if not is_verb(noun) and noun.form.cue.li_agent]
    return any(at - 1 in sentence.adverbials or is_that(sentence.texts[at - 1]) for at in attacks)


def _nearest_first(phrases: Sequence[PartyPhrase], hit: EventHit) -> list[PartyPhrase]:
    """Those after the cue in order, then those before it, the nearest first."""
    after = [phrase for phrase in phrases if phrase.start > hit.at]
    before = [phrase for phrase in phrases if phrase.start <= hit.at]
    return [*after, *reversed(before)] if not is_verb(hit) else [*reversed(before), *after]
