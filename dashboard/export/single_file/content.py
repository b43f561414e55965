"""The data of a single file: events once, and their words in each language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from dashboard.browser.facets import facet_groups
from dashboard.browser.map_style import (
    ground_colours,
    map_style,
    place_labels,
    road_lines,
    schematic_note,
)
from dashboard.browser.presentation import head_html, sources_html
from dashboard.browser.shading_layer import shading_words
from dashboard.browser.words import facet_words, list_words, timeline_words
from dashboard.export.coarsen import Coarseness, filters_to_name
from dashboard.export.single_file.document import document
from dashboard.export.single_file.evidence_parts import (
    ROW_FIELDS,
    evidence_parts,
    row_texts,
    search_texts,
)
from dashboard.export.single_file.facet_rows import COLUMNS, counts_of_values, facet_rows
from dashboard.export.single_file.ground import ground
from dashboard.export.single_file.map_content import MapContent, map_content
from dashboard.export.single_file.shading import file_shading
from dashboard.export.single_file.shared_events import shared_events
from dashboard.export.single_file.tree import Nodes
from dashboard.export.single_file.words import LeftOut, about_lines, file_words
from dashboard.language.labels import label
from dashboard.language.language import CODES, Language, current, using_language
from dashboard.legend import palette
from dashboard.legend.event_colours import event_colours
from dashboard.legend.shades import legend_of
from dashboard.map.first_view import around
from dashboard.model.basemap_name import ONLINE
from dashboard.model.corpus import Corpus
from dashboard.model.event import Attestation
from dashboard.model.event_tables import CURATED, day_numbers, day_of
from dashboard.model.selected import SelectedEvents
from dashboard.model.terms import DatasetTerms
from dashboard.query.facets import FACETS
from dashboard.query.names import names_of
from dashboard.query.query import DENSITY, Query
from dashboard.summary.heading import suggested_title
from dashboard.summary.summary import Summary
from dashboard.timeline.from_records import extent_of_events

# Bits of the flags of an event, as in frontend/map/counts.js.
_UNREVIEWED, _CONTESTED, _CONFIRMED, _REFUTED = 1, 2, 4, 8


@dataclass(frozen=True)
class Sharing:
    """What a file is made of: the events of a query, in a version of the data.

    `all_events` is the number of events to select from, `basemap` the folder with its files, `known` the
    corpus with all curated events, and `captures` the number of captured files that are left out.
    `authors` says whether names of analysts are in it.
    """

    selected: SelectedEvents
    query: Query
    level: Coarseness
    all_events: int
    terms: Sequence[DatasetTerms]
    version: str
    basemap: Path
    known: Corpus
    captures: int = 0
    authors: bool = True

    @cached_property
    def shared(self) -> SelectedEvents:
        """The records of the file."""
        return shared_events(self.selected, self.level)

    @property
    def foreign(self) -> frozenset[str]:
        """The ids of events and articles that are not in the file, and of places made coarser."""
        events, places = self.selected.corpus.events, self.shared.corpus.gazetteer.places
        ids = {*self.known.events.events, *self.known.articles} - self.selected.positions.keys()
        ids -= {claim.article_id for claim in events.claims}
        return frozenset(ids | ({row.place_id for row in events.places} - places.keys()))


def single_file(sharing: Sharing) -> bytes:
    """The file, which opens in the current language."""
    language = current()
    summary = _summary(sharing, sharing.shared)
    return document(content(sharing), suggested_title(summary), language.code, language.direction)


def content(sharing: Sharing) -> dict[str, Any]:
    """All data of the file, as JSON has them."""
    shared = sharing.shared
    query = filters_to_name(sharing.query, sharing.level)
    nodes = Nodes(sharing.foreign)
    drawn = map_content(shared)
    coarse = sharing.level is not Coarseness.ORIGINAL
    texts = {
        language.code: _in_language(language, sharing, shared, query, nodes)
        for language in _languages()
    }
    return {
        "language": current().code,
        "events": _events(shared, query, drawn, search_texts(shared, nodes)),
        "facets": [[it.field, it.table, COLUMNS[it.table].index(it.column)] for it in FACETS],
        "extent": _extent(shared),
        "map": {
            **drawn.layers,
            "extents": sharing.query.extents,
            "bounds": _pairs(around(drawn.marks)),
            "ground": ground(sharing.basemap, drawn.bounds, coarse=coarse),
            "roads": [] if coarse else road_lines(shared.corpus.gazetteer.places),
            "labels": [] if coarse else place_labels(shared.corpus.gazetteer.places),
            "ground_colours": ground_colours(),
            "shading": file_shading(shared, query.shading).layer,
        },
        "row_fields": ROW_FIELDS,
        "attestations": {kind.value: palette.css_attestation(kind) for kind in Attestation},
        "languages": texts,
        "nodes": nodes.parts,
    }


def _summary(sharing: Sharing, shared: SelectedEvents) -> Summary:
    today = datetime.now(UTC).date()
    return Summary(
        shared,
        filters_to_name(sharing.query, sharing.level),
        today,
        sharing.all_events,
        tuple(sharing.terms),
    )


def _languages() -> list[Language]:
    """Each language, with the digits and dates that the reader chose for the current one."""
    chosen = current()
    return [chosen if code == chosen.code else Language(code, dates=chosen.dates) for code in CODES]


def _in_language(
    language: Language, sharing: Sharing, shared: SelectedEvents, query: Query, nodes: Nodes
) -> dict[str, Any]:
    with using_language(language):
        return _words(sharing, shared, query, nodes)


def _words(sharing: Sharing, shared: SelectedEvents, query: Query, nodes: Nodes) -> dict[str, Any]:
    made = datetime.now(UTC)
    coarse = sharing.level is not Coarseness.ORIGINAL
    datasets = {CURATED: ""} | {terms.dataset_id: terms.name for terms in sharing.terms}
    datasets = {key: name for key, name in datasets.items() if key in shared.datasets.values()}
    names = replace(names_of(shared.corpus), datasets=datasets)
    summary = _summary(sharing, shared)
    # The sources have no places; the articles of `shared` may be divided into one for each claim.
    cited = replace(summary, selected=sharing.selected)
    colours = event_colours(shared, query.colour)
    groups = facet_groups(names, Query(), counts_of_values(facet_rows(shared)))
    return {
        "style": map_style(),
        "timeline": timeline_words(),
        "facets": facet_words(),
        "list": list_words(),
        "file": file_words(),
        "schematic": schematic_note({} if coarse else shared.corpus.gazetteer.places),
        "attestations": {kind.value: label(kind) for kind in Attestation},
        "legend": msgspec.to_builtins(legend_of(colours.colouring, names, colours.others)),
        "groups": msgspec.to_builtins(groups),
        "shading": shading_words(query.shading),
        "head": nodes.add(head_html(summary)),
        "sources": nodes.add(sources_html(cited)),
        "about": _about(sharing, made),
        "rows": row_texts(shared, query, datasets, nodes),
        "evidence": evidence_parts(shared, nodes),
    }


def _about(sharing: Sharing, made: datetime) -> list[str]:
    grounds = sharing.query.basemap not in ("", ONLINE) or bool(sharing.query.layers)
    shading = sharing.query.shading == DENSITY
    left_out = LeftOut(sharing.level, sharing.captures, not sharing.authors, grounds, shading)
    return about_lines(made, sharing.version, left_out)


def _events(
    shared: SelectedEvents, query: Query, drawn: MapContent, searched: Sequence[list[int]]
) -> list[dict[str, Any]]:
    rows, colours = facet_rows(shared), event_colours(shared, query.colour).of
    shaded = file_shading(shared, query.shading).at
    nowhere: Mapping[str, list[int]] = {"marks": [], "areas": [], "from": [], "to": []}
    events = []
    for event, texts in zip(shared.events, searched, strict=True):
        key, kind = event.event_id, shared.corpus.lexicon.kinds[event.kind]
        events.append(
            {
                "days": None if event.when.undated else day_numbers(event.when),
                "flags": _flags(shared, key),
                "split": colours[key],
                "shaded": shaded.get(key, []),
                "attestation": shared.attestation(key).value,
                "colour": palette.GROUPS[kind.group],
                "rows": rows[key],
                **drawn.at.get(key, nowhere),
                "search": texts,
            }
        )
    return events


def _flags(shared: SelectedEvents, key: str) -> int:
    flags = {
        _UNREVIEWED: not shared.reviewed(key),
        _CONTESTED: shared.attestation(key) is Attestation.CONTESTED,
        _CONFIRMED: shared.confirmed(key),
        _REFUTED: shared.refuted(key),
    }
    return sum(bit for bit, given in flags.items() if given)


def _extent(shared: SelectedEvents) -> list[str] | None:
    """The first and the last day of the timeline."""
    extent = extent_of_events(shared.events)
    return [day_of(extent.first).isoformat(), day_of(extent.last).isoformat()] if extent else None


def _pairs(bounds: tuple[float, float, float, float]) -> list[list[float]]:
    south, west, north, east = bounds
    return [[south, west], [north, east]]
