"""Tolls of an act that an earlier sentence reports, e.g. "وأدى القصف إلى مقتل خمسة أشخاص"."""

from collections.abc import Iterator
from dataclasses import replace

from dashboard.extraction.attribution import Speaker
from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.claim_speakers import ClaimSpeakers
from dashboard.extraction.dispute import LatestCandidates, claim
from dashboard.extraction.figures import FigureMention
from dashboard.extraction.join import Candidate
from dashboard.extraction.scene import Article, Scene
from dashboard.model.estimate import Measure
from dashboard.model.event import Stance
from dashboard.text.normalise import fold

_HARM = frozenset({Measure.KILLED, Measure.WOUNDED})
# A toll of many acts, or a part of one: "since the beginning of the year", "among the wounded".
_OF_MANY = frozenset(map(fold, ("منذ", "خلال", "إجمالي", "الإجمالي", "مجموع", "بين", "بينهم")))
# The verb of a toll without a report is among the first words: "and five were wounded".
_OPENING_REACH = 3


def is_toll(figure: FigureMention) -> bool:
    """Whether the figure counts people killed or wounded."""
    return figure.measure in _HARM


def further_toll(
    scene: Scene, article: Article, speakers: ClaimSpeakers, earlier: LatestCandidates
) -> Iterator[Candidate]:
    """The toll of a sentence without an act, as a claim on the last act of violence before it.

    Not of one that names another day or place, or that counts over many acts.
    """
    sentence, act = scene.sentence, earlier.harmful
    tolls = [at for at, figure in scene.figures if is_toll(figure)]
    if not tolls or act is None or scene.dates or not _OF_MANY.isdisjoint(sentence.texts):
        return
    of_act = {place.place_id for place in act.suggestion.places}
    if scene.unknown or any(place.place_id not in of_act for place in scene.places):
        return
    reports = sentence.of(ClaimRole.REPORT)
    if not reports and tolls[0] > _OPENING_REACH:
        return
    speaker: Speaker | None = speakers.of(tolls[0], None) if reports else None
    last = sentence.clause_span(sentence.clauses[tolls[-1]])[1]
    span = article.text.folded.span(sentence.words[0].start, sentence.words[last].end)
    stated = claim(article, span, Stance.ASSERTS, None, speaker)
    suggestion = replace(act.suggestion, claims=(stated,))
    yield replace(act, suggestion=suggestion, definite=True, confident=False, toll=True)
