"""The header of one event as HTML: titles, kind, attestation, date, places, actors, numbers."""

from dashboard.browser.evidence_figures import event_figures_html
from dashboard.browser.judgements import verification_html, verified_chips
from dashboard.browser.prose import prose
from dashboard.language import words
from dashboard.language.labels import label, meaning
from dashboard.language.messages import _
from dashboard.language.names import either, name_of, other, other_name_of
from dashboard.language.numbers import number
from dashboard.language.stored_text import translate
from dashboard.legend import palette
from dashboard.model.corpus import Corpus
from dashboard.model.event import ActorRole, Attestation, Event, EventGroup
from dashboard.model.verification import VerifiedPart
from dashboard.text.escape import escape, escape_attribute


def event_header_html(corpus: Corpus, event: Event, attestation: Attestation) -> str:
    """The event: titles, date with its reason, places, actors, numbers, verification."""
    kind = corpus.lexicon.kinds[event.kind]
    colour = palette.GROUPS[EventGroup(kind.group)]
    facts = [
        (_("When"), f"{words.when(event.when)} — {prose(event.date_reason, event.date_reason_ar)}"),
        (_("Where"), _places(corpus, event)),
        (_("Who"), _actors(corpus, event)),
        (_("How many"), event_figures_html(corpus, event.event_id)),
        (_("Verification"), verification_html(corpus, event.event_id, VerifiedPart.EVENT)),
        (
            _("Verification of the place"),
            verification_html(corpus, event.event_id, VerifiedPart.PLACE),
        ),
    ]
    rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts if value)
    return (
        f'<div class="event-head" style="border-color:{colour}">'
        f'<div class="chips"><span class="chip">{escape(name_of(kind))}</span>'
        f'<span class="chip {attestation.value}">{label(attestation)}: {meaning(attestation)}'
        f"</span>{verified_chips(corpus, event.event_id)}</div>"
        f"{titles_html(event.title_en, event.title_ar)}"
        f"<p>{prose(event.summary_en, event.summary_ar)}</p><dl>{rows}</dl></div>"
    )


def titles_html(title_en: str, title_ar: str) -> str:
    """A title in both languages, the reader's first."""
    first = either(title_en, title_ar)
    return (
        f"<h3>{_titled(first, arabic=first == title_ar)}</h3>"
        f'<div class="title">{_titled(other(title_en, title_ar), arabic=first != title_ar)}</div>'
    )


def _titled(title: str, *, arabic: bool) -> str:
    attributes = 'class="arabic" dir="rtl" lang="ar"' if arabic else 'dir="ltr" lang="en"'
    return f"<div {attributes}>{escape(title)}</div>"


def _places(corpus: Corpus, event: Event) -> str:
    parts = []
    for row in corpus.events.places:
        if row.event_id == event.event_id:
            place = corpus.gazetteer.places[row.place_id]
            doubt = _("within {number} km").format(number=number(place.uncertainty_m / 1000))
            facts = [label(place.precision), doubt]
            if place.is_by_name:
                facts.append(_("placed by its name in the gazetteer"))
            note = translate(row.note or "")
            title = " · ".join(text for text in (place.sources, place.doubt, note) if text)
            parts.append(
                f'<li title="{escape_attribute(title)}"><em>{label(row.role)}</em> '
                f"<bdi>{escape(name_of(place))}</bdi> <bdi>{escape(other_name_of(place))}</bdi> "
                f'<span class="muted">{words.comma(facts)}</span></li>'
            )
    return f"<ul>{''.join(parts)}</ul>" if parts else _("not located")


def _actors(corpus: Corpus, event: Event) -> str:
    rows = [row for row in corpus.events.actors if row.event_id == event.event_id]
    # The initiator before its target; `sorted` leaves the actors of a role in their order.
    parts = [
        f"<li><em>{label(row.role)}</em> "
        f"<bdi>{escape(name_of(corpus.lexicon.actors[row.actor_id]))}</bdi></li>"
        for row in sorted(rows, key=lambda row: list(ActorRole).index(row.role))
    ]
    return f"<ul>{''.join(parts)}</ul>" if parts else ""
