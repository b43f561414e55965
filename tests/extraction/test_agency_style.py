"""Forms of agencies' articles: nested clauses, long names of sources, accused parties, quoted names."""

from datetime import date
from typing import NamedTuple

import pytest

from dashboard.extraction.reader import Reader
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Measure
from dashboard.model.suggestion import Suggestion

DAY = date(2021, 1, 10)


@pytest.fixture(scope="module")
def reader(corpus: Corpus) -> Reader:
    return Reader(corpus.gazetteer, corpus.lexicon.actors, corpus.lexicon.actor_names)


class ReadAct(NamedTuple):
    """The kind of an act, its parties and places with their roles, and its claims."""

    kind: str
    actors: dict[str, str]
    places: dict[str, str]
    claims: list[tuple[str, str | None]]


def acts(reader: Reader, text: str) -> list[ReadAct]:
    return [_read_act(each) for each in reader.read(text, DAY).suggestions]


def _read_act(act: Suggestion) -> ReadAct:
    return ReadAct(
        act.kind,
        {actor.actor_id: actor.role.value for actor in act.actors},
        {place.place_id: place.role.value for place in act.places},
        [(claim.stance.value, claim.speaker) for claim in act.claims],
    )


def only(reader: Reader, text: str) -> ReadAct:
    (act,) = acts(reader, text)
    return act


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        (
            (
                "أعلن تنظيم الدولة اليوم مقتل تسعة مدنيين بغارة جوية نفذتها"
                " مقاتلات التحالف الدولي على مدينة الباب."
            ),
            {"global_coalition": "initiator", "civilians": "target"},
        ),
        (
            "قتل تسعة إثر استهداف الجيش التركي حافلة في مدينة عين عيسى.",
            {"turkish_forces": "initiator"},
        ),
        (
            "أعلن حزب الله استهداف تجمع لجنود إسرائيليين في بلدة مارون الراس.",
            {"hezbollah": "initiator", "israeli_forces": "target"},
        ),
        (
            "قال مسؤول إن عنصرين بالحشد الشعبي قتلا في ضربة استهدفت مقرهم في مدينة كركوك.",
            {"popular_mobilisation_forces": "target"},
        ),
        (
            "نفت قسد بشكل قاطع استهدافها نقطة عسكرية للجيش التركي في مدينة عين عيسى.",
            {"sdf": "initiator", "turkish_forces": "target"},
        ),
        (
            "استهدفت غارة جوية أمس سجنا في مدينة صعدة يسيطر عليه الحوثيون.",
            {},
        ),
        (
            "قتل تسعة من الشرطة العراقية في هجوم على حاجز قرب مدينة كركوك، نفذه تنظيم داعش ليل السبت.",
            {"iraqi_police": "party", "islamic_state": "party"},
        ),
        (
            "قالت مصادر إن ميليشيات موالية لإيران استهدفت بالصواريخ قاعدة للقوات الأميركية بدير الزور.",
            {"iranian_backed_militias": "initiator", "us_forces": "target"},
        ),
        (
            'استعاد الجيش السوري بلدة سرمين من "هيئة تحرير الشام" (جبهة النصرة سابقا).',
            {"syrian_government_forces": "initiator", "hts": "target"},
        ),
        (
            "أطلق عناصر عصائب أهل الحق النار على محتجين قرب مقر الجماعة في مدينة الناصرية.",
            {"asaib_ahl_al_haq": "initiator", "protesters": "target"},
        ),
        (
            "استهدف تفجير بعبوة ناسفة اليوم السبت، دورية روسية في مدينة إزرع.",
            {"russian_forces": "target"},
        ),
        (
            "وقع تفجير في منزل القيادي السابق في الجيش الحر في مدينة درعا.",
            {"free_syrian_army": "target"},
        ),
        (
            "قال التجمع إن قوات النظام داهمت خيام عشائر البدو في مدينة داعل، مشيرا إلى أنها اعتقلت 3.",
            {"syrian_government_forces": "initiator", "bedouin_tribes_sweida": "target"},
        ),
        (
            "قتل متعاقد مدني مع التحالف العسكري بقيادة الولايات المتحدة في هجوم صاروخي على مدينة أربيل.",
            {"civilians": "target"},
        ),
        (
            (
                "اندلعت اشتباكات في مدينة تل تمر بين قوات سوريا الديمقراطية"
                " من جهة، وفصائل المعارضة من جهة أخرى."
            ),
            {"sdf": "party", "opposition_factions": "party"},
        ),
    ],
)
def test_who_did_it_to_whom(reader: Reader, text: str, actors: dict[str, str]):
    assert only(reader, text).actors == actors


def test_a_toll_of_a_fight_is_no_attack_of_its_own(reader: Reader):
    text = "وأسفرت الاشتباكات بين قسد وفصائل المعارضة في مدينة منبج عن مقتل سبعة من عناصر قسد."
    assert only(reader, text).kind == "clash"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("شن الطيران الروسي ثماني غارات على مدينة سرمين، استهدفت ثلاث منها منازل.", ["air_strike"]),
        ("تعرضت مدينة سرمين لقصف صاروخي نفذه الطيران الحربي.", ["air_strike"]),
        ("نفذت وحدات الجيش رمايات مركزة على بلدة كفرنبودة.", ["shelling"]),
        ("أعلنت الوزارة تحييد أربعة من عناصر الحزب في مدينة القامشلي.", ["clash"]),
        (
            "وجهت قوات النظام ضربات على مدينة سرمين ردا على خرق اتفاق خفض التصعيد.",
            ["shelling"],
        ),
        ("اغتيل إمام مسجد في مدينة عدن، في أول عملية اغتيال تطال الأئمة.", ["attack_on_civilians"]),
        ("هاجم تنظيم داعش حاجزا في مدينة تدمر. واستهدف الهجوم مواقع في مدينة تدمر.", ["clash"]),
        ("تبنى تنظيم داعش الهجوم الذي استهدف دورية للشرطة العراقية في مدينة كركوك.", ["clash"]),
        ("أعلن الجيش أن أربعة صواريخ ضربت قاعدة عسكرية في مدينة سرمين.", ["shelling"]),
    ],
)
def test_a_verb_about_an_attack_is_that_attack(reader: Reader, text: str, kinds: list[str]):
    assert [act.kind for act in acts(reader, text)] == kinds


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "قتل ثلاثة عشر مدنيا في مدينة سرمين جراء استهداف مدرسة تؤوي نازحين من بلدة كفرنبل.",
            {"tier2_سرمين_35.904_36.725"},
        ),
        (
            "شن الجيش غارات على مدينة نيالا عاصمة ولاية جنوب دارفور.",
            {"tier2_نيالا_12.049_24.881"},
        ),
        ('اقتحمت قوات الدعم السريع مخيم "زمزم" للنازحين.', {"zamzam_camp"}),
        ("استهدف الحوثيون سفينة في خليج عدن.", {"gulf_of_aden"}),
    ],
)
def test_where_it_was(reader: Reader, text: str, places: set[str]):
    assert set(only(reader, text).places) == places


def test_the_area_after_a_list_is_that_of_all_of_it(reader: Reader):
    """A namesake of the first in another country is not meant."""
    text = "امتدت الاشتباكات إلى بلدات الطيرة وسميع والمزرعة في ريف السويداء."
    found = {mention.surface: mention.place_id for mention in reader.read(text, DAY).places}
    assert found["المزرعة"] == "tier2_المزرعه_32.782_36.478"
    assert found.get("الطيرة") is None


def test_roads_that_lead_to_a_town_are_no_town(reader: Reader):
    text = "أعلنت قوات الحكومة اليمنية سيطرتها على مدينة عتق وكافة الطرق المؤدية إليها."
    assert len(only(reader, text).places) == 1


def test_the_subject_before_does_not_do_what_the_authorities_do(reader: Reader):
    text = "تظاهر محتجون في مدينة النجف، وفرضت السلطات حظرا للتجوال في مدينة النجف."
    (curfew,) = [act for act in acts(reader, text) if act.kind == "blockade"]
    assert "initiator" not in curfew.actors.values()


def test_who_besieged_the_house_is_who_killed(reader: Reader):
    text = (
        "قتلت قوات الاحتلال الإسرائيلي فلسطينيا في مدينة نابلس، وحاصرت منزلا فيها،"
        " وذلك بعد يوم على قتل الاحتلال لثلاثة شبان."
    )
    (siege,) = [act for act in acts(reader, text) if act.kind == "blockade"]
    assert siege.actors == {"israeli_forces": "initiator"}


def test_another_attack_has_its_place_and_toll(reader: Reader):
    text = (
        "قتل ثلاثة في كمين نصبه تنظيم داعش في بلدة السخنة. يأتي هذا الهجوم بعد أيام من هجوم آخر"
        " في ريف حمص الشرقي، أسفر عن مقتل 12 عنصرا من قوات النظام."
    )
    suggestions = reader.read(text, DAY).suggestions
    tolls = [{e.best for claim in act.claims for e in claim.estimates} for act in suggestions]
    assert tolls == [{3}, {12}]
    assert [set(act.places) for act in acts(reader, text)] == [
        {"tier2_السخنه_34.885_38.871"},
        {"eastern_homs_countryside"},
    ]


def test_what_an_attack_came_after_adds_no_place(reader: Reader):
    text = (
        "قتل جنود في هجوم لداعش قرب مدينة تدمر. وجاء الهجوم بعد يوم من طرد القوات الحكومية"
        " لمسلحي داعش من آخر جيب لهم في جنوب دمشق."
    )
    assert set(acts(reader, text)[0].places) == {"palmyra"}


def test_the_day_before_yesterday_is_no_party(reader: Reader):
    text = (
        "اشتبكت قوات النظام مع تنظيم داعش في مدينة تدمر. وأمس الأول قتل اثنان من قوات النظام"
        " في اشتباكات مع عناصر تنظيم داعش في بلدة السخنة."
    )
    assert {role for act in acts(reader, text) for role in act.actors.values()} == {"party"}


def test_the_capital_is_that_of_the_country_of_the_text(reader: Reader):
    text = "وقعت معارك في محيط مدينة غريان. وقصفت طائرات مسيرة مواقع في جنوب العاصمة."
    last = acts(reader, text)[-1]
    assert [place.split("_")[1] for place in last.places] == ["ترابلس"]


def test_the_town_which_they_besieged_is_the_one_named_before(reader: Reader):
    text = (
        "قصفت قوات النظام مدينة سرمين في ريف إدلب الشرقي. وعاد"
        " النازحون إلى المدينة التي طوقتها قوات النظام."
    )
    blockade = next(act for act in acts(reader, text) if act.kind == "blockade")
    assert set(blockade.places) == {"tier2_سرمين_35.904_36.725"}


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "قال المتحدث باسم الدفاع المدني لوكالة الأنباء إن الجيش قصف مدينة سرمين.",
            [("asserts", "المتحدث باسم الدفاع المدني")],
        ),
        (
            "ذكرت وسائل إعلام محلية بوقوع قصف مدفعي على مدينة سرمين.",
            [("asserts", "وسائل إعلام محلية")],
        ),
        (
            "أعلن مركز عمليات طوارئ الصحة العامة التابع لوزارة الصحة أن غارة على مدينة سرمين قتلت خمسة.",
            [("asserts", "مركز عمليات طوارئ الصحة العامة التابع لوزارة الصحة")],
        ),
        (
            "وكان وزير التعليم في الحكومة حسين صالح، قال أمس إن الجيش قصف مدينة سرمين.",
            [("asserts", "وزير التعليم في الحكومة حسين صالح")],
        ),
        (
            "أفادت مصادر الحكومة بمقتل ثلاثة نتيجة القصف الحوثي على مدينة تعز.",
            [("asserts", "مصادر الحكومة")],
        ),
        (
            "وكانت وسائل إعلام محلية، قد أفادت أمس بقصف الجيش مدينة سرمين.",
            [("asserts", "وسائل إعلام محلية")],
        ),
        (
            "أكدت تقارير صحفية عدم صحة المعلومات عن سيطرة الجيش على مدينة سرمين.",
            [("denies", "تقارير صحفية")],
        ),
        (
            (
                "نفت الوزارة أن تكون قواتها استهدفت مدينة الباب، وهو استهداف"
                " أدى إلى مقتل سبعة، كما ذكرت الشبكة أمس."
            ),
            [("denies", "الوزارة"), ("asserts", "الشبكة")],
        ),
        (
            "وأصدر حزب الله بيانا، أكد فيه استهداف مركز للدفاع المدني في مدينة سرمين.",
            [("asserts", "حزب الله")],
        ),
    ],
)
def test_who_says_so(reader: Reader, text: str, claims: list[tuple[str, str | None]]):
    assert only(reader, text).claims == claims


def test_who_is_accused_does_not_accuse(reader: Reader):
    text = "أصدر التحالف أمس بيانا اتهم الجيش السوداني بشن غارة على مدينة نيالا."
    act = only(reader, text)
    assert act.actors == {"saf": "initiator"}
    assert "الجيش السوداني" not in [speaker for _, speaker in act.claims]


def test_dissidents_who_accuse_are_the_speaker(reader: Reader):
    text = "دبي، الإمارات العربية المتحدة -- اتهم معارضون سوريون الطائرات الروسية بقصف مدينة إدلب."
    (speaker,) = {speaker for act in acts(reader, text) for _, speaker in act.claims}
    assert speaker == "معارضون سوريون"


def test_a_party_that_resorts_to_denying_denies(reader: Reader):
    text = "لجأ التحالف العربي إلى إنكار قصف أحياء سكنية في مدينة صنعاء."
    assert only(reader, text).claims == [("denies", "التحالف العربي")]


def test_news_that_is_false_stays_denied_across_commas(reader: Reader):
    text = (
        "أكد المصدر أنه لا صحة لما تناقلته وسائل إعلام، بأن طيران"
        " التحالف العربي، قصف، أمس الأحد، مدينة صعدة."
    )
    assert [stance for stance, _ in only(reader, text).claims] == ["denies"]


def test_who_explains_a_denial_accuses_another(reader: Reader):
    text = "نفت الوزارة استهداف الجيش السوري لمدينة الباب، موضحة أن قسد هي المسؤولة عن القصف."
    (act,) = reader.read(text, DAY).suggestions
    stances = [(c.stance.value, str(c.disputes), c.speaker) for c in act.claims]
    assert stances == [("denies", "happened", "الوزارة"), ("denies", "actor", "الوزارة")]


@pytest.mark.parametrize(
    ("text", "tolls"),
    [
        (
            (
                "قتلت قوات النظام 9 مدنيين كحصيلة أولية بينهم نساء، وجرح آخرون غالبيتهم أطفال،"
                " اليوم الخميس، إثر قصف مدفعي على مدينة سرمين."
            ),
            {(Measure.KILLED, 9)},
        ),
        (
            "قتل ثلاثة أشخاص عندما أطلق مسلحون النار على محتجين في مدينة الناصرية.",
            {(Measure.KILLED, 3)},
        ),
        ("قصف الجيش مدينة سرمين مما أودى بحياة شرطي.", {(Measure.KILLED, 1)}),
        ("شن الطيران غارات على مدينة سرمين راح ضحيتها خمسة مدنيين.", {(Measure.KILLED, 5)}),
        (
            "أعلن الجيش مقتل مدنيين اثنين، إثر قصف نفذته قسد على مدينة منبج.",
            {(Measure.KILLED, 2)},
        ),
        (
            "أفادت مصادر طبية بمصرع ستة أشخاص بينهم طفل، وإصابة آخرين في قصف على مدينة سرمين.",
            {(Measure.KILLED, 6)},
        ),
        (
            "أصيب 11 بجروح في حصيلة غير نهائية لقصف قوات النظام مدينة سرمين.",
            {(Measure.WOUNDED, 11)},
        ),
    ],
)
def test_a_toll_is_that_of_its_act(reader: Reader, text: str, tolls: set[tuple[Measure, int]]):
    (act,) = reader.read(text, DAY).suggestions
    assert {(e.measure, e.best) for claim in act.claims for e in claim.estimates} == tolls


def test_the_day_of_the_act_is_not_that_of_the_report(reader: Reader):
    text = (
        "أعلن التنظيم يوم السبت 9 كانون الثاني مقتل تسعة بغارة على"
        " مدينة سرمين يوم الجمعة 8 كانون الثاني."
    )
    (act,) = reader.read(text, DAY).suggestions
    assert act.when.start == act.when.end == date(2021, 1, 8)
