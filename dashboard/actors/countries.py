"""The countries that an article is on: they say who "the army" or "the coalition" is in it."""

from collections import defaultdict
from collections.abc import Sequence

from dashboard.gazetteer.article_countries import SAYS_WHERE
from dashboard.gazetteer.context import MentionUse
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.resolve import PlaceMention
from dashboard.text.normalise import fold
from dashboard.text.prepared import PreparedText

# What is only near ("on the border with Turkey") is not where the article is.
_USES = SAYS_WHERE - {MentionUse.NEAR}


def named_countries(
    text: PreparedText, places: Sequence[PlaceMention], index: PlaceIndex
) -> tuple[str, ...]:
    """The ids of the countries that a text is on, by the places, adjectives and parties that it names.

    Those of which it names at least half as many different ones as of the first, most named first.
    """
    names: dict[str, set[str]] = defaultdict(set)
    for country, phrase in index.country_names(text):
        names[country].add(phrase)
    for mention in places:
        located = _country(mention, index)
        if located is not None:
            names[located].add(fold(mention.surface))
    ranked = sorted(names, key=lambda country: -len(names[country]))
    return tuple(each for each in ranked if 2 * len(names[each]) >= len(names[ranked[0]]))


def _country(mention: PlaceMention, index: PlaceIndex) -> str | None:
    """The country of a place; of a name that several places of one country have, that country."""
    if mention.use not in _USES:
        return None
    ids = (mention.place_id,) if mention.place_id else mention.candidates
    countries = {index.country(place_id) for place_id in ids}
    return countries.pop() if len(countries) == 1 else None
