"""The roles of parties, e.g. "قصف الجيش للقرية" -> initiator; "مقتل خمسة من داعش في غارة" -> target.

First the words before a phrase say it ("by", "against", "killed"), then where the phrase stands.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from dashboard.dates.lexicon import load_words
from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.event_cues import FirstParty
from dashboard.extraction.party_names import is_one_of
from dashboard.extraction.party_phrases import PartyPhrase
from dashboard.extraction.party_range import Reach
from dashboard.extraction.sentence import EventHit, Sentence, is_verb
from dashboard.model.event import ActorRole, EventGroup, PartyRoles
from dashboard.model.suggestion import SuggestedActor
from dashboard.text.clitics import bases

# The word that gives the role of a party is among so many words before its phrase.
_REACH = 3
# "Killed" is among so many words before the phrase that names the dead.
_CASUALTY_REACH = 4
# So many words between a cue and a party are passed over if they only say when: "at dawn today".
_LONGEST_TIME = 4
# An adjective is among so many words after the noun: "artillery shelling, Turkish".
_ADJECTIVES = 2
# The title of who speaks is so long: "the ministry of foreign affairs of".
_TITLE = 3
_OBJECT_ENDING = "ين"
_FROM, _BETWEEN = "من", "بين"
_HARMFUL = frozenset({EventGroup.VIOLENCE, EventGroup.COERCION})
_Roles = dict[PartyPhrase, ActorRole]


@dataclass(frozen=True, slots=True)
class PartyRules:
    """The tables by which roles are read; `civilians` and `crowds` are ids of parties.

    Neither bears arms, and crowds act: they protest, block roads and attack.
    """

    cues: Cues
    civilians: AbstractSet[str] = frozenset()
    crowds: AbstractSet[str] = frozenset()


def actor_roles(
    sentence: Sentence, reach: Reach, hit: EventHit, rules: PartyRules
) -> list[tuple[int, SuggestedActor]]:
    """The parties of an event with their roles and the words where they are named, each party once."""
    roles = _roles(sentence, reach, hit, rules)
    arguments: dict[str, tuple[int, SuggestedActor]] = {}
    for phrase, role in roles.items():
        actor = SuggestedActor(phrase.actor_id, role, phrase.first, phrase.end)
        arguments.setdefault(phrase.actor_id, (phrase.at, actor))
    return sorted(arguments.values(), key=lambda argument: argument[1].role is ActorRole.TARGET)


def _roles(sentence: Sentence, reach: Reach, hit: EventHit, rules: PartyRules) -> _Roles:
    kind = hit.form.cue.kind
    if kind.parties is PartyRoles.MUTUAL:
        parties = [
            p
            for p in reach.phrases
            if not _is_outside(sentence, p, hit, rules.cues) and not (p.adjective and kind.of_words)
        ]
        return dict.fromkeys((*parties, *reach.subject), ActorRole.PARTY)
    roles: _Roles = {}
    phrases = (*reach.phrases, *reach.harmed)
    for phrase in phrases:
        role = _marked(sentence, phrase, hit, rules)
        if role is not None:
            roles[phrase] = role
    unmarked = [
        phrase
        for phrase in reach.phrases
        if phrase not in roles
        and not phrase.joined
        and not _is_outside(sentence, phrase, hit, rules.cues)
    ]
    supporting = {p for p in roles if _supports(sentence, p, rules.cues)}
    for phrase in supporting:
        del roles[phrase]
    for phrase in _nearest_first(unmarked, hit):
        role = _by_position(sentence, phrase, hit, roles, rules)
        if role is not None:
            roles[phrase] = role
    roles |= dict.fromkeys(supporting, ActorRole.INITIATOR)
    _add_joined(phrases, roles)
    if ActorRole.INITIATOR not in roles.values() and _may_inherit(hit):
        roles |= dict.fromkeys(reach.subject, ActorRole.INITIATOR)
    return {p: role for p, role in roles.items() if not _is_bystander(p, role, hit, rules)}


def _only_speaks(sentence: Sentence, phrase: PartyPhrase, hit: EventHit, cues: Cues) -> bool:
    """Whether who is named before the noun of a fight only speaks of it: "condemned the attack"."""
    if is_verb(hit) or phrase.start > hit.at or hit.form.cue.kind.of_words:
        return False
    return _before_cue(sentence, phrase, hit, cues, initiated=False) is None


def _add_joined(phrases: Sequence[PartyPhrase], roles: _Roles) -> None:
    """Give a phrase after "and" the role of the phrase before it."""
    for before, phrase in pairwise(phrases):
        if phrase.joined and before in roles and roles.get(phrase) is not ActorRole.TARGET:
            roles[phrase] = roles[before]


def _is_bystander(phrase: PartyPhrase, role: ActorRole, hit: EventHit, rules: PartyRules) -> bool:
    """Whether civilians would initiate an act that is neither of words nor of a crowd."""
    kind = hit.form.cue.kind
    acts = kind.of_words or kind.parties is PartyRoles.CROWD
    return phrase.actor_id in rules.civilians and role is ActorRole.INITIATOR and not acts


def _may_inherit(hit: EventHit) -> bool:
    """Whether the act may be that of the subject named before it: "and withdrew from it"."""
    return is_verb(hit) and hit.form.cue.first_party is not FirstParty.TARGET


def _nearest_first(phrases: Sequence[PartyPhrase], hit: EventHit) -> list[PartyPhrase]:
    """Those after the cue in order, then those before it, the nearest first."""
    after = [phrase for phrase in phrases if phrase.start > hit.at]
    before = [phrase for phrase in phrases if phrase.start <= hit.at]
    return [*after, *reversed(before)] if not is_verb(hit) else [*reversed(before), *after]


def _words_before(sentence: Sentence, phrase: PartyPhrase, count: int) -> list[str]:
    """The words of the phrase's clause before it, at most `count`, the nearest last."""
    clause = sentence.clauses[phrase.start]
    first = max(0, phrase.start - count)
    return [
        sentence.words[at].text
        for at in range(first, phrase.start)
        if sentence.clauses[at] == clause
    ]


def _is_outside(sentence: Sentence, phrase: PartyPhrase, hit: EventHit, cues: Cues) -> bool:
    """Whether the phrase is no part of the act: a source, a spokesman, who holds the ground."""
    if phrase.speaks:
        return True
    before = _words_before(sentence, phrase, 2)
    if before and is_one_of(before[-1], cues.words[ClaimRole.CONTROL]):
        return phrase.start - 1 != hit.at
    sources = sentence.between(ClaimRole.REPORT, phrase.start - 2, phrase.start)
    return any(cue.cue.where == "before" for cue in sources)


def _marked(
    sentence: Sentence, phrase: PartyPhrase, hit: EventHit, rules: PartyRules
) -> ActorRole | None:
    """The role that the words before the phrase give it; `None` if they give none."""
    cue, words = hit.form.cue, rules.cues.words
    before = _words_before(sentence, phrase, _REACH)
    pairs = [" ".join(pair) for pair in pairwise(before)]
    if set(pairs[-1:]) & words[ClaimRole.AGENT] or set(before[-1:]) & words[ClaimRole.AGENT]:
        return ActorRole.INITIATOR
    if phrase.actor_id in rules.civilians and cue.kind.group in _HARMFUL:
        return ActorRole.TARGET
    if _supports(sentence, phrase, rules.cues):
        return ActorRole.INITIATOR
    if phrase.start - 1 != hit.at and set(before[-1:]) & words[ClaimRole.EXECUTION]:
        return ActorRole.INITIATOR
    if _is_casualty(sentence, phrase, hit, rules):
        return ActorRole.TARGET
    if phrase.start > hit.at and not cue.kind.of_words:
        return _by_preposition(phrase, before, hit, rules.cues)
    return None


def _supports(sentence: Sentence, phrase: PartyPhrase, cues: Cues) -> bool:
    """Whether the party helps who does it: "with air support from the coalition"."""
    before = _words_before(sentence, phrase, 2)
    return any(word in cues.words[ClaimRole.SUPPORT] for word in before)


def _by_preposition(
    phrase: PartyPhrase, before: Sequence[str], hit: EventHit, cues: Cues
) -> ActorRole | None:
    nearest = before[-1] if before and phrase.start - 1 != hit.at else ""
    if nearest in cues.words[ClaimRole.AGAINST]:
        return ActorRole.TARGET
    if nearest in cues.words[ClaimRole.TO]:
        return ActorRole.TARGET
    if nearest == _BETWEEN:
        return ActorRole.INITIATOR
    if nearest in cues.words[ClaimRole.WITH] and hit.form.cue.kind.group in _HARMFUL:
        return ActorRole.TARGET
    takes = hit.form.cue.kind.group is EventGroup.MOVEMENT and not hit.form.cue.kind.movement
    if nearest == _FROM and takes:
        return ActorRole.TARGET
    if phrase.within and hit.form.cue.kind.group in _HARMFUL:
        by_means = phrase.armed and hit.form.cue.first_party is not FirstParty.TARGET
        return ActorRole.INITIATOR if by_means else ActorRole.TARGET
    return None


def _is_casualty(sentence: Sentence, phrase: PartyPhrase, hit: EventHit, rules: PartyRules) -> bool:
    """Whether the phrase names who was killed or hurt: "two members of" after "killed"."""
    words = rules.cues.words[ClaimRole.CASUALTY]
    clause = sentence.clauses[phrase.start]
    for at in range(phrase.start - 1, max(-1, phrase.start - 1 - _CASUALTY_REACH), -1):
        if sentence.clauses[at] != clause:
            return False
        if is_one_of(sentence.words[at].text, words):
            bare = phrase.start == phrase.at or not phrase.member
            bare = bare and not _is_object(sentence, phrase)
            active = at == phrase.start - 1 and at == hit.at and is_verb(hit) and bare
            return not active
        if at in sentence.event_words:
            return False
    return False


def _by_position(
    sentence: Sentence, phrase: PartyPhrase, hit: EventHit, roles: _Roles, rules: PartyRules
) -> ActorRole | None:
    """The role of a phrase before or after the cue; `None` if it is no party to the act."""
    cue, initiated = hit.form.cue, ActorRole.INITIATOR in roles.values()
    if cue.kind.parties is PartyRoles.CROWD and phrase.start > hit.at:
        crowd = phrase.actor_id in rules.crowds
        return ActorRole.INITIATOR if crowd and not initiated else ActorRole.TARGET
    if phrase.start <= hit.at:
        return _before_cue(sentence, phrase, hit, rules.cues, initiated=initiated)
    if phrase.adjective and not is_verb(hit) and phrase.start - hit.at <= _ADJECTIVES:
        return None if cue.kind.of_words else ActorRole.INITIATOR
    if cue.first_party is FirstParty.TARGET:
        return ActorRole.TARGET
    if initiated:
        return ActorRole.TARGET
    return _after_verb(sentence, phrase, hit) if is_verb(hit) else _after_noun(phrase, hit)


def _after_noun(phrase: PartyPhrase, hit: EventHit) -> ActorRole:
    """The first phrase after a noun: "the shelling of (by) the forces", but "the arrest of members"."""
    cue = hit.form.cue
    by_whom = not phrase.of or cue.li_agent
    if cue.first_party is FirstParty.EITHER:
        by_whom = phrase.start == hit.at + 1 and not phrase.member and not phrase.prefix
    return ActorRole.INITIATOR if by_whom and not phrase.owned else ActorRole.TARGET


def _after_verb(sentence: Sentence, phrase: PartyPhrase, hit: EventHit) -> ActorRole:
    """The first phrase after a verb: its subject if it follows, and if nothing marks it as object."""
    moves = hit.form.cue.first_party is FirstParty.INITIATOR
    if phrase.owned:
        return ActorRole.INITIATOR if moves else ActorRole.TARGET
    follows = _is_next(sentence, hit.at, phrase.start) and not _is_object(sentence, phrase)
    if phrase.of:
        follows = follows and phrase.member and not phrase.prefix
    return ActorRole.INITIATOR if moves or follows else ActorRole.TARGET


def _before_cue(
    sentence: Sentence, phrase: PartyPhrase, hit: EventHit, cues: Cues, *, initiated: bool
) -> ActorRole | None:
    """A phrase before a verb is its subject; before a noun that of the verb which governs the noun."""
    if initiated:
        return None
    if is_verb(hit):
        passive = hit.form.cue.first_party is FirstParty.TARGET
        return ActorRole.TARGET if passive else ActorRole.INITIATOR
    if hit.form.cue.first_party is FirstParty.TARGET and phrase.owned:
        return ActorRole.TARGET
    first = min(phrase.start, hit.at)
    others = sentence.events_between(max(0, first - 1), hit.at)
    if any(
        not o.form.cue.kind.of_words and sentence.clauses[o.at] == sentence.clauses[hit.at]
        for o in others
    ):
        return None
    governing = [
        other for other in sentence.events_between(0, hit.at) if other.form.cue.kind.of_words
    ]
    if governing:
        # Who is accused of the act is named after the accusation; who demands is no party to it.
        return ActorRole.INITIATOR if governing[-1].at < phrase.start - _TITLE else None
    reports = [cue.at for cue in sentence.between(ClaimRole.REPORT, 0, hit.at)]
    if not reports:
        return ActorRole.INITIATOR
    announces = is_one_of(sentence.words[reports[-1]].text, cues.words[ClaimRole.ANNOUNCEMENT])
    return ActorRole.INITIATOR if announces or reports[-1] < phrase.start - 2 else None


def _is_object(sentence: Sentence, phrase: PartyPhrase) -> bool:
    """Whether the first word has the ending of a plural that is an object: "killed demonstrators"."""
    word = sentence.words[phrase.start].text
    return word.endswith(_OBJECT_ENDING) and not phrase.of


def _is_next(sentence: Sentence, at: int, start: int) -> bool:
    """Whether the phrase follows the verb, with nothing but words of time between them."""
    between = sentence.words[at + 1 : start]
    return len(between) <= _LONGEST_TIME and all(_is_time(word.text) for word in between)


def _is_time(word: str) -> bool:
    roles = load_words().roles
    known = (roles[name] for name in ("weekday", "day_offset", "part", "time_of_day", "deictic"))
    return word.isdigit() or any(base in words for words in known for base in bases(word))
