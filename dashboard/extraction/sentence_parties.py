"""The parties of the acts of one sentence, e.g. "سيطرت القوات على البلدة ثم انسحبت منها" -> of both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.party_phrases import PartyPhrase, party_phrases
from dashboard.extraction.party_range import reach_of
from dashboard.extraction.party_roles import actor_roles
from dashboard.extraction.party_rules import PartyRules
from dashboard.extraction.role_marks import is_between
from dashboard.extraction.scene import Scene
from dashboard.extraction.sentence import EventHit, is_verb
from dashboard.model.event import ActorRole, PartyRoles
from dashboard.model.suggestion import SuggestedActor
from dashboard.text.clitics import AND
from dashboard.text.lazy import lazy_property
from dashboard.text.prepared import PreparedText

_TWO = 2
# "The former", "the latter".
_OF_TWO = {"الاول": 0, "الاولي": 0, "الثاني": 1, "الثانيه": 1}
# "The day before yesterday", "December": the first is no party.
_OF_TIME = frozenset({"امس", "كانون", "تشرين", "ربيع", "جمادي"})
# "Between the two sides".
_BOTH = frozenset({"الطرفين", "الطرفان", "الجانبين", "الجانبان"})


@dataclass(slots=True)
class BothSides:
    """The parties of the last act of an article that had two or more."""

    actors: tuple[SuggestedActor, ...] = ()


class SentenceParties:
    """The phrases of parties of a sentence, and who did the last of the acts asked for."""

    def __init__(
        self, text: PreparedText, scene: Scene, rules: PartyRules, both: BothSides
    ) -> None:
        self._text, self._scene, self._sentence = text, scene, scene.sentence
        self._both = both
        self._rules = rules
        self._subject: tuple[PartyPhrase, ...] = ()
        self._latest: tuple[PartyPhrase, ...] = ()
        self._each: dict[str, SuggestedActor] = {}

    @lazy_property
    def _phrases(self) -> tuple[PartyPhrase, ...]:
        """None are looked for in a sentence whose acts did not happen."""
        return party_phrases(self._text, self._scene, self._rules.cues)

    def of(self, hit: EventHit) -> list[tuple[int, SuggestedActor]]:
        """The parties of the act of `hit`, to be asked for in the order of the sentence."""
        of_words = hit.form.cue.kind.of_words
        part = self._sentence.parts[hit.at]
        latest = tuple(p for p in self._latest if self._sentence.parts[p.start] == part)
        subject = latest if of_words and is_verb(hit) and latest else self._subject
        if self._names_office(hit):
            subject = ()
        reach = reach_of(self._sentence, hit, self._phrases, subject, self._rules.cues)
        actors = actor_roles(self._sentence, reach, hit, self._rules)
        does_it = {at for at, actor in actors if actor.role is not ActorRole.TARGET}
        named = tuple(phrase for phrase in self._phrases if phrase.at in does_it)
        fights = hit.form.cue.kind.parties is PartyRoles.MUTUAL
        if fights and not any(is_between(self._sentence, phrase) for phrase in named):
            # "They repelled an attack by the cells, and arrested": the side that the verb is about.
            before = tuple(phrase for phrase in named if phrase.at < hit.at)
            named = before or (named[:1] if is_verb(hit) else named)
        # Who only speaks of an act does not do what follows.
        if not of_words:
            self._subject = named or self._subject
        self._latest = named or self._latest
        sides = [actor for _, actor in actors if actor.actor_id not in self._rules.civilians]
        if len(sides) > 1:
            self._both.actors = tuple(sides)
        elif sides:
            self._remember_sides(sides[0])
        actors = self._one_side(hit, actors)
        return self._sides_before(hit, actors) or actors or list(self._both_sides(hit))

    def note(self, hit: EventHit) -> None:
        """Remember who does an act that another act of the sentence stands for."""
        if is_verb(hit) and not self._subject:
            self.of(hit)

    def _names_office(self, hit: EventHit) -> bool:
        """Whether an office of no known party follows a verb of words: "the commander accused"."""
        following = self._sentence.texts[hit.at + 1 : hit.at + 2]
        says = hit.form.cue.kind.of_words and is_verb(hit)
        return says and not self._rules.cues.words[ClaimRole.OFFICE].isdisjoint(following)

    def _one_side(
        self, hit: EventHit, actors: list[tuple[int, SuggestedActor]]
    ) -> list[tuple[int, SuggestedActor]]:
        """The parties, of whom "the former" or "the latter" beside the act does it."""
        texts = self._sentence.texts
        beside = [
            texts[at]
            for at in range(max(0, hit.at - 1), min(hit.at + 2, len(texts)))
            if at == 0 or texts[at - 1].removeprefix(AND) not in _OF_TIME
        ]
        number = next((_OF_TWO[word] for word in beside if word in _OF_TWO), None)
        if number is None or len(self._both.actors) != _TWO:
            return actors
        others = [each for each in actors if each[1].role is not ActorRole.INITIATOR]
        doer = replace(self._both.actors[number], role=ActorRole.INITIATOR)
        return [(hit.at, doer), *(each for each in others if each[1].actor_id != doer.actor_id)]

    def _remember_sides(self, actor: SuggestedActor) -> None:
        """Two parties that a sentence names, each with an act of its own, are two sides too."""
        self._each[actor.actor_id] = actor
        if len(self._each) == _TWO:
            self._both.actors = tuple(self._each.values())

    def _sides_before(
        self, hit: EventHit, actors: Sequence[tuple[int, SuggestedActor]]
    ) -> list[tuple[int, SuggestedActor]]:
        """The two parties of the clause before a fight "between the two sides"."""
        clause = self._sentence.clauses[hit.at]
        if hit.form.cue.kind.parties is not PartyRoles.MUTUAL or len(actors) >= _TWO:
            return []
        if not self._of_both(clause):
            return []
        phrases = {
            p.actor_id: p for p in self._phrases if self._sentence.clauses[p.start] == clause - 1
        }
        if len(phrases) != _TWO:
            return []
        role = ActorRole.PARTY
        return [(p.at, SuggestedActor(p.actor_id, role, p.first, p.end)) for p in phrases.values()]

    def _of_both(self, clause: int) -> bool:
        first, last = self._sentence.clause_span(clause)
        return any(word.text in _BOTH for word in self._sentence.words[first : last + 1])

    def _both_sides(self, hit: EventHit) -> Iterator[tuple[int, SuggestedActor]]:
        """The parties that "the two sides" in the clause of the act refer to."""
        if hit.form.cue.kind.parties is not PartyRoles.MUTUAL:
            return
        if self._of_both(self._sentence.clauses[hit.at]):
            for actor in self._both.actors:
                yield hit.at, replace(actor, role=ActorRole.PARTY)
