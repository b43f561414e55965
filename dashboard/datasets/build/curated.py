"""The curated corpus as event tables, e.g. 46 events -> 46 rows of `events`, sorted by `list_order`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

import numpy as np
import pyarrow as pa
import shapely

from dashboard.datasets.build.search import search_texts
from dashboard.datasets.event_map.judged_columns import verification_cells
from dashboard.model.corpus import Corpus
from dashboard.model.event_tables import BASE_SCHEMAS, CURATED, VERIFIED, day_numbers
from dashboard.model.grid import tile_units
from dashboard.model.listed_places import checked_places
from dashboard.model.place import SHARP, Place
from dashboard.model.sites import place_sites

Row = dict[str, object]


def curated_tables(corpus: Corpus) -> dict[str, pa.Table]:
    """The tables of all events of the corpus by name, with the columns of `BASE_SCHEMAS`."""
    return corpus_tables(corpus, CURATED, 0)


def corpus_tables(corpus: Corpus, dataset: str, first: int) -> dict[str, pa.Table]:
    """The tables of the events of a dataset; events are numbered from `first` on."""
    events = sorted(corpus.events.events.values(), key=lambda event: event.list_order)
    numbers = {event.event_id: number for number, event in enumerate(events, start=first)}
    rows: dict[str, Iterable[Row]] = {
        "events": _events(corpus, numbers, dataset),
        "event_places": _event_places(corpus, numbers),
        "event_actors": _event_actors(corpus, numbers),
        "claims": _claims(corpus, numbers),
        "containment": _containment(corpus, numbers),
        "event_estimates": _event_estimates(corpus, numbers),
        "places": _places(corpus),
    }
    return {
        name: pa.Table.from_pylist(list(table), schema=BASE_SCHEMAS[name])
        for name, table in rows.items()
    }


def _events(corpus: Corpus, numbers: Mapping[str, int], dataset: str) -> Iterator[Row]:
    attested, searched = corpus.attestations(), search_texts(corpus)
    places = corpus.gazetteer.places
    located = {row.event_id for row in corpus.events.places if places[row.place_id].on_map}
    for event_id, number in numbers.items():
        event = corpus.events.events[event_id]
        when = event.when
        first_day, last_day = day_numbers(when)
        yield {
            "event": number,
            "event_id": event.event_id,
            "kind": event.kind,
            "group": corpus.lexicon.kinds[event.kind].group.value,
            "attestation": attested[event.event_id].value,
            "dataset": dataset,
            "reviewed": event.event_id not in corpus.unreviewed,
            "dated": not when.undated,
            "first_day": first_day,
            "last_day": last_day,
            "date_start": when.start,
            "date_end": when.end,
            "date_precision": when.precision.value if when.precision else None,
            "located": event.event_id in located,
            "title_en": event.title_en,
            "title_ar": event.title_ar,
            "notes": "",
            "url": "",
            "search": searched[event.event_id],
            "row_hash": 0,
            "estimates": None,
            "source_columns": "{}",
            "record": None,
            **_verified(corpus, event_id),
        }


def _verified(corpus: Corpus, event_id: str) -> Row:
    """The verification of an event and of its place: state, who, when, on what ground."""
    cells = verification_cells(corpus, event_id)
    return {name: cells[name] for name in ("verification", "place_verification", *VERIFIED)}


def _event_places(corpus: Corpus, numbers: Mapping[str, int]) -> Iterator[Row]:
    sites = place_sites(corpus.gazetteer.places)
    places = [corpus.gazetteer.places[row.place_id] for row in corpus.events.places]
    lat, lon = (
        np.array([getattr(place, name) for place in places], dtype=float) for name in ("lat", "lon")
    )
    seen_sites: set[tuple[int, str]] = set()
    seen_places: set[tuple[int, str]] = set()
    for row, place, x, y in zip(corpus.events.places, places, *tile_units(lat, lon), strict=True):
        site, number = sites[row.place_id], numbers[row.event_id]
        yield {
            "event": number,
            "place_id": row.place_id,
            "role": row.role.value,
            "site": site,
            "first_site": place.on_map and (number, site) not in seen_sites,
            "first_place": (number, row.place_id) not in seen_places,
            "sharp": place.precision in SHARP,
            "lat": place.lat,
            "lon": place.lon,
            "x": int(x),
            "y": int(y),
            "geometry": shapely.to_wkb(shapely.Point(place.lon, place.lat)),
        }
        if place.on_map:
            seen_sites.add((number, site))
        seen_places.add((number, row.place_id))


def _event_actors(corpus: Corpus, numbers: Mapping[str, int]) -> Iterator[Row]:
    rows = (
        {"event": numbers[row.event_id], "actor": row.actor_id, "role": row.role.value}
        for row in corpus.events.actors
    )
    return _with_first(rows, "actor", "role")


def _claims(corpus: Corpus, numbers: Mapping[str, int]) -> Iterator[Row]:
    rows = (
        {
            "event": numbers[claim.event_id],
            "claim_id": claim.claim_id,
            "article_id": claim.article_id,
            "outlet": corpus.articles[claim.article_id].outlet_id,
            "speaker": claim.speaker_id,
            "origin": corpus.origin(claim),
            "stance": claim.stance.value,
        }
        for claim in corpus.events.claims
    )
    return _with_first(rows, "outlet", "speaker")


def _event_estimates(corpus: Corpus, numbers: Mapping[str, int]) -> Iterator[Row]:
    for event_id, figures in corpus.figures().items():
        for measure, figure in figures.items():
            yield {"event": numbers[event_id], "measure": measure.value, **asdict(figure)}


def _with_first(rows: Iterable[Mapping[str, object]], *columns: str) -> Iterator[Row]:
    """The rows with `first_<column>`: true for the first row of its event with that value."""
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        keys = {column: (row["event"], column, row[column]) for column in columns}
        marks = {
            f"first_{column}": row[column] is not None and key not in seen
            for column, key in keys.items()
        }
        seen.update(keys.values())
        yield {**row, **marks}


def _containment(corpus: Corpus, numbers: Mapping[str, int]) -> Iterator[Row]:
    """A row for each event and each place that contains it, from the event's places to the country."""
    pairs = {
        (numbers[place.event_id], container)
        for place in corpus.events.places
        for container in (place.place_id, *corpus.gazetteer.containers(place.place_id))
    }
    return ({"event": event, "place": place} for event, place in sorted(pairs))


def _places(corpus: Corpus) -> Iterator[Row]:
    for place in _needed_places(corpus).values():
        yield {
            "place_id": place.place_id,
            "name_en": place.name_en,
            "name_ar": place.name_ar,
            "feature_class": place.feature_class.value,
            "within": place.within[0] if place.within else "",
            "lat": None if place.geometry.is_empty else place.lat,
            "lon": None if place.geometry.is_empty else place.lon,
            "uncertainty_m": place.uncertainty_m,
            "precision": place.precision.value,
            "source": place.sources,
        }


def _needed_places(corpus: Corpus) -> dict[str, Place]:
    """All places but those of added lists at which no event is: these may be 50,000."""
    places = corpus.gazetteer.places
    ids = {
        key
        for row in corpus.events.places
        for key in (row.place_id, *corpus.gazetteer.containers(row.place_id))
    }
    return {**checked_places(places), **{key: places[key] for key in sorted(ids)}}
