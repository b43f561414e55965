"""The context of a name in a text, e.g. "قرية" (village) or "قوات" (forces) before it.

The words are rows of data/lexicon/ (gazetteer/context.py); here are the rules on their positions.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from dashboard.gazetteer.context import Context, KindWord, MentionUse
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.misspelt import misspelt
from dashboard.gazetteer.uses import (
    after_locative,
    after_town_locative,
    are_road_ends,
    use_of,
    words_before,
)
from dashboard.text.by_word import ByKey
from dashboard.text.clitics import AND, ARTICLE, IN, bases
from dashboard.text.normalise import Normalised
from dashboard.text.phrases import Match
from dashboard.text.prepared import PreparedText
from dashboard.text.sentences import Span

# How far back, in folded characters, a list may have begun that a name continues.
_LIST_REACH = 90
# The beginning of the name of a countryside, which may have a side; and the two words after a name.
_COUNTRYSIDE = "ريف "
# "And to" and "governor" in folded text, and the last letter of the former.
_AND_TO, _MAKSURA = "والي", "ى"
_COMMA, _IN_FORMS = ",", frozenset({"في", IN})
_WORDS_AFTER = re.compile(r"(?: \w+){0,2}")


class NameMatch(NamedTuple):
    """A name in folded text with its context before it; `sentence` is a span of the original.

    `joined` is whether "and" joins it to the name before it, `opens` whether the sentence opens with it
    as where it all is: "In the Bekaa, five were killed".
    """

    match: Match
    corrected: bool
    kind: KindWord | None
    use: MentionUse
    locative: bool
    joined: bool
    opens: bool
    sentence: Span


def match_names(text: PreparedText, index: PlaceIndex) -> list[NameMatch]:
    """All names of the gazetteer in the text, in order, with their context."""
    folded = text.folded
    exact = index.phrases.search(folded.text, text.words)
    matches = [(match, False) for match in exact]
    matches += [(match, True) for match in misspelt(text, index, exact)]
    matches = [(_whole_name(folded.text, match, index), flag) for match, flag in matches]
    matches.sort(key=lambda pair: pair[0].start)
    names: list[NameMatch] = []
    for match, corrected in matches:
        if folded.indefinite(match.start, match.end):
            continue
        at = folded.offsets[match.start]
        zone = text.zone_at(at)
        kind = _kind_before(folded.text, match, names, index)
        use = use_of(folded.text, match, zone, kind, index)
        if use is MentionUse.TITLE and _follows_to(folded, match):
            use = MentionUse.LOCATION
        joined = _joined_to(folded.text, match, names, index)
        sentence = text.sentence_at(at, at + 1)
        names.append(
            NameMatch(
                match=match,
                corrected=corrected,
                kind=kind,
                use=use,
                locative=use is MentionUse.LOCATION
                and (
                    after_locative(folded.text, match, index.context)
                    or after_town_locative(folded.text, match, index.context)
                    or joined
                ),
                joined=joined,
                opens=_opens(folded, match, sentence),
                sentence=sentence,
            )
        )
    return _with_road_ends(names, folded.text, index)


def _opens(folded: Normalised, match: Match, sentence: Span) -> bool:
    """Whether only "in" is before the name in its sentence, and a comma after it."""
    if not folded.text.startswith(_COMMA, match.end):
        return False
    before = folded.text[folded.folded_offset(sentence[0]) : match.start]
    return before.strip().removeprefix(AND) in _IN_FORMS


def _follows_to(folded: Normalised, match: Match) -> bool:
    """Whether "and to" (وإلى) stands before the name; folded text has it as "governor" (والي)."""
    words, end = words_before(folded.text, match.start - len(match.prefix))
    if not words or words[-1] != _AND_TO:
        return False
    first, last = folded.span(end - len(_AND_TO), end)
    return _MAKSURA in folded.original[first:last]


def _whole_name(text: str, match: Match, index: PlaceIndex) -> Match:
    """The match with its article and with the side or part after it: "ريف حلب الغربي"."""
    end = match.end
    if match.phrase.startswith(_COUNTRYSIDE):
        sides = index.context.use_words["side"]
        for word in _WORDS_AFTER.match(text, end)[0].split():  # type: ignore[index]
            if word not in sides:
                break
            end += 1 + len(word)
    elif index.names_town(match.phrase):
        parts = index.context.use_words["part"]
        after = _WORDS_AFTER.match(text, end)[0].split()[:1]  # type: ignore[index]
        end += sum(1 + len(word) for word in after if word in parts)
    if end == match.end and not match.prefix.endswith(ARTICLE):
        return match
    prefix = match.prefix.removesuffix(ARTICLE)
    start = match.start - len(match.prefix) + len(prefix)
    return Match(match.phrase, start, end, prefix)


def _with_road_ends(names: list[NameMatch], text: str, index: PlaceIndex) -> list[NameMatch]:
    """The names, the two ends of a road marked as such."""
    for number, (one, other) in enumerate(pairwise(names)):
        if are_road_ends(text, one.match, other.match, index.context):
            for at in (number, number + 1):
                names[at] = names[at]._replace(use=MentionUse.ROAD_END, locative=False)
    return names


def _kind_before(
    text: str, match: Match, names: Sequence[NameMatch], index: PlaceIndex
) -> KindWord | None:
    """The kind word before the name, or before the list to which the name belongs."""
    start = match.start - len(match.prefix)
    words, end = words_before(text, start)
    if words and not text[end:start].strip(" \"'("):
        kind = _KINDS[index.context][words[-1]]
        if kind:
            return kind
    listed = names[-1] if names else None
    if listed is None or listed.kind is None or listed.kind.number != "many":
        return None
    between = text[listed.match.end : start]
    continues = match.prefix.startswith(AND) or between.strip() in {",", AND}
    return listed.kind if continues and len(between) < _LIST_REACH and "." not in between else None


def _as_kind(word: str, context: Context) -> KindWord | None:
    """The kind word that `word` is; "the village" (القرية) names none, what follows describes it."""
    words = context.kind_words
    return next((words[base] for base in bases(word) if base in words), None)


_KINDS = ByKey(_as_kind)


def _joined_to(text: str, match: Match, names: Sequence[NameMatch], index: PlaceIndex) -> bool:
    """Whether "and" joins the name to the name right before it: رفح وخان يونس, or وبلدة بيت حانون."""
    if not names or names[-1].use is not MentionUse.LOCATION:
        return False
    between = text[names[-1].match.end : match.start - len(match.prefix)].strip(" ,\"'")
    if match.prefix.startswith(AND):
        return not between
    return between.startswith(AND) and between[1:] in index.context.kind_words
