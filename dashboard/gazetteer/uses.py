"""What a place name means in a text: a location, a government, a reporter's seat, the end of a road.

The words are rows of data/lexicon/ (gazetteer/context.py); here are the rules on their positions.
"""

import re
from functools import cache, lru_cache

from dashboard.gazetteer.context import Context, KindWord, MentionUse
from dashboard.gazetteer.index import PlaceIndex
from dashboard.text.by_word import ByKey
from dashboard.text.clitics import AND, ARTICLE, IN, PRONOUNS, THEN, TO, bases, definite_base
from dashboard.text.phrases import Match
from dashboard.text.zones import FURNITURE, ZoneKind

# The length of the context before a name, in folded characters.
_REACH = 60
_WORD = re.compile(r"[^\W_]+")
_CLOCK = re.compile(r"\d{1,2}:\d{2}\s*$")
_JOINED = re.compile(r"[\s,\"'()]*")
# A reporter is "in" a place with at most so many words, the name of an outlet, between.
_OUTLET_WORDS = 4
# What follows the place of a dateline: a dash, or the name of an agency in parentheses.
# The day may stand between.
_AFTER_DATELINE = re.compile(
    r"[ \t]*(?:(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2} [^\W\d]{2,12} \d{4})[ \t]*)?"
    r"(?:[-–—ـ/|]|\([^()\n]{2,30}\)[ \t]*[-–—:])"
)
# "Son of" right after a name, which is then that of a person.
_IS_PERSON = re.compile(r" +(?:بن|ابن) ")
# What is fired is among so many words before the place, the last of which is "from".
_FROM, _FIRED_REACH = "من", 4
# "That it", after which a verb has its subject before it: "that it bombed Tel Aviv".
_THAT_IT = frozenset(that + pronoun for that in ("ان", "بان") for pronoun in PRONOUNS)
# "The capital", between which and its name an adjective may stand.
_CAPITAL, _FEMININE = "عاصمه", "ه"
# Signs between the beginning of a line and a dateline, and the most of them.
_BEFORE_DATELINE, _INDENT = " \t\r\"'(*", 12
# Two places joined by a dash, as the ends of a road are: "دمشق - السويداء"; or by nothing.
_ENDS_JOINT = re.compile(r"\s*[-–—ـ/]?\s*")
_LONGEST_JOINT = 8
# How far before its first end the word for a road may stand: "الطريق الدولي السريع دمشق - درعا".
_ROAD_WORDS = 3
# The longest part of a name in quotes before a place in it, and the uses that have such names.
_LONGEST_TITLE = 25
_QUOTED = frozenset({MentionUse.OPERATION_NAME, MentionUse.PARTY_NAME, MentionUse.OUTLET})
_QUOTE = '"'


def use_of(
    text: str, match: Match, zone: ZoneKind, kind: KindWord | None, index: PlaceIndex
) -> MentionUse:
    """What the name at `match` in the folded text means, by the first rule that applies."""
    start = match.start - len(match.prefix)
    if zone in FURNITURE:
        return MentionUse.FURNITURE
    if _CLOCK.search(text[max(0, start - 12) : start]) and not match.prefix:
        return MentionUse.TIME_ZONE
    if _is_dateline(text, match):
        return MentionUse.DATELINE
    if _is_reporter_seat(text, match, index.context):
        return MentionUse.REPORTER_SEAT
    if _IS_PERSON.match(text, match.end):
        return MentionUse.TITLE
    by_words = _use_by_words(text, match.start if match.prefix == TO else start, index.context)
    if by_words and match.prefix in {"", TO}:
        return by_words
    by_quote = _use_by_quote(text, start, index.context)
    if by_quote:
        return by_quote
    if match.phrase.startswith(index.kind_prefixes):
        title = _use_by_words(text, start, index.context)
        return title if title is MentionUse.TITLE else MentionUse.LOCATION
    if kind is None and match.phrase in index.governments:
        return MentionUse.LOCATION if _is_in_place(text, match, index) else MentionUse.METONYM
    return MentionUse.LOCATION


def _is_in_place(text: str, match: Match, index: PlaceIndex) -> bool:
    """Whether a capital or country is a place: a word of place stands right before it.

    Of a capital amid a conflict "from Sanaa" and "bombed Sanaa" are places, too, where "from Ankara"
    is a government.
    """
    context = index.context
    if IN in match.prefix or after_locative(text, match, context):
        return True
    if _is_named_capital(text, match, context) or _is_fired_from(text, match, context):
        return True
    words, _ = words_before(text, match.start)
    verbs = context.use_words["capital_locative"]
    if words[-2:-1] and words[-2] in _THAT_IT and _after(verbs, text, match):
        return True
    if match.phrase not in index.embattled_capitals:
        return False
    # "The planes bombed Sanaa": the verb, its subject, the place.
    subject = len(words) > 1 and words[-1].startswith(ARTICLE) and words[-2] in verbs
    return _after(verbs, text, match) or (subject and not match.prefix)


def _is_named_capital(text: str, match: Match, context: Context) -> bool:
    """Whether it is "the Sudanese capital, Khartoum", or "the southern suburbs of Beirut"."""
    start = match.start - len(match.prefix)
    words, end = words_before(text, start)
    if not words or not _JOINED.fullmatch(text, end, start):
        return False
    if match.prefix == TO:
        return words[-1].removesuffix(_FEMININE) in context.use_words["side"]
    adjective = not match.prefix and words[-1].startswith(ARTICLE)
    return adjective and any(definite_base(word) == _CAPITAL for word in words[-2:-1])


def _is_fired_from(text: str, match: Match, context: Context) -> bool:
    """Whether something is fired from there: "rockets from Lebanon", unlike "a reply from Lebanon"."""
    words, _ = words_before(text, match.start)
    if match.prefix or words[-1:] != (_FROM,):
        return False
    fired = context.use_words["fired"]
    return any(
        b in fired or definite_base(b) in fired for w in words[-_FIRED_REACH:] for b in bases(w)
    )


def words_before(text: str, start: int) -> tuple[tuple[str, ...], int]:
    """The words before `start` within reach, in order, and the end of the last one."""
    words, beyond = _words_in(text[max(0, start - _REACH) : start])
    return words, start - beyond


# Several rules read the words before one name. The key is this short part, so that no whole text stays
# in the cache.
@lru_cache(maxsize=256)
def _words_in(part: str) -> tuple[tuple[str, ...], int]:
    """The words of a part of a text, and the number of characters after the last one, or 0."""
    words = list(_WORD.finditer(part))
    return tuple(word[0] for word in words), len(part) - words[-1].end() if words else 0


def after_locative(text: str, match: Match, context: Context) -> bool:
    """Whether a word of place (in, to, north of ...) stands right before the name."""
    return _after(context.locatives, text, match)


def after_town_locative(text: str, match: Match, context: Context) -> bool:
    """Whether "from", "on" or "between" does: "from Idlib" is a place, "from Ankara" a government."""
    return _after(context.use_words["town_locative"], text, match)


def _after(words_of_place: frozenset[str], text: str, match: Match) -> bool:
    if match.prefix:
        return False
    words, end = words_before(text, match.start)
    if not words or text[end : match.start].strip():
        return False
    return any(
        base in words_of_place
        for phrase in (words[-1], " ".join(words[-2:]))
        for base in bases(phrase)
    )


def are_road_ends(text: str, first: Match, second: Match, context: Context) -> bool:
    """Whether two names are the ends of a road: "طريق دمشق - السويداء", "طريق حلب دمشق الدولي"."""
    if second.prefix not in {"", AND} or first.prefix:
        return False
    between = text[first.end : second.start - len(second.prefix)]
    # A long run of white space would be tried at each of its lengths.
    if len(between) > _LONGEST_JOINT or "\n" in between or not _ENDS_JOINT.fullmatch(between):
        return False
    words, end = words_before(text, first.start)
    if text[end : first.start].strip():
        return False
    # "They closed the road at X and Y": a word of place ends what the road is called.
    named: list[str] = []
    for word in words[-_ROAD_WORDS:]:
        named = [] if word in context.locatives else [*named, word]
    roads = context.use_words["road"]
    return any(base in roads for word in named for base in bases(word))


def _use_by_words(text: str, start: int, context: Context) -> MentionUse | None:
    """The use that the one to three words right before the name define."""
    words, end = words_before(text, start)
    if not words or not _ENDS_USE[context][words[-1]] or not _JOINED.fullmatch(text, end, start):
        return None
    for length in (3, 2, 1):
        phrase = " ".join(words[-length:])
        for base in bases(phrase):
            use = context.uses.get(base)
            if use and len(words) >= length:
                return use
    return None


def _ends_use(word: str, context: Context) -> bool:
    """Whether a word may be the last of those that define a use; a single one may have clitics."""
    return any(base in context.uses for base in bases(word)) or any(
        use.endswith(f" {word}") for use in context.uses
    )


_ENDS_USE = ByKey(_ends_use)


def _use_by_quote(text: str, start: int, context: Context) -> MentionUse | None:
    """The use that the words before a quotation define: operation "We are coming, O Nineveh"."""
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    # Folded text has one quotation mark: an odd number of them is an open quotation.
    if before.count(_QUOTE) % 2 == 0:
        return None
    opening = before.rfind(_QUOTE)
    if len(before) - opening > _LONGEST_TITLE:
        return None
    use = _use_by_words(text, start - len(before) + opening, context)
    # "Commander of operation ..." is a title, what is in the quotes the operation.
    if use is MentionUse.TITLE:
        return MentionUse.OPERATION_NAME
    return use if use in _QUOTED else None


def _is_dateline(text: str, match: Match) -> bool:
    """Whether the name opens a line as the place of writing: "دمشق - سانا", "غزة (رويترز) -"."""
    if match.prefix or not _AFTER_DATELINE.match(text, match.end):
        return False
    # Only the letters right before: a text of one long line is not searched for its beginning.
    first = max(0, match.start - _INDENT)
    before = text[first : match.start].rstrip(_BEFORE_DATELINE)
    return before.endswith("\n") or (not before and first == 0)


def _is_reporter_seat(text: str, match: Match, context: Context) -> bool:
    """Whether a reporter is said to be in the place: "مراسلنا في إدلب".

    What happened to a reporter there happened there: "مقتل مراسل القناة في إدلب".
    """
    start = match.start - len(match.prefix)
    may_report = _REPORTS[context]
    if not any(map(may_report.__getitem__, words_before(text, start)[0])):
        return False
    before = text[max(0, start - _REACH) : start] + (IN if IN in match.prefix else "")
    found = _reporter(context).search(before)
    return found is not None and found["before"] not in context.use_words["harmed"]


def _may_report(word: str, context: Context) -> bool:
    """Whether a word is one for a reporter, perhaps with other letters around it."""
    return any(reporter in word for reporter in context.use_words["reporter"])


_REPORTS = ByKey(_may_report)


@cache
def _reporter(context: Context) -> re.Pattern[str]:
    """A reporter, perhaps the outlet's name, "in", and perhaps the kind of the place."""
    reporters = "|".join(sorted(context.use_words["reporter"], key=len, reverse=True))
    kinds = "|".join(map(re.escape, sorted(context.kind_words, key=len, reverse=True)))
    acts = "|".join(map(re.escape, context.use_words["act"]))
    not_outlet = rf"(?:ان|{acts})\b|{IN}(?!لدي\b|رس\b|ي\b|غداد\b|وست\b)"
    outlet = rf"(?:\s+(?!{not_outlet})[^\s.,:;]+){{0,{_OUTLET_WORDS}}}?"
    place = rf"(?:(?:في|من|داخل)\s+(?:(?:{kinds})\s+)?|{IN}(?:(?:{kinds})\s+)?)"
    reporter = rf"(?<!\w)[{AND}{THEN}{TO}]?(?:{reporters})"
    return re.compile(rf"(?:(?P<before>\w+)\s+)?{reporter}{outlet}\s+{place}$")
