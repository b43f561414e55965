"""The tables of words of claims, read into cues."""

import pytest

from dashboard.extraction.claim_roles import ClaimRole
from dashboard.extraction.claim_tables import load_claims
from dashboard.settings import DATA


@pytest.mark.parametrize("verb", ["نفي", "نفت", "ونفت"])
def test_a_verb_of_denial_has_its_forms(verb: str):
    singles, _phrases, _words = load_claims(DATA / "lexicon")
    assert ClaimRole.DENIAL in {cue.role for cue in singles[verb]}


def test_the_longest_phrase_of_the_same_two_words_is_first():
    _singles, phrases, _words = load_claims(DATA / "lexicon")
    several = [cues for by_second in phrases.values() for cues in by_second.values()]
    assert max(map(len, several)) > 1
    for cues in several:
        lengths = [len(cue.words) for cue in cues]
        assert lengths == sorted(lengths, reverse=True)
