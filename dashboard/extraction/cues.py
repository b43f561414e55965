"""The tables of words by which events and claims are read, loaded once.

They are data/lexicon/event_cues.csv, claim_cues.csv, denial_cues.csv, claim_words.csv and
nationality_words.csv, each with an example.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from dashboard.extraction.claim_roles import ClaimCue, ClaimRole
from dashboard.extraction.claim_tables import load_claims
from dashboard.extraction.event_cues import Form, load_event_cues
from dashboard.model.rows import load_records
from dashboard.settings import DATA
from dashboard.text.clitics import AND, ARTICLE
from dashboard.text.normalise import fold

# Of an adjective of nationality: masculine, feminine, accusative, dual and plural.
_ENDINGS = ("", "ه", "ا", "ان", "ين", "ون", "يين", "يون")
_FOLDER = DATA / "lexicon"


@dataclass(frozen=True, slots=True)
class _Nationality:
    word: str
    actor_id: str


@dataclass(frozen=True, slots=True)
class Cues:
    """Event cues by written form, claim cues of one word, and lists of single words.

    `phrases` are the claim cues of several words by their first and second word, the longest first.
    `claim_words` are the first words of all claim cues.
    `nationalities` are adjectives that name who does it: "Turkish shelling".
    """

    events: Mapping[str, tuple[Form, ...]]
    claims: Mapping[str, tuple[ClaimCue, ...]]
    phrases: Mapping[str, Mapping[str, tuple[ClaimCue, ...]]]
    words: Mapping[ClaimRole, frozenset[str]]
    nationalities: Mapping[str, str]
    claim_words: frozenset[str]
    _unions: dict[tuple[ClaimRole, ...], frozenset[str]] = field(default_factory=dict)

    def union(self, roles: tuple[ClaimRole, ...]) -> frozenset[str]:
        """The single words of any of some roles."""
        words = self._unions.get(roles)
        if words is None:
            words = self._unions[roles] = frozenset().union(*(self.words[role] for role in roles))
        return words


@cache
def load_cues(folder: Path = _FOLDER) -> Cues:
    """Read the tables of kinds and cues in `folder`; raises DataError if one is faulty."""
    events = load_event_cues(folder)
    claims, phrases, words = load_claims(folder)
    return Cues(
        events=events,
        claims=claims,
        phrases=phrases,
        words=words,
        claim_words=frozenset((*claims, *phrases)),
        nationalities=dict(_nationalities(folder / "nationality_words.csv")),
    )


def _nationalities(path: Path) -> Iterator[tuple[str, str]]:
    for row in load_records(path, _Nationality):
        for ending in _ENDINGS:
            for article in ("", ARTICLE, AND, AND + ARTICLE):
                yield f"{article}{fold(row.word)}{ending}", row.actor_id
