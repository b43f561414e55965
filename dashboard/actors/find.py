"""Find actors in a text, e.g. "ميليشيا قسد" -> sdf, loaded; "دمشق" -> a government, or a city."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.actors.choose import (
    CIVILIAN_TYPE,
    LOADED_NAME,
    STRONG_NAME,
    Resolved,
    Support,
    short_name,
    strong_name,
)
from dashboard.actors.index import ActorIndex
from dashboard.gazetteer.context import Context, MentionUse
from dashboard.gazetteer.resolve import PlaceMention
from dashboard.model.actor import ActorName
from dashboard.model.message import StoredText, message
from dashboard.model.place import NameStrength
from dashboard.text.clitics import ARTICLE, IN, bases
from dashboard.text.normalise import Normalised
from dashboard.text.phrases import Match
from dashboard.text.prepared import PreparedText

# A definite nisba adjective after a common noun makes it another actor: الجيش اللبناني.
_NISBA = re.compile(rf"[\s\"']*({ARTICLE}\w{{2,}}(?:ي|يه))\b")
_WORD = re.compile(r"\w+")
# A town after the name of an agency at the beginning of a line: "السومرية نيوز/ بغداد -".
_AGENCY_BEFORE = re.compile(r"(?:^|\n)[ \t]*[\w.\"]+(?: [\w.\"]+){0,3} ?[-–—/(,] ?$")
_AFTER_TOWN = re.compile(r" ?[-–—/):]")
_LONGEST_AGENCY = 40


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
    countries: Sequence[str] = (),
) -> tuple[ActorMention, ...]:
    """All mentions of actors in `text`, in order.

    `places` are the place mentions of the same text: they distinguish governments from countries.
    `on` is the day of publication or of the events: it decides who "the government" is, as do the
    `countries` that the text is on, most named first.
    """
    folded = text.folded
    candidates = [
        (match, names)
        for match in index.phrases.search(folded.text, text.words)
        if (names := index.names_for(match.phrase, on))
    ]
    around = _Surroundings(folded, {mention.start: mention for mention in places}, context)
    support = Support(_supporting_ids(candidates, index, around), countries)
    return tuple(_mentions(candidates, index, support, around))


# Letters of a place name before its last words, at most.
_LONGEST_PLACE = 40


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """The folded text, and its place names by their offsets in the original."""

    folded: Normalised
    places: Mapping[int, PlaceMention]
    context: Context

    def ends_place(self, start: int, end: int) -> bool:
        """Whether the words are the end of a longer name of a place, as "civilian" in "Wad Madani"."""
        words = self.folded.original[max(0, start - _LONGEST_PLACE) : start]
        begins = (
            start - len(words) + at for at, letter in enumerate(words) if not letter.isspace()
        )
        known = (self.places.get(first) for first in begins)
        return any(place and place.place_id and place.end == end for place in known)


_Candidates = Sequence[tuple[Match, tuple[ActorName, ...]]]
_GOVERNMENT = message("a country or capital standing for its government")


def _supporting_ids(
    candidates: _Candidates, index: ActorIndex, around: _Surroundings
) -> frozenset[str]:
    """The ids of the actors that strong names name, and of related ones: they support weak names."""
    strong = {
        name.actor_id
        for match, names in candidates
        for name in names
        if name.strength is NameStrength.STRONG
        and not name.countries
        and not (index.is_country(match.phrase) and not _is_metonym(match, around))
    }
    return frozenset(related_id for actor_id in strong for related_id in index.related(actor_id))


def _mentions(
    candidates: _Candidates, index: ActorIndex, support: Support, around: _Surroundings
) -> Iterator[ActorMention]:
    for match, names in candidates:
        resolved = _resolve(match, names, index, support, around)
        if resolved is None:
            continue
        name, reason = resolved
        if reason is STRONG_NAME or reason is LOADED_NAME:
            support.named_at[name.actor_id] = match.start
        start, end = around.folded.span(match.start, match.end)
        # Others may well be meant: "the base of the Coalition".
        civilian = index.actors[name.actor_id].type == CIVILIAN_TYPE
        if civilian and around.ends_place(start, end):
            continue
        surface = around.folded.original[start:end]
        yield ActorMention(start, end, surface, name.actor_id, reason, name.loaded)


def _resolve(
    match: Match,
    names: Sequence[ActorName],
    index: ActorIndex,
    support: Support,
    around: _Surroundings,
) -> Resolved | None:
    """Choose among the actors of a name; `None` if it names no actor here."""
    strong = strong_name(names, support.countries)
    folded = around.folded
    if index.is_country(match.phrase) or _is_place(match, names, index, around):
        if folded.indefinite(match.start, match.end) or not _is_metonym(match, around):
            return None
        return strong or names[0], _GOVERNMENT
    if strong:
        return strong, LOADED_NAME if strong.loaded else STRONG_NAME
    if match.phrase.split()[-1].startswith(ARTICLE) and _NISBA.match(folded.text, match.end):
        return None
    return short_name(names, support, index)


def _is_place(
    match: Match, names: Sequence[ActorName], index: ActorIndex, around: _Surroundings
) -> bool:
    """Whether a name of several words is that of a state and of a place: "the United States"."""
    place = around.places.get(around.folded.offsets[match.start])
    same = place is not None and place.end == around.folded.span(match.start, match.end)[1]
    return same and index.names_state(names)


def _is_metonym(match: Match, around: _Surroundings) -> bool:
    """Whether a country or capital stands for its government, not for the place."""
    folded, context = around.folded, around.context
    if _is_dateline(match, folded.text):
        return False
    place = around.places.get(folded.offsets[match.start])
    if place is not None:
        return place.use is MentionUse.METONYM
    if IN in match.prefix:
        return False
    before = _WORD.findall(folded.text[max(0, match.start - 30) : match.start - len(match.prefix)])
    last = before[-1] if before else ""
    return not any(base in context.locatives or base in context.uses for base in bases(last))


def _is_dateline(match: Match, text: str) -> bool:
    """Whether a name is the town of a dateline that begins with the name of an agency."""
    if match.prefix or not _AFTER_TOWN.match(text, match.end):
        return False
    first = max(0, match.start - _LONGEST_AGENCY)
    return _AGENCY_BEFORE.search(text[first : match.start]) is not None
