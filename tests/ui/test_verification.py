"""Verifying and rating on the Review page, and what the evidence shows of it, through AppTest."""

from streamlit.testing.v1 import AppTest

from dashboard.browser import judgements
from dashboard.model.corpus import Corpus
from dashboard.model.records import Table
from dashboard.model.verification import (
    ClaimRating,
    Credibility,
    Reliability,
    SourceRating,
    Verification,
    VerificationRecord,
    VerifiedPart,
)
from dashboard.review.edit_session import EditSession
from dashboard.review.judging import VerificationDraft, verification_key, verify_event
from dashboard.store.workspace import Workspace
from dashboard.ui.project import load
from dashboard.ui.review import rating_form, verification_form
from tests.ui.running import click, html, panel, texts

_MODULES = (rating_form, verification_form)
EVENT = "agreement_observation_points"
GROUND = "=SUM(1) <script>alert(1)</script> صورة الصوامع"


def _event_page() -> None:
    from dashboard.ui.project import load
    from dashboard.ui.review.event_edit import edit_event_panel
    from tests.ui.running import register_pages

    register_pages()
    edit_event_panel(load(), "agreement_observation_points")


def press(app: AppTest, key: str) -> None:
    next(button for button in app.button if button.key == key).click().run()
    assert not app.exception, app.exception


def choose(app: AppTest, key: str, value: object) -> None:
    # The beginning of a key has a number if the fields were emptied before.
    next(field for field in app.radio if str(field.key).endswith(key)).set_value(value).run()


def record(workspace: Workspace, part: VerifiedPart) -> VerificationRecord:
    stored = workspace.get(Table.VERIFICATION, verification_key(EVENT, part))
    assert stored is not None
    assert isinstance(stored.value, VerificationRecord)
    return stored.value


def write_ground(app: AppTest, part: str, text: str) -> None:
    key = f"_{part}_ground"
    next(f for f in app.text_area if str(f.key).endswith(key)).set_value(text).run()


def test_an_event_is_confirmed_with_a_ground_and_the_evidence_says_so(workspace: Workspace):
    app = panel(_event_page, "Rana")
    press(app, "action_verify")
    assert "nobody has checked it" in html(app)
    choose(app, "_event_state", Verification.CONFIRMED)
    click(app, "Save the verification")
    assert "Still needed: a ground" in texts(app)
    assert workspace.get(Table.VERIFICATION, verification_key(EVENT, VerifiedPart.EVENT)) is None
    write_ground(app, "event", GROUND)
    click(app, "Save the verification")
    found = record(workspace, VerifiedPart.EVENT)
    assert (found.state, found.who, found.ground) == ("confirmed", "Rana", GROUND)
    corpus = load().corpus
    shown = judgements.verification_html(corpus, EVENT, VerifiedPart.EVENT)
    assert "✓ Confirmed" in shown
    assert "Rana" in shown
    assert "صورة الصوامع" in shown
    assert "<script>" not in shown
    assert "✓ Confirmed" in judgements.verified_chips(corpus, EVENT)


def test_the_place_is_verified_apart_and_rests_on_a_claim(workspace: Workspace, corpus: Corpus):
    app = panel(_event_page, "Rana")
    press(app, "action_verify")
    choose(app, "_part", VerifiedPart.PLACE)
    choose(app, "_place_state", Verification.REFUTED)
    write_ground(app, "place", "it is another silo")
    claim = next(it for it in corpus.events.claims if it.event_id == EVENT)
    box = next(field for field in app.selectbox if str(field.key).endswith("_place_claim"))
    box.set_value(claim.claim_id).run()
    click(app, "Save the verification")
    assert record(workspace, VerifiedPart.PLACE).claim_id == claim.claim_id
    shown = judgements.verification_html(load().corpus, EVENT, VerifiedPart.PLACE)
    assert "✗ Refuted" in shown
    assert claim.quote[:20] in shown
    press(app, "action_verify")
    assert "nobody has checked it" in html(app)


def test_somebody_elses_verification_is_not_replaced_unseen(workspace: Workspace):
    app = panel(_event_page, "Rana")
    press(app, "action_verify")
    choose(app, "_event_state", Verification.CONFIRMED)
    write_ground(app, "event", "a video")
    omar = EditSession(workspace, load().corpus, "Omar")
    draft = VerificationDraft(VerifiedPart.EVENT, Verification.REFUTED, "it is of 2018")
    verify_event(omar, EVENT, draft, version=0)
    click(app, "Save the verification")
    assert record(workspace, VerifiedPart.EVENT).who == "Omar"
    assert "it is of 2018" in html(app)
    click(app, "Save the verification")
    assert record(workspace, VerifiedPart.EVENT).who == "Rana"


def test_a_claim_and_its_source_are_rated_in_words(workspace: Workspace, corpus: Corpus):
    claim = next(it for it in corpus.events.claims if it.event_id == EVENT)
    outlet = corpus.articles[claim.article_id].outlet_id
    app = panel(_event_page, "Rana")
    press(app, f"claim_{claim.claim_id}_rate")
    for of_source, field, grade in (
        (False, "_credibility", Credibility.TWO),
        (True, "_reliability", Reliability.B),
    ):
        if of_source:
            press(app, f"claim_{claim.claim_id}_rate")
        choose(app, "_rated", "source" if of_source else "claim")
        next(box for box in app.selectbox if str(box.key).endswith(field)).set_value(grade).run()
        keys = {str(field.key): field for field in app.text_input}
        why = next(keys[key] for key in keys if "claim_work" in key and key.endswith("_why"))
        why.set_value("it fits").run()
        click(app, "Save the rating")
    rating = workspace.get(Table.CLAIM_RATING, claim.claim_id)
    assert isinstance(rating.value, ClaimRating)
    source = workspace.get(Table.SOURCE_RATING, outlet)
    assert isinstance(source.value, SourceRating)
    shown = judgements.rating_html(load().corpus, claim)
    assert "B2" in shown
    assert "source B: usually reliable, claim 2: probably true" in shown
    printed = judgements.rating_reasons_html(load().corpus, claim)
    assert printed.count("it fits") >= 2


def test_the_forms_need_the_name_of_the_analyst(workspace: Workspace):
    app = panel(_event_page)
    before = workspace.version()
    press(app, "action_verify")
    save = next(button for button in app.button if button.label == "Save the verification")
    assert save.disabled
    assert workspace.version() == before
