"""Cues (trigger words) of events and stances with their inflected forms, e.g. "وقصفتها" -> shelling.

The rows are in data/lexicon/event_cues.csv, claim_cues.csv, denial_cues.csv and claim_words.csv, each
with an example.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dashboard.extraction.claim_roles import ClaimCue, ClaimRole
from dashboard.extraction.claim_tables import load_claims
from dashboard.model.errors import DataError
from dashboard.model.event import EventKind
from dashboard.model.rows import Row, load_records, read_table
from dashboard.settings import DATA
from dashboard.text.clitics import ARTICLE, CHAINS, CONJUNCTIONS, DEFINITE_CHAINS, FUTURE, PRONOUNS
from dashboard.text.normalise import fold

_FOLDER = DATA / "lexicon"
_CONJUNCTIONS = ("", *CONJUNCTIONS)
_OBJECTS = ("", *PRONOUNS)


class Shape(StrEnum):
    """The grammatical form of a cue, which says whether the act is completed."""

    PERFECT = "perfect"
    IMPERFECT = "imperfect"
    FUTURE = "future"
    NOUN = "noun"


@dataclass(frozen=True, slots=True)
class EventCue:
    """A verb or verbal noun of a kind of event, folded.

    If there are `needs`, one of them must be near it; none of `avoids` may be right beside it.
    `li_agent`: ل ("of") before a party after it introduces who does it, as in "shelling of (by) the
    forces".
    """

    kind: EventKind
    word: str
    needs: tuple[str, ...]
    avoids: tuple[str, ...]
    li_agent: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of a cue; `definite` if it carries the article "the"."""

    cue: EventCue
    shape: Shape
    definite: bool


@dataclass(frozen=True, slots=True)
class _Nationality:
    word: str
    actor_id: str


@dataclass(frozen=True, slots=True)
class Cues:
    """Event cues by written form, claim cues of one word, and lists of single words.

    `phrases` are the claim cues of several words by their first two words, the longest first.
    `nationalities` are adjectives that name who does it: "Turkish shelling".
    """

    events: Mapping[str, tuple[Form, ...]]
    claims: Mapping[str, tuple[ClaimCue, ...]]
    phrases: Mapping[tuple[str, str], tuple[ClaimCue, ...]]
    words: Mapping[ClaimRole, frozenset[str]]
    nationalities: Mapping[str, str]


def load_cues(folder: Path = _FOLDER) -> Cues:
    """Read the tables of kinds and cues in `folder`; raises DataError if one is faulty."""
    kinds = {
        kind.kind: kind for kind in load_records(folder / "event_kinds.csv", EventKind, "kind")
    }
    columns = ("kind", "class", "word", "imperfect", "needs", "avoids", "li_agent")
    events = read_table(folder / "event_cues.csv", columns)
    forms: dict[str, dict[tuple[str, Shape, tuple[str, ...]], Form]] = defaultdict(dict)
    for event in events.rows:
        for written, form in _forms(event, kinds):
            forms[written][form.cue.kind.kind, form.shape, form.cue.needs] = form
    claims, phrases, words = load_claims(folder)
    if events.faults:
        raise DataError(tuple(events.faults))
    return Cues(
        events={written: tuple(found.values()) for written, found in forms.items()},
        claims=claims,
        phrases=phrases,
        words=words,
        nationalities=dict(_nationalities(folder / "nationality_words.csv")),
    )


def _nationalities(path: Path) -> Iterator[tuple[str, str]]:
    for row in load_records(path, _Nationality):
        for ending in ("", "ه", "ا"):
            for article in ("", ARTICLE):
                yield f"{article}{fold(row.word)}{ending}", row.actor_id


def _forms(row: Row, kinds: Mapping[str, EventKind]) -> Iterator[tuple[str, Form]]:
    word = fold(row.text("word"))
    kind = kinds.get(row.text("kind"))
    if kind is None:
        row.fault("kind", "a kind of event", repr(row.text("kind")))
        return
    cue = EventCue(
        kind=kind,
        word=word,
        needs=tuple(fold(need) for need in (row.optional("needs") or "").split()),
        avoids=tuple(fold(avoid) for avoid in (row.optional("avoids") or "").split()),
        li_agent=bool(row.one_of("li_agent", ("0", "1").index, "0 or 1")),
    )
    if row.text("class") == "noun":
        yield from _noun_forms(word, cue)
    else:
        yield from _perfect_forms(word, cue)
        if imperfect := row.optional("imperfect"):
            yield from _imperfect_forms(fold(imperfect), cue)


def _noun_forms(noun: str, cue: EventCue) -> Iterator[tuple[str, Form]]:
    stem = noun.removeprefix(ARTICLE)
    # The feminine ending, folded to "ه", opens to "ت" before a pronoun: غارة, غارته.
    bound = f"{stem[:-1]}ت" if stem.endswith("ه") else stem
    bare = [stem, *(bound + pronoun for pronoun in PRONOUNS)]
    if not stem.endswith(("ه", "ا", "ات")):
        bare.append(f"{stem}ا")
    for chain, definite_chain in zip(CHAINS, DEFINITE_CHAINS, strict=True):
        for form in bare:
            yield chain + form, Form(cue, Shape.NOUN, definite=False)
        yield definite_chain + stem, Form(cue, Shape.NOUN, definite=True)


def _perfect_forms(verb: str, cue: EventCue) -> Iterator[tuple[str, Form]]:
    # A weak last letter falls away before the feminine ending: التقى, التقت.
    short = verb[:-1] if verb.endswith(("ي", "ا")) else verb
    endings = [verb, f"{short}ت", f"{short}وا", f"{verb}ا", f"{short}تا", f"{short}و"]
    for conjunction in _CONJUNCTIONS:
        for ending in endings:
            for pronoun in _OBJECTS:
                yield conjunction + ending + pronoun, Form(cue, Shape.PERFECT, definite=False)


def _imperfect_forms(stem: str, cue: EventCue) -> Iterator[tuple[str, Form]]:
    for conjunction in _CONJUNCTIONS:
        # "We" is the party that speaks: "we did not withdraw".
        for person in ("ي", "ت", "ن"):
            for ending in ("", "ون", "وا", "ان"):
                for pronoun in _OBJECTS:
                    written = person + stem + ending + pronoun
                    yield conjunction + written, Form(cue, Shape.IMPERFECT, definite=False)
                    yield conjunction + FUTURE + written, Form(cue, Shape.FUTURE, definite=False)
