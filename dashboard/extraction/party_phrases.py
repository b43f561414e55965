"""The noun phrases that name parties, e.g. "لطائرات تابعة للتحالف" in "غارة لطائرات تابعة للتحالف".

What stands before the phrase, not before the party's name, says what the party does.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.scene import Scene
from dashboard.extraction.sentence import Sentence, is_verb
from dashboard.text.clitics import AND, DEFINITE_CHAINS, IN, TO, bases
from dashboard.text.prepared import PreparedText

_OF, _WITHIN = "من", "في"
_IN_NAME_OF = "باسم"
# Words between the head of a phrase and the name of the party, e.g. "a military vehicle of".
_LONGEST = 8
# An adjective is among so many words after its noun.
_ADJECTIVES = 2
_ADJECTIVE_ENDINGS = ("ي", "يه", "ين")


@dataclass(frozen=True, slots=True)
class PartyPhrase:
    """Words `start` to `last` of a sentence name a party; its own name begins at word `at`.

    `prefix` are the clitics of the first word. `member`: it is about persons of the party ("five of"),
    `owned`: about something of the party that is a target ("positions of"). `joined`: "and" joins it to
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
    joined: bool
    speaks: bool
    adjective: bool
    first: int
    end: int

    @property
    def of(self) -> bool:
        """Whether ل ("of, to, by") begins the phrase."""
        return TO in self.prefix

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


def party_phrases(text: PreparedText, scene: Scene, cues: Cues) -> tuple[PartyPhrase, ...]:
    """The phrases of all parties of a sentence, in order, with those that an adjective names."""
    phrases: list[PartyPhrase] = []
    for actor_id, at, first, end in sorted(_named(text, scene, cues), key=lambda name: name[1]):
        last = max(at, scene.sentence.word_at(text.folded.folded_offset(end - 1)))
        if phrases and at <= phrases[-1].last:
            continue
        word = scene.sentence.words[at]
        prefix = word.text[: max(0, text.folded.folded_offset(first) - word.start)]
        phrases.append(_phrase(scene.sentence, cues, (actor_id, at, last), prefix, (first, end)))
        if len(phrases) > 1:
            phrases[-1] = _joined(scene.sentence, phrases[-2], phrases[-1])
    return tuple(phrases)


def _named(text: PreparedText, scene: Scene, cues: Cues) -> Iterator[tuple[str, int, int, int]]:
    """Each party's id, the word where its name begins, and the offsets of the name."""
    for at, mention in scene.actors:
        yield mention.actor_id, at, mention.start, mention.end
    sentence = scene.sentence
    for at, word in enumerate(sentence.words):
        actor_id = cues.nationalities.get(word.text)
        if actor_id and at and (_is_force(sentence, at - 1, cues) or _is_of_noun(sentence, at)):
            start, end = text.folded.span(word.start, word.end)
            if not any(m.start < end and start < m.end for _, m in scene.actors):
                yield actor_id, at, start, end


def _is_force(sentence: Sentence, at: int, cues: Cues) -> bool:
    """Whether the word, or the one before this adjective, is a force or a weapon: "warplanes"."""
    for number in range(at, max(-1, at - 2), -1):
        if is_one_of(sentence.words[number].text, cues.words[ClaimRole.WEAPON]):
            return True
        if not sentence.words[number].text.endswith(_ADJECTIVE_ENDINGS):
            return False
    return False


def _is_of_noun(sentence: Sentence, at: int) -> bool:
    """Whether the adjective belongs to the noun of an act: "the artillery shelling, Turkish"."""
    clause = sentence.clauses[at]
    return any(
        not is_verb(hit) and sentence.clauses[hit.at] == clause
        for hit in sentence.events_between(max(0, at - _ADJECTIVES), at)
    )


def _phrase(
    sentence: Sentence,
    cues: Cues,
    name: tuple[str, int, int],
    prefix: str,
    span: tuple[int, int],
) -> PartyPhrase:
    actor_id, at, last = name
    walk = _Walk(at, prefix)
    while walk.start and at - walk.start < _LONGEST and _goes_on(sentence, walk, cues):
        pass
    before = sentence.words[walk.start - 1].text if walk.start else ""
    return PartyPhrase(
        actor_id=actor_id,
        start=walk.start,
        at=at,
        last=last,
        prefix=walk.prefix,
        member=walk.member,
        owned=walk.owned,
        joined=False,
        speaks=before == _IN_NAME_OF,
        adjective=sentence.words[at].text in cues.nationalities,
        first=span[0],
        end=span[1],
    )


def _goes_on(sentence: Sentence, walk: _Walk, cues: Cues) -> bool:
    """Take the word before the phrase into it, if it belongs to it."""
    at = walk.start - 1
    word, clause = sentence.words[at].text, sentence.clauses[at]
    if clause != sentence.clauses[walk.start] or at in sentence.event_words:
        return False
    if walk.prefix.removeprefix(AND) not in ("", TO) or walk.prefix.startswith(AND):
        return False
    member, weapon, owned, link = (
        _matched(word, cues.words[role])
        for role in (ClaimRole.MEMBER, ClaimRole.WEAPON, ClaimRole.POSSESSION, ClaimRole.LINK)
    )
    prefix = next((p for p in (member, weapon, owned, link) if p is not None), None)
    if prefix is None:
        return _skips(sentence, walk, cues)
    walk.start, walk.prefix = at, prefix
    walk.member = walk.member or member is not None
    walk.owned = walk.owned or owned is not None
    return True


def _skips(sentence: Sentence, walk: _Walk, cues: Cues) -> bool:
    """Take "of" or an adjective into the phrase, with the head before it: "members of", "jets, Russian"."""
    at = walk.start - 1
    if walk.prefix or not at:
        return False
    word, head = sentence.words[at].text, sentence.words[at - 1].text
    roles = (ClaimRole.MEMBER, ClaimRole.WEAPON, ClaimRole.POSSESSION)
    known = any(is_one_of(head, cues.words[role]) for role in roles)
    if word in (_OF, _WITHIN) and (known or is_one_of(head, cues.words[ClaimRole.QUANTITY])):
        walk.member = walk.member or word == _OF
        walk.start = at - (0 if known else 1)
        return True
    if known and word.endswith(_ADJECTIVE_ENDINGS):
        walk.start = at
        return True
    return False


def _joined(sentence: Sentence, before: PartyPhrase, phrase: PartyPhrase) -> PartyPhrase:
    """The phrase, marked if "and" joins it to the one before."""
    first = sentence.words[phrase.start].text
    joins = phrase.prefix.startswith(AND) or (first.startswith(AND) and phrase.start < phrase.at)
    near = phrase.start - before.last <= 1
    return replace(phrase, joined=True) if joins and near else phrase


def _matched(word: str, words: frozenset[str]) -> str | None:
    """The clitics before the one of `words` that the word is, "" if none; `None` if it is none of them."""
    for base in bases(word):
        if base in words:
            return word[: len(word) - len(base)]
    for chain in DEFINITE_CHAINS:
        if word.startswith(chain) and word[len(chain) :] in words:
            return chain
    return None


def is_one_of(word: str, words: frozenset[str]) -> bool:
    """Whether the word, behind its clitics and article, is one of `words`."""
    return _matched(word, words) is not None
