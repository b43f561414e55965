"""Rating a claim and the outlet that published it, on the scale of AJP-2.1, each with its reason."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import streamlit as st

from dashboard.language.labels import label
from dashboard.language.messages import _
from dashboard.language.names import name_of
from dashboard.model.event import Claim
from dashboard.model.verification import Credibility, Reliability
from dashboard.project.project import Loaded
from dashboard.review.judging import MAX_GROUND, rate_claim, rate_source
from dashboard.ui.actions import action_button, edit_session

_CLAIM, _SOURCE = "claim", "source"
Grade = TypeVar("Grade", Reliability, Credibility)
Finish = Callable[[str, Claim, "partial[None]"], None]


def rating_form(loaded: Loaded, claim: Claim, *, key: str, finish: Finish) -> None:
    """Show the fields; a grade is the analyst's, and is never computed or used by the program."""
    corpus = loaded.corpus
    outlet = corpus.lexicon.outlets[corpus.articles[claim.article_id].outlet_id]
    what_is_rated = st.radio(
        _("What is rated"),
        [_CLAIM, _SOURCE],
        format_func=lambda rated: (
            _("the source: {name}").format(name=name_of(outlet))
            if rated == _SOURCE
            else _("the claim")
        ),
        key=f"{key}_rated",
        horizontal=True,
    )
    of_source = what_is_rated == _SOURCE
    rated = corpus.judgements
    reliability, credibility = None, None
    if of_source:
        source = rated.sources.get(outlet.outlet_id)
        given = source.grade if source else None
        reliability = _grade(_("Reliability of the source"), Reliability, given, key)
    else:
        credible = rated.claims.get(claim.claim_id)
        grade = credible.grade if credible else None
        credibility = _grade(_("Credibility of the claim"), Credibility, grade, key)
    why = st.text_input(_("Reason for the rating"), key=f"{key}_why", max_chars=MAX_GROUND).strip()
    if not action_button(_("Save the rating"), needs={_("a reason"): bool(why)}, type="primary"):
        return
    session = edit_session(loaded)
    if of_source:
        what = _("Rated the source of: {words}")
        finish(what, claim, partial(rate_source, session, outlet.outlet_id, reliability, why=why))
    else:
        finish(
            _("Rated the claim: {words}"),
            claim,
            partial(rate_claim, session, claim, credibility, why=why),
        )


def _grade(title: str, grades: type[Grade], current: Grade | None, key: str) -> Grade | None:
    """The field of a grade; it may be empty, which removes a rating."""
    return st.selectbox(
        title,
        list(grades),
        index=None if current is None else list(grades).index(current),
        format_func=lambda grade: f"{grade.value} – {label(grade)}",
        placeholder=_("not rated"),
        key=f"{key}_{grades.__name__.lower()}",
    )
