"""Texts of other regions (regions.txt), with places expected by coordinates and not by our ids."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import cos, hypot, radians
from pathlib import Path

from dashboard.gazetteer.index import KM_PER_DEGREE
from dashboard.model.place import FeatureClass, Place
from tests.quality.annotated import Annotated, parse_marks

HERE = Path(__file__).parent
_AREAS = frozenset(
    {
        FeatureClass.GOVERNORATE,
        FeatureClass.REGION,
        FeatureClass.DISTRICT,
        FeatureClass.SUBDISTRICT,
        FeatureClass.OPERATION_ZONE,
    }
)
_CLASSES = {"area": _AREAS, "country": frozenset({FeatureClass.COUNTRY})}
# A reading may take the word for the kind of a place into its span or leave it out. "ريف" is none of
# them: "ريف حلب" is an area, "حلب" a town.
_KIND_WORDS = frozenset(
    {
        "مخيم",
        "مطار",
        "قاعدة",
        "معبر",
        "ميناء",
        "سد",
        "جسر",
        "جبل",
        "قصر",
        "مستشفى",
        "ثكنة",
        "مدينة",
        "بلدة",
        "قرية",
        "حي",
        "ناحية",
        "منطقة",
        "مديرية",
        "محافظة",
        "ولاية",
    }
)


_INTERNATIONAL = " الدولي"
# The doubt of a place without a point of its own; source: data/gazetteer/build_conflict_places.py.
_NO_POINT = "no source has its point"


@dataclass(frozen=True)
class ExpectedPlace:
    """A row of regions_places.csv; `kind` is "point", "area" or "country", `country` an ISO code."""

    key: str
    country: str
    kind: str
    lat: float
    lon: float
    within_km: float

    def matches(self, place: Place) -> bool:
        """Whether the place is near enough, and an area or a country if one is expected.

        A place that no source locates has the point of its area, and says so: the area has to be near
        enough by its own radius.
        """
        classes = _CLASSES.get(self.kind)
        if classes is not None and place.feature_class not in classes:
            return False
        shrink = cos(radians((self.lat + place.lat) / 2))
        degrees = hypot(self.lat - place.lat, (self.lon - place.lon) * shrink)
        without_point = (place.doubt or "").startswith(_NO_POINT)
        radius_km = place.uncertainty_m / 1000 if without_point else 0
        return degrees * KM_PER_DEGREE <= max(self.within_km, radius_km)


def expected_places() -> dict[str, ExpectedPlace]:
    """The places of regions_places.csv by key."""
    with (HERE / "regions_places.csv").open(encoding="utf-8", newline="") as handle:
        return {
            row["key"]: ExpectedPlace(
                key=row["key"],
                country=row["country"],
                kind=row["kind"],
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                within_km=float(row["within_km"]),
            )
            for row in csv.DictReader(handle)
        }


def regions(*, apart: bool) -> list[Annotated]:
    """The texts with an even number if `apart` (nobody tunes on them), else those with an odd one.

    The place id of each mention is a key of regions_places.csv.
    """
    blocks = (HERE / "regions.txt").read_text(encoding="utf-8").split("\n@ ")[1:]
    return [_block(block) for block in blocks if (int(block[1:3]) % 2 == 0) is apart]


def _block(block: str) -> Annotated:
    head, *lines = block.strip().split("\n")
    name, manner, published, region = (part.strip() for part in head.split("|"))
    parsed = parse_marks("\n\n".join(line for line in lines if line))
    return Annotated(
        name=f"{name} ({manner}, {region})",
        text=parsed.text,
        published=date.fromisoformat(published),
        places=frozenset(parsed.places),
    )


def accepted_spans(item: Annotated) -> Mapping[tuple[int, int], tuple[int, int]]:
    """Each span that a reading may have -> the annotated span that it stands for."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for start, end, _, _ in item.places:
        first, _, rest = item.text[start:end].partition(" ")
        if rest and first in _KIND_WORDS:
            spans.setdefault((end - len(rest), end), (start, end))
        before = item.text[:start].removesuffix(" ").split()[-1:]
        # A preposition of one letter may stand before the word for the kind, e.g. "بمدينة بانياس".
        for word in {before[0], before[0][1:]} & _KIND_WORDS if before else ():
            spans.setdefault((start - 1 - len(word), end), (start, end))
        # "International" may belong to the name: "مطار عدن الدولي".
        if item.text.startswith(_INTERNATIONAL, end):
            spans.setdefault((start, end + len(_INTERNATIONAL)), (start, end))
    # An annotated span stands for itself, whatever else would fit.
    return spans | {(start, end): (start, end) for start, end, _, _ in item.places}
