"""Claim cues from claim_cues.csv, denial_cues.csv and claim_words.csv, grouped for search by word."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.extraction.claim_forms import ClaimWord, cues_of_word
from dashboard.extraction.claim_roles import ClaimCue, ClaimRole
from dashboard.model.rows import load_records
from dashboard.text.clitics import CONJUNCTIONS
from dashboard.text.normalise import fold

# Cues before which "and" may be written.
_JOINED = frozenset({"before", "verb", "near"})
_Singles = Mapping[str, tuple[ClaimCue, ...]]
_Phrases = Mapping[str, Mapping[str, tuple[ClaimCue, ...]]]


@dataclass(frozen=True, slots=True)
class _ClaimRow:
    role: ClaimRole
    words: str
    where: str


@dataclass(frozen=True, slots=True)
class _DenialRow(_ClaimRow):
    needs: tuple[str, ...]
    avoids: tuple[str, ...]


def load_claims(folder: Path) -> tuple[_Singles, _Phrases, Mapping[ClaimRole, frozenset[str]]]:
    """The cues of one word, those of several by their first two, and lists of single words.

    Of phrases with the same two words the longest comes first. Raises DataError if a table is faulty.
    """
    singles: dict[str, list[ClaimCue]] = defaultdict(list)
    phrases: dict[str, dict[str, list[ClaimCue]]] = defaultdict(lambda: defaultdict(list))
    words: dict[ClaimRole, set[str]] = defaultdict(set)
    for cue in _unique(folder):
        if cue.where == "word":
            words[cue.role].add(" ".join(cue.words))
            continue
        for prefix in ("", *CONJUNCTIONS) if cue.where in _JOINED else ("",):
            first = prefix + cue.words[0]
            if len(cue.words) == 1:
                singles[first].append(cue)
            else:
                phrases[first][cue.words[1]].append(cue)
    return (
        {word: tuple(found) for word, found in singles.items()},
        {
            first: {word: _longest_first(found) for word, found in by_second.items()}
            for first, by_second in phrases.items()
        },
        {role: frozenset(found) for role, found in words.items()},
    )


def _longest_first(cues: Sequence[ClaimCue]) -> tuple[ClaimCue, ...]:
    return tuple(cues if len(cues) == 1 else sorted(cues, key=lambda cue: -len(cue.words)))


def _unique(folder: Path) -> Iterator[ClaimCue]:
    """Every cue once: a form that several rows give is as the first of them has it."""
    seen: set[tuple[ClaimRole, tuple[str, ...], str]] = set()
    for cue in _claim_cues(folder):
        key = cue.role, cue.words, cue.where
        if key not in seen:
            seen.add(key)
            yield cue


def _claim_cues(folder: Path) -> Iterator[ClaimCue]:
    for row in load_records(folder / "claim_cues.csv", _ClaimRow):
        yield ClaimCue(row.role, tuple(fold(row.words).split()), row.where)
    for denial in load_records(folder / "denial_cues.csv", _DenialRow):
        needs, avoids = (tuple(map(fold, words)) for words in (denial.needs, denial.avoids))
        words = tuple(fold(denial.words).split())
        yield ClaimCue(denial.role, words, denial.where, needs, avoids)
    for word in load_records(folder / "claim_words.csv", ClaimWord):
        yield from cues_of_word(word)
