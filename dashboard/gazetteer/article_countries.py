"""The countries that an article is about, by the names of their places and by their adjectives."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from dashboard.gazetteer.context import MentionUse
from dashboard.gazetteer.index import SHORT, PlaceIndex
from dashboard.gazetteer.surroundings import NameMatch
from dashboard.text.prepared import PreparedText

# Uses of a name that say where the article is, though not all of them where something happened.
SAYS_WHERE = frozenset({
    MentionUse.LOCATION, MentionUse.DATELINE, MentionUse.NEAR, MentionUse.ROAD_END
})  # fmt: skip
# The fewest names and adjectives of countries that show what country an article is about.
_MIN_NAMED = 2


class ArticleCountries:
    """The names and adjectives of each country that an article has, each counted once."""

    def __init__(self, text: PreparedText, matches: Sequence[NameMatch], index: PlaceIndex) -> None:
        self._names: dict[str, set[str]] = defaultdict(set)
        self._shares: dict[str, Mapping[str, float]] = {}
        for country, phrase in index.country_names(text):
            self.add(country, phrase)
        for item in matches:
            phrase = item.match.phrase
            # Names that are ordinary words, too, count with the word for their kind.
            plain = item.kind or index.strong(phrase) or not is_ordinary(phrase, index)
            if plain and item.use in SAYS_WHERE:
                countries = {index.country(place_id) for place_id in index.by_name[phrase]}
                if len(countries) == 1:
                    self.add(countries.pop(), phrase)

    def add(self, country: str | None, phrase: str) -> None:
        """Count a name as one of a country; `None` is no country."""
        if country is not None:
            self._names[country].add(phrase)
            self._shares.clear()

    def shares(self, apart_from: str) -> Mapping[str, float]:
        """Country id -> its share of the names and adjectives, but for one name."""
        shares = self._shares.get(apart_from)
        if shares is None:
            counts = {key: len(names) - (apart_from in names) for key, names in self._names.items()}
            total = sum(counts.values())
            shares = {country: n / total for country, n in counts.items() if n}
            self._shares[apart_from] = shares
        return shares

    @property
    def are_known(self) -> bool:
        """Whether there are enough names to say that an article is not about another country."""
        return sum(map(len, self._names.values())) >= _MIN_NAMED


def is_ordinary(phrase: str, index: PlaceIndex) -> bool:
    """Whether a folded name is an ordinary word, or so short that it may be one."""
    is_short = len(phrase) <= SHORT and phrase not in index.short_cities
    return is_short or phrase in index.context.ordinary_names
