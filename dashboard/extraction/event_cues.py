"""Cues (trigger words) of events with their inflected forms, e.g. "وقصفتها" -> shelling.

The rows are in data/lexicon/event_cues.csv, with the meaning of each column in docs/codebook.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from dashboard.extraction.nearby import one_of
from dashboard.model.errors import DataError
from dashboard.model.event import EventKind
from dashboard.model.rows import Row, load_records, read_table
from dashboard.text.by_word import ByWord
from dashboard.text.clitics import ARTICLE, CHAINS, CONJUNCTIONS, DEFINITE_CHAINS, FUTURE, PRONOUNS
from dashboard.text.normalise import fold

_CONJUNCTIONS = ("", *CONJUNCTIONS)
_OBJECTS = ("", *PRONOUNS)
_COLUMNS = (
    "kind", "class", "word", "imperfect", "needs", "avoids", "li_agent", "first_party",
)  # fmt: skip
# In "needs" and "avoids": "@" before the name of a group of words, "+" between what is needed together.
_GROUP, _AND = "@", "+"


class Shape(StrEnum):
    """The grammatical form of a cue, which says whether the act is completed."""

    PERFECT = "perfect"
    IMPERFECT = "imperfect"
    FUTURE = "future"
    NOUN = "noun"


class FirstParty(StrEnum):
    """Who the party after a cue is, if no other word says so: see docs/codebook.md."""

    INITIATOR = "initiator"
    TARGET = "target"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class EventCue:
    """A verb or verbal noun of a kind of event, folded.

    One word of each group of `needs` must be near it; none of `avoids` may be right beside it.
    `li_agent`: ل ("of") before a party after it introduces who does it, as in "shelling of (by) the
    forces".
    `needed` say of a word whether it is one of each group, `avoided` whether it is to be avoided.
    """

    kind: EventKind
    word: str
    needs: tuple[tuple[str, ...], ...]
    avoids: tuple[str, ...]
    li_agent: bool
    first_party: FirstParty
    needed: tuple[ByWord[bool], ...] = field(compare=False, repr=False)
    avoided: ByWord[bool] | None = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of a cue; `definite` if it carries the article "the"."""

    cue: EventCue
    shape: Shape
    definite: bool


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    words: tuple[str, ...]


def load_event_cues(folder: Path) -> Mapping[str, tuple[Form, ...]]:
    """The forms of all cues by how they are written; raises DataError if a table is faulty."""
    kinds = {
        kind.kind: kind for kind in load_records(folder / "event_kinds.csv", EventKind, "kind")
    }
    groups = {
        group.name: group.words
        for group in load_records(folder / "event_cue_groups.csv", _Group, "name")
    }
    table = read_table(folder / "event_cues.csv", _COLUMNS)
    # Most of the hundred thousand written forms are of one cue alone, and share its tuple.
    forms: dict[str, tuple[Form, ...]] = {}
    for row in table.rows:
        for written, one in _forms(row, kinds, groups):
            known = forms.setdefault(written, one)
            if known is not one:
                forms[written] = _together(known, *one)
    if table.faults:
        raise DataError(tuple(table.faults))
    return forms


def _together(known: tuple[Form, ...], form: Form) -> tuple[Form, ...]:
    """The forms with one more; it replaces one of the same kind and shape that needs the same words."""
    if any(each is form for each in known):
        return known
    same = [
        at
        for at, each in enumerate(known)
        if (each.cue.kind.kind, each.shape) == (form.cue.kind.kind, form.shape)
        and each.cue.needs == form.cue.needs
    ]
    if not same:
        return (*known, form)
    return (*known[: same[0]], form, *known[same[0] + 1 :])


# How a form is written, and the form.
_Written = tuple[str, tuple[Form]]


def _forms(
    row: Row, kinds: Mapping[str, EventKind], groups: Mapping[str, tuple[str, ...]]
) -> Iterator[_Written]:
    word = fold(row.text("word"))
    kind = kinds.get(row.text("kind"))
    if kind is None:
        row.fault("kind", "a kind of event", repr(row.text("kind")))
        return
    first_party = row.one_of("first_party", FirstParty, "initiator, target or either")
    needs = [_words(part, row, groups) for part in (row.optional("needs") or "").split(_AND)]
    avoids = _words(row.optional("avoids") or "", row, groups)
    cue = EventCue(
        kind=kind,
        word=word,
        needs=tuple(words for words in needs if words),
        avoids=avoids,
        needed=tuple(one_of(words) for words in needs if words),
        avoided=one_of(avoids) if avoids else None,
        li_agent=bool(row.one_of("li_agent", ("0", "1").index, "0 or 1")),
        first_party=first_party or FirstParty.INITIATOR,
    )
    if row.text("class") == "noun":
        yield from _noun_forms(word, cue)
    else:
        yield from _perfect_forms(word, cue)
        if imperfect := row.optional("imperfect"):
            yield from _imperfect_forms(fold(imperfect), cue)


def _words(text: str, row: Row, groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The words of a cell, folded, with those of the groups that it names."""
    words: list[str] = []
    for word in text.split():
        name = word.removeprefix(_GROUP)
        if name == word:
            words.append(word)
        elif name in groups:
            words.extend(groups[name])
        else:
            row.fault("needs", "a group of event_cue_groups.csv", repr(word))
    return tuple(dict.fromkeys(map(fold, words)))


def _noun_forms(noun: str, cue: EventCue) -> Iterator[_Written]:
    stem = noun.removeprefix(ARTICLE)
    # The feminine ending, folded to "ه", opens to "ت" before a pronoun: غارة, غارته.
    bound = f"{stem[:-1]}ت" if stem.endswith("ه") else stem
    bare = [stem, *(bound + pronoun for pronoun in PRONOUNS)]
    if not stem.endswith(("ه", "ا", "ات")):
        bare.append(f"{stem}ا")
    indefinite, definite = ((Form(cue, Shape.NOUN, definite=known),) for known in (False, True))
    for chain, definite_chain in zip(CHAINS, DEFINITE_CHAINS, strict=True):
        for written in bare:
            yield chain + written, indefinite
        yield definite_chain + stem, definite


def _perfect_forms(verb: str, cue: EventCue) -> Iterator[_Written]:
    # A weak last letter falls away before the feminine ending: التقى, التقت.
    short = verb[:-1] if verb.endswith(("ي", "ا")) else verb
    endings = [verb, f"{short}ت", f"{short}وا", f"{verb}ا", f"{short}تا", f"{short}و"]
    form = (Form(cue, Shape.PERFECT, definite=False),)
    for conjunction in _CONJUNCTIONS:
        for ending in endings:
            for pronoun in _OBJECTS:
                yield conjunction + ending + pronoun, form


def _imperfect_forms(stem: str, cue: EventCue) -> Iterator[_Written]:
    present, future = (
        (Form(cue, shape, definite=False),) for shape in (Shape.IMPERFECT, Shape.FUTURE)
    )
    for conjunction in _CONJUNCTIONS:
        # "We" is the party that speaks: "we did not withdraw".
        for person in ("ي", "ت", "ن"):
            for ending in ("", "ون", "وا", "ان"):
                for pronoun in _OBJECTS:
                    written = person + stem + ending + pronoun
                    yield conjunction + written, present
                    yield conjunction + FUTURE + written, future
