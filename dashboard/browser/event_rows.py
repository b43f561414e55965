"""Events as rows of a list or table, e.g. date, kind, title, places, attestation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import msgspec
import pandas as pd

from dashboard.language import words
from dashboard.language.labels import label
from dashboard.language.messages import _
from dashboard.language.names import either, name_of, other
from dashboard.legend import palette
from dashboard.model.columns import Tables
from dashboard.model.corpus import Corpus
from dashboard.model.event import Attestation, EventGroup
from dashboard.model.event_tables import CURATED
from dashboard.model.when import DatePrecision, When
from dashboard.text.escape import defuse


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as a list shows it."""

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


@dataclass(frozen=True, slots=True)
class EventGroupRows:
    """Events under one heading ("" for none)."""

    heading: str
    events: tuple[EventRow, ...]

    def as_json(self) -> dict[str, object]:
        """The same as a JSON-ready dictionary."""
        told: dict[str, object] = msgspec.to_builtins(self)
        return told


def event_rows(
    corpus: Corpus,
    tables: Tables,
    positions: Iterable[int],
    selected: str | None,
    datasets: Mapping[str, str] = MappingProxyType({}),
) -> tuple[EventRow, ...]:
    """The events at `positions` of `tables.events`, in that order.

    `datasets` are names by id; a curated event names none.
    """
    wanted = list(positions)
    events = tables.events.iloc[wanted]
    places = place_phrases(corpus, tables, wanted)
    return tuple(
        _row(corpus, event, places.get(position, ""), selected, datasets)
        for position, event in zip(wanted, events.to_dict("records"), strict=True)
    )


def place_phrases(corpus: Corpus, tables: Tables, positions: Sequence[int]) -> dict[int, str]:
    """Per event position its places in words, e.g. "Ain Issa → Tal Saman"."""
    rows = tables.event_places
    rows = rows[rows["event"].isin(positions)]
    pairs: dict[int, list[tuple[str, str]]] = {}
    for event, place_id, role in zip(rows["event"], rows["place_id"], rows["role"], strict=True):
        pairs.setdefault(event, []).append((place_id, role))
    return {event: _phrase(corpus, told) for event, told in pairs.items()}


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


def event_when(event: Mapping[Any, Any]) -> When:
    """The interval of one row of `events`."""
    start, end = event["date_start"], event["date_end"]
    precision = event["date_precision"]
    return When(
        None if pd.isna(start) else start.date(),
        None if pd.isna(end) else end.date(),
        None if pd.isna(precision) else DatePrecision(precision),
    )


def _row(
    corpus: Corpus,
    event: Mapping[Any, Any],
    places: str,
    selected: str | None,
    datasets: Mapping[str, str],
) -> EventRow:
    attestation = Attestation(event["attestation"])
    return EventRow(
        event_id=event["event_id"],
        when=words.when(event_when(event)),
        kind=name_of(corpus.lexicon.kinds[event["kind"]]),
        colour=palette.GROUPS[EventGroup(event["group"])],
        title=either(event["title_en"], event["title_ar"]),
        other_title=other(event["title_en"], event["title_ar"]),
        places=places,
        attestation=attestation.value,
        attestation_label=label(attestation),
        attestation_colour=palette.ATTESTATIONS[attestation],
        reviewed=bool(event["reviewed"]),
        selected=event["event_id"] == selected,
        dataset="" if event["dataset"] == CURATED else datasets.get(event["dataset"], ""),
    )


def event_table(rows: Sequence[EventRow]) -> pd.DataFrame:
    """Events as a table with column names for people.

    The page lets it be downloaded as CSV, so its cells are defused.
    """
    return pd.DataFrame(
        [
            (
                row.when,
                row.kind,
                defuse(row.title),
                defuse(row.places),
                row.attestation_label,
                _("yes") if row.reviewed else _("no"),
                defuse(row.dataset or _("Curated events")),
            )
            for row in rows
        ],
        columns=[
            _("Date"),
            _("Kind"),
            _("Event"),
            _("Places"),
            _("Attestation"),
            _("Reviewed"),
            _("Dataset"),
        ],
    )
