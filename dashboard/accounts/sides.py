"""Two outlets, or two parties, over all events: where they differ, agree, or one is silent."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.accounts.accounts import origin_name
from dashboard.language.labels import label
from dashboard.language.messages import N_, _
from dashboard.language.names import title_of
from dashboard.language.words import comma, when
from dashboard.model.corpus import Corpus
from dashboard.model.event import Claim, Stance


@dataclass(frozen=True, slots=True)
class Side:
    """One of two sides compared: an outlet, or a party that is the origin of claims."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Position:
    """An event with the stances of both sides; empty for a side that has no claim about it."""

    event_id: str
    title: str
    when: str
    stances: tuple[tuple[Stance, ...], tuple[Stance, ...]]

    @property
    def relation(self) -> str:
        """Whether the two agree, differ, or only one has a claim, as a message."""
        first, second = self.stances
        if not first or not second:
            return ONLY
        if first == second:
            return AGREE
        return DISPUTE


DISPUTE, AGREE, ONLY = N_("They differ"), N_("They agree"), N_("Only one speaks")


def sides(corpus: Corpus, by: str) -> tuple[Side, ...]:
    """The sides to choose from, by "outlets" or "parties", those with most claims first."""
    counts: dict[str, int] = {}
    for claim in corpus.events.claims:
        for key in _keys(corpus, claim, by):
            counts[key] = counts.get(key, 0) + 1
    ordered = sorted(counts, key=lambda key: (-counts[key], key))
    return tuple(Side(key, origin_name(corpus, key)) for key in ordered)


def positions(corpus: Corpus, by: str, pair: tuple[str, str]) -> tuple[Position, ...]:
    """The stances of the two on each event, disputes first."""
    stances: dict[str, tuple[set[Stance], set[Stance]]] = {}
    for claim in corpus.events.claims:
        for at, side in enumerate(pair):
            if side in _keys(corpus, claim, by):
                stances.setdefault(claim.event_id, (set(), set()))[at].add(claim.stance)
    order = (DISPUTE, AGREE, ONLY)
    unordered = [
        Position(
            event_id,
            title_of(corpus.events.events[event_id]),
            when(corpus.events.events[event_id].when),
            (tuple(sorted(first)), tuple(sorted(second))),
        )
        for event_id, (first, second) in stances.items()
    ]
    return tuple(sorted(unordered, key=lambda item: (order.index(item.relation), item.event_id)))


def _keys(corpus: Corpus, claim: Claim, by: str) -> tuple[str, ...]:
    """The sides that a claim belongs to."""
    if by == "outlets":
        return (corpus.articles[claim.article_id].outlet_id,)
    origin = corpus.origin(claim)
    return (origin,) if origin in corpus.lexicon.actors else ()


def stances_words(stances: Sequence[Stance]) -> str:
    """Stances as text; "says nothing" if there is none."""
    return comma([label(stance) for stance in stances]) if stances else _("says nothing")
