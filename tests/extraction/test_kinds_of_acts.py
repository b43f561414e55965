"""Which kind of the codebook a sentence reports, and when it happened; one sentence a rule."""

from datetime import date

import pytest

from dashboard.extraction.clauses import parse
from dashboard.extraction.cues import Cues, load_cues
from dashboard.extraction.date_mentions import DateUse
from dashboard.extraction.event_cues import FirstParty, load_event_cues
from dashboard.extraction.event_hits import find_events
from dashboard.extraction.nearby import one_of
from dashboard.extraction.reader import Reader
from dashboard.model.corpus import Corpus
from dashboard.settings import Settings
from dashboard.text.prepared import prepare

PUBLISHED = date(2021, 3, 4)  # a Thursday


@pytest.fixture(scope="module")
def reader(corpus: Corpus) -> Reader:
    return Reader(corpus.gazetteer, corpus.lexicon.actors, corpus.lexicon.actor_names)


@pytest.fixture(scope="module")
def cues() -> Cues:
    return load_cues()


def _kinds(reader: Reader, text: str) -> list[str]:
    return [suggestion.kind for suggestion in reader.read(text, PUBLISHED).suggestions]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("شن الطيران الحربي غارات على مدينة إدلب.", "air_strike"),
        ("ألقت مروحيات براميل متفجرة على مدينة إدلب.", "air_strike"),
        ("قصفت المدفعية مدينة إدلب بعشرات القذائف.", "shelling"),
        ("انفجرت سيارة مفخخة وسط مدينة الباب.", "explosion"),
        ("قتل جنديان بعبوة ناسفة قرب مدينة الباب.", "explosion"),
        ("سيطرت قسد على مدينة الرقة بالكامل.", "takeover"),
        ("خرجت مظاهرة في مدينة إدلب تندد بالقصف.", "protest"),
        ("اختطف مسلحون طبيبا في مدينة عفرين.", "abduction"),
        ("أعدم تنظيم داعش ستة أشخاص في مدينة هجين.", "attack_on_civilians"),
        ("أحرق مسلحون منازل في مدينة عفرين.", "destruction"),
        ("نزحت مئات العائلات من مدينة سراقب.", "development"),
        ("سيرت القوات الروسية دورية في مدينة عامودا.", "development"),
        ("سلمت قسد جثامين خمسة مقاتلين في مدينة الحسكة.", "release"),
        ("دخل وقف إطلاق النار حيز التنفيذ في مدينة درعا.", "agreement"),
        ("تعرضت نساء للاغتصاب على يد مسلحين في مدينة عفرين.", "sexual_violence"),
    ],
)
def test_the_kind_of_a_sentence(reader: Reader, text: str, kind: str):
    assert _kinds(reader, text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        # What is ordered is not said to be done.
        "أمر رئيس الوزراء بتوقيف قائد القوة الأمنية في مدينة بغداد.",
        # Control that lasts is no act, and who can do no harm does not threaten.
        "قال سكان في مدينة منبج التي تسيطر عليها قسد إن الأسعار ارتفعت.",
        "تعاني مدينة رأس العين الخاضعة لسيطرة الجيش الوطني من نقص المياه.",
        "حذرت منظمات إنسانية من نقص المياه في مدينة الحسكة.",
    ],
)
def test_what_is_no_act(reader: Reader, text: str):
    assert _kinds(reader, text) == []


def test_one_of_the_raids_is_no_act_of_its_own(reader: Reader):
    raids = "شن الطيران الحربي غارات على مدينة إدلب"
    assert _kinds(reader, f"{raids}، استهدفت إحداها منزلا.") == ["air_strike"]
    assert _kinds(reader, f"{raids}، واستهدفت المدفعية منزلا.") == ["air_strike", "shelling"]


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        # An unknown village is in the place with which the sentence opens.
        ("في عفرين، سيطرت القوات التركية على قرية الحجيرات.", "afrin"),
        # "South of the capital" says where the town is: the text goes on about the town.
        ("سيطرت قسد على مدينة منبج شرق مدينة حلب.\nوجرى أسر 20 عنصرا من قوات النظام.", "manbij"),
    ],
)
def test_the_place_of_an_act_without_a_known_one(reader: Reader, text: str, place_id: str):
    last = reader.read(text, PUBLISHED).suggestions[-1]
    assert [place.place_id for place in last.places] == [place_id]


def test_reading_suggests_every_kind_but_the_unknown(corpus: Corpus):
    cued = {form.cue.kind.kind for forms in load_cues().events.values() for form in forms}
    assert cued == corpus.lexicon.kinds.keys() - {"unknown"}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("انسحبت قسد يوم الثلاثاء من مدينة تل رفعت.", (3, 2), (3, 2)),
        # The day of the report is not that of the act, unless it is the only one: then it is the latest.
        ("كشف مصدر أمس أن قسد انسحبت من مدينة تل رفعت يوم الثلاثاء.", (3, 2), (3, 2)),
        ("كشف مصدر أمس أن قسد انسحبت من مدينة تل رفعت.", (3, 1), (3, 3)),
        # A date of another clause is that of the act there.
        (
            "قصفت قوات النظام مدينة سراقب، التي سيطرت عليها الفصائل في 12 شباط.",
            (3, 2),
            (3, 4),
        ),
        ("تحاصر قسد مدينة القامشلي منذ الاثنين.", (3, 1), (3, 4)),
        # Commas around a day do not end a clause.
        ("قصفت قوات النظام، صباح أمس، مدينة سراقب.", (3, 3), (3, 3)),
    ],
)
def test_the_days_of_an_act(
    reader: Reader, text: str, start: tuple[int, int], end: tuple[int, int]
):
    when = reader.read(text, PUBLISHED).suggestions[0].when
    assert (when.start, when.end) == (date(2021, *start), date(2021, *end))


def test_a_date_is_of_the_act_of_the_report_or_its_first_day():
    assert set(DateUse) == {DateUse.OF_ACT, DateUse.OF_REPORT, DateUse.SINCE}


def test_of_two_kinds_of_one_word_the_nearest_needed_word_decides(reader: Reader, cues: Cues):
    furniture = reader.places.context.furniture
    text = prepare("استهدفت طائرة سيارة قرب مكان انفجرت فيه عبوة", furniture)
    sentence = parse(text, 0, len(text.original), cues)
    assert sentence is not None
    hits = list(find_events(sentence.texts, sentence.clauses, cues))
    assert [hit.form.cue.kind.kind for hit in hits[:2]] == ["air_strike", "explosion"]


def test_groups_of_words_stand_for_their_words(settings: Settings):
    forms = load_event_cues(settings.lexicon)["شن"]
    needs = {word for form in forms for words in form.cue.needs for word in words}
    assert {"طايره", "غارات"} <= needs
    assert not any(word.startswith("@") for word in needs)
    assert {form.cue.first_party for form in forms} == {FirstParty.INITIATOR}
    assert one_of(("طايره",))["بالطايره"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (
            "قصفت طائرة سيارة في عين عيسى.\nوفي حادثة منفصلة قصفت طائرة دراجة في عين عيسى.",
            ["air_strike", "air_strike"],
        ),
        # Told twice it is one, also if the second report is more exact, or uses a general word.
        (
            "قصفت القوات التركية بلدة عين عيسى.\nوقال المرصد إن القصف على عين عيسى أحدث أضرارا.",
            ["shelling"],
        ),
        ("تعرض مطار القامشلي لقصف.\nونفت روسيا تنفيذ الغارات.", ["air_strike"]),
        ("انفجرت سيارة مفخخة في مدينة الباب.\nوقال شهود إن الهجوم أحدث أضرارا.", ["explosion"]),
    ],
)
def test_acts_are_kept_apart_or_are_one(reader: Reader, text: str, kinds: list[str]):
    assert _kinds(reader, text) == kinds


def test_an_act_whose_own_place_is_unknown_is_less_sure(reader: Reader):
    known, unknown = (
        reader.read(f"قصفت القوات التركية قرية {name}.", PUBLISHED).suggestions[0].confidence
        for name in ("عين عيسى", "الزعفرانوية")
    )
    assert unknown < known - 0.15


def test_the_reason_of_another_act_is_less_sure(reader: Reader):
    text = "طالبت روسيا بالتهدئة في عين عيسى ردا على هجمات لفصائل في ريف حلب."
    assert "clash" not in _kinds(reader, text)
