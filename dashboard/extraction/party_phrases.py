"""The noun phrases that name parties, e.g. "لطائرات تابعة للتحالف" in "غارة لطائرات تابعة للتحالف".

What stands before the phrase, not before the party's name, says what the party does.
"""

from dataclasses import dataclass
from typing import NamedTuple

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.clauses import WINGS
from dashboard.extraction.cues import Cues
from dashboard.extraction.party_names import (
    IN_NAME_OF,
    PartyName,
    is_one_of,
    party_names,
    prefix_of,
)
from dashboard.extraction.scene import Scene
from dashboard.extraction.sentence import ADJECTIVE_ENDINGS, Sentence, is_that
from dashboard.text.clitics import AND, ARTICLE, IN, PRONOUNS, TO, TO_THE, definite_base
from dashboard.text.prepared import PreparedText

_OF, _WITHIN = "من", "في"
# Words between the head of a phrase and the name of the party, e.g. "a military vehicle of".
_LONGEST = 8
# "Backed by", "allied with": what may stand after the participle.
_BY_WHOM = frozenset({"من", "قبل", "جانب", "طرف", "مع"})
_FORMERLY = "سابقا"
_LED_BY, _COALITION = "بقياده", "تحالف"
# "Its mercenaries", "their allies"; a feminine ending is folded to "ه" too.
_POSSESSED = (f"ت{PRONOUNS[0]}", *PRONOUNS[1:])
# "The armed wing of" is so many words at most.
_LONGEST_WING = 3


class PartyPhrase(NamedTuple):
    """Words `start` to `last` of a sentence name a party; its own name begins at word `at`.

    `prefix` are the clitics of the first word. `member`: it is about persons of the party ("five of"),
    `owned`: about something of the party that is a target ("positions of"), `armed`: about a weapon or a
    force of it. `joined`: "and" joins it to
    the phrase before. `speaks`: it is named as somebody's employer ("the spokesman of"). `adjective`: it
    is named by one, as in "Turkish shelling".
    `first`, `end`: the offsets of the name in the original text.
    """

    actor_id: str
    start: int
    at: int
    last: int
    prefix: str
    member: bool
    owned: bool
    armed: bool
    joined: bool
    speaks: bool
    adjective: bool
    first: int
    end: int

    @property
    def of(self) -> bool:
        """Whether ل ("of, to, by") begins the phrase; that of the article does not count."""
        return TO in self.prefix.removesuffix(ARTICLE)

    @property
    def within(self) -> bool:
        """Whether ب ("at, in, with") begins the phrase."""
        return IN in self.prefix


@dataclass(slots=True)
class _Walk:
    """How far a phrase reaches to the left of the party's name."""

    start: int
    prefix: str
    member: bool = False
    owned: bool = False
    armed: bool = False


def party_phrases(text: PreparedText, scene: Scene, cues: Cues) -> tuple[PartyPhrase, ...]:
    """The phrases of all parties of a sentence, in order, with those that an adjective names."""
    phrases: list[PartyPhrase] = []
    for name in party_names(text, scene, cues):
        if phrases and name.at <= phrases[-1].last:
            continue
        low = phrases[-1].last + 1 if phrases else 0
        if phrases and _is_affiliation(scene.sentence, phrases[-1], name, cues):
            continue
        if _is_backer(scene.sentence, name, cues) or _is_former_name(scene.sentence, name):
            continue
        phrase = _phrase(scene.sentence, cues, name, low)
        phrases.append(_joined(scene.sentence, phrases[-1], phrase, cues) if phrases else phrase)
    return tuple(phrases)


def _is_affiliation(sentence: Sentence, before: PartyPhrase, name: PartyName, cues: Cues) -> bool:
    """Whether it only says whose the party before it is: "the brigade loyal to the government".

    "The forces backed by" too: with "the" it is said of the forces, without it of what they do.
    """
    between = sentence.texts[before.last + 1 : name.at]
    if not between or before.adjective:
        return False
    if between[0] in WINGS:
        return len(between) <= _LONGEST_WING
    # "The army and its mercenaries of the factions".
    if between == (_OF,) and sentence.texts[before.last].endswith(_POSSESSED):
        return True
    links = cues.words[ClaimRole.LINK] | cues.words[ClaimRole.SUPPORT]
    # "The special brigade, loyal to": an adjective of the party before it.
    first = next((n for n, word in enumerate(between) if definite_base(word) in links), -1)
    adjectives = all(definite_base(word) is not None for word in between[:first])
    return 0 <= first <= 1 and adjectives and _BY_WHOM.issuperset(between[first + 1 :])


def _is_former_name(sentence: Sentence, name: PartyName) -> bool:
    """Whether it is what the party before it was called: "(formerly the Nusra Front)"."""
    return sentence.texts[name.last + 1 : name.last + 2] == (_FORMERLY,)


def _is_backer(sentence: Sentence, name: PartyName, cues: Cues) -> bool:
    """Whether it only says who backs a force that is not named: "the forces backed by Turkey"."""
    at = name.at - 1
    if sentence.texts[at : at + 1] == (_LED_BY,):
        # "The military coalition led by".
        return any(
            definite_base(word) == _COALITION for word in sentence.texts[max(0, at - 2) : at]
        )
    while at > 0 and sentence.texts[at] in _BY_WHOM:
        at -= 1
    return at > 0 and definite_base(sentence.texts[at]) in cues.words[ClaimRole.SUPPORT]


def _phrase(sentence: Sentence, cues: Cues, name: PartyName, low: int) -> PartyPhrase:
    """The phrase of a name, which begins at word `low` at the earliest."""
    walk = _Walk(name.at, name.prefix)
    while (
        walk.start > low
        and name.at - walk.start < _LONGEST
        and _goes_on(sentence, walk, name, cues, low)
    ):
        pass
    before = sentence.words[walk.start - 1].text if walk.start else ""
    # "Turkish soldiers" as a name.
    people = name.last > name.at and is_one_of(
        sentence.texts[name.at], cues.words[ClaimRole.MEMBER]
    )
    return PartyPhrase(
        actor_id=name.actor_id,
        start=walk.start,
        at=name.at,
        last=name.last,
        prefix=walk.prefix,
        member=walk.member or (people and walk.start == name.at),
        owned=walk.owned,
        armed=walk.armed or name.armed,
        joined=False,
        speaks=before == IN_NAME_OF,
        adjective=name.adjective,
        first=name.start,
        end=name.end,
    )


def _goes_on(sentence: Sentence, walk: _Walk, name: PartyName, cues: Cues, low: int) -> bool:
    """Take the word before the phrase into it, if it belongs to it."""
    at = walk.start - 1
    word, clause = sentence.words[at].text, sentence.clauses[at]
    if clause != sentence.clauses[walk.start] or at in sentence.event_words:
        return False
    if walk.prefix.removeprefix(AND) not in ("", TO) or walk.prefix.startswith(AND):
        return False
    member, weapon, owned, link = (
        prefix_of(word, cues.words[role])
        for role in (ClaimRole.MEMBER, ClaimRole.WEAPON, ClaimRole.POSSESSION, ClaimRole.LINK)
    )
    if weapon is not None and walk.owned:
        # "Hit with the rockets a base of": the rockets are not the base's.
        return False
    prefix = next((p for p in (member, weapon, owned, link) if p is not None), None)
    if prefix is None:
        return _skips(sentence, walk, cues, low)
    definite = link is None and definite_base(word) is not None
    if definite and not _may_be_definite(sentence, walk, name, cues):
        return False
    walk.start, walk.prefix = at, prefix
    walk.member = walk.member or member is not None
    walk.owned = walk.owned or owned is not None
    walk.armed = walk.armed or weapon is not None
    return True


def _may_be_definite(sentence: Sentence, walk: _Walk, name: PartyName, cues: Cues) -> bool:
    """Whether a noun with "the" may be before the phrase: before "of" or an adjective, not a genitive.

    In "shelled with the artillery positions of", the artillery is not that of the positions.
    """
    following = sentence.texts[walk.start]
    linked = is_one_of(following, cues.words[ClaimRole.LINK]) or following == _OF
    owned = TO in walk.prefix or sentence.texts[name.at].startswith(TO_THE)
    return linked or owned or (name.adjective and walk.start == name.at)


def _skips(sentence: Sentence, walk: _Walk, cues: Cues, low: int) -> bool:
    """Take "of" or an adjective into the phrase, with the head before it: "members of"."""
    at = walk.start - 1
    if walk.prefix or at <= low:
        return False
    word, head = sentence.words[at].text, sentence.words[at - 1].text
    roles = (ClaimRole.MEMBER, ClaimRole.WEAPON, ClaimRole.POSSESSION)
    known = any(is_one_of(head, cues.words[role]) for role in roles)
    if word == _WITHIN and not known and definite_base(head) is not None and at - 1 > low:
        # "The former leader in": an adjective stands between.
        if is_one_of(sentence.texts[at - 2], cues.words[ClaimRole.MEMBER]):
            walk.start, walk.member = at - 2, True
            return True
        return False
    if word in (_OF, _WITHIN) and (known or is_one_of(head, cues.words[ClaimRole.QUANTITY])):
        walk.member = walk.member or word == _OF
        walk.start = at - (0 if known else 1)
        return True
    if known and word.endswith(ADJECTIVE_ENDINGS) and not is_that(word):
        walk.start = at
        return True
    return False


def _joined(
    sentence: Sentence, before: PartyPhrase, phrase: PartyPhrase, cues: Cues
) -> PartyPhrase:
    """The phrase, marked if "and" joins it to the one before."""
    first = sentence.words[phrase.start].text
    joins = phrase.prefix.startswith(AND) or (first.startswith(AND) and phrase.start < phrase.at)
    near = phrase.start - before.last <= 1
    # "Warplanes, American, British": of both.
    joins = joins or (phrase.adjective and sentence.texts[before.last] in cues.nationalities)
    return phrase._replace(joined=True) if joins and near else phrase
