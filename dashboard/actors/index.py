"""An index of all names of actors, e.g. "ميليشيا "قسد"" -> sdf (strong, loaded)."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from dashboard.model.actor import Actor, ActorName
from dashboard.model.place import NameStrength
from dashboard.text.by_word import cached_by_word
from dashboard.text.normalise import fold
from dashboard.text.phrases import PhraseIndex

# Actors whose name may name a country too: the words around it decide.
_COUNTRY_TYPES = frozenset({"government"})


class ActorIndex:
    """Actors and their names, built once and used for every text."""

    def __init__(self, actors: Mapping[str, Actor], names: Sequence[ActorName]) -> None:
        self.actors = actors
        by_form: dict[str, list[ActorName]] = defaultdict(list)
        for name in names:
            for form in _forms(fold(name.name)):
                by_form[form].append(name)
        self.by_name: Mapping[str, tuple[ActorName, ...]] = {
            form: tuple(names_of_form) for form, names_of_form in by_form.items()
        }
        self.phrases = PhraseIndex(self.by_name)
        self._dated = frozenset(
            form
            for form, names_of_form in self.by_name.items()
            if any(name.valid_from or name.valid_to for name in names_of_form)
        )
        self.is_country = cached_by_word(self._is_country)
        # Parties are few, and named again and again.
        self.related: Callable[[str], frozenset[str]] = cache(self._related)

    def names_for(self, phrase: str, on: date | None) -> tuple[ActorName, ...]:
        """The names written as `phrase` that are valid on a day.

        If the day is unknown, those valid before any change: "the government" is the former one.
        """
        names = self.by_name[phrase]
        if phrase not in self._dated:
            return names
        if on is None:
            older = tuple(name for name in names if name.valid_from is None)
            return older or names
        return tuple(
            name
            for name in names
            if (name.valid_from is None or name.valid_from <= on)
            and (name.valid_to is None or on <= name.valid_to)
        )

    def _is_country(self, phrase: str) -> bool:
        """Whether the phrase names a government as "Turkey" or "Ankara" does, in one word or weakly.

        "The government" is that of a country which only the text shows.
        """
        names = [name for name in self.by_name[phrase] if not name.countries]
        if not names:
            return False
        weak = all(name.strength is NameStrength.WEAK for name in names)
        return (weak or " " not in phrase) and self.names_state(names)

    def names_state(self, names: Sequence[ActorName]) -> bool:
        """Whether any of the names is one of a government."""
        return any(self.actors[name.actor_id].type in _COUNTRY_TYPES for name in names)

    def _related(self, actor_id: str) -> frozenset[str]:
        """The actor, all that it is part of, and its direct parts."""
        ancestors: set[str] = set()
        ancestor: str | None = actor_id
        while ancestor is not None and ancestor not in ancestors:
            ancestors.add(ancestor)
            ancestor = self.actors[ancestor].part_of
        parts = {other.actor_id for other in self.actors.values() if other.part_of == actor_id}
        return frozenset(ancestors | parts)


def _forms(name: str) -> Iterator[str]:
    yield name
    first, _, rest = name.partition(" ")
    if rest and '"' not in name:
        # Outlets put a name that they do not accept in quotes: the militia of "Qasad".
        yield f'{first} "{rest}"'
