"""The rules of extraction one by one: cues, clauses, moods, speakers, places, roles, denials, acts."""

from dataclasses import replace
from datetime import date

import pytest

from dashboard.actors.find import find_actors
from dashboard.actors.index import ActorIndex
from dashboard.dates.find import find_dates
from dashboard.extraction.acts import Act
from dashboard.extraction.agreement import disagrees
from dashboard.extraction.attribution import Speaker, SpeakerIndex, attribute
from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.clauses import parse
from dashboard.extraction.confidence import ENOUGH, Evidence, confidence_of, weigh
from dashboard.extraction.cues import Cues, load_cues
from dashboard.extraction.dispute import claim
from dashboard.extraction.event_date import event_date
from dashboard.extraction.modality import modality_of
from dashboard.extraction.party_phrases import PartyPhrase, party_phrases
from dashboard.extraction.party_range import reach_of
from dashboard.extraction.party_roles import actor_roles
from dashboard.extraction.party_rules import PartyRules
from dashboard.extraction.place_anaphora import referred_place
from dashboard.extraction.places import NamedPlaces, places_for
from dashboard.extraction.role_marks import marked_role
from dashboard.extraction.role_positions import role_by_position
from dashboard.extraction.roles import place_roles
from dashboard.extraction.scene import Article, Scene, between, build_scene, most_specific
from dashboard.extraction.sentence import EventHit, Sentence, is_verb
from dashboard.extraction.sentence_parties import BothSides, SentenceParties
from dashboard.extraction.suggest import Suggester
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.resolve import find_places
from dashboard.gazetteer.unknown import find_unknown
from dashboard.model.corpus import Corpus
from dashboard.model.event import ActorRole, PlaceRole, Stance
from dashboard.text.prepared import prepare

DAY = date(2021, 1, 10)
SHELLING = "قصفت القوات التركية أمس بلدة عين عيسى بقذائف المدفعية."
WITHDRAWAL = "انسحبت القوات الروسية من عين عيسى إلى تل السمن."


@pytest.fixture(scope="module")
def places(corpus: Corpus) -> PlaceIndex:
    return PlaceIndex(corpus.gazetteer)


@pytest.fixture(scope="module")
def cues() -> Cues:
    return load_cues()


class Rules:
    """One text, prepared as the reader prepares it."""

    def __init__(self, text: str, corpus: Corpus, places: PlaceIndex, cues: Cues) -> None:
        prepared = prepare(text, places.context.furniture)
        place_mentions = find_places(prepared, places)
        index = ActorIndex(corpus.lexicon.actors, corpus.lexicon.actor_names)
        actors = find_actors(prepared, index, place_mentions, places.context, DAY)
        dates = find_dates(prepared.folded, DAY)
        unknown = find_unknown(prepared, places, place_mentions)
        self.article = Article(prepared, place_mentions, actors, dates, unknown, DAY)
        self.places, self.cues = places, cues
        self.speakers = SpeakerIndex()

    def sentence(self) -> Sentence:
        text = self.article.text
        sentence = parse(text, 0, len(text.original), self.cues)
        assert sentence is not None
        return sentence

    def scene(self) -> Scene:
        length = len(self.article.text.original)
        return build_scene(self.sentence(), self.article, 0, length, self.places)

    def hit(self, kind: str) -> EventHit:
        return next(hit for hit in self.sentence().events if hit.form.cue.kind.kind == kind)

    def speaker(self, before: Speaker | None = None) -> Speaker | None:
        named = self.speakers.find(self.article.text)
        return attribute(self.sentence(), named, self.scene().actors, before, self.cues)


@pytest.fixture
def rules(corpus: Corpus, places: PlaceIndex, cues: Cues):
    return lambda text: Rules(text, corpus, places, cues)


def test_a_verb_is_found_in_its_forms(rules, cues: Cues):
    assert is_verb(rules(SHELLING).hit("shelling"))
    assert not is_verb(rules("استمر القصف على بلدة عين عيسى.").hit("shelling"))
    assert rules("وقصفتها القوات التركية.").hit("shelling")
    assert cues.nationalities
    assert {role for forms in cues.claims.values() for cue in forms for role in [cue.role]} <= set(
        ClaimRole
    )


def test_a_sentence_without_an_event_is_none(rules):
    with pytest.raises(AssertionError):
        rules("الطقس جميل في المدينة.").sentence()


def test_a_clause_ends_where_the_next_begins(rules):
    text = "انسحبت القوات الروسية من البلدة، بينما قصفت القوات التركية عين عيسى."
    sentence = rules(text).sentence()
    withdrawal, shelling = (
        next(hit.at for hit in sentence.events if hit.form.cue.kind.kind == kind)
        for kind in ("withdrawal", "shelling")
    )
    assert sentence.clauses[withdrawal] < sentence.clauses[shelling]
    first, last = sentence.clause_span(sentence.clauses[shelling])
    assert first <= shelling <= last
    assert sentence.words[shelling].text.startswith("قصف")
    assert sentence.event_words >= {withdrawal, shelling}


@pytest.mark.parametrize(
    ("text", "kind", "unreal", "stance"),
    [
        (SHELLING, "shelling", False, Stance.ASSERTS),
        ("نفت أنقرة قصف بلدة عين عيسى.", "shelling", False, Stance.DENIES),
        ("لم تنسحب القوات الروسية من عين عيسى.", "withdrawal", True, Stance.ASSERTS),
        ("قد تنسحب القوات الروسية من عين عيسى.", "withdrawal", True, Stance.ASSERTS),
    ],
)
def test_an_event_may_be_reported_as_denied_or_unreal(
    rules, text: str, kind: str, unreal: bool, stance: Stance
):
    one = rules(text)
    modality = modality_of(one.sentence(), one.hit(kind), one.cues)
    assert modality.unreal is unreal
    if not unreal:
        assert modality.stance is stance


def test_a_cited_speaker_is_known_by_name(rules):
    cited = rules("وقال المرصد السوري لحقوق الإنسان إن القوات التركية قصفت عين عيسى.").speaker()
    assert cited is not None
    assert cited.speaker_id == "sohr"
    assert rules(SHELLING).speaker() is None


def test_the_places_of_an_event_are_those_of_its_clause(rules, places: PlaceIndex, cues: Cues):
    one = rules(WITHDRAWAL)
    event_places, where = places_for(
        one.scene(), one.hit("withdrawal"), NamedPlaces(), places, cues
    )
    assert {place.place_id for place in event_places} == {"ain_issa", "tal_saman"}
    assert where == "clause"


def test_the_town_refers_to_the_town_named_before(rules, places: PlaceIndex, cues: Cues):
    before = NamedPlaces()
    first = rules("في بلدة عين عيسى تصعيد.")
    before.name(first.article, 0, len(first.article.text.original), places, cues)
    later = rules("قصفت القوات التركية البلدة.")
    event_places, where = places_for(later.scene(), later.hit("shelling"), before, places, cues)
    assert [place.place_id for place in event_places] == ["ain_issa"]
    assert where == "before"


def test_a_higher_sum_of_weights_is_never_a_lower_confidence():
    shares = [confidence_of(score / 100) for score in range(0, 121, 5)]
    assert shares == sorted(shares)
    assert confidence_of(0.55) == round(7 / 13, 2)
    assert confidence_of(1.2) == round(61 / 70, 2)


def test_the_capital_is_the_last_one_named(rules, places: PlaceIndex, cues: Cues):
    before = NamedPlaces()
    first = rules("في مدينة دمشق ثم في بلدة عين عيسى تصعيد.")
    before.name(first.article, 0, len(first.article.text.original), places, cues)
    later = rules("قصفت القوات التركية العاصمة.")
    place, where = referred_place(later.scene(), later.hit("shelling"), before.named, (), places)
    assert (place.place_id, where) == ("damascus", "before")


@pytest.mark.parametrize(
    ("text", "kind", "other"),
    [
        ("وطالبت التحالف بالانسحاب.", "demand", True),
        ("وطالب التحالف بالانسحاب.", "demand", False),
        ("استهدف قوات النظام.", "shelling", True),
        ("استهدفت قوات النظام البلدة.", "shelling", False),
        ("استهدفت قسد البلدة.", "shelling", False),
    ],
)
def test_a_verb_has_the_gender_of_its_subject(rules, text: str, kind: str, other: bool):
    one = rules(text)
    hit = one.hit(kind)
    assert disagrees(one.scene().sentence, hit, hit.at + 1) is other


def test_a_movement_has_an_origin_and_a_destination(rules, cues: Cues):
    one = rules(WITHDRAWAL)
    scene, hit = one.scene(), one.hit("withdrawal")
    roles = {
        place.place_id: place.role
        for place in place_roles(scene.sentence, scene.places, scene, hit, cues)
    }
    assert roles == {"ain_issa": PlaceRole.FROM, "tal_saman": PlaceRole.TO}


def test_who_does_it_and_to_whom(rules, cues: Cues):
    one = rules("قصفت القوات التركية مواقع قوات سوريا الديمقراطية في عين عيسى.")
    parties = SentenceParties(one.article.text, one.scene(), PartyRules(cues), BothSides())
    roles = parties.of(one.hit("shelling"))
    assert {actor.actor_id: actor.role for _, actor in roles} == {
        "turkish_forces": ActorRole.INITIATOR,
        "sdf": ActorRole.TARGET,
    }


def test_words_before_a_party_give_its_role_or_else_its_position(rules, cues: Cues):
    def phrase_of(one) -> PartyPhrase:
        [phrase] = party_phrases(one.article.text, one.scene(), cues)
        return phrase

    passive = rules("تعرضت عين عيسى لقصف من قبل القوات التركية.")
    active = rules("قصفت القوات التركية عين عيسى.")
    tables = PartyRules(cues)
    roles = [
        marked_role(one.scene().sentence, phrase_of(one), one.hit("shelling"), tables)
        for one in (passive, active)
    ]
    assert roles == [ActorRole.INITIATOR, None]
    for initiated, role in ((False, ActorRole.INITIATOR), (True, ActorRole.TARGET)):
        sentence, hit = active.scene().sentence, active.hit("shelling")
        phrase = phrase_of(active)
        assert role_by_position(sentence, phrase, hit, tables, initiated=initiated) is role
    reach = reach_of(sentence, hit, [phrase], (), cues)
    [(_, actor)] = actor_roles(sentence, reach, hit, tables)
    assert (actor.actor_id, actor.role) == ("turkish_forces", ActorRole.INITIATOR)


def test_mentions_are_found_by_the_words_of_their_clause(rules):
    scene = rules(WITHDRAWAL).scene()
    assert [place.place_id for place in scene.places] == ["ain_issa", "tal_saman"]
    last = scene.places[-1]
    assert list(scene.place_index.before(last.at)) == [0]
    assert last.at in scene.place_words
    assert scene.names(last)
    assert list(between(rules(WITHDRAWAL).article.places, 0, 10)) == []


def test_a_village_is_more_specific_than_its_container(rules, places: PlaceIndex):
    (village,) = rules("قصفت القوات التركية قرية صيدا.").scene().places
    holder = min(places.containers[village.place_id] - {village.place_id})
    around = village._replace(place_id=holder)
    assert most_specific([around, village], places) == [village]
    assert most_specific([around], places) == [around]


def test_a_claim_quotes_its_words(rules):
    article = rules(SHELLING).article
    quoted = claim(article, (0, 5), Stance.DENIES, None, None)
    assert (quoted.quote, quoted.stance) == (SHELLING[quoted.start : quoted.end], Stance.DENIES)


def test_a_denial_of_this_is_about_the_event_before(rules, places: PlaceIndex, cues: Cues):
    article = rules(f"{SHELLING} فيما نفت أنقرة ذلك.").article
    (suggestion,), _left_out = Suggester(places, cues, SpeakerIndex()).suggest(article)
    assert [each.stance for each in suggestion.claims] == [Stance.ASSERTS, Stance.DENIES]


def test_an_act_that_is_reported_twice_is_one_with_two_claims(
    rules, places: PlaceIndex, cues: Cues
):
    article = rules(SHELLING).article
    (first,), _left_out = Suggester(places, cues, SpeakerIndex()).suggest(article)
    act = Act(first, places)
    assert act.is_same(Act(first, places))
    assert act.dates_overlap(Act(first, places))
    assert not act.lacks_places(first.places)
    (shelled,) = first.claims
    again = replace(first, claims=(replace(shelled, start=0, end=4, quote=SHELLING[:4]),))
    act.merge(again)
    assert len(act.suggestion().claims) == 2
    far = Act(
        replace(first, when=replace(first.when, start=date(2019, 1, 1), end=date(2019, 1, 1))),
        places,
    )
    assert not act.dates_overlap(far)


def test_a_verb_with_its_place_and_party_outweighs_a_cue_alone(rules):
    hit = rules(SHELLING).hit("shelling")
    _reasons, alone = weigh(hit, "none", Stance.ASSERTS, Evidence(actors=False, dated=False))
    reasons, supported = weigh(hit, "clause", Stance.ASSERTS, Evidence(actors=True, dated=True))
    assert weigh(hit, "clause", Stance.DENIES, Evidence(actors=True, dated=True))[1] > supported
    assert supported >= ENOUGH
    assert alone < supported
    assert len(reasons) >= 3


@pytest.mark.parametrize(
    ("text", "published", "background", "start", "end"),
    [
        (SHELLING, DAY, False, date(2021, 1, 9), date(2021, 1, 9)),
        (WITHDRAWAL, DAY, False, date(2021, 1, 8), DAY),
        (WITHDRAWAL, DAY, True, None, DAY),
        (WITHDRAWAL, None, False, None, None),
    ],
)
def test_an_event_is_dated_by_its_clause_or_by_the_publication(
    rules, text: str, published: date | None, background: bool, start, end
):
    one = rules(text)
    hit = one.hit("shelling" if text is SHELLING else "withdrawal")
    article = replace(one.article, published=published)
    when, reason = event_date(one.scene(), article, hit, background=background)
    assert (when.start, when.end) == (start, end)
    assert reason
