"""Parties that the list of names lacks, e.g. "كتيبة 604", and references to one named before: "التنظيم".

They are parties of suggested events, not mentions: which group it is remains for the analyst.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from dashboard.actors.choose import COMMON_NOUN, SHORT_NAME
from dashboard.actors.find import ActorMention
from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.cues import Cues
from dashboard.extraction.party_names import is_one_of, prefix_of
from dashboard.extraction.sentence import ADJECTIVE_ENDINGS, Sentence
from dashboard.text.by_word import ByKey
from dashboard.text.clitics import ARTICLE, TO_THE, bases, definite_base
from dashboard.text.prepared import PreparedText
from dashboard.text.words import numbers_where

UNLISTED = "armed_group_unspecified"
# Endings of perfect verbs, and first letters of imperfect ones: "a force that entered the town".
_VERB_ENDINGS, _VERB_PREFIXES = ("ت", "وا"), ("ي", "ت")
_SHORTEST = 3
# "The group" is among so many words before a name that does not begin with it.
_BEFORE_NAME = 3
# "Of the general command" is among so many words after the name of its unit.
_AFFILIATION = 4
# "These forces", "the same forces": the word before the noun, or after it.
_THESE, _SAME = frozenset({"هذه", "تلك"}), frozenset({"ذاتها", "نفسها", "عينها"})
_Numbered = tuple[int, ActorMention]


def _reference(word: str, words: frozenset[str]) -> str | None:
    """The one of `words` that the word is, behind its clitics and article."""
    return next((base for base in (*bases(word), definite_base(word)) if base in words), None)


_REFERENCES = ByKey(_reference)
_IS_HEAD = ByKey(is_one_of)
_HEADS = (ClaimRole.GROUP, ClaimRole.GROUP_REFERENCE, ClaimRole.FORCE_REFERENCE)


class UnlistedParties:
    """Finds them sentence by sentence.

    `_latest` is the last party by the first word of its name; `_forces` the one that the last sentence
    with such a word names first, and `_here` that of the sentence at hand.
    """

    def __init__(self, text: PreparedText, cues: Cues) -> None:
        self._text, self._cues = text, cues
        self._latest: dict[str, str] = {}
        self._forces: dict[str, str] = {}
        self._here: dict[str, str] = {}

    def find(
        self, sentence: Sentence, named: Sequence[_Numbered], places: AbstractSet[int]
    ) -> tuple[_Numbered, ...]:
        """Those of a sentence, by the number of the word; `named` are the known ones, in order.

        `places` are the numbers of the words that belong to names of places.
        """
        self._forces |= self._here
        self._here = {}
        heads = self._heads(sentence)
        # Those of a sentence without such a word are only remembered.
        known = _by_word(named) if heads else {}
        waiting = deque(named)
        further: list[_Numbered] = []
        for at in heads:
            while waiting and waiting[0][0] < at:
                self._remember(sentence, *waiting.popleft())
            if at in known or at in sentence.event_words or (further and at <= further[-1][0]):
                continue
            mention = self._mention(sentence, at, known, places)
            if mention is not None:
                further.append((at, mention))
                self._remember(sentence, at, mention)
        for at, mention in waiting:
            self._remember(sentence, at, mention)
        return tuple(further)

    def _heads(self, sentence: Sentence) -> list[int]:
        heads = self._cues.union(_HEADS)
        return numbers_where(map(_IS_HEAD[heads].__getitem__, sentence.texts))

    def _remember(self, sentence: Sentence, at: int, mention: ActorMention) -> None:
        """Remember the party by the first word of its name, or by one right before: "the group X"."""
        references = _REFERENCES[self._cues.words[ClaimRole.GROUP_REFERENCE]]
        forces = _REFERENCES[self._cues.words[ClaimRole.FORCE_REFERENCE]]
        for word in sentence.texts[max(0, at - _BEFORE_NAME) : at + 1]:
            base, force = references[word], forces[word]
            if base is not None:
                self._latest[base] = mention.actor_id
            if force is not None:
                self._here.setdefault(force, mention.actor_id)

    def _mention(
        self,
        sentence: Sentence,
        at: int,
        known: Mapping[int, ActorMention],
        places: AbstractSet[int],
    ) -> ActorMention | None:
        word, groups = sentence.texts[at], self._cues.words[ClaimRole.GROUP]
        base = definite_base(word)
        if base is None:
            last = self._end_of_name(sentence, at, places) if is_one_of(word, groups) else at
            return self._group(sentence, range(at, last + 1), known)
        if base in groups and self._is_number(sentence, at):
            return self._group(sentence, range(at, at + 2), known)
        actor_id = self._latest.get(base)
        if _is_same(sentence, at):
            actor_id = self._here.get(base) or self._forces.get(base) or actor_id
        if actor_id is None or self._is_other(sentence, at):
            return None
        return self._named(sentence, range(at, at + 1), actor_id, reference=True)

    def _is_number(self, sentence: Sentence, at: int) -> bool:
        """Whether a number follows in the clause: "the brigade 777", "the seventh brigade"."""
        following = _following(sentence, at, 1)
        ordinals = self._cues.words[ClaimRole.ORDINAL]
        return any(word.isdigit() or definite_base(word) in ordinals for word in following)

    def _is_other(self, sentence: Sentence, at: int) -> bool:
        """Whether an adjective makes it another one: "the Lebanese party"."""
        return any(
            word.startswith(ARTICLE) and word.endswith(ADJECTIVE_ENDINGS)
            for word in _following(sentence, at, 1)
        )

    def _end_of_name(self, sentence: Sentence, at: int, places: AbstractSet[int]) -> int:
        """The last word of a name that begins with a group without "the"; `at` if there is none."""
        words = _following(sentence, at, 3)
        if not words or at + 1 in sentence.event_words:
            return at
        if words[0].isdigit() and len(words[0]) >= _SHORTEST:
            return at + 1
        if self._begins_name(words[0]):
            adjective = words[1:2] and self._continues(words[1])
            return at + 2 if adjective else at + 1
        if len(words) > 1 and self._is_bare(words[0]):
            definite = self._begins_name(words[1]) or at + 2 in places
            return at + 2 if definite and at + 2 not in sentence.event_words else at
        return at

    def _begins_name(self, word: str) -> bool:
        """Whether the word has "the" and may be a name or its beginning."""
        if not word.startswith(ARTICLE) or len(word) < _SHORTEST + len(ARTICLE):
            return False
        return not word.endswith(ADJECTIVE_ENDINGS) and not self._is_no_name(word)

    def _continues(self, word: str) -> bool:
        return word.startswith(ARTICLE) and not self._is_no_name(word)

    def _is_bare(self, word: str) -> bool:
        """Whether a noun without "the" may stand in a name: "force of the protection of Sirte"."""
        if len(word) < _SHORTEST or word.isdigit() or word.startswith((ARTICLE, TO_THE)):
            return False
        verb = word.endswith(_VERB_ENDINGS) or word.startswith(_VERB_PREFIXES)
        known = word in self._cues.claim_words or word in self._cues.union(_OTHER_WORDS)
        # "Protection" is written as an adjective is.
        noun = word in self._cues.words[ClaimRole.SUPPORT]
        adjective = word.endswith(("ي", "يه", "ين")) and not noun
        return not (verb or known or adjective or self._is_no_name(word))

    def _is_no_name(self, word: str) -> bool:
        return word in self._cues.words[ClaimRole.NOT_GROUP] or word in self._cues.events

    def _group(
        self, sentence: Sentence, words: range, known: Mapping[int, ActorMention]
    ) -> ActorMention | None:
        """The group of these words; one that is said to belong to a known party is that party."""
        if len(words) == 1 or not known.keys().isdisjoint(words):
            return None
        last = words[-1]
        after = _following(sentence, last, _AFFILIATION)
        links = self._cues.words[ClaimRole.LINK]
        for number in range(last + 1, last + 1 + len(after)):
            if number in known and any(is_one_of(each, links) for each in after[: number - last]):
                whole = range(words[0], number + len(known[number].surface.split()))
                return self._named(sentence, whole, known[number].actor_id, reference=False)
            if number in sentence.event_words:
                break
        return self._named(sentence, words, UNLISTED, reference=False)

    def _named(
        self, sentence: Sentence, words: range, actor_id: str, *, reference: bool
    ) -> ActorMention:
        first = sentence.words[words[0]]
        heads = self._cues.union(_HEADS)
        # "The" belongs to the name; "and", "in" and "of" do not.
        prefix = (prefix_of(first.text, heads) or "").removesuffix(ARTICLE)
        if prefix.endswith(TO_THE):
            prefix = prefix.removesuffix(TO_THE)
        begin = first.start + len(prefix)
        start, end = self._text.folded.span(begin, sentence.words[words[-1]].end)
        surface = self._text.original[start:end]
        reason = SHORT_NAME if reference else COMMON_NOUN
        return ActorMention(start, end, surface, actor_id, reason, loaded=False)


_OTHER_WORDS = (
    ClaimRole.LINK,
    ClaimRole.QUANTITY,
    ClaimRole.MEMBER,
    ClaimRole.WEAPON,
    ClaimRole.POSSESSION,
    ClaimRole.STATIONED,
    ClaimRole.AGAINST,
    ClaimRole.TO,
    ClaimRole.WITH,
)


def _is_same(sentence: Sentence, at: int) -> bool:
    """Whether a force is said to be the one named before: "these forces", "the same forces"."""
    texts = sentence.texts
    return not _THESE.isdisjoint(texts[max(0, at - 1) : at]) or not _SAME.isdisjoint(
        texts[at + 1 : at + 2]
    )


def _following(sentence: Sentence, at: int, count: int) -> tuple[str, ...]:
    """The words after `at` in its clause, at most `count`."""
    last = sentence.clause_span(sentence.clauses[at])[1]
    return sentence.texts[at + 1 : min(last, at + count) + 1]


def _by_word(named: Sequence[_Numbered]) -> Mapping[int, ActorMention]:
    """The mentions by the numbers of all their words."""
    spans = ((range(at, at + len(mention.surface.split())), mention) for at, mention in named)
    return {number: mention for span, mention in spans for number in span}
