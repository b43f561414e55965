from hypothesis import given
from hypothesis import strategies as st

from dashboard.gazetteer.context import load_context
from dashboard.model.corpus import Corpus
from dashboard.text.normalise import fold, normalise
from dashboard.text.phrases import PhraseIndex
from dashboard.text.prepared import prepare
from dashboard.text.sentences import sentence_at, sentences
from dashboard.text.zones import FURNITURE, ZoneKind

PHRASES = load_context().furniture
ARABIC = st.text(st.sampled_from("عين يسىةهإأآلوبكفال ـًَُ\u00a0\u202e«»١٢3.,؟\nm4M"), max_size=80)


@given(st.text() | ARABIC)
def test_offsets_are_those_of_the_original(text: str):
    folded = normalise(text)
    assert folded.text == fold(text)
    assert len(folded.offsets) == len(folded.text)
    assert list(folded.offsets) == sorted(folded.offsets)
    for at in range(len(folded.text)):
        start, end = folded.span(at, at + 1)
        assert 0 <= start < end <= len(text)


def test_spelling_variants_fold_to_one():
    assert len({fold(t) for t in ("عين عيسى", "عين عيسي", "عـين عَيْسى", "عين\u00a0عيسى")}) == 1
    assert fold("١٢") == "12"
    assert fold("Qamişlo") == fold("QAMISLO")


def test_phrases_match_after_proclitics_and_at_ends_of_words():
    index = PhraseIndex([fold("القامشلي"), fold("حلب"), fold("الحي العسكري")])
    phrases = lambda text: [match.phrase for match in index.search(fold(text))]  # noqa: E731
    assert phrases("وبالقامشلي") == [fold("القامشلي")]
    assert phrases("للحي العسكري") == [fold("الحي العسكري")]
    assert phrases("لحلب") == ["حلب"]
    assert phrases("حلبة") == []
    assert phrases("محلب") == []


def test_signs_of_phrases_are_signs_of_the_text():
    index = PhraseIndex(['ميليشيا "قسد"', "'arab", "تل (ابيض)", "تل"])
    phrases = lambda text: [(m.phrase, m.start, m.end) for m in index.search(text)]  # noqa: E731
    assert phrases('وميليشيا "قسد" في') == [('ميليشيا "قسد"', 1, 14)]
    assert phrases("ميليشيا قسد") == phrases('ميليشيا "قسد"ي') == phrases("arab") == []
    assert phrases("في 'arab") == [("'arab", 3, 8)]
    assert phrases("تل (ابيض) وتل ابيض") == [("تل (ابيض)", 0, 9), ("تل", 11, 13)]


def test_of_overlapping_phrases_the_longest_is_found():
    index = PhraseIndex(["تل ابيض", "ابيض", "ابيض الغربيه والشرقيه"])
    found = [match.phrase for match in index.search("في تل ابيض الغربيه والشرقيه ثم تل ابيض")]
    assert found == ["ابيض الغربيه والشرقيه", "تل ابيض"]


@given(st.text() | ARABIC)
def test_sentences_are_in_order_and_within(text: str):
    spans = sentences(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    for start, end in spans:
        assert text[start:end].strip() == text[start:end] != ""


def test_a_full_stop_inside_a_number_ends_nothing():
    text = "القامشلي 99.6 على الهواء. ثم عاد."
    assert len(sentences(text)) == 2
    assert text[slice(*sentence_at(text, 0, 5))] == "القامشلي 99.6 على الهواء."


@given(st.text() | ARABIC)
def test_zones_cover_the_text(text: str):
    zones = prepare(text, PHRASES).zones
    assert "".join(text[zone.start : zone.end] for zone in zones) == text


def test_the_zones_of_a_real_page_are_recognised(corpus: Corpus):
    text = prepare(corpus.articles["a004_orient_net"].text, PHRASES)
    words = ("روسيا تكشف", "قوات روسية منتشرة", "أعلن الاحتلال", "ويسكونسن")
    *page, sidebar = (text.zone_at(text.original.index(each)) for each in words)
    assert page == [ZoneKind.HEADLINE, ZoneKind.CAPTION, ZoneKind.BODY]
    assert sidebar in FURNITURE


@given(st.text() | ARABIC)
def test_the_sentences_of_all_zones_contain_every_word(text: str):
    prepared = prepare(text, PHRASES)
    spans = sorted(span for kind in ZoneKind for span in prepared.sentences_of(kind))
    letters = "".join(text[slice(*span)] for span in spans)
    assert "".join(letters.split()) == "".join(text.split())
    for start, end in spans:
        whole = prepared.sentence_at(start, end)
        assert whole in prepared.sentences
        assert whole[0] <= start < end <= whole[1]


def test_a_sentence_is_cut_where_its_zone_ends():
    text = "قصفت القوات\u2028عين عيسى. ثم عادت."
    prepared = prepare(text, ())
    assert len(prepared.sentences) == 2
    of_zones = [text[slice(*s)] for kind in ZoneKind for s in prepared.sentences_of(kind)]
    assert sorted(of_zones) == sorted(["قصفت القوات", "عين عيسى.", "ثم عادت."])
