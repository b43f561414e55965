"""Correcting one mention of an article: another place, party or date, or none."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from dashboard.browser.reading import Span, span_of
from dashboard.extraction.reader import Reading
from dashboard.language.messages import N_, _
from dashboard.language.names import both_names
from dashboard.language.words import isolate
from dashboard.model.article import Article
from dashboard.model.records import Correction
from dashboard.project.project import Loaded
from dashboard.review.rereading import correct_mention
from dashboard.text.escape import escape
from dashboard.ui import shell
from dashboard.ui.actions import act, action_button, edit_session

_TYPES = {"place": N_("Place"), "actor": N_("Actor"), "date": N_("Date")}
_NOTHING = N_("none: the words do not name one")


def mention_panel(
    loaded: Loaded, article: Article, reading: Reading, picked: str, *, done: Callable[[], None]
) -> None:
    """Show fields to correct the selected span; `done` closes them."""
    span = span_of(picked, len(article.text))
    if span is None:
        done()
        return
    surface = article.text[span.start : span.end]
    with st.container(key="mention", border=True):
        words = f'<bdi class="arabic"><strong>{escape(surface)}</strong></bdi>'
        st.html(_("Correct {words}").format(words=words))
        columns = st.columns([2, 4, 4], vertical_alignment="bottom")
        with columns[0]:
            kind = st.radio(
                _("These words name a"),
                list(_TYPES),
                index=list(_TYPES).index(span.type) if span.type in _TYPES else 0,
                format_func=lambda name: _(_TYPES[name]),
                key=f"mention_type_{picked}",
                horizontal=True,
            )
        with columns[1]:
            value = _value(loaded, reading, span, kind, picked)
        with columns[2]:
            why = st.text_input(_("Reason"), key=f"mention_why_{picked}")
        with st.container(horizontal=True):
            if action_button(_("Save"), needs={_("a value"): value != ""}, type="primary"):
                _save(
                    loaded,
                    article,
                    Correction(article.article_id, span.start, span.end, kind, value),
                    why,
                    done,
                )
                st.rerun()
            st.button(_("Close"), on_click=done)
            shell.link_to(
                "review",
                _("Use the words as a claim of an event"),
                {
                    "new": "claim",
                    "article": article.article_id,
                    "words": f"{span.start}:{span.end}",
                },
            )


def _value(loaded: Loaded, reading: Reading, span: Span, kind: str, picked: str) -> str | None:
    """The selected value; `None` for no such mention, "" if nothing is selected yet."""
    key = f"mention_{kind}_{picked}"
    if kind == "date":
        days = st.date_input(
            _("First and last day (leave empty if it is no date)"),
            value=[],
            key=key,
            min_value=date(1900, 1, 1),
            max_value=date(2100, 1, 1),
            format="YYYY-MM-DD",
        )
        given = list(days) if isinstance(days, tuple | list) else [days]
        return f"{given[0]}..{given[-1]}" if given else None
    corpus = loaded.corpus
    if kind == "place":
        names = {p.place_id: both_names(p) for p in corpus.gazetteer.places.values()}
        current_id = next((m.place_id for m in reading.places if m.start == span.start), None)
    else:
        names = {a.actor_id: both_names(a) for a in corpus.lexicon.actors.values()}
        current_id = next((m.actor_id for m in reading.actors if m.start == span.start), None)
    options = [_NOTHING, *sorted(names, key=names.__getitem__)]
    selected = st.selectbox(
        _("Which one"),
        options,
        index=options.index(current_id) if current_id in options else None,
        format_func=lambda option: names.get(option) or _(option),
        placeholder=_("choose"),
        key=key,
    )
    if selected is None:
        return ""
    return None if selected == _NOTHING else selected


def _save(
    loaded: Loaded, article: Article, correction: Correction, why: str, done: Callable[[], None]
) -> None:
    surface = article.text[correction.start : correction.end]
    if act(
        loaded,
        _("Corrected: {words}").format(words=isolate(surface)),
        lambda: correct_mention(edit_session(loaded), correction, surface=surface, why=why.strip()),
    ):
        done()
