"""Suggested events from one article, e.g. "قصفت القوات التركية عين عيسى أمس" -> shelling, a day, a town.

A cue (verb or verbal noun of a kind of event) makes a candidate unless its clause says that it did
not happen, might happen or is only asked for. Candidates of one act become one suggestion.
"""

from collections.abc import Iterable, Iterator, Sequence

from dashboard.dates.find import DateMention
from dashboard.dates.resolve import days_before
from dashboard.extraction.attribution import Speaker, SpeakerIndex, attribute
from dashboard.extraction.clauses import EventHit, Sentence, is_verb, parse
from dashboard.extraction.cues import Cues, Shape
from dashboard.extraction.dispute import Latest, claim, denials
from dashboard.extraction.join import Candidate, Joined, joined
from dashboard.extraction.modality import Mood, mood
from dashboard.extraction.places import Before, places_for
from dashboard.extraction.roles import actor_roles, place_roles
from dashboard.extraction.scene import Article, Placed, Scene, set_scene
from dashboard.gazetteer.index import PlaceIndex
from dashboard.model.event import FollowingAct, Stance
from dashboard.model.suggestion import Suggestion
from dashboard.model.when import DatePrecision, When
from dashboard.text.prepared import PreparedText
from dashboard.text.sentences import Span
from dashboard.text.zones import ZoneKind

# Weights are few and round; tuned on tests/quality. A cue alone does not reach the threshold.
_CUE, _VERB, _PLACE, _PLACE_FAR, _ACTOR, _DATE = 0.35, 0.15, 0.25, 0.15, 0.15, 0.05
_DISPUTED, _DEFINITE, _IMPERFECT = 0.15, -0.15, -0.1
_ENOUGH = 0.5
# News without a date is taken as of the two days before it was published, and that day.
_NEWS_DAYS = 2
# How many characters of a date's words a reason repeats; a run of white space in them has no end.
_MAX_QUOTED = 200


class Suggester:
    """The rules with their lexicon, loaded once and used for every text."""

    def __init__(self, places: PlaceIndex, cues: Cues, speakers: SpeakerIndex) -> None:
        self._places = places
        self._cues = cues
        self._speakers = speakers

    def suggest(self, article: Article) -> Joined:
        """The events that the article seems to tell of, in the order of their first claims."""
        named = self._speakers.find(article.text)
        found: list[Candidate] = []
        latest = Latest()
        speaker: Speaker | None = None
        before = Before()
        for start, end in _readable(article.text):
            sentence = parse(article.text, start, end, self._cues)
            if sentence is not None:
                scene = set_scene(sentence, article, start, end, self._places)
                speaker = attribute(sentence, named, scene.actors, speaker, self._cues)
                for candidate in self._candidates(scene, article, speaker, before, latest):
                    latest.add(candidate)
                    found.append(candidate)
            before.name(article, start, end, self._places)
        return joined(found, self._places)

    def _candidates(
        self,
        scene: Scene,
        article: Article,
        speaker: Speaker | None,
        before: Before,
        earlier: Latest,
    ) -> Iterator[Candidate]:
        candidates: list[tuple[int, Candidate]] = []
        for hit in _main_cues(scene.sentence):
            modality = mood(scene.sentence, hit)
            if modality.unreal:
                continue
            places, where = places_for(scene, hit, before, self._places)
            candidate = self._candidate(scene, article, hit, modality, speaker, (places, where))
            if candidate.sure:
                before.of_last_event = tuple(places) or before.of_last_event
            if candidate.sure or modality.stance is not Stance.ASSERTS:
                candidates.append((hit.at, candidate))
                yield candidate
        yield from denials(scene.sentence, article, speaker, candidates, earlier, self._cues)

    def _candidate(
        self,
        scene: Scene,
        article: Article,
        hit: EventHit,
        modality: Mood,
        speaker: Speaker | None,
        placed: tuple[Sequence[Placed], str],
    ) -> Candidate:
        sentence = scene.sentence
        places, where = placed
        # Who denies "shelling the area" denies what was told before, wherever that was.
        disputes = modality.stance is not Stance.ASSERTS and where != "clause"
        if disputes and where != "before":
            places = ()
        actors = actor_roles(article.text, scene, hit, self._cues)
        when, date_reason = _when(scene, article, hit, modality)
        reasons, confidence = _weigh(
            hit, where, modality.stance, actors=bool(actors), dated=bool(scene.dates)
        )
        start, end = _span(sentence, hit, [p for p in places if scene.names(p)], actors)
        first, last = article.text.folded.span(start, end)
        suggestion = Suggestion(
            kind=hit.form.cue.kind.kind,
            when=when,
            date_reason=date_reason,
            places=place_roles(sentence, places, scene, hit, self._cues),
            actors=tuple(actor for _, actor in actors),
            claims=(claim(article, first, last, modality.stance, speaker),),
            confidence=round(min(1.0, confidence), 2),
            reasons=reasons,
            background=modality.background,
        )
        definite = hit.form.definite or disputes or _retells(sentence, hit)
        sure = suggestion.confidence >= _ENOUGH
        return Candidate(suggestion, definite, sure, hit.form.cue.kind.refers_to)


def _readable(text: PreparedText) -> list[Span]:
    """The sentences of the body; of a text that has none, those of its headline."""
    body = list(text.sentences_of(ZoneKind.BODY))
    return body or list(text.sentences_of(ZoneKind.HEADLINE))


def _main_cues(sentence: Sentence) -> Iterator[EventHit]:
    """The cues, of several of one kind in one clause the first verb, or else the first."""
    chosen: dict[tuple[int, str], EventHit] = {}
    for hit in sentence.events:
        key = sentence.clauses[hit.at], hit.form.cue.kind.kind
        earlier = chosen.get(key)
        if earlier is None or (is_verb(hit) and not is_verb(earlier)):
            chosen[key] = hit
    hits = sorted(chosen.values(), key=lambda hit: hit.at)
    last = {sentence.clauses[hit.at]: hit.at for hit in hits}
    for hit in hits:
        clause, kind = sentence.clauses[hit.at], hit.form.cue.kind
        following = last[clause] > hit.at
        if any((clause, other) in chosen for other in kind.yields_to):
            continue
        if kind.following_act is FollowingAct.REPORTED and following:
            continue
        yield hit


def _weigh(
    hit: EventHit, where: str, stance: Stance, *, actors: bool, dated: bool
) -> tuple[tuple[str, ...], float]:
    """The reasons for a candidate in words, and what they add up to."""
    score = _CUE
    reasons = [f"“{hit.form.cue.word}” tells of {hit.form.cue.kind.kind.replace('_', ' ')}"]
    if is_verb(hit):
        score += _VERB
        reasons.append("told by a verb")
    score += {
        "clause": _PLACE,
        "sentence": _PLACE_FAR,
        "before": _PLACE_FAR,
        "area": _PLACE_FAR,
        "unknown": _PLACE_FAR,
    }.get(where, 0.0)
    reasons.append(
        {
            "clause": "its place stands in the same clause",
            "sentence": "its place stands elsewhere in the sentence",
            "before": "its place is named before, and referred to here",
            "area": "its place is named before, and referred to here",
            "unknown": "the gazetteer lacks its place, which is queued",
            "last event": "no place in the sentence; that of the event told before is a guess",
            "paragraph": "no place in the sentence; the one named last before is a guess",
        }.get(where, "no place is named")
    )
    if actors:
        score += _ACTOR
        reasons.append("a party is named with it")
    if dated:
        score += _DATE
    if stance is not Stance.ASSERTS:
        score += _DISPUTED
        reasons.append("it is denied or doubted, so somebody says it")
    if hit.form.definite:
        score += _DEFINITE
        reasons.append("it may only refer to something told before")
    if hit.form.shape is Shape.IMPERFECT:
        score += _IMPERFECT
        reasons.append("the verb is not in the past")
    return tuple(reasons), score


def _when(scene: Scene, article: Article, hit: EventHit, modality: Mood) -> tuple[When, str]:
    """When it is said to have happened, and why that is so."""
    mention = _date_of(scene, hit)
    if mention is not None:
        words = _shortened(mention.surface)
        if mention.when is not None:
            return mention.when, f"“{words}”: {mention.reason}"
        if not mention.anchor_needed:
            return When(), f"“{words}”: {mention.reason}"
        return When(), f"“{words}” needs a publication date to be reckoned from"
    published = article.published
    if published is None:
        return When(), "no date in the sentence, and the article states no publication date"
    if modality.background:
        return (
            When(None, published, DatePrecision.OPEN),
            f"told as background of a text of {published}; no earlier bound",
        )
    start = days_before(published, _NEWS_DAYS)
    return (
        When(start, published, DatePrecision.WEEK if start else DatePrecision.OPEN),
        f"no date in the sentence; told as news on {published}, so taken as of the two days before",
    )


def _date_of(scene: Scene, hit: EventHit) -> DateMention | None:
    """The date of the event's clause, or of the nearest clause of its part of the sentence.

    Of two clauses as near, one that "which" opens comes before the earlier one.
    """
    sentence = scene.sentence
    clause = sentence.clauses[hit.at]
    among = scene.of_dates.in_part(sentence.parts[hit.at])
    before, later = scene.of_dates.nearest_clauses(clause, among)
    nearest = before if later is None else later
    if nearest is None:
        return None
    if before is not None and later is not None and clause - before <= later - clause:
        opened = clause - before == later - clause and later in sentence.relative_clauses
        nearest = later if opened else before
    return scene.dates[scene.of_dates.in_clauses(nearest, nearest, among).start][1]


def _shortened(words: str) -> str:
    return words if len(words) <= _MAX_QUOTED else f"{words[:_MAX_QUOTED]}…"


def _span(
    sentence: Sentence,
    hit: EventHit,
    places: Iterable[Placed],
    actors: Iterable[tuple[int, object]],
) -> tuple[int, int]:
    """The folded span of the words that carry the claim."""
    clause = sentence.clauses[hit.at]
    opening, closing = sentence.clause_span(clause)
    last = max([closing, *(place.last for place in places)])
    first = min([opening, *(at for at, _ in actors if sentence.clauses[at] == clause)])
    return sentence.words[first].start, sentence.words[last].end


def _retells(sentence: Sentence, hit: EventHit) -> bool:
    """Whether a relative clause says more of an act just named: the agreement, which was signed in."""
    clause = sentence.clauses[hit.at]
    if clause == 0 or clause not in sentence.relative_clauses:
        return False
    first, last = sentence.clause_span(clause - 1)
    before = sentence.events_between(first, last + 1)
    return any(other.form.cue.kind == hit.form.cue.kind for other in before)
