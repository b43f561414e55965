"""The accounts of one event: its claims by origin, with the values that their texts name.

An account has all claims of one origin (a party, or an outlet in its own voice): five outlets that quote
one monitor are one account with five claims. An origin that asserts and later denies has an account on
each side. Dates, places and parties are extracted from the text; numbers and stance are the curator's.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.actors.find import ActorMention
from dashboard.extraction.reader import Reading
from dashboard.gazetteer.context import MentionUse
from dashboard.language.figures import estimate_words
from dashboard.language.messages import pgettext, plural
from dashboard.language.names import name_of
from dashboard.language.words import comma, isolate, when
from dashboard.model.article import Article
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Figure, Measure, event_figures
from dashboard.model.event import ActorRole, Claim, Stance, estimates_by_source
from dashboard.text.sentences import sentence_at

Readings = Callable[[str], Reading]


@dataclass(frozen=True, slots=True)
class Term:
    """An outlet's loaded term for a party, beside the party's neutral name."""

    words: str
    neutral: str


@dataclass(frozen=True, slots=True)
class QuotedClaim:
    """One claim with the values that its text names by field; empty if it names none."""

    claim: Claim
    article: Article
    terms: tuple[Term, ...]
    fields: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Account:
    """The claims of one origin; `stances` are the distinct stances of its claims."""

    origin: str
    name: str
    stances: tuple[Stance, ...]
    claims: tuple[QuotedClaim, ...]

    @property
    def against(self) -> bool:
        """Whether it denies or doubts the event."""
        return Stance.ASSERTS not in self.stances

    @property
    def outlets(self) -> tuple[str, ...]:
        """The ids of the outlets that published it."""
        return tuple(dict.fromkeys(quoted.article.outlet_id for quoted in self.claims))

    def field(self, name: str) -> tuple[str, ...]:
        """The distinct values that it names for a field."""
        return tuple(
            dict.fromkeys(value for quoted in self.claims for value in quoted.fields[name])
        )

    @property
    def figures(self) -> Mapping[Measure, Figure]:
        """The numbers that it gives by measure, as those of an event with these claims."""
        return event_figures(estimates_by_source(quoted.claim for quoted in self.claims))


def accounts_of(corpus: Corpus, event_id: str, readings: Readings) -> tuple[Account, ...]:
    """The accounts of an event: those that assert it first, then by number of claims."""
    claims = [claim for claim in corpus.events.claims if claim.event_id == event_id]
    by_origin: dict[tuple[str, bool], list[QuotedClaim]] = {}
    for claim in claims:
        quoted = _quoted_claim(corpus, claim, readings(claim.article_id))
        side = (corpus.origin(claim), claim.stance is Stance.ASSERTS)
        by_origin.setdefault(side, []).append(quoted)
    accounts = [
        Account(
            origin,
            origin_name(corpus, origin),
            tuple(sorted({item.claim.stance for item in quoted})),
            tuple(quoted),
        )
        for (origin, _asserts), quoted in by_origin.items()
    ]
    return tuple(sorted(accounts, key=lambda item: (item.against, -len(item.claims))))


def silent_outlets(corpus: Corpus, accounts: Iterable[Account]) -> tuple[str, ...]:
    """The names of outlets that have articles in the corpus but no claim about the event."""
    reporting = {outlet for account in accounts for outlet in account.outlets}
    publishing = {article.outlet_id for article in corpus.articles.values()}
    return tuple(sorted(name_of(corpus.lexicon.outlets[key]) for key in publishing - reporting))


def origin_name(corpus: Corpus, origin: str) -> str:
    """The name of an origin: a party, an outlet or a speaker."""
    lexicon = corpus.lexicon
    for table in (lexicon.actors, lexicon.outlets, lexicon.speakers):
        if origin in table:
            return name_of(table[origin])
    return origin


def speaker_names(corpus: Corpus, claim: Claim) -> str:
    """The speakers that the outlet cites, e.g. "Omar Rahmoun via Sputnik"; "" if none."""
    speakers = corpus.lexicon.speakers
    named = [name_of(speakers[key]) for key in (claim.speaker_id, claim.via_id) if key]
    return pgettext("one speaker through another", " via ").join(named)


def _quoted_claim(corpus: Corpus, claim: Claim, reading: Reading) -> QuotedClaim:
    article = corpus.articles[claim.article_id]
    start, end = sentence_at(article.text, claim.start, claim.end)
    inside = [m for m in reading.actors if claim.start <= m.start and m.end <= claim.end]
    fields = {
        "date": tuple(
            f"{when(mention.when)} ({isolate(mention.surface)})"
            if mention.when
            else mention.surface
            for mention in reading.dates
            if start <= mention.start < end
        ),
        "place": _places(corpus, claim, reading),
        "initiator": _initiators(corpus, claim, reading),
        "parties": _parties(corpus, inside),
        **{measure.value: _numbers(corpus, claim, measure) for measure in Measure},
    }
    return QuotedClaim(claim, article, _terms(corpus, inside), fields)


def _places(corpus: Corpus, claim: Claim, reading: Reading) -> tuple[str, ...]:
    places = corpus.gazetteer.places
    curated = [
        row.place_id
        for row in corpus.events.places
        if row.event_id == claim.event_id and row.article_id == claim.article_id
    ]
    extracted = [
        mention.place_id
        for mention in reading.places
        if mention.place_id
        and mention.use is MentionUse.LOCATION
        and claim.start <= mention.start < claim.end
    ]
    return tuple(dict.fromkeys(name_of(places[key]) for key in [*extracted, *curated]))


def _numbers(corpus: Corpus, claim: Claim, measure: Measure) -> tuple[str, ...]:
    """The estimates of a measure in words."""
    actors = corpus.lexicon.actors
    return tuple(
        estimate_words(estimate, actors.get(estimate.side or ""))
        for estimate in claim.estimates
        if estimate.measure is measure
    )


def _initiators(corpus: Corpus, claim: Claim, reading: Reading) -> tuple[str, ...]:
    """The initiators of suggestions of the event's kind in the claim's clause."""
    return tuple(
        dict.fromkeys(
            name_of(corpus.lexicon.actors[actor.actor_id])
            for suggestion in reading.suggestions
            if any(c.start < claim.end and c.end > claim.start for c in suggestion.claims)
            and suggestion.kind == corpus.events.events[claim.event_id].kind
            for actor in suggestion.actors
            if actor.role is ActorRole.INITIATOR
        )
    )


def _parties(corpus: Corpus, mentions: Iterable[ActorMention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name_of(corpus.lexicon.actors[m.actor_id]) for m in mentions))


def _terms(corpus: Corpus, mentions: Iterable[ActorMention]) -> tuple[Term, ...]:
    return tuple(
        dict.fromkeys(
            Term(mention.surface, name_of(corpus.lexicon.actors[mention.actor_id]))
            for mention in mentions
            if mention.loaded
        )
    )


def summary(accounts: Sequence[Account]) -> str:
    """The numbers of origins, outlets and claims, e.g. "2 origins, 3 outlets, 4 claims"."""
    outlets = {outlet for account in accounts for outlet in account.outlets}
    claims = sum(len(account.claims) for account in accounts)
    return comma(
        [
            plural("{n} origin", "{n} origins", len({account.origin for account in accounts})),
            plural("{n} outlet", "{n} outlets", len(outlets)),
            plural("{n} claim", "{n} claims", claims),
        ]
    )
