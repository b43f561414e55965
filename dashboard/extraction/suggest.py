"""Suggested events from one article, e.g. "قصفت القوات التركية عين عيسى أمس" -> shelling, a day, a town.

A cue (verb or verbal noun of a kind of event) makes a candidate unless its clause says that it did
not happen, might happen or is only asked for. Candidates of one act become one suggestion.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dashboard.dates.find import DateMention
from dashboard.extraction.attribution import Speaker, SpeakerIndex, attribute
from dashboard.extraction.clauses import EventHit, Sentence, is_verb, parse
from dashboard.extraction.cues import ClaimRole, Cues, Shape
from dashboard.extraction.modality import Mood, mood
from dashboard.extraction.roles import actor_roles, place_roles
from dashboard.extraction.scene import Article, Placed, Scene, set_scene
from dashboard.gazetteer.index import PlaceIndex
from dashboard.model.event import Stance
from dashboard.model.suggestion import SuggestedClaim, Suggestion
from dashboard.model.when import DatePrecision, When
from dashboard.text.sentences import sentences
from dashboard.text.zones import Zone, ZoneKind

# Weights are few and round; tuned on tests/quality. A cue alone does not reach the threshold.
_CUE, _VERB, _PLACE, _PLACE_FAR, _ACTOR, _DATE = 0.35, 0.1, 0.25, 0.15, 0.15, 0.05
_DEFINITE, _IMPERFECT, _BEFORE_SENTENCE = -0.15, -0.1, 0.05
_ENOUGH = 0.5
# News without a date is taken as of the two days before it was published, and that day.
_NEWS_DAYS = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A suggestion in the making; `definite` if its cue only refers to something told before."""

    suggestion: Suggestion
    definite: bool


class Suggester:
    """The rules with their lexicon, loaded once and used for every text."""

    def __init__(self, places: PlaceIndex, cues: Cues, speakers: SpeakerIndex) -> None:
        self._places = places
        self._cues = cues
        self._speakers = speakers

    def suggest(self, article: Article, parts: Sequence[Zone]) -> tuple[Suggestion, ...]:
        """The events that the article seems to tell of, in the order of their first claims."""
        text = article.folded.original
        named = self._speakers.find(article.folded.text)
        found: list[Candidate] = []
        speaker: Speaker | None = None
        last_place: Placed | None = None
        for start, end in _readable(text, parts):
            low, high = _folded_span(article, start, end)
            sentence = parse(article.folded.text, low, high, self._cues)
            if sentence is None:
                last_place = _last_place(article, start, end) or last_place
                continue
            scene = set_scene(sentence, article, start, end, self._places)
            speaker = attribute(sentence, named, scene.actors, speaker, self._cues)
            found.extend(self._candidates(scene, article, speaker, last_place, found))
            last_place = scene.places[-1] if scene.places else last_place
        return _joined(found)

    def _candidates(
        self,
        scene: Scene,
        article: Article,
        speaker: Speaker | None,
        last_place: Placed | None,
        before: Sequence[Candidate],
    ) -> Iterator[Candidate]:
        made = 0
        for hit in _one_a_clause(scene.sentence):
            told = mood(scene.sentence, hit)
            if told.unreal:
                continue
            candidate = self._candidate(scene, article, hit, told, speaker, last_place)
            if candidate.suggestion.confidence >= _ENOUGH:
                made += 1
                yield candidate
        if not made and before:
            yield from _denials(scene.sentence, article, speaker, before[-1])

    def _candidate(
        self,
        scene: Scene,
        article: Article,
        hit: EventHit,
        told: Mood,
        speaker: Speaker | None,
        last_place: Placed | None,
    ) -> Candidate:
        sentence = scene.sentence
        places, where = _places_for(scene, hit, last_place, self._cues)
        actors = actor_roles(scene, hit, self._cues)
        when, date_reason = _when(scene, article, hit, told)
        reasons, confidence = _weigh(hit, where, actors=bool(actors), dated=bool(scene.dates))
        start, end = _span(sentence, hit, [p for p in places if p in scene.places], actors)
        first, last = article.folded.span(start, end)
        suggestion = Suggestion(
            kind=hit.form.cue.kind,
            when=when,
            date_reason=date_reason,
            places=place_roles(sentence, places, scene, hit, self._cues),
            actors=tuple(actor for _, actor in actors),
            claims=(_claim(article, first, last, told.stance, speaker),),
            confidence=round(min(1.0, confidence), 2),
            reasons=reasons,
            background=told.background,
        )
        return Candidate(suggestion, hit.form.definite)


def _readable(text: str, parts: Sequence[Zone]) -> Iterator[tuple[int, int]]:
    """The sentences of the body; of a text that has none, all of its lines."""
    body = [
        zone for zone in parts if zone.kind is ZoneKind.BODY and text[zone.start : zone.end].strip()
    ]
    if not body:
        body = [zone for zone in parts if zone.kind is ZoneKind.HEADLINE]
    for zone in body:
        for start, end in sentences(text[zone.start : zone.end]):
            yield zone.start + start, zone.start + end


def _folded_span(article: Article, start: int, end: int) -> tuple[int, int]:
    offsets = article.folded.offsets
    return bisect_left(offsets, start), bisect_left(offsets, end)


def _last_place(article: Article, start: int, end: int) -> Placed | None:
    held = [
        Placed(0, 0, mention, mention.place_id)
        for mention in article.places
        if start <= mention.start < end
        and mention.place_id is not None
        and mention.use.value == "location"
    ]
    return held[-1] if held else None


def _one_a_clause(sentence: Sentence) -> Iterator[EventHit]:
    """The cues, of several of one kind in one clause the first verb, or else the first."""
    chosen: dict[tuple[int, str], EventHit] = {}
    for hit in sentence.events:
        key = sentence.clauses[hit.at], hit.form.cue.kind
        held = chosen.get(key)
        if held is None or (is_verb(hit) and not is_verb(held)):
            chosen[key] = hit
    yield from sorted(chosen.values(), key=lambda hit: hit.at)


def _places_for(
    scene: Scene, hit: EventHit, last_place: Placed | None, cues: Cues
) -> tuple[list[Placed], str]:
    """The places of an event, and from where in the text they were taken."""
    sentence = scene.sentence
    clause = sentence.clauses[hit.at]
    here = [place for place in scene.places if sentence.clauses[place.at] == clause]
    after = [place for place in here if place.at > hit.at]
    if after or here:
        return (after or here), "clause"
    later = [place for place in scene.places if sentence.clauses[place.at] > clause]
    if later:
        nearest = sentence.clauses[later[0].at]
        return [place for place in later if sentence.clauses[place.at] == nearest], "sentence"
    if scene.places:
        nearest = sentence.clauses[scene.places[-1].at]
        return [p for p in scene.places if sentence.clauses[p.at] == nearest], "sentence"
    anaphora = cues.words[ClaimRole.ANAPHORA]
    if last_place and any(word.text.lstrip("بولف") in anaphora for word in sentence.words):
        return [last_place], "before"
    if last_place:
        return [last_place], "paragraph"
    return [], "none"


def _weigh(
    hit: EventHit, where: str, *, actors: bool, dated: bool
) -> tuple[tuple[str, ...], float]:
    """The reasons for a candidate in words, and what they add up to."""
    score = _CUE
    reasons = [f"“{hit.form.cue.word}” tells of {hit.form.cue.kind.replace('_', ' ')}"]
    if is_verb(hit):
        score += _VERB
        reasons.append("told by a verb")
    score += {"clause": _PLACE, "sentence": _PLACE_FAR, "before": _BEFORE_SENTENCE}.get(where, 0.0)
    reasons.append(
        {
            "clause": "its place stands in the same clause",
            "sentence": "its place stands elsewhere in the sentence",
            "before": "its place is the one named last before",
            "paragraph": "no place in the sentence; the one named last before is a guess",
        }.get(where, "no place is named")
    )
    if actors:
        score += _ACTOR
        reasons.append("a party is named with it")
    if dated:
        score += _DATE
    if hit.form.definite:
        score += _DEFINITE
        reasons.append("it may only refer to something told before")
    if hit.form.shape is Shape.IMPERFECT:
        score += _IMPERFECT
        reasons.append("the verb is not in the past")
    return tuple(reasons), score


def _when(scene: Scene, article: Article, hit: EventHit, told: Mood) -> tuple[When, str]:
    """When it is said to have happened, and why that is so."""
    mention = _date_of(scene, hit)
    if mention is not None:
        if mention.when is not None:
            return mention.when, f"“{mention.surface}”: {mention.reason}"
        return When(), f"“{mention.surface}” needs a publication date to be reckoned from"
    published = article.published
    if published is None:
        return When(), "no date in the sentence, and the article states no publication date"
    if told.background:
        return (
            When(None, published, DatePrecision.OPEN),
            f"told as background of a text of {published}; no earlier bound",
        )
    return (
        When(published - timedelta(days=_NEWS_DAYS), published, DatePrecision.WEEK),
        f"no date in the sentence; told as news on {published}, so taken as of the two days before",
    )


def _date_of(scene: Scene, hit: EventHit) -> DateMention | None:
    clauses = scene.sentence.clauses
    here = [mention for at, mention in scene.dates if clauses[at] == clauses[hit.at]]
    near = sorted(scene.dates, key=lambda pair: abs(clauses[pair[0]] - clauses[hit.at]))
    return here[0] if here else (near[0][1] if near else None)


def _span(
    sentence: Sentence,
    hit: EventHit,
    places: Iterable[Placed],
    actors: Iterable[tuple[int, object]],
) -> tuple[int, int]:
    """The folded span of the words that carry the claim."""
    clause = sentence.clauses[hit.at]
    own = [at for at, number in enumerate(sentence.clauses) if number == clause]
    last = max([own[-1], *(place.last for place in places)])
    first = min([own[0], *(at for at, _ in actors if sentence.clauses[at] == clause)])
    return sentence.words[first].start, sentence.words[last].end


def _claim(
    article: Article, start: int, end: int, stance: Stance, speaker: Speaker | None
) -> SuggestedClaim:
    text = article.folded.original
    surface = None
    if speaker is not None:
        first, last = article.folded.span(speaker.start, speaker.end)
        surface = text[first:last]
    return SuggestedClaim(
        start=start,
        end=end,
        quote=text[start:end],
        stance=stance,
        speaker_id=speaker.speaker_id if speaker else None,
        speaker=surface,
        speaker_actor_id=speaker.actor_id if speaker else None,
    )


def _denials(
    sentence: Sentence, article: Article, speaker: Speaker | None, denied: Candidate
) -> Iterator[Candidate]:
    """A sentence that denies "this" without saying what: it is about the event told last."""
    for role, stance in ((ClaimRole.DENIAL, Stance.DENIES), (ClaimRole.DOUBT, Stance.DOUBTS)):
        if sentence.of(role):
            first, last = article.folded.span(sentence.words[0].start, sentence.words[-1].end)
            claim = _claim(article, first, last, stance, speaker)
            yield replace(denied, suggestion=replace(denied.suggestion, claims=(claim,)))
            return


def _joined(found: Sequence[Candidate]) -> tuple[Suggestion, ...]:
    """Candidates of one act made one; a mere reference to an act is dropped if the act is told."""
    kept: list[Suggestion] = []
    for candidate in sorted(found, key=lambda c: c.definite):
        suggestion = candidate.suggestion
        at = next((i for i, held in enumerate(kept) if same_act(held, suggestion)), None)
        if at is None:
            kept.append(suggestion)
        elif not candidate.definite or suggestion.claims[0].stance is not Stance.ASSERTS:
            kept[at] = _with(kept[at], suggestion)
    return tuple(sorted(kept, key=lambda s: s.claims[0].start))


def same_act(one: Suggestion, other: Suggestion) -> bool:
    """Whether two candidates of one article tell of one act: same kind, place and time."""
    if one.kind != other.kind:
        return False
    places = {place.place_id for place in one.places}, {place.place_id for place in other.places}
    if places[0] and places[1] and places[0].isdisjoint(places[1]):
        return False
    return _dates_meet(one.when, other.when)


def _dates_meet(one: When, other: When) -> bool:
    if one.undated or other.undated:
        return True
    return one.overlaps(other.start, other.end)


def _with(held: Suggestion, other: Suggestion) -> Suggestion:
    """The suggestion with the claims of another one on the same act; the sharper date wins."""
    claims = [*held.claims, *other.claims]
    sharper = _width(other.when) < _width(held.when)
    return replace(
        held,
        when=other.when if sharper else held.when,
        date_reason=other.date_reason if sharper else held.date_reason,
        places=held.places or other.places,
        actors=held.actors or other.actors,
        claims=tuple(sorted({(c.start, c.end): c for c in claims}.values(), key=lambda c: c.start)),
        confidence=max(held.confidence, other.confidence),
    )


def _width(when: When) -> int:
    if when.undated:
        return 10**6
    start, end = when.start or date(1900, 1, 1), when.end or date(2100, 1, 1)
    return (end - start).days
