"""Suggested events: what happened, who says so, who denies it; what is only spoken of is none."""

import sys
from collections import Counter
from datetime import date
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.extraction.corrections import interval
from dashboard.extraction.reader import Reader
from dashboard.model.corpus import Corpus
from dashboard.model.event import ActorRole, PlaceRole, Stance
from dashboard.model.records import Correction
from dashboard.model.suggestion import Suggestion
from dashboard.model.when import DatePrecision
from dashboard.review.rereading import reader_of
from dashboard.text.normalise import fold, normalise
from dashboard.text.sentences import sentence_at, sentences
from dashboard.text.words import words_of
from dashboard.text.zones import zones

DAY = date(2021, 1, 10)


@pytest.fixture(scope="module")
def reader(corpus: Corpus) -> Reader:
    return reader_of(corpus)


def one(reader: Reader, text: str, published: date | None = DAY) -> Suggestion:
    (suggestion,) = reader.read(text, published).suggestions
    return suggestion


def kinds(reader: Reader, text: str) -> list[str]:
    return [suggestion.kind for suggestion in reader.read(text, DAY).suggestions]


def test_a_clause_with_verb_party_place_and_day(reader: Reader):
    text = "قصفت القوات التركية أمس قريتي صيدا ومعلق في ريف عين عيسى بقذائف المدفعية."
    suggestion = one(reader, text)
    assert suggestion.kind == "shelling"
    assert {place.place_id for place in suggestion.places} == {"sayda_ain_issa", "maalaq"}
    assert [(a.actor_id, a.role) for a in suggestion.actors] == [
        ("turkish_forces", ActorRole.INITIATOR)
    ]
    assert (suggestion.when.start, suggestion.when.end) == (date(2021, 1, 9), date(2021, 1, 9))
    (claim,) = suggestion.claims
    assert text[claim.start : claim.end] == claim.quote
    assert claim.stance is Stance.ASSERTS
    assert 0.5 <= suggestion.confidence <= 1
    assert any("verb" in str(reason) for reason in suggestion.reasons)


def test_offsets_are_right_in_a_text_with_marks_and_tatweel(reader: Reader):
    text = "قَصَفَت القوّات التـركية أمس بلدة عين عيسـى."
    suggestion = one(reader, text)
    for place in suggestion.places:
        assert text[place.start : place.end] == place.surface == "عين عيسـى"


def test_a_denial_attaches_to_the_event_that_it_denies(reader: Reader):
    text = (
        "أعلنت روسيا التوصل إلى اتفاق مع تركيا حول عين عيسى.\n"
        "ونفى مصدر في قوات سوريا الديمقراطية التوصل إلى أي اتفاق حول عين عيسى.\n"
    )
    suggestion = one(reader, text)
    assert suggestion.kind == "agreement"
    assert [claim.stance for claim in suggestion.claims] == [Stance.ASSERTS, Stance.DENIES]
    assert suggestion.claims[1].speaker is not None
    assert "مصدر" in suggestion.claims[1].speaker


def test_a_denial_of_this_is_one_too(reader: Reader):
    text = "قصفت القوات التركية بلدة عين عيسى، فيما نفت وزارة الدفاع التركية ذلك."
    assert [claim.stance for claim in one(reader, text).claims] == [
        Stance.ASSERTS,
        Stance.DENIES,
    ]


def test_the_known_speaker_is_cited_also_by_the_next_sentence(reader: Reader):
    text = (
        "قال المرصد السوري لحقوق الإنسان إن القوات التركية قصفت بلدة عين عيسى.\n"
        "وأضاف المرصد أن اشتباكات اندلعت في قرية جهبل.\n"
    )
    shelling, clash = reader.read(text, DAY).suggestions
    assert shelling.claims[0].speaker_id == "sohr"
    assert clash.claims[0].speaker_id == "sohr"


@pytest.mark.parametrize(
    "text",
    [
        "تسعى روسيا لمنع هجوم محتمل على بلدة عين عيسى.",
        "تتخوف الأهالي من قصف تركي على بلدة عين عيسى.",
        "لم تعلن قوات النظام عن هجوم على بلدة عين عيسى.",
        "سوف تنسحب القوات الروسية من بلدة عين عيسى.",
        "بسبب عدم الانسحاب من بلدة عين عيسى.",
    ],
)
def test_what_did_not_happen_is_no_event(reader: Reader, text: str):
    assert kinds(reader, text) == []


def test_a_threat_or_demand_is_not_the_act_it_speaks_of(reader: Reader):
    assert kinds(reader, "طالبت روسيا قوات سوريا الديمقراطية بالانسحاب من بلدة عين عيسى.") == [
        "demand"
    ]
    assert kinds(reader, "هددت تركيا بشن هجوم على بلدة عين عيسى.") == ["threat"]


def test_background_is_marked_and_not_taken_for_news(reader: Reader):
    suggestion = one(reader, "يذكر أن القوات التركية قصفت بلدة عين عيسى.")
    assert suggestion.background
    assert suggestion.when.precision is DatePrecision.OPEN
    assert "background" in str(suggestion.date_reason)


def test_one_act_that_is_reported_twice_is_one_suggestion(reader: Reader):
    text = (
        "انسحبت القوات الروسية من قاعدة عين عيسى إلى تل السمن.\n"
        "وجاء الانسحاب بعد توتر في المنطقة.\n"
        "وقال شهود إن القوات الروسية انسحبت من بلدة عين عيسى صباحا.\n"
    )
    suggestion = one(reader, text)
    assert suggestion.kind == "withdrawal"
    assert len(suggestion.claims) == 2
    assert PlaceRole.FROM in {place.role for place in suggestion.places}
    assert PlaceRole.TO in {place.role for place in suggestion.places}


def test_a_relative_date_needs_a_publication_date(reader: Reader):
    text = "قصفت القوات التركية أمس بلدة عين عيسى."
    suggestion = one(reader, text, None)
    assert suggestion.when.undated
    assert "publication date" in str(suggestion.date_reason)


def test_an_article_without_any_date_stays_undated(reader: Reader):
    suggestion = one(reader, "قصفت القوات التركية بلدة عين عيسى.", None)
    assert suggestion.when.undated
    assert "no publication date" in str(suggestion.date_reason)


def test_the_dateline_is_read_unless_the_caller_gives_the_day(reader: Reader):
    text = "قصف على عين عيسى\n\nالأحد 10 كانون الثاني 2021\n\nقصفت القوات التركية أمس عين عيسى.\n"
    reading = reader.read(text)
    assert reading.published is not None
    assert reading.published.value.date() == DAY
    assert reading.suggestions[0].when.start == date(2021, 1, 9)
    assert reader.read(text, date(2022, 5, 5)).suggestions[0].when.start == date(2022, 5, 4)


def test_an_unknown_place_leaves_the_event_without_one_rather_than_a_wrong_one(reader: Reader):
    text = "سيطر الجيش الوطني السوري على قرية زنوبيا المجهولة."
    reading = reader.read(text, DAY)
    assert [unknown.surface for unknown in reading.unknown] == ["زنوبيا"]
    assert reading.suggestions[0].places == ()
    assert any("queued" in str(reason) for reason in reading.suggestions[0].reasons)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("قصفت القوات التركية قرية صيدا شمال عين عيسى.", ["sayda_ain_issa"]),
        ("استهدفت مسيرة سيارة في مدينة القامشلي شرقي مدينة الحسكة.", ["qamishli"]),
        ("قصفت القوات التركية بلدة تل تمر شمال غربي الحسكة.", ["tell_tamer"]),
        ("قصفت القوات التركية قرية الدردارة بريف تل تمر شمال غرب الحسكة.", ["dardara"]),
        ("انفجرت سيارة مفخخة في مدينة الباب شرقي حلب.", ["al_bab"]),
        # Nor is the place of the reason, nor that where the article was written.
        ("قصفت القوات التركية تل تمر ردا على هجوم استهدف قاعدتها في عين عيسى.", ["tell_tamer"]),
        ("الحسكة 15-10-2022 - قصفت القوات التركية بلدة تل تمر.", ["tell_tamer"]),
        ("الحسكة | قصفت القوات التركية بلدة تل تمر.", ["tell_tamer"]),
        # Nor that of the doctors who are cited; "amid the town" opens no clause.
        ("قصفت القوات التركية منازل وسط مدينة تل تمر، وفق أطباء في مدينة الحسكة.", ["tell_tamer"]),
        # Without another place right before it, it is where the act was, or one of two.
        ("قصفت القوات التركية شمال غربي الحسكة.", ["hasakah"]),
        ("قصفت القوات التركية تل تمر وشمال الحسكة.", ["tell_tamer", "hasakah"]),
    ],
)
def test_a_place_that_only_says_where_another_is_is_not_where_it_happened(
    reader: Reader, text: str, places: list[str]
):
    assert [place.place_id for place in one(reader, text).places] == places


def test_the_town_is_the_one_named_not_the_one_that_says_where_it_is(reader: Reader):
    text = "قتل شاب برصاص مجهولين في بلدة تل تمر شمال غربي الحسكة، وداهمت القوات التركية البلدة."
    places = [[p.place_id for p in each.places] for each in reader.read(text, DAY).suggestions]
    assert places == [["tell_tamer"], ["tell_tamer"]]


def test_an_act_that_only_says_when_another_was_adds_no_place_to_it(reader: Reader):
    text = (
        "اتفق الجيش السوداني وقوات الدعم السريع على هدنة في مدينة الفاشر. "
        "وقصفت قوات الدعم السريع مخيم أبو شوك بعد ساعات من الاتفاق."
    )
    agreement, shelling = reader.read(text, DAY).suggestions
    assert (agreement.kind, len(agreement.places), len(agreement.claims)) == ("agreement", 1, 1)
    assert shelling.kind == "shelling"
    assert shelling.places[0].place_id != agreement.places[0].place_id


def test_what_had_been_announced_did_happen(reader: Reader):
    text = "وكانت قسد قد أعلنت مقتل عنصرين من الجيش الوطني في معارك عين عيسى."
    clash = one(reader, text)
    assert (clash.kind, clash.claims[0].speaker) == ("clash", "قسد")
    assert not reader.read("وقد يعلن الجيش الوطني هجوما على عين عيسى.", DAY).suggestions


def test_who_condemns_attacks_without_a_place_reports_none(reader: Reader):
    text = "وأدانت الأمم المتحدة استهداف المدنيين."
    assert "shelling" not in [each.kind for each in reader.read(text, DAY).suggestions]
    named = "وأدانت الأمم المتحدة قصف الجيش الوطني مدينة عين عيسى."
    assert "shelling" in [each.kind for each in reader.read(named, DAY).suggestions]


def test_acts_that_are_parts_of_each_other_are_one_event(reader: Reader):
    text = (
        "قال الدفاع المدني السوري إن امرأة وطفلين قُتلوا وأصيب سبعة مدنيين آخرون بقصف مدفعي لقوات النظام "
        "استهدف سوقاً شعبياً في مدينة سرمين. ونفت وكالة سانا استهداف أي سوق."
    )
    shelling = one(reader, text)
    assert [claim.stance.value for claim in shelling.claims] == ["asserts", "denies"]
    assert ("syrian_government_forces", "initiator") in [
        (actor.actor_id, actor.role.value) for actor in shelling.actors
    ]
    # The seven are the wounded alone.
    (wounded,) = shelling.claims[0].estimates
    assert (wounded.measure.value, wounded.best) == ("wounded", 7)


def test_similar_attacks_of_before_are_not_this_one(reader: Reader):
    text = "تعرضت دورية في عين عيسى لهجوم بالقذائف. وسبق أن تبنى تنظيم داعش عشرات الهجمات المماثلة."
    attack = one(reader, text)
    assert (len(attack.claims), attack.actors) == (1, ())


def test_who_claims_an_attack_did_it(reader: Reader):
    text = (
        "قتل 36 جنديا في هجوم بصاروخ وطائرة مسيرة على معسكر غربي عين عيسى. "
        "وتبنت قوات سوريا الديمقراطية الهجوم."
    )
    attack = one(reader, text)
    assert [(a.actor_id, a.role.value) for a in attack.actors] == [("sdf", "initiator")]
    assert [claim.speaker for claim in attack.claims] == [None, "قوات سوريا الديمقراطية"]


def test_a_denied_fall_of_a_town_denies_its_takeover_and_no_fight_in_it(reader: Reader):
    text = (
        "أكدت قوات الدعم السريع سيطرتها على مدينة سنجة، فيما نفى الجيش السوداني سقوط المدينة وقال إن "
        "قواته ما زالت تقاتل داخلها."
    )
    takeover, fight = reader.read(text, DAY).suggestions
    assert (takeover.kind, fight.kind) == ("takeover", "clash")
    assert [claim.stance.value for claim in takeover.claims] == ["asserts", "denies"]
    assert [a.actor_id for a in fight.actors] == ["saf"]
    shells = "سقوط قذائف على مدينة تل تمر."
    assert [each.kind for each in reader.read(shells, DAY).suggestions] == ["shelling"]


def test_tear_gas_fired_at_demonstrators_is_an_attack_on_them(reader: Reader):
    text = "قتل متظاهران في وسط بغداد بعدما أطلقت قوات مكافحة الشغب قنابل الغاز على المحتجين."
    attack = one(reader, text)
    assert attack.kind == "attack_on_civilians"
    assert ("protesters", "target") in [(a.actor_id, a.role.value) for a in attack.actors]


def test_the_two_sides_are_no_civilians(reader: Reader):
    text = (
        "اتهم الجيش السوداني قوات الدعم السريع بقصف سوق في مدينة أم درمان، ما أسفر عن مقتل 18 مدنيا، "
        "وهو ما نفته قوات الدعم السريع في بيان قالت فيه إن الجيش هو من قصف السوق بالمدفعية. "
        "وتجددت الاشتباكات بين الطرفين قرب سلاح المدرعات جنوبي الخرطوم."
    )
    *shellings, clash = reader.read(text, DAY).suggestions
    # Who denies it says in a statement that the other did it.
    assert [each.actors[0].actor_id for each in shellings] == ["rsf", "saf"]
    assert [[c.stance.value for c in each.claims] for each in shellings] == [
        ["asserts", "denies"],
        ["asserts"],
    ]
    assert [actor.actor_id for actor in clash.actors] == ["rsf", "saf"]


def test_suggestions_follow_what_analysts_correct(reader: Reader):
    text = "قصفت القوات التركية أمس بلدة عين عيسى."
    start = text.index("عين عيسى")
    elsewhere = Correction("a", start, start + len("عين عيسى"), "place", "qamishli")
    assert [p.place_id for p in reader.read(text, DAY, [elsewhere]).suggestions[0].places] == [
        "qamishli"
    ]
    at = text.index("أمس")
    dated = Correction("a", at, at + 3, "date", "2020-12-01..2020-12-02")
    assert reader.read(text, DAY, [dated]).suggestions[0].when == interval("2020-12-01..2020-12-02")
    party = text.index("القوات")
    nobody = Correction("a", party, party + len("القوات التركية"), "actor", None)
    assert reader.read(text, DAY, [nobody]).suggestions[0].actors == ()


def test_a_nationality_names_who_did_it(reader: Reader):
    suggestion = one(reader, "أصيب مدنيون جراء القصف المدفعي التركي على بلدة عين عيسى.")
    assert (suggestion.actors[0].actor_id, suggestion.actors[0].role) == (
        "turkish_forces",
        ActorRole.INITIATOR,
    )


def test_a_text_is_folded_zoned_and_cut_into_sentences_once(reader: Reader, corpus: Corpus):
    functions = {f.__code__: f for f in (normalise, fold, words_of, zones, sentences, sentence_at)}
    entered: Counter[object] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in functions:
            given = frame.f_locals[frame.f_code.co_varnames[0]]
            # A line that may state the day of publication is read by itself; it is short.
            if len(getattr(given, "original", given)) > 90:
                entered[functions[frame.f_code]] += 1

    text = corpus.articles["a004_orient_net"].text
    sys.setprofile(count)
    try:
        reader.read(text)
    finally:
        sys.setprofile(None)
    assert entered == {normalise: 1, words_of: 1, zones: 1, sentences: 1}


WORDS = (
    *("قصفت", "القوات", "التركية", "أمس", "بلدة", "عين", "عيسى", "ونفى", "المصدر", "ذلك"),
    *("انسحبت", "من", "إلى", "قرية", "صيدا", "اتفاق", "اجتماع", "هجوم", "لم", "قد", "إن"),
    *("قال", "المرصد", ".", "،", "\n", "\u0640", "\u064b", "\u202e", "12", '("', "»"),
)


@settings(max_examples=200)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_any_text_is_read_and_every_span_is_of_that_text(corpus: Corpus, text: str):
    reading = _reader(corpus).read(text, DAY)
    for suggestion in reading.suggestions:
        assert suggestion.claims
        assert 0 < suggestion.confidence <= 1
        for claim in suggestion.claims:
            assert 0 <= claim.start < claim.end <= len(text)
            assert claim.quote == text[claim.start : claim.end]
        for place in suggestion.places:
            assert place.place_id in corpus.gazetteer.places


_kept: list[Reader] = []


def _reader(corpus: Corpus) -> Reader:
    if not _kept:
        _kept.append(reader_of(corpus))
    return _kept[0]
