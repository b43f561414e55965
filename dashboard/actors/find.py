"""Parties named in a text, e.g. "ميليشيا قسد" -> sdf, loaded; "دمشق" -> its government or a city."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.actors.index import ActorIndex
from dashboard.gazetteer.context import Context, MentionUse
from dashboard.gazetteer.resolve import PlaceMention
from dashboard.model.actor import ActorName
from dashboard.model.message import StoredText, joined, message
from dashboard.model.place import NameStrength
from dashboard.text.clitics import ARTICLE, IN, bases
from dashboard.text.normalise import Normalised
from dashboard.text.phrases import Match
from dashboard.text.prepared import PreparedText

# An adjective of relation after a common noun makes it another one's: الجيش اللبناني.
_RELATION = re.compile(rf"[\s\"']*({ARTICLE}\w{{2,}}(?:ي|يه))\b")
_WORD = re.compile(r"\w+")
# The type of party whose wordings are common nouns, which name it by themselves.
_PLAIN = "civilians"
_STRONG, _SUPPORTED, _PLAIN_CONFIDENCE = 0.95, 0.75, 0.6


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A span of a text that names a party.

    `start` and `end` are offsets into the original text and leave clitics out; `loaded` marks an
    outlet's own loaded term; `reason` says why the wording is read as this party.
    """

    start: int
    end: int
    surface: str
    actor_id: str
    confidence: float
    reason: StoredText
    loaded: bool


def find_actors(
    text: PreparedText,
    index: ActorIndex,
    places: Sequence[PlaceMention],
    context: Context,
    on: date | None = None,
) -> tuple[ActorMention, ...]:
    """Every mention of a party in `text`, in order.

    `places` are the place mentions of the same text: they tell a government from a country. `on` is
    the day of publication, or of what is told: it decides who "the government" is.
    """
    folded = text.folded
    named = [
        (match, names)
        for match in index.phrases.search(folded.text)
        if (names := index.named(match.phrase, on))
    ]
    around = _Around(folded, {mention.start: mention.use for mention in places}, context)
    sure = _sure(named, index, around)
    return tuple(
        mention
        for match, names in named
        if (mention := _mention(match, _read(match, names, index, sure, around), folded))
    )


@dataclass(frozen=True, slots=True)
class _Around:
    """The folded text with the uses of its place names, by where these start in the original."""

    folded: Normalised
    uses: Mapping[int, MentionUse]
    context: Context


# A name with how sure it is, and why.
_Named = tuple[ActorName, float, StoredText]
_GOVERNMENT = message("a country or capital standing for its government")
_STRONG_NAME = message("a name of the party")
_LOADED_NAME = message("a name of the party, loaded")
_SHORT_NAME = joined(message("a short name"), message("the article names the party in full"))
_COMMON_NOUN = message("a common noun")


def _sure(
    named: Sequence[tuple[Match, tuple[ActorName, ...]]], index: ActorIndex, around: _Around
) -> frozenset[str]:
    """Every party that a strong name means, with its kin: what supports weak names."""
    strong = {
        name.actor_id
        for match, names in named
        for name in names
        if name.strength is NameStrength.STRONG
        and not (index.is_country(match.phrase) and not _governs(match, around))
    }
    return frozenset(kin for actor_id in strong for kin in index.kin(actor_id))


def _mention(match: Match, named: _Named | None, folded: Normalised) -> ActorMention | None:
    if named is None:
        return None
    name, confidence, reason = named
    start, end = folded.span(match.start, match.end)
    return ActorMention(
        start, end, folded.original[start:end], name.actor_id, confidence, reason, name.loaded
    )


def _read(
    match: Match,
    names: Sequence[ActorName],
    index: ActorIndex,
    sure: frozenset[str],
    around: _Around,
) -> _Named | None:
    """Which of the parties of a name is meant; `None` if none is."""
    strong = next((name for name in names if name.strength is NameStrength.STRONG), None)
    folded = around.folded
    if index.is_country(match.phrase):
        if folded.indefinite(match.start, match.end) or not _governs(match, around):
            return None
        return strong or names[0], _SUPPORTED, _GOVERNMENT
    if strong:
        return strong, _STRONG, _LOADED_NAME if strong.loaded else _STRONG_NAME
    if match.phrase.startswith(ARTICLE) and _RELATION.match(folded.text, match.end):
        return None
    supported = next((name for name in names if name.actor_id in sure), None)
    if supported:
        return supported, _SUPPORTED, _SHORT_NAME
    plain = next((name for name in names if index.actors[name.actor_id].type == _PLAIN), None)
    return (plain, _PLAIN_CONFIDENCE, _COMMON_NOUN) if plain else None


def _governs(match: Match, around: _Around) -> bool:
    """Whether a country or capital is spoken of as one who acts, not as a place."""
    folded, context = around.folded, around.context
    use = around.uses.get(folded.offsets[match.start])
    if use is not None:
        return use is MentionUse.METONYM
    if IN in match.prefix:
        return False
    before = _WORD.findall(folded.text[max(0, match.start - 30) : match.start - len(match.prefix)])
    last = before[-1] if before else ""
    return not any(base in context.locatives or base in context.uses for base in bases(last))
