"""A list of places that an analyst added, e.g. GeoNames' places of Syria, and what is in it."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from dashboard.model.place import FeatureClass

# Before a key that names an area within one list, e.g. "local:SY.04".
LOCAL = "local:"


class ListedPlace(msgspec.Struct, frozen=True, array_like=True):
    """A place of a list, or further names of a place of another list.

    `key` is its id in its source, e.g. "geonames_170063"; `same_as` are its keys in other sources.
    `feature_class` is `None` if the row has names only. `lat` and `lon` are in degrees (EPSG:4326), both
    `None` if the list has no point. `country` is an ISO 3166 code of two letters, or "". `within` are
    the keys of the areas of the list that contain it, nearest first. `names` are all its names. A key
    that begins with `LOCAL` is valid in this list only.
    """

    key: str
    feature_class: FeatureClass | None
    lat: float | None
    lon: float | None
    country: str
    names: tuple[str, ...]
    source: str
    within: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()


class LeftOut(msgspec.Struct, frozen=True):
    """A number of rows or names that were left out, and the reason: a message of the catalogue."""

    reason: str
    number: int


class ListCard(msgspec.Struct, frozen=True):
    """What a list is: its id, format, file name, the day it was added, and what was left out.

    `since` is the time when the first list of this id was added, which decides the order of lists: a
    place in two lists is that of the first. `places` is the number of its places, `arabic` how many have
    an Arabic name; `named` is the number of places of other lists that it has names of. `classes` and
    `countries` count the places.
    """

    list_id: str
    format: str
    file: str
    added: str
    places: int
    named: int
    arabic: int
    classes: dict[str, int]
    countries: dict[str, int]
    left_out: tuple[LeftOut, ...]
    since: str = ""


@dataclass(frozen=True, slots=True)
class PlaceList:
    """The rows of a list by column, and its card; all columns have one length. See `ListedPlace`."""

    card: ListCard
    key: Sequence[str]
    feature_class: Sequence[FeatureClass | None]
    lat: Sequence[float | None]
    lon: Sequence[float | None]
    country: Sequence[str]
    names: Sequence[Sequence[str]]
    source: Sequence[str]
    within: Sequence[Sequence[str]]
    same_as: Sequence[Sequence[str]]

    def __len__(self) -> int:
        return len(self.key)


def is_arabic(name: str) -> bool:
    """Whether a name begins with a letter of the Arabic script."""
    return "\u0600" <= name[:1] <= "\u06ff"
