"""The names of parties in a sentence, and adjectives that name one, e.g. "طائرات روسية"."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.scene import Scene
from dashboard.extraction.sentence import ADJECTIVE_ENDINGS, Sentence, is_verb
from dashboard.text.by_word import ByKey
from dashboard.text.clitics import AND, DEFINITE_CHAINS, PRONOUNS, bases, definite_base
from dashboard.text.prepared import PreparedText
from dashboard.text.words import numbers_where

# An adjective is among so many words after its noun.
_ADJECTIVES = 3
# "The killing of two Turks" does not say who killed them.
_PEOPLE = ("ان", "ين", "ون")
IN_NAME_OF = "باسم"
# After the adjective of the country that made a weapon.
_MADE = "الصنع"
_NAMED = frozenset({"قوات", "جيش", "ميليشيات", "مليشيات"})


class PartyName(NamedTuple):
    """The words `at` to `last` of a sentence name a party; `prefix` are the clitics before the name.

    `start` and `end` are offsets in the original text, `adjective` marks an adjective of nationality,
    `armed` the name of a force or a weapon ("the warplanes of").
    """

    actor_id: str
    at: int
    last: int
    prefix: str
    start: int
    end: int
    adjective: bool
    armed: bool


def party_names(text: PreparedText, scene: Scene, cues: Cues) -> list[PartyName]:
    """All names of parties of a sentence, in order."""
    folded, sentence = text.folded, scene.sentence
    names = []
    for at, mention in (*scene.actors, *scene.unlisted):
        if at in scene.place_words:
            continue
        last = max(at, sentence.word_at(folded.folded_offset(mention.end - 1)))
        if _is_made(sentence, last):
            continue
        prefix_end = folded.folded_offset(mention.start) - sentence.words[at].start
        prefix = sentence.words[at].text[: max(0, prefix_end)]
        span = mention.start, mention.end
        word = sentence.words[at].text.removeprefix(prefix)
        armed = is_one_of(word, cues.words[ClaimRole.WEAPON])
        names.append(
            PartyName(mention.actor_id, at, last, prefix, *span, adjective=False, armed=armed)
        )
    named = [*names, *_adjectives(text, scene, cues)]
    return sorted([*named, *_own_forces(text, scene, named, cues)], key=lambda name: name.at)


def _own_forces(
    text: PreparedText, scene: Scene, named: Sequence[PartyName], cues: Cues
) -> Iterator[PartyName]:
    """The forces of the one party that speaks: "the Houthis announced that their forces"."""
    sentence, thats = scene.sentence, cues.words[ClaimRole.THAT]
    if thats.isdisjoint(sentence.texts):
        return
    for before in numbers_where(map(thats.__contains__, sentence.texts[:-1])):
        at, word = before + 1, sentence.words[before + 1]
        speaking = {name.actor_id for name in named if name.last < at}
        # "The spokesman of the army answered the charges of the forces that its men".
        spokesman = {n.actor_id for n in named if n.at and sentence.texts[n.at - 1] == IN_NAME_OF}
        speaking = spokesman & speaking or speaking
        if len(speaking) == 1 and _has_pronoun(word.text, cues):
            span = text.folded.span(word.start, word.end)
            yield PartyName(speaking.pop(), at, at, "", *span, adjective=False, armed=True)


def _has_pronoun(word: str, cues: Cues) -> bool:
    """Whether a word is a force or its members with a pronoun: "their forces", "its fighters"."""
    stems = (word.removesuffix(pronoun) for pronoun in PRONOUNS if word.endswith(pronoun))
    roles = (ClaimRole.WEAPON, ClaimRole.MEMBER)
    return any(is_one_of(stem, cues.words[role]) for stem in stems for role in roles)


def _adjectives(text: PreparedText, scene: Scene, cues: Cues) -> Iterator[PartyName]:
    sentence = scene.sentence
    known = cues.nationalities
    if known.keys().isdisjoint(sentence.texts):
        return
    for before in numbers_where(map(known.__contains__, sentence.texts[1:])):
        at = before + 1
        if _is_made(sentence, at):
            continue
        word, actor_id = sentence.words[at], known[sentence.texts[at]]
        of_act = not word.text.endswith(_PEOPLE) and _is_of_noun(sentence, at)
        helps = sentence.texts[at - 1] in cues.words[ClaimRole.SUPPORT]
        if of_act or helps or _is_force(sentence, at - 1, cues):
            prefix = AND if word.text.startswith(AND) else ""
            start, end = text.folded.span(word.start + len(prefix), word.end)
            if not any(m.start < end and start < m.end for _, m in scene.actors):
                yield PartyName(actor_id, at, at, prefix, start, end, adjective=True, armed=False)


def _is_made(sentence: Sentence, at: int) -> bool:
    """Whether the name up to a word says only who made a weapon: "a drone of Iranian make"."""
    return sentence.texts[at + 1 : at + 2] == (_MADE,)


def _is_force(sentence: Sentence, at: int, cues: Cues) -> bool:
    """Whether the word, or the one before this adjective, is a force or a weapon: "warplanes"."""
    for number in range(at, max(-1, at - 2), -1):
        word = sentence.words[number].text
        if number == at and is_one_of(word, cues.words[ClaimRole.MEMBER]):
            return True
        if is_one_of(word, cues.words[ClaimRole.WEAPON]):
            # The lexicon names forces and armies, and an analyst may say that one is not meant.
            return not is_one_of(word, _NAMED)
        # "Aircraft of reconnaissance, American".
        if not word.endswith(ADJECTIVE_ENDINGS) and (number < at or definite_base(word)):
            return False
    return False


def _is_of_noun(sentence: Sentence, at: int) -> bool:
    """Whether the adjective belongs to the noun of an act: "the artillery shelling, Turkish"."""
    clause = sentence.clauses[at]
    return any(
        not is_verb(hit) and sentence.clauses[hit.at] == clause
        for hit in sentence.events_between(max(0, at - _ADJECTIVES), at)
    )


def prefix_of(word: str, words: frozenset[str]) -> str | None:
    """The clitics before the one of `words` that the word is; `None` if it is none of them."""
    return _PREFIXES[words][word]


def _prefix(word: str, words: frozenset[str]) -> str | None:
    for base in bases(word):
        if base in words:
            return word[: len(word) - len(base)]
    for chain in DEFINITE_CHAINS:
        if word.startswith(chain) and word[len(chain) :] in words:
            return chain
    return None


_PREFIXES = ByKey(_prefix)


def is_one_of(word: str, words: frozenset[str]) -> bool:
    """Whether the word, behind its clitics and article, is one of `words`."""
    return _PREFIXES[words][word] is not None
