"""The fields of one claim: its words, its speaker, its stance, what it disputes, its figures."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.browser.reading import reading_html, sentence_html, span_of
from dashboard.language.labels import label
from dashboard.language.messages import _
from dashboard.language.names import both_names
from dashboard.model.article import Speaker
from dashboard.model.estimate import Counted, Estimate, Measure
from dashboard.model.event import ClaimField, Stance
from dashboard.project.project import Loaded
from dashboard.review.claims import ClaimDraft, new_speaker
from dashboard.text.sentences import sentence_at
from dashboard.ui.components.controls import article_view
from dashboard.ui.state.session import SessionValue, has_field

_NUMBERS = ("low", "best", "high")


def claim_form(loaded: Loaded, given: ClaimDraft, *, key: str) -> ClaimDraft | None:
    """Show the fields, filled with `given`. Returns the draft, `None` if its figures are not valid."""
    start, end = _words(loaded, given, key)
    left, right = st.columns(2)
    with left:
        speaker = _speaker(
            loaded,
            given,
            given.speaker,
            _("Who says it"),
            key=f"{key}_speaker",
            none=_("the outlet itself"),
        )
    with right:
        via = _speaker(
            loaded,
            given,
            given.via,
            _("Taken from (agency or outlet)"),
            key=f"{key}_via",
            none=_("from nobody else"),
        )
    stance = st.radio(
        _("Stance"),
        list(Stance),
        index=list(Stance).index(given.stance),
        format_func=label,
        key=f"{key}_stance",
        horizontal=True,
    )
    disputes = None
    if stance is not Stance.ASSERTS:
        fields: list[ClaimField | None] = [None, *ClaimField]
        disputes = st.selectbox(
            _("What it denies or doubts"),
            fields,
            index=fields.index(given.disputes),
            format_func=lambda field: label(field) if field else _("not known"),
            key=f"{key}_disputes",
        )
    estimates = _estimates(given.estimates, key)
    if estimates is None:
        return None
    return replace(
        given,
        start=start,
        end=end,
        speaker=speaker,
        via=via,
        stance=stance or given.stance,
        disputes=disputes,
        estimates=estimates,
    )


def _words(loaded: Loaded, given: ClaimDraft, key: str) -> tuple[int, int]:
    """Show the words of the claim in their sentence, and the article to select others in."""
    article = loaded.corpus.articles[given.article_id]
    span = SessionValue(f"{key}_span", (given.start, given.end))
    start, end = span.get()

    def pick(selected: str) -> None:
        if found := span_of(selected, len(article.text)):
            span.set((found.start, found.end))

    reading = loaded.readings.reading(article.article_id)
    around = sentence_at(article.text, start, end)
    quote = [(start, end, given.stance.value)]
    st.html(sentence_html(loaded.corpus, article, reading, quote, around))
    with (
        st.expander(_("Other words: select them in the article")),
        st.container(height=260, border=False),
    ):
        html = reading_html(loaded.corpus, article, reading, [])
        article_view(html, key=f"{key}_text", on_pick=pick)
    return start, end


def _speaker(
    loaded: Loaded, draft: ClaimDraft, given: Speaker | None, title: str, *, key: str, none: str
) -> Speaker | None:
    """Show one of the speakers of a claim: none, a known one, or a new one with its party."""
    lexicon = loaded.corpus.lexicon
    known = dict(lexicon.speakers)
    if given is not None:
        known.setdefault(given.speaker_id, given)
    names = {speaker_id: both_names(speaker) for speaker_id, speaker in known.items()}
    options = ["", *sorted(names, key=names.__getitem__)]
    chosen = st.selectbox(
        title,
        options,
        index=options.index(given.speaker_id if given else ""),
        format_func=lambda option: names.get(option) or option or none,
        accept_new_options=True,
        key=key,
        help=_("A name that is not in the list becomes a new speaker."),
    )
    if not chosen:
        return None
    if chosen in known:
        return known[chosen]
    actors = {actor_id: both_names(actor) for actor_id, actor in lexicon.actors.items()}
    party = st.selectbox(
        _("The new speaker speaks for"),
        ["", *sorted(actors, key=actors.__getitem__)],
        format_func=lambda actor_id: actors.get(actor_id) or _("no known party"),
        key=f"{key}_affiliation",
    )
    return new_speaker(chosen.strip(), party or None, draft.article_id)


def _estimates(given: Sequence[Estimate], key: str) -> tuple[Estimate, ...] | None:
    """Show the figures as a table to edit; `None`, with a message, if a row is not valid."""
    with st.expander(_("Figures"), expanded=bool(given)):
        measures = {label(measure): measure for measure in Measure}
        groups = {label(group): group for group in Counted}
        rows = _rows_to_edit(given, key)
        columns = ["measure", *_NUMBERS, "counted"]
        edited = st.data_editor(
            pd.DataFrame(rows, columns=columns).astype(
                {"measure": "string", "counted": "string", **dict.fromkeys(_NUMBERS, "Int64")}
            ),
            num_rows="dynamic",
            hide_index=True,
            width="stretch",
            key=f"{key}_estimates",
            column_config={
                "measure": st.column_config.SelectboxColumn(
                    _("Measure"), options=list(measures), required=True
                ),
                "low": st.column_config.NumberColumn(_("Lowest"), min_value=0, step=1),
                "best": st.column_config.NumberColumn(_("Best"), min_value=0, step=1),
                "high": st.column_config.NumberColumn(_("Highest"), min_value=0, step=1),
                "counted": st.column_config.SelectboxColumn(
                    _("Who is counted"), options=list(groups)
                ),
            },
        )
        _remember(edited, measures, groups, key)
        try:
            return tuple(
                _estimate(row, given[at] if at < len(given) else None, measures, groups)
                for at, row in enumerate(edited.to_dict("records"))
            )
        except (ValueError, KeyError):
            st.error(_("Figures: expected a measure, and lowest ≤ best ≤ highest in each row."))
            return None


def _rows_to_edit(given: Sequence[Estimate], key: str) -> list[dict[str, object]]:
    """The rows with which the table begins; an edit is relative to them, so that they must not change.

    A table that is drawn anew begins with what was typed before, which a draft has.
    """
    typed = SessionValue[list[list[Any]]](f"{key}_figures", [])
    # A dictionary, which no draft keeps.
    begin = SessionValue[dict[str, list[list[Any]]]](f"{key}_figures_begin", {})
    if not begin.get() or not has_field(f"{key}_estimates"):
        rows = [
            [each.measure, *(getattr(each, name) for name in _NUMBERS), each.counted]
            for each in given
        ]
        begin.set({"rows": typed.get() if has_field(f"{key}_figures") else rows})
    return [
        {
            "measure": label(measure) if measure else None,
            **dict(zip(_NUMBERS, numbers, strict=True)),
            "counted": label(counted) if counted else None,
        }
        for measure, *numbers, counted in begin.get()["rows"]
    ]


def _remember(
    edited: pd.DataFrame, measures: Mapping[str, Measure], groups: Mapping[str, Counted], key: str
) -> None:
    """Keep the rows as they are typed, also those that are not valid yet."""
    rows = [
        [
            measures.get(row["measure"]),
            *(None if pd.isna(row[name]) else int(row[name]) for name in _NUMBERS),
            groups.get(row["counted"]),
        ]
        for row in edited.to_dict("records")
    ]
    SessionValue(f"{key}_figures", rows).set(rows)


def _estimate(
    row: Mapping[Hashable, Any],
    before: Estimate | None,
    measures: Mapping[str, Measure],
    groups: Mapping[str, Counted],
) -> Estimate:
    """The estimate of a row; raises ValueError or KeyError for one that is not valid.

    A row that was there `before` keeps its side and its words.
    """
    low, best, high = (None if pd.isna(row[name]) else int(row[name]) for name in _NUMBERS)
    return Estimate(
        measures[row["measure"]],
        low,
        best,
        high,
        groups.get(row["counted"], Counted.UNKNOWN),
        before.side if before else None,
        before.words if before else "",
    )
