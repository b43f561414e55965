"""The gazetteer's second tier, read in a separate process, as its lists are untrusted."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from shapely import Point

from dashboard.gazetteer.tiers import Tier, read_tier
from dashboard.model.errors import Fault
from dashboard.model.place import FeatureClass, Place, PlaceName, PlacePrecision
from dashboard.sandbox.limits import Limits
from dashboard.sandbox.process import ReaderFailedError, ReaderProcess, ReaderStoppedError

# A country's list of GeoNames has up to a few hundred thousand places.
_LIMITS = Limits(memory=4 << 30, cpu_s=300, silence_s=300.0)
_BATCH = 5_000

T = TypeVar("T")


class PlaceRow(msgspec.Struct, frozen=True):
    """A place of the second tier; its geometry is the point at `lat` and `lon`."""

    place_id: str
    name_en: str
    name_ar: str
    feature_class: FeatureClass
    within: tuple[str, ...]
    lat: float
    lon: float
    uncertainty_m: int
    precision: PlacePrecision
    sources: str
    doubt: str | None
    tier: int


class TierRows(msgspec.Struct, frozen=True):
    """Some of the places, names and faults of a tier."""

    places: tuple[PlaceRow, ...] = ()
    names: tuple[PlaceName, ...] = ()
    faults: tuple[Fault, ...] = ()


_ROWS: msgspec.msgpack.Decoder[TierRows] = msgspec.msgpack.Decoder(TierRows)


def load_second_tier(folder: Path) -> Tier:
    """All lists of places in a folder; those that cannot be read completely are a fault."""
    answers: list[TierRows] = []
    faults: tuple[Fault, ...] = ()
    try:
        with ReaderProcess(_LIMITS, readable=(folder,)) as process:
            answers.extend(process.call(_ROWS, tier_rows, folder))
    except (ReaderStoppedError, ReaderFailedError, OSError) as error:
        expected = "lists of places that can be read to their end"
        faults = (Fault(str(folder), 0, "", expected, str(error)),)
    places = {row.place_id: _place(row) for answer in answers for row in answer.places}
    # A process that stopped may have sent names without their places.
    names = tuple(name for answer in answers for name in answer.names if name.place_id in places)
    return Tier(places, names, (*(fault for a in answers for fault in a.faults), *faults))


def tier_rows(folder: Path) -> Iterator[TierRows]:
    """The result of `read_tier` in messages; runs in the reading process."""
    tier = read_tier(folder)
    for places in _batches(tuple(tier.places.values())):
        yield TierRows(places=tuple(map(_row, places)))
    for names in _batches(tier.names):
        yield TierRows(names=names)
    yield TierRows(faults=tier.faults)


def _batches(items: Sequence[T]) -> Iterator[tuple[T, ...]]:
    for start in range(0, len(items), _BATCH):
        yield tuple(items[start : start + _BATCH])


def _row(place: Place) -> PlaceRow:
    return PlaceRow(**{name: getattr(place, name) for name in PlaceRow.__struct_fields__})


def _place(row: PlaceRow) -> Place:
    return Place(**msgspec.structs.asdict(row), geometry=Point(row.lon, row.lat))
