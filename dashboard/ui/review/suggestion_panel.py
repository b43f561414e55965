"""One suggestion with its sentences and its map, and the form to correct it."""

import streamlit as st

from dashboard.browser.article import article_line_html
from dashboard.browser.reading import sentence_html
from dashboard.browser.suggestion_rows import suggestion_html
from dashboard.model.records import StoredSuggestion, SuggestionRecord, Versioned
from dashboard.model.shared_work import Item, ItemKind
from dashboard.project.project import Loaded
from dashboard.review.draft import Draft, draft
from dashboard.text.sentences import sentence_at
from dashboard.ui.components.form_draft import DraftedForm, draft_of, drafted, show_draft
from dashboard.ui.components.live_changes import OPEN_SUGGESTION
from dashboard.ui.components.small_map import small_map
from dashboard.ui.review.decision import CORRECTING, correction_form, decide
from dashboard.ui.review.event_form import event_form
from dashboard.ui.review.in_hand import in_hand, in_hand_words
from dashboard.ui.review.queue import CHOSEN
from dashboard.ui.review.shared_panel import shared_panel
from dashboard.ui.state.session import SessionValue


def suggestion_panel(loaded: Loaded, current: StoredSuggestion, following: str | None) -> None:
    """Show a suggestion with its buttons; `following` is the id of the next suggestion.

    The map and the sentences are drawn last: the run of a click on a button ends before them.
    """
    record = current.value
    if record is None:
        return
    suggestion_id = record.suggestion_id
    OPEN_SUGGESTION.set(suggestion_id)
    # The version that this browser showed first: a later one is a conflict.
    version = SessionValue(f"version_seen_{suggestion_id}", current.version).stored()
    given = draft(record, loaded.corpus)
    text, where = st.columns([7, 5], gap="medium")
    with text:
        note = in_hand_words(in_hand(loaded).get(suggestion_id, ()))
        st.html(suggestion_html(loaded.corpus, record, given.title_en, given.title_ar, note))
    sentences = st.container()
    corrected: Draft | None = given
    form = correction_form(record, given)
    _open_draft(form, suggestion_id)
    if CORRECTING.get() == suggestion_id:
        with st.container(key="correct", border=True), drafted(form) as key:
            quotes = [claim.quote for claim in record.suggestion.claims]
            corrected = event_form(loaded.corpus, given, quotes, key=key)
    else:
        show_draft(form)
    decide(loaded, Versioned(record, version), corrected, following)
    sentences.html(_sentences_html(loaded, record))
    with where:
        small_map(loaded, [place.place_id for place in record.suggestion.places], key="review_map")
        shared_panel(loaded, Item(ItemKind.SUGGESTION, suggestion_id), given.titles)


def _open_draft(form: DraftedForm, suggestion_id: str) -> None:
    """Open the corrections once a session if there is a draft of them."""
    seen = SessionValue(f"draft_opened_{suggestion_id}", default=False)
    if seen.get():
        return
    seen.set(True)
    if draft_of(form) is not None:
        CORRECTING.set(suggestion_id)
        CHOSEN.set(suggestion_id)


def _sentences_html(loaded: Loaded, record: SuggestionRecord) -> str:
    """A line on the article, and every sentence with a claim, with its mentions."""
    article = loaded.corpus.articles[record.article_id]
    reading = loaded.readings.reading(article.article_id)
    claims = record.suggestion.claims
    around = dict.fromkeys(sentence_at(article.text, claim.start, claim.end) for claim in claims)
    spans = [(claim.start, claim.end, claim.stance.value) for claim in claims]
    return article_line_html(loaded.corpus, article) + "".join(
        sentence_html(loaded.corpus, article, reading, spans, part) for part in around
    )
