"""Suggested events from one article, e.g. "قصفت القوات التركية عين عيسى أمس" -> shelling, a day, a town.

A cue (verb or verbal noun of a kind of event) makes a candidate unless its clause says that it did
not happen, might happen or is only asked for. Candidates of one act become one suggestion.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from dashboard.extraction.attribution import Speaker, SpeakerIndex, attribute
from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.claim_speakers import ClaimSpeakers
from dashboard.extraction.clauses import parse
from dashboard.extraction.confidence import ENOUGH, Evidence, confidence_of, weigh
from dashboard.extraction.cues import Cues
from dashboard.extraction.dispute import LatestCandidates, claim, denials
from dashboard.extraction.disputed_field import field_of_act
from dashboard.extraction.event_date import event_date
from dashboard.extraction.join import Candidate, merge_candidates
from dashboard.extraction.main_cues import (
    elaborates,
    is_between,
    is_claimed,
    is_of_known,
    is_of_others,
    is_only_named,
    is_reason,
    is_separate,
    main_cues,
    takes_complement,
    whole_of,
    yields,
)
from dashboard.extraction.modality import Modality, modality_of
from dashboard.extraction.party_rules import PartyRules
from dashboard.extraction.places import NamedPlaces, places_for
from dashboard.extraction.roles import place_roles
from dashboard.extraction.scene import Article, PlaceArgument, Scene, between, build_scene
from dashboard.extraction.scope import tells_time
from dashboard.extraction.sentence import ClaimHit, EventHit, Sentence
from dashboard.extraction.sentence_parties import BothSides, SentenceParties
from dashboard.extraction.tolls import further_toll, is_toll
from dashboard.extraction.unlisted_parties import UnlistedParties
from dashboard.gazetteer.index import PlaceIndex
from dashboard.model.event import ActorRole, EventGroup, PartyRoles, Stance
from dashboard.model.suggestion import SuggestedActor, Suggestion
from dashboard.text.prepared import PreparedText
from dashboard.text.sentences import Span
from dashboard.text.zones import ZoneKind


@dataclass(slots=True)
class _Before:
    """What the sentences before say: the places, the last candidates, and the last two sides."""

    places: NamedPlaces = field(default_factory=NamedPlaces)
    latest: LatestCandidates = field(default_factory=LatestCandidates)
    both: BothSides = field(default_factory=BothSides)


class _Arguments(NamedTuple):
    """The places of an act, where in the text they are from, and its parties with their words."""

    places: Sequence[PlaceArgument]
    where: str
    actors: Sequence[tuple[int, SuggestedActor]]


class Suggester:
    """The rules with their lexicon, loaded once and used for every text."""

    def __init__(
        self,
        places: PlaceIndex,
        cues: Cues,
        speakers: SpeakerIndex,
        civilians: AbstractSet[str] = frozenset(),
        crowds: AbstractSet[str] = frozenset(),
        observers: AbstractSet[str] = frozenset(),
    ) -> None:
        self._places = places
        self._cues = cues
        self._speakers = speakers
        self._parties = PartyRules(cues, civilians, crowds, observers)

    def suggest(self, article: Article) -> tuple[tuple[Suggestion, ...], int]:
        """The events that the article seems to report, as `merge_candidates` returns them."""
        named = self._speakers.find(article.text)
        candidates: list[Candidate] = []
        speaker: Speaker | None = None
        before = _Before()
        unlisted = UnlistedParties(article.text, self._cues)
        for start, end in readable_sentences(article.text):
            counts = any(is_toll(each) for each in between(article.figures, start, end))
            sentence = parse(article.text, start, end, self._cues, counts=counts)
            sentence = _without_dateline(sentence, article)
            if sentence is not None:
                scene = build_scene(sentence, article, start, end, self._places)
                further = unlisted.find(sentence, scene.actors, scene.place_words)
                scene = replace(scene, unlisted=further)
                earlier = speaker
                speaker = attribute(sentence, named, scene.actors, earlier, self._cues)
                speakers = ClaimSpeakers(
                    sentence, named, scene.actors, earlier, speaker, self._cues
                )
                speaker = speakers.cited()
                for candidate in self._candidates(scene, article, speakers, before):
                    before.latest.add(candidate)
                    candidates.append(candidate)
            before.places.name(article, start, end, self._places, self._cues)
        return merge_candidates(candidates, self._places)

    def _candidates(
        self,
        scene: Scene,
        article: Article,
        speakers: ClaimSpeakers,
        before: "_Before",
    ) -> Iterator[Candidate]:
        candidates: list[tuple[int, Candidate]] = []
        parties = SentenceParties(article.text, scene, self._parties, before.both)
        sentence = scene.sentence
        named = scene.place_words | scene.actor_words
        mediation = self._cues.words[ClaimRole.MEDIATION]
        cues = [
            hit for hit in main_cues(sentence, named) if sentence.texts[hit.at] not in mediation
        ]
        hits = [
            (hit, modality_of(sentence, hit, self._cues))
            for hit in cues
            if not is_only_named(scene, hit, self._parties.civilians, self._cues)
            and not is_of_others(sentence, hit)
        ]
        real = [hit for hit, modality in hits if not modality.unreal]
        parts = self._parts(sentence, hits)
        for hit, modality in hits:
            if modality.unreal:
                continue
            asserted = modality.stance is Stance.ASSERTS
            of_time = asserted and hit.form.definite and tells_time(sentence, hit.at)
            if of_time or hit.at in parts:
                parties.note(hit)
                continue
            places, where = places_for(scene, hit, before.places, self._places, self._cues)
            arguments = _Arguments(places, where, parties.of(hit))
            candidate = self._candidate(scene, article, hit, modality, speakers, arguments)
            if candidate.confident:
                before.places.of_last_event = tuple(places) or before.places.of_last_event
            asserted = modality.stance is Stance.ASSERTS
            if candidate.confident or candidate.harms or candidate.toll or not asserted:
                candidates.append((hit.at, candidate))
                yield candidate
        yield from denials(sentence, article, speakers, candidates, before.latest, self._cues)
        if not real:
            yield from further_toll(scene, article, speakers, before.latest)

    def _parts(
        self, sentence: Sentence, hits: Sequence[tuple[EventHit, Modality]]
    ) -> AbstractSet[int]:
        """The words of the acts that are parts of another act of the sentence.

        "They deny its fall, and still fight": the fight is no part of what is denied.
        """
        real = [hit for hit, modality in hits if not modality.unreal]
        asserted = {hit.at for hit, modality in hits if modality.stance is Stance.ASSERTS}
        happened = [hit for hit in real if hit.at in asserted]
        parts = {
            hit.at
            for hit in real
            if yields(
                sentence,
                hit,
                happened if hit.at in asserted and not hit.form.cue.kind.of_words else real,
                self._cues,
            )
        }
        return parts - {whole_of(real)} if len(parts) == len(real) else parts

    def _candidate(
        self,
        scene: Scene,
        article: Article,
        hit: EventHit,
        modality: Modality,
        speakers: ClaimSpeakers,
        arguments: "_Arguments",
    ) -> Candidate:
        sentence = scene.sentence
        places, where, actors = arguments.places, arguments.where, arguments.actors
        # Who denies "shelling the area" denies its antecedent, at any place.
        denied = modality.stance is not Stance.ASSERTS
        disputes = denied and where != "clause"
        guessed = places if disputes and where != "before" else ()
        if guessed:
            places = ()
        when, date_reason = event_date(scene, article, hit, background=modality.background)
        located = any(place.at > hit.at for place in places if scene.names(place))
        claimed = is_claimed(sentence, hit, self._cues)
        refers_back = hit.form.definite and not (
            located or claimed or takes_complement(sentence, hit) or is_between(sentence, hit)
        )
        evidence = Evidence(
            actors=bool(actors),
            dated=bool(scene.dates),
            refers_back=refers_back,
            is_reason=is_reason(scene, hit, self._cues),
        )
        reasons, score = weigh(hit, where, modality.stance, evidence)
        speaker = speakers.of(hit.at, modality.cue)
        own = [p for p in places if scene.names(p)]
        start, end = _span(sentence, hit, own, actors, modality.cue)
        span = article.text.folded.span(start, end)
        field = field_of_act(scene, modality.cue, hit, self._cues) if modality.cue else None
        kind_id, actors = self._parties.attack(hit, actors)
        suggestion = Suggestion(
            kind=kind_id,
            when=when,
            date_reason=date_reason,
            places=place_roles(sentence, places, scene, hit, self._cues),
            actors=tuple(actor for _, actor in actors),
            claims=(claim(article, span, modality.stance, field, speaker),),
            confidence=confidence_of(score),
            reasons=reasons,
            background=modality.background,
        )
        definite = hit.form.definite or disputes or elaborates(sentence, hit)
        guesses = place_roles(sentence, guessed, scene, hit, self._cues)
        # Sums of decimals: 0.35 and 0.15 are a little less than 0.5.
        confident = round(score, 2) >= ENOUGH
        kind = hit.form.cue.kind
        one_sided = kind.parties is PartyRoles.ONE_SIDED
        meanings = kind.refers_to if one_sided and not definite else ()
        # Who denies "hitting the school" may deny the raid on it that was reported before.
        anaphor = hit.form.definite or (disputes and is_of_known(sentence, hit))
        return Candidate(
            suggestion,
            definite,
            confident,
            kind.refers_to,
            meanings,
            anaphor,
            of_words=kind.of_words and one_sided,
            claimed=claimed and bool(actors),
            unplaced=where == "unknown" and not definite,
            harms=hit.form.definite and any(a.role is ActorRole.TARGET for _, a in actors),
            separate=is_separate(sentence, hit) and not denied,
            guessed=guesses,
            violent=kind.group is EventGroup.VIOLENCE,
            toll=hit.form.definite and not denied and any(is_toll(f) for _, f in scene.figures),
        )


def _without_dateline(sentence: Sentence | None, article: Article) -> Sentence | None:
    """The sentence without its label if that is the name of the outlet itself: "ستيب نيوز: …"."""
    if sentence is None or not sentence.label or article.outlet is None:
        return sentence
    start = article.text.folded.folded_offset(article.outlet.start)
    label = sentence.words[: sentence.label]
    return replace(sentence, label=0) if label[0].start <= start < label[-1].end else sentence


def readable_sentences(text: PreparedText) -> list[Span]:
    """The sentences of the body; of a text that has none, those of its headline."""
    body = list(text.sentences_of(ZoneKind.BODY))
    return body or list(text.sentences_of(ZoneKind.HEADLINE))


def _span(
    sentence: Sentence,
    hit: EventHit,
    places: Iterable[PlaceArgument],
    actors: Iterable[tuple[int, object]],
    dispute: ClaimHit | None,
) -> tuple[int, int]:
    """The folded span of the words that carry the claim, up to those that deny or doubt it."""
    clause = sentence.clauses[hit.at]
    opening, closing = sentence.clause_span(clause)
    if dispute is not None:
        closing = max(closing, sentence.clause_span(sentence.clauses[dispute.at])[1])
    last = max([closing, *(place.last for place in places)])
    first = min([opening, *(at for at, _ in actors if sentence.clauses[at] == clause)])
    return sentence.words[first].start, sentence.words[last].end
