"""Who denies what: how far a denial reaches, and whose words each claim of a sentence is."""

import pytest

from dashboard.actors.find import find_actors
from dashboard.actors.index import ActorIndex
from dashboard.extraction.anaphors import is_anaphoric
from dashboard.extraction.attribution import SpeakerIndex, attribute
from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.claim_speakers import ClaimSpeakers
from dashboard.extraction.clauses import parse
from dashboard.extraction.contrasted import contrasted
from dashboard.extraction.cues import Cues, load_cues
from dashboard.extraction.disputed_field import field_of_act, field_of_anaphor
from dashboard.extraction.reader import Reader
from dashboard.extraction.reported_negation import reported_negation
from dashboard.extraction.scene import Scene
from dashboard.extraction.scope import end_of_scope, is_presupposed, judged_after
from dashboard.extraction.sentence import Sentence
from dashboard.gazetteer.index import PlaceIndex
from dashboard.model.corpus import Corpus
from dashboard.model.event import ClaimField, Stance
from dashboard.text.prepared import prepare

TWO_CLAIMS = "نفت قسد أي انسحاب من عين عيسى، وشن الطيران التركي غارات على تل تمر."


@pytest.fixture(scope="module")
def cues() -> Cues:
    return load_cues()


@pytest.fixture(scope="module")
def places(corpus: Corpus) -> PlaceIndex:
    return PlaceIndex(corpus.gazetteer)


@pytest.fixture(scope="module")
def reader(corpus: Corpus) -> Reader:
    return Reader(corpus.gazetteer, corpus.lexicon.actors, corpus.lexicon.actor_names)


def _sentence(text: str, places: PlaceIndex, cues: Cues) -> Sentence:
    sentence = parse(prepare(text, places.context.furniture), 0, len(text), cues)
    assert sentence is not None
    return sentence


def _words_in_scope(text: str, places: PlaceIndex, cues: Cues) -> str:
    sentence = _sentence(text, places, cues)
    denial = sentence.of(ClaimRole.DENIAL)[0]
    end = end_of_scope(sentence, denial, cues.words[ClaimRole.COMPLEMENT])
    return sentence.words[end - 1].text


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (TWO_CLAIMS, "عيسي"),
        ("نفت قسد الانسحاب من القرية وقالت إن القصف مستمر.", "القريه"),
        ("نفى الجيش قصف القرية، بينما أكد السكان قصفها.", "القريه"),
        ("نفى أن تكون القوات دخلت القرية واعتقلت شبانا.", "شبانا"),
        ("نفى الناطق ما ذكرت وسائل إعلام عن قصف القرية.", "القريه"),
        ("ونفت قسد من جانبها انسحاب القوات من القرية.", "القريه"),
    ],
)
def test_a_denial_ends_before_the_next_main_clause(places: PlaceIndex, cues: Cues, text, last):
    assert _words_in_scope(text, places, cues) == last


def test_what_an_adverbial_clause_names_is_not_denied(places: PlaceIndex, cues: Cues):
    sentence = _sentence("نفت قسد الانسحاب من القرية بعد قصف البلدة.", places, cues)
    denial = sentence.of(ClaimRole.DENIAL)[0]
    withdrawal, shelling = (hit.at for hit in sentence.events)
    assert not is_presupposed(sentence, denial, withdrawal)
    assert is_presupposed(sentence, denial, shelling)


def test_a_report_is_called_false_after_its_act(places: PlaceIndex, cues: Cues):
    false = _sentence("الأنباء عن قصف القرية عارية عن الصحة.", places, cues)
    assert judged_after(false, ClaimRole.DENIAL_AFTER, false.events[0].at)
    other = _sentence("قصفت القوات القرية، وهذه الرواية عارية عن الصحة.", places, cues)
    assert judged_after(other, ClaimRole.DENIAL_AFTER, other.events[0].at) is None


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (TWO_CLAIMS, ["قسد", None, None]),
        ("نفى الجيش قصف القرية، بينما أكد السكان قصف البلدة.", ["الجيش", "السكان"]),
        ("قالت هيئة المدينة إن القوات قصفت القرية ونفت اعتقال شبان.", ["هيئة المدينة"] * 2),
        ("وزارة الدفاع: لا صحة لقصف القرية.", ["وزارة الدفاع"]),
        ("قصفت القوات القرية، ونفى متحدث اعتقال شبان.", [None, "متحدث"]),
    ],
)
def test_each_claim_has_its_own_speaker(
    corpus: Corpus, places: PlaceIndex, cues: Cues, text: str, speakers: list[str | None]
):
    sentence = _sentence(text, places, cues)
    prepared = prepare(text, places.context.furniture)
    index = ActorIndex(corpus.lexicon.actors, corpus.lexicon.actor_names)
    found = find_actors(prepared, index, (), places.context, None)
    actors = [(sentence.word_at(prepared.folded.folded_offset(m.start)), m) for m in found]
    named = SpeakerIndex().find(prepared)
    default = attribute(sentence, named, actors, None, cues)
    of = ClaimSpeakers(sentence, named, actors, None, default, cues).of
    denials = sentence.of(ClaimRole.DENIAL)
    surfaces = []
    for hit in sentence.events:
        cue = next((d for d in reversed(denials) if d.at < hit.at), None)
        ends = cue and end_of_scope(sentence, cue, cues.words[ClaimRole.COMPLEMENT]) <= hit.at
        speaker = of(hit.at, None if ends else cue)
        words = prepared.folded.text[speaker.start : speaker.end] if speaker else None
        surfaces.append(words and words.removesuffix(" اي"))
    assert surfaces == [None if each is None else _folded(each, places) for each in speakers]


def _folded(text: str, places: PlaceIndex) -> str:
    return prepare(text, places.context.furniture).folded.text


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        ("قال متحدث إن الجيش لم يقصف بلدة عين عيسى.", ["denies"]),
        ("لم يقصف الجيش بلدة عين عيسى.", []),
        ("لم تنف أنقرة تنفيذ غارات على بلدة عين عيسى.", ["asserts"]),
        ("وردت أنباء عن قصف بلدة عين عيسى ولم يصدر تأكيد من أي جهة.", ["doubts"]),
        ("لم يعلق الجيش على قصف بلدة عين عيسى.", ["asserts"]),
        ("قال المحافظ إنه لا توجد اشتباكات في بلدة عين عيسى.", ["denies"]),
        ("أي قصف لم يقع في بلدة عين عيسى، وفق ما أكدته الشرطة.", ["denies"]),
        ("لا توجد اشتباكات في بلدة عين عيسى.", []),
        ("أكد الجيش أن الفصائل لم تسيطر على بلدة عين عيسى.", ["denies"]),
    ],
)
def test_negation_denies_if_somebody_says_it(reader: Reader, text: str, stances: list[str]):
    read = [c.stance.value for s in reader.read(text).suggestions for c in s.claims]
    assert read == stances


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "شن الطيران غارة قرب عين عيسى، إلا أن موسكو نفت أي دور لها فيها.",
            [("asserts", None, None), ("denies", "موسكو", "actor")],
        ),
        (
            "قالت الوكالة إن الفصائل اقتحمت ثكنة في عين عيسى، بيد أن الناطق باسمها كذب ذلك.",
            [("asserts", "الوكالة", None), ("denies", "الناطق باسمها", "happened")],
        ),
        (
            "لم يعرف بعد ما إذا كانت الشرطة اعتقلت شبانا في عين عيسى.",
            [("doubts", None, "happened")],
        ),
        (
            "لم تتمكن منظمة العفو من التأكد من التقارير عن اعتقال شبان في عين عيسى.",
            [("doubts", "منظمة العفو", "happened")],
        ),
        (
            "ترددت أنباء عن اعتقال شبان في عين عيسى، ولم تؤكد أي جهة ذلك.",
            [("doubts", None, "happened")],
        ),
        (
            "زعم الجيش التركي أن الغارة على عين عيسى استهدفت مقرا.",
            [("asserts", "الجيش التركي", None)],
        ),
        (
            "شكك محافظ الرقة في أرقام القتلى في قصف عين عيسى.",
            [("doubts", "محافظ الرقة", "toll")],
        ),
    ],
)
def test_who_denies_or_doubts_what(reader: Reader, text: str, claims: list[tuple]):
    read = [c for s in reader.read(text).suggestions for c in s.claims]
    assert [(c.stance.value, c.speaker, c.disputes and c.disputes.value) for c in read] == claims


def test_a_negation_is_reported_if_somebody_says_it(places: PlaceIndex, cues: Cues):
    for text, reported in (("قال إنه لا انسحاب من القرية.", True), ("لا انسحاب من القرية.", False)):
        sentence = _sentence(text, places, cues)
        assert (reported_negation(sentence, sentence.events[-1], cues) is not None) is reported


def test_a_denial_in_an_adverbial_clause_ends_with_it(places: PlaceIndex, cues: Cues):
    text = "عقب نفي الوزارة قصف القرية، جدد السكان تأكيدهم أن الطيران قصفها."
    assert _words_in_scope(text, places, cues) == "القريه"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("نفى الجيش قصف بلدة عين عيسى.", "happened"),
        ("نفى الجيش سقوط ضحايا في قصف بلدة عين عيسى.", "toll"),
        ("نفى الجيش مسؤوليته عن قصف بلدة عين عيسى.", "actor"),
        ("نفى الجيش أن تكون طائراته نفذت الغارة على بلدة عين عيسى.", "actor"),
        ("نفى الجيش أن يكون القصف في بلدة عين عيسى.", "place"),
        ("نفى الجيش أن يكون القصف على بلدة عين عيسى يوم 5 أيار 2021.", "date"),
        ("قال الجيش إن الغارة لم تستهدف مدرسة، بل مستودعا في بلدة عين عيسى.", "place"),
        ("الأنباء عن قصف بلدة عين عيسى ومقتل عدد من سكانها عارية عن الصحة.", "happened"),
    ],
)
def test_a_claim_names_the_field_that_it_disputes(reader: Reader, text: str, field: str):
    claims = [c for s in reader.read(text).suggestions for c in s.claims]
    assert [c.disputes for c in claims if c.stance is not Stance.ASSERTS] == [field]


def test_figures_that_are_called_false_are_the_toll_of_the_act_before(reader: Reader):
    text = "قصفت القوات التركية بلدة عين عيسى. وقال متحدث إن الأرقام مبالغ فيها."
    (suggestion,) = reader.read(text).suggestions
    assert [(c.stance, c.disputes) for c in suggestion.claims] == [
        (Stance.ASSERTS, None),
        (Stance.DENIES, ClaimField.TOLL),
    ]


def test_the_field_of_an_act_and_of_an_anaphor(places: PlaceIndex, cues: Cues):
    text = "نفى الجيش مسؤوليته عن القصف."
    sentence = _sentence(text, places, cues)
    scene = Scene(sentence, (), (), (), ())
    cue = sentence.of(ClaimRole.DENIAL)[0]
    assert field_of_act(scene, cue, sentence.events[0], cues) is ClaimField.ACTOR
    assert field_of_anaphor(sentence, cue, cues) is ClaimField.ACTOR


@pytest.mark.parametrize("denied", ["وقوع ضحايا", "وقوع أي إصابات", "أي خسائر بين المدنيين"])
@pytest.mark.parametrize("between", [". ونفت", "، فيما نفت"])
def test_a_denial_of_casualties_alone_is_of_the_toll_of_the_act_before(
    reader: Reader, between: str, denied: str
):
    text = f"قصفت قوات الحكومة بلدة عين عيسى أمس{between} وزارة الدفاع {denied}."
    suggestions = reader.read(text, None).suggestions
    claims = [claim for each in suggestions for claim in each.claims]
    assert [each.kind for each in suggestions] == ["shelling"] * len(suggestions)
    assert [(claim.stance, claim.disputes) for claim in claims] == [
        (Stance.ASSERTS, None),
        (Stance.DENIES, ClaimField.TOLL),
    ]


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("وفق ما أفاد به مصدر طبي للأناضول", "مصدر طبي"),
        ("بحسب ما قاله مسؤول محلي لوكالة رويترز", "مسؤول محلي"),
        ("وفق وكالة الأناضول", "وكالة الأناضول"),
    ],
)
def test_who_is_spoken_to_is_no_speaker(reader: Reader, words: str, speaker: str):
    text = f"قصفت قوات الحكومة بلدة عين عيسى أمس، {words}."
    (suggestion,) = reader.read(text, None).suggestions
    (claim,) = suggestion.claims
    assert (claim.speaker or "").startswith(speaker)


ACT = "قصفت القوات التركية بلدة عين عيسى أمس. "


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (ACT + "وقال متحدث إن ما نشر غير صحيح.", ["asserts", "denies"]),
        (ACT + "ونفى متحدث ما تردد عن إقالة الوزير.", ["asserts"]),
        (ACT + "ونفى متحدث صحة الأنباء عن إقالة الوزير.", ["asserts"]),
        (ACT + "ونفت أنقرة أي علاقة لها بما جرى.", ["asserts", "denies"]),
        (ACT + "وقالت أنقرة إن قواتها لم تفعل ذلك.", ["asserts", "denies"]),
        ("سيطرت القوات التركية على بلدة عين عيسى. ونفت قسد سيطرتها.", ["asserts", "denies"]),
        ("سيطرت القوات التركية على بلدة عين عيسى. ونفت قسد استقالتها.", ["asserts"]),
        ("تداولت صفحات أخبارا كاذبة عن قصف بلدة عين عيسى.", ["denies"]),
        ("حذرت الوزارة من أخبار كاذبة عن قصف بلدة عين عيسى.", ["asserts", "denies"]),
        ("قال متحدث إن قصف بلدة عين عيسى لم يحدث.", ["denies"]),
        ("قال متحدث إن قصف بلدة عين عيسى مجرد شائعات.", ["denies"]),
        ("أكد متحدث عدم قصف بلدة عين عيسى.", ["denies"]),
        ("أكد متحدث ضرورة عدم قصف بلدة عين عيسى.", []),
        ("نفى متحدث، في بيان، قصف بلدة عين عيسى.", ["denies"]),
        ("نأى الجيش بنفسه عن قصف بلدة عين عيسى.", ["denies"]),
        ("سخر متحدث عسكري في الوزارة من مزاعم قصف بلدة عين عيسى.", ["denies"]),
        ("خلافا لما نشر عن قصف بلدة عين عيسى، قال متحدث إن الوضع هادئ.", ["denies"]),
        ("إن صحت الأنباء عن قصف بلدة عين عيسى فإن الهدنة تنهار.", ["doubts"]),
    ],
)
def test_what_is_denied_in_other_words(reader: Reader, text: str, claims: list[str]):
    read = [c for s in reader.read(text).suggestions for c in s.claims]
    assert [claim.stance.value for claim in read] == claims


def test_a_part_that_is_told_otherwise_is_disputed_and_the_act_is_not(reader: Reader):
    text = "قالت الوزارة إن قصف بلدة عين عيسى وقع فجر الجمعة لا مساء الخميس."
    (suggestion,) = reader.read(text).suggestions
    assert [(c.quote, c.stance, c.disputes) for c in suggestion.claims[1:]] == [
        ("وقع فجر الجمعة لا مساء الخميس", Stance.DENIES, ClaimField.DATE)
    ]
    assert suggestion.claims[0].stance is Stance.ASSERTS


def test_days_on_both_sides_of_a_negation_are_contrasted(places: PlaceIndex, cues: Cues):
    for after, field in (("لا مساء الخميس", ClaimField.DATE), ("لا في غيره", None)):
        text = f"قال متحدث إن قصف القرية وقع فجر الجمعة {after}."
        found = contrasted(_sentence(text, places, cues), 3)
        assert (found and found[1]) == field


def test_a_denial_refers_to_what_was_told_unless_its_content_follows(
    places: PlaceIndex, cues: Cues
):
    for denied, refers in (("هذه الأنباء", True), ("الأنباء", True), ("الأنباء عن إقالته", False)):
        sentence = _sentence(f"نفى المتحدث {denied}.", places, cues)
        assert is_anaphoric(sentence, sentence.of(ClaimRole.DENIAL)[0], cues) is refers


def test_who_closes_a_quotation_is_its_speaker(reader: Reader):
    for text, speaker in (
        ("لم نقصف بلدة عين عيسى، يقول المتحدث باسم الجيش.", "المتحدث باسم الجيش"),
        ("قال المتحدث باسم الجيش إن الوضع هادئ. لم نقصف بلدة عين عيسى.", "المتحدث باسم الجيش"),
        ("المتحدث باسم الجيش نفى قصف بلدة عين عيسى.", "المتحدث باسم الجيش"),
    ):
        (claim,) = [c for s in reader.read(text).suggestions for c in s.claims]
        assert (claim.speaker, claim.stance) == (speaker, Stance.DENIES)


def test_a_denial_of_no_act_told_before_is_at_the_place_that_is_guessed(reader: Reader):
    text = "أقرت الوزارة بوقوع اشتباكات في عين عيسى، لكنها نفت قصف أحيائها."
    clash, shelling = reader.read(text).suggestions
    assert [p.place_id for p in shelling.places] == [p.place_id for p in clash.places]


@pytest.mark.parametrize(
    "text",
    [
        (
            "نفت وزارة الدفاع السورية أن تكون قواتها قصفت مدينة سرمين، "
            "وقالت إن القذائف أطلقتها هيئة تحرير الشام."
        ),
        "نفت قسد قصف عين عيسى، وقالت إن القوات التركية قصفت البلدة.",
    ],
)
def test_who_denies_an_act_and_names_another_party_does_not_assert_it(reader: Reader, text: str):
    (suggestion,) = reader.read(text).suggestions
    denial, accusation = suggestion.claims
    assert (denial.stance, accusation.stance) == (Stance.DENIES, Stance.DENIES)
    assert accusation.disputes is ClaimField.ACTOR


def test_who_denies_any_act_in_a_country_denies_the_one_reported_in_it(reader: Reader):
    text = (
        "أكدت مصادر محلية مقتل ثلاثة أشخاص في غارة أمريكية على بلدة بمحافظة البيضاء، بينما أعلنت "
        "القيادة المركزية الأمريكية أنها لم تنفذ أي ضربات في اليمن."
    )
    (raid,) = reader.read(text).suggestions
    assert [claim.stance.value for claim in raid.claims] == ["asserts", "denies"]
    # A denial makes the place no wider.
    assert [place.place_id for place in raid.places] == ["bayda_governorate"]


def test_who_denies_a_part_in_it_denies_the_raid_not_the_accusation(reader: Reader):
    text = (
        "قالت منظمة أطباء بلا حدود إن غارات جوية أصابت مستشفى في عين عيسى، واتهمت النظام السوري، بينما "
        "نفت موسكو مسؤوليتها وقالت إن التقارير غير مقبولة."
    )
    disputed = [
        (each.kind, claim.speaker, claim.disputes)
        for each in reader.read(text).suggestions
        for claim in each.claims
        if claim.stance is Stance.DENIES
    ]
    assert disputed == [("air_strike", "موسكو", ClaimField.ACTOR)]


def test_an_answer_to_charges_denies_them_in_the_name_of_who_answers(reader: Reader):
    text = (
        "رد المتحدث باسم الجيش الوطني يوسف حمود على اتهامات قسد بالقول إن فصائله لم تستهدف المدنيين في "
        "عين عيسى."
    )
    (act,) = reader.read(text).suggestions
    assert [(c.stance, c.speaker) for c in act.claims] == [
        (Stance.DENIES, "المتحدث باسم الجيش الوطني يوسف حمود")
    ]
    assert ("sna", "initiator") in [(a.actor_id, a.role.value) for a in act.actors]


def test_in_a_statement_names_no_other_speaker(reader: Reader):
    text = "أعلنت قسد سيطرتها على عين عيسى، وقالت في بيان إنها قصفت تل تمر."
    speakers = [c.speaker for each in reader.read(text).suggestions for c in each.claims]
    assert speakers == ["قسد", "قسد"]


def test_of_it_is_no_part_of_a_speaker(reader: Reader):
    text = "قصفت قوات النظام عين عيسى، وفق ما أفاد به الدفاع المدني."
    (claim,) = [claim for each in reader.read(text).suggestions for claim in each.claims]
    assert claim.speaker == "الدفاع المدني"


def test_what_a_participle_adds_to_a_denial_is_not_denied(reader: Reader):
    text = "نفى الجيش قصف بلدة عين عيسى، مبينا أن الغارات طالت مخازن في تل تمر."
    claims = [claim for each in reader.read(text).suggestions for claim in each.claims]
    assert [claim.stance.value for claim in claims] == ["denies", "asserts"]


def test_a_speaker_is_named_whole_before_the_verb(reader: Reader):
    text = "أصدرت القيادة العامة لقوات سوريا الديمقراطية بيانا قالت فيه إن مقاتليها قصفوا بلدة عين عيسى."
    (claim,) = [claim for each in reader.read(text).suggestions for claim in each.claims]
    assert claim.speaker == "القيادة العامة لقوات سوريا الديمقراطية"


@pytest.mark.parametrize(
    "text",
    [
        # Neither confirmed nor denied is no claim, and what is thought unlikely no event.
        "لم يؤكد الجيش اللبناني ولم ينف خبر توقيف ثلاثة سوريين في بلدة عرسال.",
        "ورجحت واشنطن ألا يكون هناك هجوم في حلب.",
    ],
)
def test_what_nobody_says_to_have_happened_is_no_event(reader: Reader, text: str):
    assert reader.read(text).suggestions == ()


def test_a_retracted_claim_is_denied_and_soldiers_who_were_taken_are_its_target(reader: Reader):
    text = "تراجع المجلس العسكري في منبج عن بيانه بشأن أسر جنود أتراك قرب عين عيسى."
    (arrest,) = reader.read(text).suggestions
    assert [claim.stance for claim in arrest.claims] == [Stance.DENIES]
    assert [(a.actor_id, a.role.value) for a in arrest.actors] == [("turkish_forces", "target")]


def test_who_asserts_what_another_denies_asserts_it(reader: Reader):
    text = "نفت قسد قصف عين عيسى، وقالت وزارة الدفاع التركية إن قسد قصفت البلدة."
    claims = [claim for each in reader.read(text).suggestions for claim in each.claims]
    assert [claim.stance for claim in claims] == [Stance.DENIES, Stance.ASSERTS]
