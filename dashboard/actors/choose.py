"""Which party a name means where several have it, e.g. "طيران التحالف" in Yemen -> the Saudi-led one."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from dashboard.actors.index import ActorIndex
from dashboard.model.actor import ActorName
from dashboard.model.message import StoredText, joined, message
from dashboard.model.place import NameStrength

# The type of actors that bear no arms.
CIVILIAN_TYPE = "civilians"
CROWD_TYPE = "crowd"
OBSERVER_TYPES = frozenset({"international_organisation", "aid_organisation"})
# The types of actors that are named by common nouns: such a name needs no support.
_COMMON_NOUN_TYPES = frozenset({CIVILIAN_TYPE, "unspecified"})
STRONG_NAME = message("a name of the party")
LOADED_NAME = message("a name of the party, loaded")
SHORT_NAME = joined(message("a short name"), message("the article names the party in full"))
COUNTRY_NAME = joined(message("a short name"), message("the article is on the party's country"))
COMMON_NOUN = message("a common noun")
# A name with the reason why it is meant.
Resolved = tuple[ActorName, StoredText]


@dataclass(slots=True)
class Support:
    """What a text says about its parties, for short names.

    `supporting_ids` are the parties that strong names name anywhere, and related ones; `countries` those
    that the text is on, most named first; `named_at` is where each party was last named in full so far.
    """

    supporting_ids: AbstractSet[str]
    countries: Sequence[str]
    named_at: dict[str, int] = field(default_factory=dict)


def strong_name(names: Sequence[ActorName], countries: Sequence[str]) -> ActorName | None:
    """The strong name that is meant: one for a country of the text, else one for any country."""
    strong = [name for name in names if name.strength is NameStrength.STRONG]
    return _of_country(strong, countries) or next(
        (name for name in strong if not name.countries), None
    )


def short_name(names: Sequence[ActorName], support: Support, index: ActorIndex) -> Resolved | None:
    """The name that is meant among those that need support; `None` if it names no actor here.

    First the party named in full most recently, then one of the text's country, then a related one.
    """
    latest = _latest(names, support.named_at)
    if latest is not None:
        return latest, SHORT_NAME
    local = _of_country(names, support.countries) or _only_one(names, support, index)
    if local is not None:
        return local, COUNTRY_NAME
    related = (name for name in names if name.actor_id in support.supporting_ids)
    supported = next(related, None)
    if supported is not None:
        return supported, SHORT_NAME
    return next(((name, COMMON_NOUN) for name in _common_nouns(names, index)), None)


def _latest(names: Sequence[ActorName], named_at: Mapping[str, int]) -> ActorName | None:
    named = [name for name in names if name.actor_id in named_at]
    return max(named, key=lambda name: named_at[name.actor_id], default=None)


def _of_country(names: Sequence[ActorName], countries: Sequence[str]) -> ActorName | None:
    """The first name that is for the first of the countries that any name is for."""
    return next(
        (name for country in countries for name in names if country in name.countries), None
    )


def _only_one(names: Sequence[ActorName], support: Support, index: ActorIndex) -> ActorName | None:
    """A strong name that only one party has, where the text shows no country."""
    if support.countries or next(_common_nouns(names, index), None) is not None:
        return None
    one = len({name.actor_id for name in names}) == 1
    strong = (name for name in names if name.strength is NameStrength.STRONG)
    return next(strong, None) if one else None


def _common_nouns(names: Sequence[ActorName], index: ActorIndex) -> Iterator[ActorName]:
    return (name for name in names if index.actors[name.actor_id].type in _COMMON_NOUN_TYPES)
