"""The toll of an act that an earlier sentence reports is a claim on that act, with who gives it."""

from datetime import date

import pytest

from dashboard.extraction.figures import FigureMention
from dashboard.extraction.reader import Reader
from dashboard.extraction.tolls import is_toll
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Counted, Measure
from dashboard.model.event import Stance
from dashboard.model.suggestion import SuggestedClaim

DAY = date(2021, 1, 10)
SHELLING = "قصفت قوات النظام أمس مدينة سرمين."


@pytest.fixture(scope="module")
def reader(corpus: Corpus) -> Reader:
    return Reader(corpus.gazetteer, corpus.lexicon.actors, corpus.lexicon.actor_names)


def further_claims(reader: Reader, sentence: str) -> list[SuggestedClaim]:
    """The claims of a sentence on the shelling before it; all are on that one act."""
    text = f"{SHELLING} {sentence}"
    (act,) = reader.read(text, DAY).suggestions
    assert all(text[claim.start : claim.end] == claim.quote for claim in act.claims)
    return [claim for claim in act.claims if claim.start >= len(SHELLING)]


@pytest.mark.parametrize(
    ("sentence", "speaker", "tolls"),
    [
        ("وأدى القصف إلى مقتل خمسة أشخاص.", None, [(Measure.KILLED, 5)]),
        ("وقتل خمسة أشخاص وأصيب عشرة.", None, [(Measure.KILLED, 5), (Measure.WOUNDED, 10)]),
        ("وقال الدفاع المدني إن القصف أدى إلى مقتل ستة.", "الدفاع المدني", [(Measure.KILLED, 6)]),
        (
            "وقالت نقابة الأطباء إن عدد القتلى بلغ 21 قتيلا و106 جرحى.",
            "نقابة الأطباء",
            [(Measure.KILLED, 21), (Measure.WOUNDED, 106)],
        ),
    ],
)
def test_a_later_toll_is_a_claim_on_the_act(
    reader: Reader, sentence: str, speaker: str | None, tolls: list[tuple[Measure, int]]
):
    (claim,) = further_claims(reader, sentence)
    assert (claim.stance, claim.speaker) == (Stance.ASSERTS, speaker)
    assert [(each.measure, each.best) for each in claim.estimates] == tolls


@pytest.mark.parametrize(
    "sentence",
    [
        "وقتل خمسة أشخاص في حادث سير في مدينة اللاذقية.",
        "وقال الدفاع المدني إن عدد القتلى منذ بداية العام بلغ 400 قتيل.",
        "وقال الدفاع المدني إن تسعة أشخاص قتلوا في 3 كانون الثاني.",
        "وقال الدفاع المدني إن 30 عائلة تسكن الحي.",
        "وقال الدفاع المدني إن من بين المصابين عشرين إصابة خطيرة.",
    ],
)
def test_the_toll_of_another_day_place_or_of_many_acts_is_not_that_of_the_act(
    reader: Reader, sentence: str
):
    assert further_claims(reader, sentence) == []


def test_without_an_act_of_violence_before_it_a_toll_is_no_claim(reader: Reader):
    text = "وصل رتل للقوات الروسية إلى عين عيسى. وقال مصدر إن خمسة أشخاص قتلوا."
    reading = reader.read(text, DAY)
    assert [each.kind for each in reading.suggestions] == ["reinforcement"]
    assert [len(each.claims) for each in reading.suggestions] == [1]
    # The figure itself is found, for who reads the article.
    assert [figure.low for figure in reading.figures] == [5]


def test_only_people_killed_or_wounded_are_a_toll():
    tolls = {each for each in Measure if is_toll(FigureMention(0, 1, each, 3, 3, Counted.EVERYONE))}
    assert tolls == {Measure.KILLED, Measure.WOUNDED}
