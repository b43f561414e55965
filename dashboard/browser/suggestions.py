"""What the search field suggests for a text: values of filters, events, places and points to go to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import ibis.expr.types as ir

from dashboard.gazetteer.coordinates import Coordinates, CoordinatesError, parse_coordinates
from dashboard.language import words
from dashboard.language.labels import label, sentence_case
from dashboard.language.language import current
from dashboard.language.messages import _, plural
from dashboard.language.names import name_of, title_of
from dashboard.language.stored_text import translate
from dashboard.language.words import comma, from_left
from dashboard.model.event_tables import CURATED
from dashboard.model.listed_places import tier_of
from dashboard.model.place import FeatureClass, Place
from dashboard.project.all_names import SEARCHED
from dashboard.project.catalog import Catalog
from dashboard.query import pages
from dashboard.query.counts import as_counts, counts_of
from dashboard.query.facets import FACETS, Facet
from dashboard.query.link import MAX_TEXT
from dashboard.query.name_search import Match, Named, match_of, words_of
from dashboard.query.names import facet_label
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables

# Suggestions of each sort, and of all filters together: a list that one sees without scrolling.
_MOST_OF_FILTER, _MOST_VALUES, _MOST_EVENTS, _MOST_PLACES = 4, 7, 3, 3
# Values of one filter that are counted; statements of one form have so many.
_COUNTED = 24
# Coordinates have as many digits, so that "5 men" is no square of the military grid.
_FEWEST_DIGITS = 4
# The zoom at which a place is shown that has no outline; others at that of a village.
_ZOOMS: Mapping[FeatureClass, int] = {
    FeatureClass.COUNTRY: 6,
    FeatureClass.GOVERNORATE: 8,
    FeatureClass.REGION: 8,
    FeatureClass.DISTRICT: 10,
    FeatureClass.CITY: 11,
}
_VILLAGE = 12
# Of several places of one name a city is meant, before a village.
_LIKELY = (
    FeatureClass.COUNTRY, FeatureClass.CITY, FeatureClass.GOVERNORATE, FeatureClass.TOWN,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """Where the map goes: a point, and the zoom or the bounds (south, west, north, east)."""

    lat: float
    lon: float
    zoom: int
    bounds: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One row: what it is (`sort`), its names and notes, and what choosing it does.

    It sets the filter `field`, selects the event (field "event"), or goes to `target`. `count` is in
    words, "" where there is none.
    """

    sort: str
    label: str
    other_label: str
    note: str
    count: str
    field: str = ""
    value: str = ""
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The rows; `meant` are other words than those of the text, "" if its own were found.

    With `is_point` the text is a coordinate, the first row goes there, and nothing else is meant.
    """

    rows: tuple[Suggestion, ...]
    meant: str = ""
    is_point: bool = False


def suggestions(catalog: Catalog, query: Query, text: str) -> Suggestions:
    """The suggestions for a text; the counts are of events that match the filters of the query."""
    point = _point(text)
    if point is not None:
        return Suggestions((_to_point(point),), is_point=True)
    typed = words_of(text)
    if not typed:
        return Suggestions(())
    filters = catalog.only_filters(query).with_defaults(("text",))
    rows, is_whole = _rows(catalog, filters, typed)
    if is_whole or any(row.field for row in rows):
        return Suggestions(rows)
    # What has events is likelier to be meant than a village that is called so.
    meant = catalog.name_search.corrected(typed)
    if not meant and not rows:
        meant = catalog.place_search.corrected(typed)
    return Suggestions(_rows(catalog, filters, meant.split())[0] if meant else rows, meant)


def _rows(
    catalog: Catalog, filters: Query, typed: Sequence[str]
) -> tuple[tuple[Suggestion, ...], bool]:
    """The suggestions, and whether anything has just this name."""
    if not typed:
        return (), False
    values, places = catalog.name_search.find(typed), catalog.place_search.find(typed)
    ranked = sorted(_values(catalog, filters, values, typed), key=lambda it: it[0])
    listed = [row for _rank, row in ranked[:_MOST_VALUES]]
    events = _events(catalog, filters, typed)
    is_whole = any(it.match is Match.WHOLE for it in (*values, *places))
    return (*listed, *events, *_to_places(catalog, places)), is_whole


def _values(
    catalog: Catalog, filters: Query, found: Sequence[Named], typed: Sequence[str]
) -> Iterator[tuple[tuple[int, ...], Suggestion]]:
    """The suggested values of each filter with their ranks."""
    for order, field in enumerate(SEARCHED):
        facet = next(facet for facet in FACETS if facet.field == field)
        matches = {it.value: it.match for it in found if it.field == field}
        if field == "places":
            matches = {**_imported_places(catalog, typed), **matches}
        some = tuple(islice(matches, _COUNTED))
        counts = _counts(catalog, filters, facet, some)
        catalog.places.fetch(some if field == "places" else ())
        ranked = sorted((matches[key], -counts.get(key, 0), key) for key in some)
        for match, count, value in ranked[:_MOST_OF_FILTER]:
            yield (match, not count, order, count), _value(catalog, facet, value, -count)


def _counts(
    catalog: Catalog, filters: Query, facet: Facet, values: tuple[str, ...]
) -> Mapping[str, int]:
    if not values:
        return {}
    # One length, one statement.
    padded = (*values, *[values[-1]] * (_COUNTED - len(values)))
    counts: Mapping[str, int] = catalog.answers.get(
        ("suggested", filters, facet.field, values),
        lambda: as_counts(catalog.engine.ask(counts_of, filters, facet, padded)),
    )
    return counts


def _value(catalog: Catalog, facet: Facet, value: str, count: int) -> Suggestion:
    named, other_named = facet_label(catalog.names, facet.field, value)
    note = _whereabouts(catalog, value) if facet.field == "places" else ""
    counted = plural("{n} event", "{n} events", count)
    return Suggestion(_(facet.label), named, other_named, note, counted, facet.field, value)


def _imported_places(catalog: Catalog, typed: Sequence[str]) -> Mapping[str, Match]:
    """The places of datasets by their names, which only the engine has."""
    if set(catalog.datasets) <= {CURATED}:
        return {}

    def find() -> Mapping[str, Match]:
        rows = catalog.engine.ask(_places_named, tuple(typed), size=_COUNTED)
        known = [key for key in map(str, rows["place_id"]) if key in catalog.vocabulary["places"]]
        found = catalog.places.fetch(known)
        names = {key: " ".join(words_of(place.name_en)) for key, place in found.items()}
        return {key: match_of(name, typed) for key, name in names.items()}

    found: Mapping[str, Match] = catalog.answers.get(("imported places", tuple(typed)), find)
    return found


def _places_named(tables: EngineTables, typed: Sequence[str], *, size: int) -> ir.Table:
    places = tables.places
    named = places.filter(*(places.name_en.lower().contains(word) for word in typed))
    return named.order_by(named.name_en.length(), "place_id").select("place_id").limit(size)


def _events(catalog: Catalog, filters: Query, typed: Sequence[str]) -> Iterator[Suggestion]:
    """The last events that have all the words."""
    text = " ".join(typed)[:MAX_TEXT]
    found = Query(text=text, unreviewed=filters.unreviewed)

    def load() -> Sequence[Suggestion]:
        page = catalog.engine.ask(pages.latest, found, size=_MOST_EVENTS)
        corpus = catalog.loader.load(page, claims=False).corpus
        return [
            Suggestion(
                _("Event"),
                title_of(event),
                "",
                comma([words.when(event.when), name_of(corpus.lexicon.kinds[event.kind])]),
                "",
                "event",
                event.event_id,
            )
            for event in corpus.events.events.values()
        ]

    yield from catalog.answers.get(("suggested events", found, current()), load)


def _to_places(catalog: Catalog, found: Sequence[Named]) -> Iterator[Suggestion]:
    """Places to go to; those that an analyst checked come before those of lists."""
    places = catalog.places.curated
    keys = [(it.match, it.value) for it in found if it.value in places]
    first = sorted(
        keys[:_COUNTED], key=lambda it: (it[0], tier_of(places, it[1]), _size(places[it[1]]))
    )
    for _match, key in first[:_MOST_PLACES]:
        place = places[key]
        label_, other_label = facet_label(catalog.names, "places", key)
        note = comma([sentence_case(label(place.feature_class)), _whereabouts(catalog, key)])
        yield Suggestion(_("Go to"), label_, other_label, note.strip(), "", target=_target(place))


def _size(place: Place) -> int:
    """The position of its class among those of which a name is likely to be meant."""
    return _LIKELY.index(place.feature_class) if place.feature_class in _LIKELY else len(_LIKELY)


def _whereabouts(catalog: Catalog, place_id: str) -> str:
    """The name of the area that a place is in; "" if it is not known."""
    within = catalog.places.fetch(catalog.places[place_id].within[:1])
    return next((name_of(area) for area in within.values()), "")


def _target(place: Place) -> Target:
    bounds = None
    if place.has_outline:
        west, south, east, north = place.geometry.bounds
        bounds = (south, west, north, east)
    return Target(place.lat, place.lon, _ZOOMS.get(place.feature_class, _VILLAGE), bounds)


def _point(text: str) -> Coordinates | None:
    if sum(map(str.isdigit, text)) < _FEWEST_DIGITS:
        return None
    try:
        return parse_coordinates(text)
    except CoordinatesError:
        return None


def _to_point(point: Coordinates) -> Suggestion:
    written = from_left(f"{point.lat:.5f}, {point.lon:.5f}")
    target = Target(point.lat, point.lon, _VILLAGE)
    return Suggestion(_("Go to"), written, "", translate(point.form), "", target=target)
