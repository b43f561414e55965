"""Who does it and to whom, by how Arabic says it; one sentence a rule."""

from datetime import date

import pytest

from dashboard.extraction.clauses import parse
from dashboard.extraction.cues import Cues, load_cues
from dashboard.extraction.main_cues import main_cues, yields
from dashboard.extraction.party_names import is_one_of, party_names, prefix_of
from dashboard.extraction.party_phrases import party_phrases
from dashboard.extraction.party_range import reach_of
from dashboard.extraction.reader import Reader
from dashboard.extraction.scene import Article, Scene, build_scene
from dashboard.model.corpus import Corpus
from dashboard.text.prepared import prepare

INITIATOR, TARGET, PARTY = "initiator", "target", "party"


@pytest.fixture(scope="module")
def reader(corpus: Corpus) -> Reader:
    return Reader(corpus.gazetteer, corpus.lexicon.actors, corpus.lexicon.actor_names)


@pytest.fixture(scope="module")
def cues() -> Cues:
    return load_cues()


@pytest.mark.parametrize(
    ("text", "kind", "roles"),
    [
        # An adjective says who shells, also after a verb with a passive meaning, and two may be joined.
        (
            "تعرضت أطراف بلدة الضهيرة لقصف مدفعي إسرائيلي متقطع.",
            "shelling",
            {"israeli_forces": INITIATOR},
        ),
        (
            "شنت طائرات أمريكية بريطانية غارات على مواقع لجماعة الحوثي في مدينة الحديدة.",
            "air_strike",
            {"us_forces": INITIATOR, "uk_forces": INITIATOR, "houthis": TARGET},
        ),
        # Who holds what was shelled, as a relative clause before the noun says, does not shell it.
        (
            "تعرض مطار الخرطوم الذي تتمركز فيه قوات الدعم السريع لغارات شنها الجيش السوداني.",
            "air_strike",
            {"saf": INITIATOR},
        ),
        (
            "تعرضت بلدة تل تمر التي تسيطر عليها قوات سوريا الديمقراطية لقصف مدفعي تركي.",
            "shelling",
            {"turkish_forces": INITIATOR},
        ),
        # Who backs a party does not do what it does, nor are its fighters of another party.
        (
            "وذكر مراسل أن ميليشيا قسد المدعومة من قوات الاحتلال الأمريكي اختطفت شبانا في عين عيسى.",
            "abduction",
            {"sdf": INITIATOR},
        ),
        ("وقال ناشطون إن القوات المدعومة من تركيا اختطفت شابا في عين عيسى.", "abduction", {}),
        (
            "أصيبا باعتداء قوات الاحتلال التركي ومرتزقته من التنظيمات الإرهابية بالقذائف على الدردارة.",
            "shelling",
            {"turkish_forces": INITIATOR, "sna": INITIATOR},
        ),
        # "Accused of using gas in the shelling of" names who shelled.
        (
            "اتهمت الخارجية الروسية فصائل المعارضة باستخدام غاز الكلور في قصف مدينة حلب.",
            "shelling",
            {"opposition_factions": INITIATOR},
        ),
        # Who breaks up a demonstration does not demonstrate.
        ("أصيب خمسة خلال تفريق القوات الأمنية تظاهرة في مدينة عين عيسى.", "protest", {}),
        # The side that repels an attack arrests, not both sides.
        (
            "صد مقاتلو قسد هجوما لخلايا داعش في عين عيسى، واعتقل خمسة.",
            "arrest",
            {"sdf": INITIATOR},
        ),
        # "The former", "the latter" of two sides; an office whose party is not known.
        (
            "اشتبكت قوات النظام مع الفصائل غربي حلب، وقصفت الأولى عين عيسى بالقذائف.",
            "shelling",
            {"syrian_government_forces": INITIATOR},
        ),
        (
            "هاجم مسلحون نقطة للجيش الوطني في عين عيسى، فيما اتهم قائد المنطقة قسد بالهجوم.",
            "statement",
            {"sdf": TARGET},
        ),
        # A foiled infiltration was fought.
        (
            "أحبطت قوات الحشد الشعبي محاولة تسلل لعناصر داعش شمالي ديالى.",
            "clash",
            {"popular_mobilisation_forces": PARTY, "islamic_state": PARTY},
        ),
        # What is shot down is not who shoots.
        (
            "وأكدت قسد أنها أسقطت طائرة مسيرة تركية جنوب عين عيسى.",
            "development",
            {"sdf": INITIATOR, "turkish_forces": TARGET},
        ),
        (
            "أسقطت طائرات التحالف طائرة مسيرة في عين عيسى.",
            "development",
            {"global_coalition": INITIATOR},
        ),
        # Who built a drone does not fly it, and whose a ship is does not attack it.
        (
            "أسقطت قوات سوريا الديمقراطية طائرة مسيرة إيرانية الصنع فوق بلدة تل رفعت.",
            "development",
            {"sdf": INITIATOR},
        ),
        (
            "أعلنت جماعة الحوثي استهداف سفينة تجارية أمريكية في ميناء الحديدة.",
            "shelling",
            {"houthis": INITIATOR, "us_forces": TARGET},
        ),
        # A pronoun on the noun is the party before it, with whatever verb.
        (
            "أكدت قوات الدعم السريع سيطرتها على مدينة سنجة.",
            "takeover",
            {"rsf": INITIATOR},
        ),
        # Raids that hit the airport are not those of who fires at aircraft.
        (
            "أطلقت قوات النظام صواريخ على مدينة إدلب، بعد غارات استهدفت مطار التيفور.",
            "air_strike",
            {},
        ),
        # Whom they fight after the raid, as a clause of its own says, is no target of the raid.
        (
            "اقتحمت القوات الإسرائيلية مدينة جنين، واندلعت اشتباكات مع كتائب القسام.",
            "raid",
            {"israeli_forces": INITIATOR},
        ),
        # The displaced take no part in the fight.
        (
            "أدت المعارك مع قوات الدعم السريع إلى نزوح آلاف المدنيين من مدينة الفاشر.",
            "clash",
            {"rsf": PARTY},
        ),
        # What is given in exchange is an act of its own.
        (
            "أفرجت هيئة تحرير الشام عن 19 معتقلا في مدينة إدلب مقابل إطلاق النظام السوري سراح نساء.",
            "release",
            {"hts": INITIATOR},
        ),
        # Both sides of an exchange of captives free them.
        (
            "تبادلت الحكومة اليمنية والحوثيون 100 أسير في محافظة تعز.",
            "release",
            {"yemeni_government": INITIATOR, "houthis": INITIATOR},
        ),
        # The article of a weapon is not "of", and who owns the weapon does it.
        (
            "استهدفت المدفعية الإسرائيلية بالقذائف أطراف بلدة الضهيرة.",
            "shelling",
            {"israeli_forces": INITIATOR},
        ),
        (
            "أسقطت المضادات الأرضية للجيش السوداني مسيّرة أطلقتها قوات الدعم السريع نحو أم درمان.",
            "development",
            {"saf": INITIATOR, "rsf": TARGET},
        ),
        # Whose a unit is makes no party of its own.
        (
            "قتل قيادي في لواء القدس الموالي للنظام بانفجار لغم في مدينة تدمر.",
            "explosion",
            {"liwa_al_quds": TARGET},
        ),
        # The subject of "and arrested" opens the sentence, with whatever verb.
        (
            "واصلت قوات الاحتلال عدوانها على مدينة جنين لليوم الخامس، واعتقلت أكثر من 30 مواطنا.",
            "arrest",
            {"israeli_forces": INITIATOR},
        ),
        # "The responsibility" may stand between who is blamed and the act.
        (
            "حمل الجيش السوداني الدعم السريع مسؤولية قصف مستشفى في مدينة الأبيض.",
            "shelling",
            {"rsf": INITIATOR},
        ),
        # A fight of one side that kills civilians is an attack on them.
        (
            "اقتحمت قوة من الدعم السريع قرية ود النورة وقتلت سبعة مدنيين.",
            "attack_on_civilians",
            {"rsf": INITIATOR, "civilians": TARGET},
        ),
        # Who announces a fight of two others does not fight.
        (
            "أعلنت الحكومة اليمنية مقتل 20 حوثيا في كمين للجيش الوطني غرب مدينة تعز.",
            "clash",
            {"houthis": PARTY, "yemeni_government_forces": PARTY},
        ),
        # The dead of a strike are its target, and an agent is named after "of, by" or a verb of doing.
        (
            "قتل خمسة عناصر من تنظيم داعش في غارة لطائرات التحالف الدولي على بلدة هجين.",
            "air_strike",
            {"islamic_state": TARGET, "global_coalition": INITIATOR},
        ),
        (
            "قتل عنصران من قسد في غارة نفذتها طائرة مسيرة تركية على سيارة في عين عيسى.",
            "air_strike",
            {"sdf": TARGET, "turkish_forces": INITIATOR},
        ),
        # "Their forces" are those of who speaks.
        (
            "أعلن المتحدث باسم الحوثيين أن قواتهم استهدفت مطار أبها بطائرات مسيرة.",
            "air_strike",
            {"houthis": INITIATOR},
        ),
        # The passive: "was exposed to shelling by", "was killed by".
        (
            "تعرضت بلدة عين عيسى لقصف مدفعي من قبل القوات التركية.",
            "shelling",
            {"turkish_forces": INITIATOR},
        ),
        (
            "قتل مدني برصاص قوات النظام في مدينة درعا.",
            "attack_on_civilians",
            {"civilians": TARGET, "syrian_government_forces": INITIATOR},
        ),
        # A verbal noun with its agent and its object.
        (
            "تسبب قصف القوات التركية لمواقع قسد في عين عيسى بأضرار.",
            "shelling",
            {"turkish_forces": INITIATOR, "sdf": TARGET},
        ),
        ("جرى اعتقال عناصر من قسد في مدينة الحسكة.", "arrest", {"sdf": TARGET}),
        ("انتهى اعتقال قسد شبانا في مدينة الحسكة باحتجاجات.", "arrest", {"sdf": INITIATOR}),
        # Who says it does not do it; a pronoun on "that" means who says it.
        (
            "قالت قسد إن القوات التركية قصفت عين عيسى.",
            "shelling",
            {"turkish_forces": INITIATOR},
        ),
        ("قالت قسد إنها قصفت نقطة في عين عيسى.", "shelling", {"sdf": INITIATOR}),
        (
            "أدانت الإدارة الذاتية قصف القوات التركية بلدة عين عيسى.",
            "shelling",
            {"turkish_forces": INITIATOR},
        ),
        # A verb of the other gender has its subject before: the coalition is asked, and does not ask.
        (
            "نددت الحكومة العراقية بالغارة، وطالبت التحالف الدولي بالانسحاب.",
            "demand",
            {"iraq": INITIATOR, "global_coalition": TARGET},
        ),
        # A helper between commas belongs to the clause.
        (
            "سيطرت فصائل الجيش الحر، مدعومة بالجيش التركي، على مدينة عفرين.",
            "takeover",
            {"free_syrian_army": INITIATOR, "turkish_forces": INITIATOR},
        ),
        # Ground is taken from who was fought for it, or held it.
        (
            "بعد معارك مع تنظيم داعش سيطرت قسد على مدينة الطبقة.",
            "takeover",
            {"sdf": INITIATOR, "islamic_state": TARGET},
        ),
        (
            "حررت قسد مدينة الطبقة من قبضة تنظيم داعش.",
            "takeover",
            {"sdf": INITIATOR, "islamic_state": TARGET},
        ),
        ("باتت مدينة الطبقة تحت سيطرة قسد.", "takeover", {"sdf": INITIATOR}),
        # Who is charged with belonging to a party is none of it, and a mediator does not release.
        (
            "اعتقلت قسد رجلا بتهمة الانتماء لتنظيم داعش في مدينة الطبقة.",
            "arrest",
            {"sdf": INITIATOR},
        ),
        (
            "أفرجت قسد عن سبعة أسرى بوساطة روسيا في مدينة الطبقة.",
            "release",
            {"sdf": INITIATOR},
        ),
        # Whose rocket is intercepted is the target of the interception.
        (
            "اعترضت القوات التركية صواريخ أطلقتها قسد باتجاه مدينة عفرين.",
            "development",
            {"turkish_forces": INITIATOR, "sdf": TARGET},
        ),
        # What follows the next verb belongs to that; "a member" in the accusative is its object.
        (
            "توغلت القوات التركية في بلدة عين عيسى واعتقلت قياديا في قسد.",
            "raid",
            {"turkish_forces": INITIATOR},
        ),
        (
            "توغلت القوات التركية في بلدة عين عيسى واعتقلت قياديا في قسد.",
            "arrest",
            {"turkish_forces": INITIATOR, "sdf": TARGET},
        ),
        # "With the artillery" is no head of "positions of", as it has "the".
        (
            "قصفت القوات التركية بالمدفعية مواقع قسد في عين عيسى.",
            "shelling",
            {"turkish_forces": INITIATOR, "sdf": TARGET},
        ),
        # ل after the agent of a noun opens its object.
        (
            "قتل ثلاثة عناصر من قسد إثر استهداف القوات التركية لموقعهم في عين عيسى.",
            "shelling",
            {"turkish_forces": INITIATOR, "sdf": TARGET},
        ),
        # A verb of many stands after its subject; what is struck "on" is the target.
        (
            "وأضاف أن المقاتلين قصفوا القوات التركية في عين عيسى.",
            "shelling",
            {"turkish_forces": TARGET},
        ),
        (
            "قالت وسائل إعلام إن سلاح الجو أغار على مستودع أسلحة لحزب الله في بيروت.",
            "air_strike",
            {"hezbollah": TARGET},
        ),
        # An adjective belongs to the noun before it.
        (
            "انسحبت قسد من بلدة عين عيسى تحت وطأة القصف التركي.",
            "withdrawal",
            {"sdf": INITIATOR},
        ),
        (
            "اتهم الجيش السوري القوات التركية بقصف بلدة عين عيسى.",
            "shelling",
            {"turkish_forces": INITIATOR},
        ),
        # The attack is the subject of the verb, and the party does the attack.
        (
            "استهدف قصف مدفعي للقوات التركية بلدة عين عيسى.",
            "shelling",
            {"turkish_forces": INITIATOR},
        ),
        (
            "تظاهر أنصار المجلس الانتقالي الجنوبي في مدينة عدن.",
            "protest",
            {"stc": INITIATOR},
        ),
        # Who holds the ground is no party, and neither is a spokesman's employer.
        (
            "انفجرت سيارة مفخخة في مدينة رأس العين الخاضعة لسيطرة الجيش الوطني السوري.",
            "explosion",
            {},
        ),
        # Civilians do not initiate the violence that kills them.
        ("قتل ستة مدنيين بقصف مدفعي على مدينة سراقب.", "shelling", {"civilians": TARGET}),
        # An act without a subject has that of the act before it.
        (
            "سيطرت قسد على قرية في عين عيسى ثم انسحبت من القرية.",
            "withdrawal",
            {"sdf": INITIATOR},
        ),
        (
            "اندلعت اشتباكات بين قسد وتنظيم داعش في بلدة هجين.",
            "clash",
            {"sdf": PARTY, "islamic_state": PARTY},
        ),
    ],
)
def test_the_roles_of_a_sentence(reader: Reader, text: str, kind: str, roles: dict[str, str]):
    read = [s for s in reader.read(text).suggestions if s.kind == kind]
    assert len(read) == 1
    assert {actor.actor_id: actor.role.value for actor in read[0].actors} == roles


@pytest.fixture
def scene(reader: Reader, cues: Cues) -> tuple[Article, Scene]:
    text = "شنت مروحيات هجومية روسية غارات على مواقع تابعة لتنظيم داعش قرب تدمر."
    reading, prepared = reader.read(text), prepare(text, reader.places.context.furniture)
    article = Article(prepared, reading.places, reading.actors, (), (), None)
    sentence = parse(prepared, 0, len(text), cues)
    assert sentence is not None
    return article, build_scene(sentence, article, 0, len(text), reader.places)


def test_a_phrase_begins_before_the_name_and_knows_what_it_is(
    scene: tuple[Article, Scene], cues: Cues
):
    article, sentence_scene = scene
    names = party_names(article.text, sentence_scene, cues)
    assert [(name.actor_id, name.adjective) for name in names] == [
        ("russian_forces", True),
        ("islamic_state", False),
    ]
    jets, positions = party_phrases(article.text, sentence_scene, cues)
    assert (jets.start, jets.owned) == (1, False)
    assert (positions.start, positions.owned, positions.of) == (6, True, False)


def test_the_phrases_in_reach_are_those_of_the_clause(scene: tuple[Article, Scene], cues: Cues):
    article, sentence_scene = scene
    sentence = sentence_scene.sentence
    hits = list(main_cues(sentence))
    assert [hit.form.cue.kind.kind for hit in hits] == ["air_strike"]
    assert not yields(sentence, hits[0], hits, cues)
    phrases = party_phrases(article.text, sentence_scene, cues)
    reach = reach_of(sentence, hits[0], phrases, (), cues)
    assert (reach.phrases, reach.harmed, reach.subject) == (phrases, (), ())


def test_a_word_is_compared_behind_its_clitics():
    words = frozenset({"مواقع"})
    assert prefix_of("لمواقع", words) == "ل"
    assert prefix_of("والمواقع", words) == "وال"
    assert prefix_of("موقع", words) is None
    assert is_one_of("مواقع", words)


@pytest.mark.parametrize(
    ("town", "government"),
    [("حلب", "syrian_government"), ("بغداد", "iraq"), ("صنعاء", "yemeni_government")],
)
def test_the_government_is_that_of_the_country_of_the_text(
    reader: Reader, town: str, government: str
):
    text = f"اعتقلت الحكومة ثلاثة أشخاص في مدينة {town} أمس."
    (suggestion,) = reader.read(text, date(2018, 5, 5)).suggestions
    assert [actor.actor_id for actor in suggestion.actors] == [government]


def test_who_condemns_a_raid_and_accuses_somebody_of_it_says_two_things(reader: Reader):
    text = "استنكرت قسد القصف على مدينة الرقة. واتهمت قسد القوات التركية بتنفيذ القصف على المدينة."
    kinds = [suggestion.kind for suggestion in reader.read(text).suggestions]
    assert kinds.count("statement") == 2
