"""Figures of a sentence become estimates of its claim, with words that its quote has."""

from datetime import date

import pytest

from dashboard.extraction.estimates import with_estimates
from dashboard.extraction.reader import Reader
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Counted, Estimate, Measure
from dashboard.text.prepared import prepare


@pytest.fixture(scope="module")
def reader(corpus: Corpus) -> Reader:
    return Reader(corpus.gazetteer, corpus.lexicon.actors, corpus.lexicon.actor_names)


def test_a_toll_is_an_estimate_of_the_act_and_its_quote_has_the_words(reader: Reader):
    text = (
        "قصفت المدفعية التركية بلدة عين عيسى أمس، ما أدى إلى مقتل ثلاثة مدنيين وإصابة نحو 10 آخرين."
    )
    claims = [c for s in reader.read(text, date(2021, 1, 10)).suggestions for c in s.claims]
    estimates = [each for claim in claims for each in claim.estimates]
    assert estimates == [
        Estimate(Measure.KILLED, None, 3, None, Counted.CIVILIANS, None, "ثلاثة مدنيين"),
        Estimate(Measure.WOUNDED, None, 10, None, Counted.EVERYONE, None, "نحو 10 آخرين"),
    ]
    for claim in claims:
        assert claim.quote == text[claim.start : claim.end]
        assert all(each.words in claim.quote for each in claim.estimates)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("دارت اشتباكات في عين عيسى أدت إلى مقتل ثلاثة عناصر في صفوف قسد.", "sdf"),
        ("دارت اشتباكات في عين عيسى أدت إلى مقتل ثلاثة عناصر لقسد.", "sdf"),
        ("دارت اشتباكات في عين عيسى أدت إلى مقتل ثلاثة عناصر وفق قسد.", None),
        ("شنت طائرات عراقية غارات على كركوك، وقتلت ستة من عناصره وفق الجيش العراقي.", None),
    ],
)
def test_fighters_are_not_those_of_who_is_cited(reader: Reader, text: str, side: str | None):
    (suggestion,) = reader.read(text, date(2021, 1, 10)).suggestions
    (estimate,) = suggestion.claims[0].estimates
    assert estimate.side == side


@pytest.mark.parametrize(
    ("text", "tolls"),
    [
        (
            "قُتل ثلاثة مدنيين وأصيب خمسة آخرون، بينهم طفلان، أمس، جراء قصف على مدينة سرمين.",
            [(Measure.KILLED, 3), (Measure.WOUNDED, 5)],
        ),
        ("مقتل أربعة نازحين بقصف على مدينة سرمين.", [(Measure.KILLED, 4)]),
        ("سقط أربعة قتلى إثر غارة جوية على معرة النعمان.", [(Measure.KILLED, 4)]),
        ("استشهد ثمانية مواطنين، أمس، خلال قصف على مدينة سرمين.", [(Measure.KILLED, 8)]),
        ("استشهد شخصان نتيجة استهداف مسيرة تركية سيارة في عين عيسى.", [(Measure.KILLED, 2)]),
    ],
)
def test_a_toll_before_its_cause_is_of_the_act(
    reader: Reader, text: str, tolls: list[tuple[Measure, int]]
):
    (suggestion,) = reader.read(text, date(2021, 1, 10)).suggestions
    (claim,) = suggestion.claims
    assert [(each.measure, each.best) for each in claim.estimates] == tolls
    assert claim.quote == text[claim.start : claim.end] == text.rstrip(".")


def test_a_toll_of_another_sentence_or_far_from_a_cause_is_not_of_the_act(reader: Reader):
    for text in (
        "قتل عنصران من قسد أمس. وجراء قصف على مدينة سرمين نزح السكان.",
        f"قتل عنصران من قسد {'وكانت الأوضاع هادئة منذ أيام ' * 4} جراء قصف على مدينة سرمين.",
    ):
        claims = [c for s in reader.read(text, date(2021, 1, 10)).suggestions for c in s.claims]
        assert not [each for claim in claims for each in claim.estimates if "قصف" in claim.quote]


def test_fighters_are_those_of_the_party_named_with_them(reader: Reader):
    text = "دارت اشتباكات في عين عيسى أدت إلى مقتل 16 عنصرا من قوات سوريا الديمقراطية."
    (suggestion,) = reader.read(text, date(2021, 1, 10)).suggestions
    (estimate,) = suggestion.claims[0].estimates
    assert (estimate.best, estimate.side) == (16, "sdf")


def test_a_denied_act_has_no_figures(reader: Reader):
    text = "نفت وزارة الدفاع التركية قصف عين عيسى ومقتل ثلاثة مدنيين."
    suggestions = reader.read(text, date(2021, 1, 10)).suggestions
    assert [claim.estimates for each in suggestions for claim in each.claims] == [()]


def test_without_figures_suggestions_are_as_they_were(reader: Reader):
    text = "قصفت المدفعية التركية بلدة عين عيسى أمس."
    reading = reader.read(text, date(2021, 1, 10))
    prepared = prepare(text, ())
    assert with_estimates(reading.suggestions, (), (), prepared) == reading.suggestions
