"""Forms of the words of claims: persons, numbers, clitics, and what a sentence with them claims."""

import pytest

from dashboard.extraction.claim_forms import ClaimWord, WordClass, cues_of_word
from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.reader import Reader
from dashboard.model.corpus import Corpus


def _forms(word_class: WordClass, *stems: str | None, role: ClaimRole = ClaimRole.DENIAL):
    word, imperfect, participle = (*stems, None, None)[:3]
    row = ClaimWord(role, word_class, word or "", imperfect, participle, "before", (), ())
    return {(cue.role, " ".join(cue.words)) for cue in cues_of_word(row)}


def test_a_verb_has_all_persons_and_only_third_persons_report():
    forms = _forms(WordClass.VERB, "نفى", "نفي", "نافي")
    denials = {word for role, word in forms if role is ClaimRole.DENIAL}
    reports = {word for role, word in forms if role is ClaimRole.REPORT}
    assert {"نفي", "نفت", "نفوا", "نفاها", "ينفون", "ننفي", "نافيا", "نافين"} <= denials
    assert {"نفت", "ينفون"} <= reports
    assert not {"ننفي", "نافيا"} & reports
    # The noun "a denial", as in "denied it with a firm denial".
    assert "نفيا" not in denials


def test_nouns_adjectives_and_what_take_their_clitics():
    nouns = _forms(WordClass.NOUN, "مزاعم", role=ClaimRole.NEWS)
    assert {"بالمزاعم", "للمزاعم", "مزاعمهم"} <= {word for _, word in nouns}
    adjectives = _forms(WordClass.ADJECTIVE, "غير صحيح", role=ClaimRole.DENIAL_AFTER)
    assert {"غير صحيح", "غير صحيحه"} <= {word for _, word in adjectives}
    what = _forms(WordClass.WHAT, "تداول", "تداول", role=ClaimRole.NEWS)
    assert {"ما يتداول", "عما تداولته"} <= {word for _, word in what}


@pytest.fixture(scope="module")
def reader(corpus: Corpus) -> Reader:
    return Reader(corpus.gazetteer, corpus.lexicon.actors, corpus.lexicon.actor_names)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("قال المتحدث باسم قسد: لم نقصف مدينة الباب.", {("denies", "happened")}),
        ("قال المتحدث باسم قسد: لا علاقة لنا بقصف مدينة الباب.", {("denies", "actor")}),
        ("رفضت أنقرة الاتهامات بقصف مدينة الباب.", {("denies", "happened")}),
        ("قالت أنقرة إنه لم يقع أي قصف على مدينة الباب.", {("denies", "happened")}),
        ("رفضت أنقرة تأكيد أو نفي قصف مدينة الباب.", {("asserts", None)}),
        ("رفضت أنقرة التعليق على قصف مدينة الباب أمس.", {("asserts", None)}),
        ("نفت أنقرة قصف مدينة الباب ووصفت الأنباء بأنها كاذبة.", {("denies", "happened")}),
    ],
)
def test_a_sentence_is_read_with_its_stance(
    reader: Reader, text: str, claims: set[tuple[str, str | None]]
):
    read = [claim for each in reader.read(text, None).suggestions for claim in each.claims]
    assert len(read) == len(claims)
    assert {
        (claim.stance.value, claim.disputes and claim.disputes.value) for claim in read
    } == claims
