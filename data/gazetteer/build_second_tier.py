"""Writes second_tier/geonames.csv: towns of the region from GeoNames, with all their names.

`python data/gazetteer/build_second_tier.py`, after `make data` has installed the packages.
"""

import csv
from collections.abc import Mapping
from pathlib import Path

from area_words import COUNTRY_IDS
from areas import NamedArea, name_areas
from packages import CORE, Town, read_areas, read_towns
from unidecode import unidecode
from wordfreq import zipf_frequency

from dashboard.text.clitics import ARTICLE
from dashboard.text.normalise import fold

HERE = Path(__file__).parent
_COLUMNS = (
    *("name_ar", "name_en", "lat", "lon", "feature_class", "within"),
    *("other_names", "source", "id"),
)
# The fewest inhabitants: none in the core countries and where few towns have an Arabic name.
_MIN_POPULATION = dict.fromkeys(("IL", "SO", "DJ", "MR", "KM", "SS", *CORE), 0)
_MIN_POPULATION |= {"TR": 5_000, "EG": 5_000}
# GeoNames' id -> the spelling that reports in English use; GeoNames' own stays as another name.
_LABELS = {168661: "Kafr Nobol"}
# GeoNames' id -> its Arabic name, where single words of another name are more frequent.
_ARABIC_LABELS = {293397: "تل أبيب"}
# A name is usual with the article if texts have it so twice as often, of which this is the logarithm.
_MORE_USUAL = 0.3
_MIN_ELSEWHERE, _MIN_LARGE = 15_000, 100_000


def main() -> None:
    """Write a row for each town that has a name in Arabic."""
    towns, areas = read_towns(), read_areas()
    named = name_areas(towns, areas)
    rows = sorted(_row(town, named) for town in towns if ships(town))
    with (HERE / "second_tier" / "geonames.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(rows)
    print(f"{len(rows):,} towns")


def ships(town: Town) -> bool:
    """Whether it has an Arabic name and, outside the core countries, enough inhabitants."""
    minimum = _MIN_POPULATION.get(town.country, _MIN_ELSEWHERE)
    return bool(town.arabic or town.press) and town.population >= minimum


def _row(town: Town, areas: Mapping[str, NamedArea]) -> tuple:
    within = [areas[code].place_id for code in (town.admin2, town.admin1) if code in areas]
    names = town.arabic or town.press
    first = _ARABIC_LABELS.get(town.geoname_id, next(iter(town.press), ""))
    usual, *others = by_use((*town.press, *town.arabic), first)
    other = [*others, *_distinct_latin(town)]
    return (
        usual,
        _label(town),
        town.lat,
        town.lon,
        "city" if town.population >= _MIN_LARGE else "town",
        " ".join(dict.fromkeys(within or [COUNTRY_IDS[town.country]])),
        "|".join(other),
        f"GeoNames {town.geoname_id}",
        # From the first name in the order of letters, as ids were before names had an order of use.
        f"tier2_{fold(names[0]).replace(' ', '_')}_{town.lat:.3f}_{town.lon:.3f}",
    )


def by_use(names: tuple[str, ...], first: str = "") -> list[str]:
    """The names, the most usual in Arabic texts first, with the article that GeoNames leaves out."""
    with_article = [
        ARTICLE + name
        for name in names
        if not name.startswith(ARTICLE) and usage(ARTICLE + name) > usage(name) + _MORE_USUAL
    ]
    distinct = {fold(name): name for name in (*with_article, *names)}
    ranked = sorted(distinct.values(), key=lambda name: (name != first, -usage(name), fold(name)))
    # Words that no text has are ordered as before.
    return ranked if usage(ranked[0]) else list(dict.fromkeys((*names, *ranked)))


def usage(name: str) -> float:
    """How often Arabic texts have a name: the logarithm of its frequency, 0 if they do not."""
    return zipf_frequency(name, "ar")


def _label(town: Town) -> str:
    """Turkish letters are those of the language; elsewhere the marks are of a transliteration."""
    if town.geoname_id in _LABELS:
        return _LABELS[town.geoname_id]
    if town.country == "TR":
        return town.name
    return unidecode(town.name).replace("`", "").lstrip("'")


def _distinct_latin(town: Town) -> list[str]:
    """English, Kurdish, Turkish and other spellings of its name, in the core countries."""
    if town.country not in CORE:
        return []
    names = {fold(name): name for name in reversed(town.latin)}
    names.pop(fold(_label(town)), None)
    return sorted(names.values())


if __name__ == "__main__":
    main()
