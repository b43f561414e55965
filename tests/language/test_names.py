"""Names and labels in the reader's language."""

from enum import StrEnum

import pytest

from dashboard.language.labels import label, meaning, sentence_case, stance_done, stance_label
from dashboard.language.language import ARABIC, ENGLISH, using_language
from dashboard.language.names import both_names, either, name_of, other, other_name_of, title_of
from dashboard.model.corpus import Corpus
from dashboard.model.event import ActorRole, Attestation, ClaimField, PlaceRole, Stance
from dashboard.model.place import FeatureClass, PlacePrecision


@pytest.mark.parametrize(
    "kind", [Attestation, ActorRole, PlaceRole, Stance, FeatureClass, PlacePrecision]
)
def test_every_value_has_a_label_in_both_languages(kind: type[StrEnum]):
    for value in kind:
        with using_language(ENGLISH):
            english = label(value)
        with using_language(ARABIC):
            arabic = label(value)
        assert english
        assert english.isascii()
        assert not arabic.isascii(), value


def test_a_stance_names_the_field_that_it_disputes_unless_it_is_the_event():
    with using_language(ENGLISH):
        assert stance_done(Stance.DENIES, ClaimField.TOLL) == "Denied (the toll)"
        assert stance_label(Stance.DOUBTS, ClaimField.DATE) == "doubts (the date)"
        assert stance_done(Stance.DENIES, ClaimField.HAPPENED) == stance_done(Stance.DENIES)
    with using_language(ARABIC):
        assert stance_done(Stance.DENIES, ClaimField.PLACE) == "نفى (المكان)"


def test_labels_of_stances_and_attestations_differ():
    with using_language(ENGLISH):
        assert len({stance_done(stance) for stance in Stance}) == len(Stance)
        assert len({meaning(value) for value in Attestation}) == len(Attestation)
        assert sentence_case("place of it") == "Place of it"
        assert sentence_case("عين") == "عين"


def test_a_record_is_named_in_the_readers_language_first(corpus: Corpus):
    place = corpus.gazetteer.places["ain_issa"]
    with using_language(ENGLISH):
        assert (name_of(place), other_name_of(place)) == (place.name_en, place.name_ar)
    with using_language(ARABIC):
        assert (name_of(place), other_name_of(place)) == (place.name_ar, place.name_en)
        assert both_names(place).startswith(place.name_ar)


def test_a_name_that_is_missing_is_given_in_the_other_language(corpus: Corpus):
    with using_language(ARABIC):
        assert (either("only", ""), other("only", "")) == ("only", "")
        event = next(iter(corpus.events.events.values()))
        assert title_of(event) == event.title_ar
