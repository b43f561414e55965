"""Scores of reading the texts of regions.txt: spans, identity by distance, uses, and by country."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dashboard.extraction.reader import Reader
from dashboard.gazetteer.context import MentionUse
from dashboard.gazetteer.resolve import PlaceMention
from tests.quality.annotated import Annotated
from tests.quality.measure import Measured
from tests.quality.regions import ExpectedPlace, accepted_spans

# Annotated uses -> those of the model that are right for them, where they are not the same. A road that
# is named by its ends is at neither, so every use but a location is right for them.
ACCEPTED_USES = {
    "reporter": {"reporter_seat", "outlet"},
    "dateline": {"dateline", "furniture", "outlet"},
    "road_end": {use.value for use in MentionUse} - {"location"},
}


@dataclass
class CountryCount:
    """Mentions of places of one country: annotated, found by span; locations, and identified ones."""

    mentions: int = 0
    found: int = 0
    locations: int = 0
    identified: int = 0


@dataclass
class RegionsMeasured(Measured):
    """Scores of all texts, and counts by the country (ISO code) of the expected places."""

    countries: dict[str, CountryCount] = field(default_factory=dict)


@dataclass(frozen=True)
class _Read:
    """A mention that was read; `key` is that of the expected place, or else the place's own id."""

    span: tuple[int, int]
    key: str
    use: str


def measure_regions(
    texts: Iterable[Annotated], places: Mapping[str, ExpectedPlace], reader: Reader
) -> RegionsMeasured:
    """Read every text and compare its places with those of the annotation."""
    measured = RegionsMeasured()
    for item in texts:
        spans = accepted_spans(item)
        want = {(start, end): (key, use) for start, end, key, use in item.places}
        reads = {
            _compared(mention, spans, want, places, reader)
            for mention in reader.read(item.text, item.published).places
        }
        _add_scores(measured, item, reads)
        _add_countries(measured, item, reads, places)
    return measured


def _compared(
    mention: PlaceMention,
    spans: Mapping[tuple[int, int], tuple[int, int]],
    want: Mapping[tuple[int, int], tuple[str, str]],
    places: Mapping[str, ExpectedPlace],
    reader: Reader,
) -> _Read:
    """The mention in the terms of the annotation, as far as it agrees with it."""
    span = spans.get((mention.start, mention.end), (mention.start, mention.end))
    key, use = want.get(span, (None, None))
    place_id, read_use = mention.place_id, mention.use.value
    if key and place_id and places[key].matches(reader.places.place(place_id)):
        place_id = key
    if use and read_use in ACCEPTED_USES.get(use, ()):
        read_use = use
    return _Read(span, place_id or "?", read_use)


def _add_scores(measured: Measured, item: Annotated, reads: set[_Read]) -> None:
    spans = {read.span for read in reads}
    uses = {(read.span, read.use) for read in reads}
    # "Near" is left out: whether it is a place of an event depends on the question.
    found = {(read.span, read.key) for read in reads if read.use == "location"}
    want = {((s, e), key) for s, e, key, use in item.places if use == "location"}
    for name, have, expected in (
        ("place spans", spans, {(s, e) for s, e, _, _ in item.places}),
        ("event places", found, want),
        ("place uses", uses, {((s, e), use) for s, e, _, use in item.places}),
    ):
        labels = {i: _label(item, i) for i in have | expected}
        measured.add(name, item.name, have, expected, labels)


def _label(item: Annotated, mention: tuple) -> str:
    if isinstance(mention[0], int):
        return item.text[slice(*mention)]
    return f"{item.text[slice(*mention[0])]} = {mention[1]}"


def _add_countries(
    measured: RegionsMeasured,
    item: Annotated,
    reads: set[_Read],
    places: Mapping[str, ExpectedPlace],
) -> None:
    spans = {read.span for read in reads}
    identified = {(read.span, read.key) for read in reads if read.use == "location"}
    for start, end, key, use in item.places:
        count = measured.countries.setdefault(places[key].country, CountryCount())
        count.mentions += 1
        count.found += (start, end) in spans
        if use == "location":
            count.locations += 1
            count.identified += ((start, end), key) in identified
