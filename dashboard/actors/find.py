"""Find actors in a text, e.g. "ميليشيا قسد" -> sdf, loaded; "دمشق" -> a government, or a city."""

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

# A definite nisba adjective after a common noun makes it another actor: الجيش اللبناني.
_NISBA = re.compile(rf"[\s\"']*({ARTICLE}\w{{2,}}(?:ي|يه))\b")
_WORD = re.compile(r"\w+")
# The type of actors that bear no arms; common nouns name them.
CIVILIAN_TYPE = "civilians"


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A span of a text that names an actor.

    `start` and `end` are offsets into the original text and leave clitics out; `loaded` marks an
    outlet's own loaded term; `reason` says why the wording names this actor.
    """

    start: int
    end: int
    surface: str
    actor_id: str
    reason: StoredText
    loaded: bool


def find_actors(
    text: PreparedText,
    index: ActorIndex,
    places: Sequence[PlaceMention],
    context: Context,
    on: date | None = None,
) -> tuple[ActorMention, ...]:
    """All mentions of actors in `text`, in order.

    `places` are the place mentions of the same text: they distinguish governments from countries.
    `on` is the day of publication or of the events: it decides who "the government" is.
    """
    folded = text.folded
    candidates = [
        (match, names)
        for match in index.phrases.search(folded.text)
        if (names := index.names_for(match.phrase, on))
    ]
    around = _Surroundings(folded, {mention.start: mention.use for mention in places}, context)
    supporting_ids = _supporting_ids(candidates, index, around)
    resolved = (
        (match, _resolve(match, names, index, supporting_ids, around))
        for match, names in candidates
    )
    return tuple(_mention(match, name, folded) for match, name in resolved if name)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """The folded text, and the uses of its place names by their offsets in the original."""

    folded: Normalised
    uses: Mapping[int, MentionUse]
    context: Context


# A name with the reason why it is meant.
_Resolved = tuple[ActorName, StoredText]
_GOVERNMENT = message("a country or capital standing for its government")
_STRONG_NAME = message("a name of the party")
_LOADED_NAME = message("a name of the party, loaded")
_SHORT_NAME = joined(message("a short name"), message("the article names the party in full"))
_COMMON_NOUN = message("a common noun")


def _supporting_ids(
    candidates: Sequence[tuple[Match, tuple[ActorName, ...]]],
    index: ActorIndex,
    around: _Surroundings,
) -> frozenset[str]:
    """The ids of the actors that strong names name, and of related ones: they support weak names."""
    strong = {
        name.actor_id
        for match, names in candidates
        for name in names
        if name.strength is NameStrength.STRONG
        and not (index.is_country(match.phrase) and not _is_metonym(match, around))
    }
    return frozenset(related_id for actor_id in strong for related_id in index.related(actor_id))


def _mention(match: Match, resolved: _Resolved, folded: Normalised) -> ActorMention:
    name, reason = resolved
    start, end = folded.span(match.start, match.end)
    return ActorMention(start, end, folded.original[start:end], name.actor_id, reason, name.loaded)


def _resolve(
    match: Match,
    names: Sequence[ActorName],
    index: ActorIndex,
    supporting_ids: frozenset[str],
    around: _Surroundings,
) -> _Resolved | None:
    """Choose among the actors of a name; `None` if it names no actor here."""
    strong = next((name for name in names if name.strength is NameStrength.STRONG), None)
    folded = around.folded
    if index.is_country(match.phrase):
        if folded.indefinite(match.start, match.end) or not _is_metonym(match, around):
            return None
        return strong or names[0], _GOVERNMENT
    if strong:
        return strong, _LOADED_NAME if strong.loaded else _STRONG_NAME
    if match.phrase.startswith(ARTICLE) and _NISBA.match(folded.text, match.end):
        return None
    supported = next((name for name in names if name.actor_id in supporting_ids), None)
    if supported:
        return supported, _SHORT_NAME
    for name in names:
        if index.actors[name.actor_id].type == CIVILIAN_TYPE:
            return name, _COMMON_NOUN
    return None


def _is_metonym(match: Match, around: _Surroundings) -> bool:
    """Whether a country or capital stands for its government, not for the place."""
    folded, context = around.folded, around.context
    use = around.uses.get(folded.offsets[match.start])
    if use is not None:
        return use is MentionUse.METONYM
    if IN in match.prefix:
        return False
    before = _WORD.findall(folded.text[max(0, match.start - 30) : match.start - len(match.prefix)])
    last = before[-1] if before else ""
    return not any(base in context.locatives or base in context.uses for base in bases(last))
