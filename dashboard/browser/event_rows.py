"""Events as rows of a list or table, e.g. date, kind, title, places, attestation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from dashboard.browser.judgements import SIGNS
from dashboard.language import words
from dashboard.language.labels import label
from dashboard.language.names import either, name_of, other
from dashboard.legend import palette
from dashboard.model.corpus import Corpus
from dashboard.model.event import Event
from dashboard.model.event_tables import CURATED
from dashboard.model.selected import SelectedEvents
from dashboard.model.verification import Verification, VerifiedPart


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as a row of a list.

    The labels of verification are "" for an event that nobody verified; `notes` say who works on it.
    """

    event_id: str
    when: str
    kind: str
    colour: str
    title: str
    other_title: str
    places: str
    attestation: str
    attestation_label: str
    attestation_colour: str
    reviewed: bool
    selected: bool
    dataset: str = ""
    figure: str = ""
    verification: str = ""
    verification_label: str = ""
    verification_of_place: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventGroupRows:
    """Events under one heading ("" for none)."""

    heading: str
    events: tuple[EventRow, ...]


def event_rows(
    selected: SelectedEvents,
    selected_id: str | None,
    datasets: Mapping[str, str] = MappingProxyType({}),
    figures: Mapping[str, str] = MappingProxyType({}),
) -> tuple[EventRow, ...]:
    """The events in their order; `datasets` are names by id, a curated event has none.

    `figures` are the figures of one measure in words, by event id.
    """
    places = place_phrases(selected.corpus)
    rows = (
        _row(selected, event, places.get(event.event_id, ""), selected_id, datasets)
        for event in selected.events
    )
    return tuple(replace(row, figure=figures.get(row.event_id, "")) for row in rows)


def place_phrases(corpus: Corpus) -> dict[str, str]:
    """Per event its places in words, e.g. "Ain Issa → Tal Saman"."""
    pairs: dict[str, set[tuple[str, str]]] = {}
    for row in corpus.events.places:
        pairs.setdefault(row.event_id, set()).add((row.place_id, row.role.value))
    return {event_id: _phrase(corpus, sorted(roles)) for event_id, roles in pairs.items()}


def _phrase(corpus: Corpus, pairs: Sequence[tuple[str, str]]) -> str:
    names = {place_id: name_of(corpus.gazetteer.places[place_id]) for place_id, _role in pairs}
    starts = [names[place_id] for place_id, role in pairs if role == "from"]
    ends = [names[place_id] for place_id, role in pairs if role == "to"]
    rest = [names[place_id] for place_id, role in pairs if role not in {"from", "to"}]
    move = words.arrow().join(part for part in (words.comma(starts), words.comma(ends)) if part)
    if ends and not starts:
        move = f"{words.arrow().lstrip()}{move}"
    if starts and not ends:
        move = f"{move}{words.arrow().rstrip()}"
    return words.comma(list(dict.fromkeys(part for part in (move, *rest) if part)))


def _row(
    selected: SelectedEvents,
    event: Event,
    places: str,
    selected_id: str | None,
    datasets: Mapping[str, str],
) -> EventRow:
    kind = selected.corpus.lexicon.kinds[event.kind]
    attestation = selected.attestation(event.event_id)
    dataset = selected.datasets[event.event_id]
    verified, located = (selected.state(event.event_id, part) for part in VerifiedPart)
    return EventRow(
        event_id=event.event_id,
        when=words.when(event.when),
        kind=name_of(kind),
        colour=palette.GROUPS[kind.group],
        title=either(event.title_en, event.title_ar),
        other_title=other(event.title_en, event.title_ar),
        places=places,
        attestation=attestation.value,
        attestation_label=label(attestation),
        attestation_colour=palette.css_attestation(attestation),
        reviewed=selected.reviewed(event.event_id),
        selected=event.event_id == selected_id,
        dataset="" if dataset == CURATED else datasets.get(dataset, ""),
        verification=verified.value,
        verification_label=_state_label(verified),
        verification_of_place=_state_label(located),
    )


def _state_label(state: Verification) -> str:
    return "" if state is Verification.UNVERIFIED else f"{SIGNS.get(state, '')}{label(state)}"
