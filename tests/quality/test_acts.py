"""The texts on who did what to whom, and how the acts read are compared with them."""

from datetime import date

import pytest

from dashboard.extraction.reader import Reader
from dashboard.model.corpus import Corpus
from tests.quality.acts import ActsText, AnnotatedAct, Span, acts_texts
from tests.quality.measure_acts import measure_acts

TEXT = "قصفت القوات التركية أمس بلدة عين عيسى."
DAY = date(2021, 1, 9)
FORCES, TOWN = "القوات التركية", "عين عيسى"


@pytest.fixture(scope="module")
def reader(corpus: Corpus) -> Reader:
    return Reader(corpus.gazetteer, corpus.lexicon.actors, corpus.lexicon.actor_names)


def _span(words: str) -> tuple[Span, ...]:
    start = TEXT.index(words)
    return ((start, start + len(words)),)


def _right(reader: Reader, act: AnnotatedAct) -> tuple[int, int, int]:
    """How many acts, acts with their parties, and parties are right in the one text."""
    item = ActsText("", TEXT, date(2021, 1, 10), (act,))
    scores = measure_acts([item], reader).scores
    roles = scores["roles"].right if "roles" in scores else 0
    return scores["acts"].right, scores["strict"].right, roles


def test_an_act_is_right_with_its_kind_place_day_and_parties(reader: Reader):
    act = AnnotatedAct("shelling", _span(FORCES), (), (DAY, DAY), _span(TOWN))
    assert _right(reader, act) == (1, 1, 1)


def test_a_wrong_role_or_a_party_too_many_is_not_strictly_right(reader: Reader):
    target = AnnotatedAct("shelling", (), _span(FORCES), (DAY, DAY), _span(TOWN))
    nobody = AnnotatedAct("shelling", (), (), (DAY, DAY), _span(TOWN))
    assert _right(reader, target) == _right(reader, nobody) == (1, 0, 0)


def test_another_kind_place_or_day_is_another_act(reader: Reader):
    late = date(2021, 1, 20)
    for act in (
        AnnotatedAct("clash", _span(FORCES), (), (DAY, DAY), _span(TOWN)),
        AnnotatedAct("shelling", _span(FORCES), (), (late, late), _span(TOWN)),
        AnnotatedAct("shelling", _span(FORCES), (), (DAY, DAY), _span("القوات")),
    ):
        assert _right(reader, act) == (0, 0, 0)


@pytest.mark.parametrize(
    ("file", "least"),
    [
        ("acts.txt", 30),
        ("acts2.txt", 30),
        ("acts3.txt", 12),
        ("acts_apart.txt", 30),
        ("acts3_apart.txt", 12),
        ("acts4.txt", 8),
        ("acts4_apart.txt", 14),
        ("acts5.txt", 12),
        ("acts5_apart.txt", 8),
    ],
)
def test_there_are_texts_of_several_countries_with_known_kinds(
    corpus: Corpus, file: str, least: int
):
    texts = acts_texts(file)
    assert len(texts) >= least
    assert len({text.name for text in texts}) == len(texts)
    assert len({text.name.rsplit(", ", 1)[1] for text in texts}) >= 6
    for text in texts:
        for act in text.acts:
            assert act.kind in corpus.lexicon.kinds
            assert act.days[0] <= act.days[1] <= text.published
