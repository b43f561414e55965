from dashboard.model.corpus import Corpus
from dashboard.model.event import Attestation, Stance, attestation


def test_five_outlets_repeating_one_monitor_are_one_origin():
    assert attestation([(Stance.ASSERTS, "sohr")] * 5) is Attestation.SINGLE_SOURCE


def test_two_origins_corroborate_and_a_denial_contests():
    two = [(Stance.ASSERTS, "sohr"), (Stance.ASSERTS, "orient")]
    assert attestation(two) is Attestation.CORROBORATED
    assert attestation([*two, (Stance.DOUBTS, "x")]) is Attestation.CONTESTED


def test_speakers_of_one_party_are_one_origin(corpus: Corpus):
    speakers = corpus.lexicon.speakers
    claims = [
        claim
        for claim in corpus.events.claims
        if claim.speaker_id and (speakers[claim.speaker_id].affiliation or "").startswith("russia")
    ]
    assert len({claim.speaker_id for claim in claims}) > 1
    assert len({corpus.origin(claim) for claim in claims}) == 1
