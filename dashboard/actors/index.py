"""The wordings of all parties made ready for search, e.g. "ميليشيا "قسد"" -> sdf (strong, loaded)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from dashboard.model.actor import Actor, ActorName
from dashboard.text.normalise import fold
from dashboard.text.phrases import PhraseIndex

# Parties that are countries: their names are places too, so that the words around them decide.
_COUNTRY_TYPES = frozenset({"government"})


class ActorIndex:
    """Names and parties, built once and used for every text."""

    def __init__(self, actors: Mapping[str, Actor], names: Sequence[ActorName]) -> None:
        self.actors = actors
        found: dict[str, list[ActorName]] = defaultdict(list)
        for name in names:
            for form in _forms(fold(name.name)):
                found[form].append(name)
        self.by_name: Mapping[str, tuple[ActorName, ...]] = {
            form: tuple(wordings) for form, wordings in found.items()
        }
        self.phrases = PhraseIndex(self.by_name)

    def named(self, phrase: str, on: date | None) -> tuple[ActorName, ...]:
        """The names that `phrase` can stand for on a day; on an unknown day the older meaning.

        Where a wording changed hands, an undated text is read as from before the change.
        """
        names = self.by_name[phrase]
        if on is None:
            older = tuple(name for name in names if name.valid_from is None)
            return older or names
        return tuple(
            name
            for name in names
            if (name.valid_from is None or name.valid_from <= on)
            and (name.valid_to is None or on <= name.valid_to)
        )

    def is_country(self, phrase: str) -> bool:
        """Whether the phrase is one word for a government, as "Turkey" or "Ankara" are."""
        return " " not in phrase and any(
            self.actors[name.actor_id].type in _COUNTRY_TYPES for name in self.by_name[phrase]
        )

    def kin(self, actor_id: str) -> frozenset[str]:
        """The party with those that it is part of and those that are part of it."""
        above: set[str] = set()
        at: str | None = actor_id
        while at is not None and at not in above:
            above.add(at)
            at = self.actors[at].part_of
        below = {other.actor_id for other in self.actors.values() if other.part_of == actor_id}
        return frozenset(above | below)


def _forms(name: str) -> Iterator[str]:
    yield name
    first, _, rest = name.partition(" ")
    if rest and '"' not in name:
        # Outlets put a name that they do not own to in quotes: the militia of "Qasad".
        yield f'{first} "{rest}"'
