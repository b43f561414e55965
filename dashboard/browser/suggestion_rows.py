"""Suggestions as rows of the queue, and one suggestion with its details and reasons as HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from dashboard.browser.event_header import titles_html
from dashboard.browser.event_rows import EventGroupRows, EventRow
from dashboard.language import words
from dashboard.language.labels import label, stance_label
from dashboard.language.language import current
from dashboard.language.messages import _
from dashboard.language.names import either, name_of, other
from dashboard.language.numbers import percent
from dashboard.language.stored_text import translate
from dashboard.legend import palette
from dashboard.model.corpus import Corpus
from dashboard.model.message import Message
from dashboard.model.records import StoredSuggestion, SuggestionRecord
from dashboard.review.draft import draft
from dashboard.text.escape import escape, escape_message

# Suggestions of at least this confidence are mostly right (tests/quality prints the shares).
_SURE = 0.75


def suggestion_rows(
    corpus: Corpus,
    stored: Sequence[StoredSuggestion],
    selected_id: str | None,
    notes: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> EventGroupRows:
    """The queue as rows of the list component; the badge is the confidence.

    `notes` are on who works on a suggestion, by its id.
    """
    records = [item.value for item in stored if item.value is not None]
    rows = (_row(corpus, record, selected_id) for record in records)
    return EventGroupRows(
        "", tuple(replace(row, notes=tuple(notes.get(row.event_id, ()))) for row in rows)
    )


def _row(corpus: Corpus, record: SuggestionRecord, selected_id: str | None) -> EventRow:
    suggestion = record.suggestion
    kind = corpus.lexicon.kinds[suggestion.kind]
    event = draft(record, corpus)
    places = [name_of(corpus.gazetteer.places[place.place_id]) for place in suggestion.places]
    return EventRow(
        event_id=record.suggestion_id,
        when=words.when(suggestion.when),
        kind=name_of(kind),
        colour=palette.GROUPS[kind.group],
        title=either(event.title_en, event.title_ar),
        other_title=other(event.title_en, event.title_ar),
        places=words.comma(places),
        attestation="confidence",
        attestation_label=percent(suggestion.confidence),
        attestation_colour=palette.css_colour(
            "accent" if suggestion.confidence >= _SURE else "muted"
        ),
        reviewed=True,
        selected=record.suggestion_id == selected_id,
    )


def suggestion_html(
    corpus: Corpus, record: SuggestionRecord, title_en: str, title_ar: str, note: str = ""
) -> str:
    """A suggestion as HTML, with its reasons; `note` is on who works on it, as plain text."""
    suggestion = record.suggestion
    kind = corpus.lexicon.kinds[suggestion.kind]
    places = [
        f"<em>{label(place.role)}</em> "
        + _place(name_of(corpus.gazetteer.places[place.place_id]), place.surface)
        for place in suggestion.places
    ]
    actors = [
        f"<em>{label(actor.role)}</em> "
        f"<bdi>{escape(name_of(corpus.lexicon.actors[actor.actor_id]))}</bdi>"
        for actor in suggestion.actors
    ]
    itself = _("the outlet itself")
    claims = [
        f"{stance_label(claim.stance, claim.disputes)} — <bdi>{escape(claim.speaker or itself)}</bdi>"
        for claim in suggestion.claims
    ]
    reason = escape_message(translate(suggestion.date_reason))
    # A reason of the program may begin with an Arabic quote; a person's has its own direction.
    ours = isinstance(suggestion.date_reason, Message)
    direction = current().direction if ours else "auto"
    when = f'{words.when(suggestion.when)} — <bdi dir="{direction}">{reason}</bdi>'
    facts = [
        (_("When"), when),
        (_("Where"), _listed(places) or _("no place named")),
        (_("Who"), _listed(actors) or _("no actor named")),
        (_("Said by"), _listed(claims)),
        (
            _("Why"),
            _listed([escape_message(translate(reason)) for reason in suggestion.reasons]),
        ),
    ]
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts)
    confidence = _("confidence {share}").format(share=percent(suggestion.confidence))
    background = ""
    if suggestion.background:
        label_text = _("reported as background")
        background = f'<span class="chip">{label_text}</span>'
    noted = f'<span class="chip note">{escape_message(note)}</span>' if note else ""
    return (
        f'<div class="event-head" style="border-color:{palette.GROUPS[kind.group]}">'
        f'<div class="chips"><span class="chip">{escape(name_of(kind))}</span>'
        f'<span class="chip">{confidence}</span>{background}{noted}</div>'
        f"{titles_html(title_en, title_ar)}<dl>{rows}</dl></div>"
    )


def _place(name: str, surface: str) -> str:
    """The name of a place and, unless it is the same, what the article calls it."""
    written = "" if name == surface else f" <bdi lang='ar'>{escape(surface)}</bdi>"
    return f"<bdi>{escape(name)}</bdi>{written}"


def _listed(items: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else ""
