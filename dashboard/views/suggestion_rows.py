"""Suggestions as rows of the queue, and one of them whole, with what speaks for and against it."""

from collections.abc import Sequence

from dashboard.model import words
from dashboard.model.corpus import Corpus
from dashboard.model.records import Held, SuggestionRecord
from dashboard.review.draft import draft
from dashboard.views import palette
from dashboard.views.escape import escape
from dashboard.views.event_rows import EventGroupRows, EventRow

# From here up a suggestion is most often right (tests/quality prints the shares).
_SURE = 0.75


def suggestion_rows(
    corpus: Corpus, held: Sequence[Held[SuggestionRecord]], chosen: str | None
) -> EventGroupRows:
    """The queue as the list component shows it; the badge is the confidence."""
    records = [item.value for item in held if item.value is not None]
    return EventGroupRows("", tuple(_row(corpus, record, chosen) for record in records))


def _row(corpus: Corpus, record: SuggestionRecord, chosen: str | None) -> EventRow:
    suggestion = record.suggestion
    kind = corpus.lexicon.kinds[suggestion.kind]
    made = draft(record, corpus)
    places = [corpus.gazetteer.places[place.place_id].name_en for place in suggestion.places]
    return EventRow(
        event_id=record.suggestion_id,
        when=words.when(suggestion.when),
        kind=kind.name_en,
        colour=palette.GROUPS[kind.group],
        title_en=made.title_en,
        title_ar=made.title_ar,
        places=", ".join(places),
        attestation="confidence",
        attestation_label=f"{suggestion.confidence:.0%}",
        attestation_colour="#1F4E79" if suggestion.confidence >= _SURE else "#52606d",
        reviewed=True,
        selected=record.suggestion_id == chosen,
    )


def suggestion_html(corpus: Corpus, record: SuggestionRecord, title_en: str, title_ar: str) -> str:
    """What is suggested, with its reasons in words."""
    suggestion = record.suggestion
    kind = corpus.lexicon.kinds[suggestion.kind]
    places = [
        f"<em>{place.role.value}</em> <bdi>{escape(corpus.gazetteer.places[place.place_id].name_en)}"
        f"</bdi> <bdi lang='ar'>{escape(place.surface)}</bdi>"
        for place in suggestion.places
    ]
    actors = [
        f"<em>{actor.role.value}</em> "
        f"<bdi>{escape(corpus.lexicon.actors[actor.actor_id].name_en)}</bdi>"
        for actor in suggestion.actors
    ]
    claims = [
        f"{claim.stance.value} — <bdi lang='ar'>{escape(claim.speaker or 'the outlet itself')}</bdi>"
        for claim in suggestion.claims
    ]
    when = f"{escape(words.when(suggestion.when))} — {escape(suggestion.date_reason)}"
    facts = [
        ("When", when),
        ("Where", _listed(places) or "no place named"),
        ("Who", _listed(actors) or "no party named"),
        ("Said by", _listed(claims)),
        ("Why", _listed([escape(reason) for reason in suggestion.reasons])),
    ]
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts)
    return (
        f'<div class="event-head" style="border-color:{palette.GROUPS[kind.group]}">'
        f'<div class="chips"><span class="chip">{escape(kind.name_en)}</span>'
        f'<span class="chip">confidence {suggestion.confidence:.0%}</span>'
        + ('<span class="chip">told as background</span>' if suggestion.background else "")
        + f"</div><h3>{escape(title_en)}</h3>"
        f'<div class="arabic title" dir="rtl" lang="ar">{escape(title_ar)}</div>'
        f"<dl>{rows}</dl></div>"
    )


def _listed(items: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>" if items else ""
