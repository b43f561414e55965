"""Translation of sentences stored in English, e.g. the reason why a date was resolved to a day.

Reasons and log entries are stored when a text is read or a decision is taken, so their language
cannot be that of a later reader. They are stored in English and matched against these patterns to be
translated; a test checks that every reason that the reader generates has a pattern.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import cache

from dashboard.language.language import current
from dashboard.language.messages import N_, _
from dashboard.language.numbers import in_digits
from dashboard.language.words import day

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# A sentence contains another where an undo was undone; no real log entry is nested so deep or so long.
_MOST_DEPTH, _MOST_LENGTH = 4, 2_000
_PLACEHOLDER = re.compile(r"\\{\w+\\}")
_BETWEEN = "; "

_PATTERNS = (
    # gazetteer/resolve.py
    N_("strong name"),
    N_("weak name"),
    N_("the word before says what it is"),
    N_("what holds it is named beside it"),
    N_("a word of place stands before it"),
    N_("the article names it elsewhere"),
    N_("{number} km from another place of the article"),
    N_("one letter corrected"),
    N_("does not know which of {number} places is meant"),
    N_("not a place of an event: {use}"),
    N_("metonym"),
    N_("party name"),
    N_("title"),
    N_("outlet"),
    N_("time zone"),
    N_("scenario"),
    N_("operation name"),
    N_("furniture"),
    N_("corrected by an analyst"),
    N_("placed by an analyst"),
    # actors/find.py
    N_("a country or capital standing for its government"),
    N_("a name of the party"),
    N_("a name of the party, loaded"),
    N_("a short name"),
    N_("the article names the party in full"),
    N_("a common noun"),
    # dates/read.py, dates/find.py, dates/published.py
    N_("written in full"),
    N_("written in full, the day first"),
    N_("written in full, the month first"),
    N_("month and year"),
    N_("a year"),
    N_("from one year to the other"),
    N_("from one date to the other: {rest}"),
    N_("no year is named"),
    N_("needs the day of publication, which is not known"),
    N_("the year named last before"),
    N_("the month named last"),
    N_("the month named last before"),
    N_("beyond the years of the calendar"),
    N_("reckoned from publication on {date}"),
    N_("the last such date before publication on {date}"),
    N_("the last such weekday before publication on {date}"),
    N_("the last such weekday before publication on {date}, as “{word}” would be another weekday"),
    N_("refers to a month that no date before it names"),
    N_("{year} AH by the Umm al-Qura calendar"),
    N_("local sighting may differ by a day"),
    N_("a season of that year"),
    N_("{part} in it"),
    N_("early"),
    N_("middle"),
    N_("late"),
    N_("Stated: “{words}”"),
    N_("Stated in the page's metadata"),
    N_("Stated on the page: “{words}”"),
    N_("Stated in the table of articles"),
    N_("told by {who}: {why}"),
    # extraction/suggest.py
    N_("“{word}” tells of {kind}"),
    N_("told by a verb"),
    N_("its place stands in the same clause"),
    N_("its place stands elsewhere in the sentence"),
    N_("its place is named before, and referred to here"),
    N_("the gazetteer lacks its place, which is queued"),
    N_("no place in the sentence"),
    N_("that of the event told before is a guess"),
    N_("the one named last before is a guess"),
    N_("no place is named"),
    N_("a party is named with it"),
    N_("it is denied or doubted, so somebody says it"),
    N_("it may only refer to something told before"),
    N_("the verb is not in the past"),
    N_("“{words}”: {rest}"),
    N_("“{words}” needs a publication date to be reckoned from"),
    N_("no date in the sentence, and the article states no publication date"),
    N_("no date in the sentence"),
    N_("told as background of a text of {date}"),
    N_("no earlier bound"),
    N_("told as news on {date}, so taken as of the two days before"),
    N_("withdrawal"),
    N_("reinforcement"),
    N_("arrest"),
    N_("release"),
    N_("shelling"),
    N_("clash"),
    N_("raid"),
    N_("crowd attack"),
    N_("blockade"),
    N_("meeting"),
    N_("agreement"),
    N_("demand"),
    N_("threat"),
    N_("statement"),
    # seeds/claims.csv, figure_unit
    N_("soldiers"),
    N_("persons"),
    N_("military vehicles"),
    # the record of changes: review/, ingest/keep.py, store/workspace.py
    N_("accepted {title}"),
    N_("added claims to {title}"),
    N_("rejected {title}"),
    N_("edited place {name}"),
    N_("edited {title}"),
    N_("placed {name}"),
    N_("added a name to {name}"),
    N_("dismissed {name}"),
    N_("dated {article} {date}"),
    N_("corrected “{words}” in {article} to {value}"),
    N_("read {article} again"),
    N_("read {number} article"),
    N_("read {number} articles"),
    N_("undid: {what}"),
    N_("restored backup {name}"),
    N_("the file before is {name}"),
    N_("there was no file before"),
    N_("undone at once"),
    N_("undone on the History page"),
    N_("asked for on the Articles page"),
    N_("not an event of these kinds"),
    N_("told as background only"),
    N_("not said to have happened"),
    N_("wrong place"),
    N_("already held"),
    N_("no place"),
    N_("no name, a description"),
    N_("already held under another name"),
)


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns with their regular expressions, those with the longest fixed text first."""

    def expression(pattern: str) -> re.Pattern[str]:
        parts = _PLACEHOLDER.sub("(.+?)", re.escape(pattern))
        return re.compile(parts, re.DOTALL)

    def fixed(pattern: str) -> int:
        return len(re.sub(r"{\w+}", "", pattern))

    ordered = sorted(_PATTERNS, key=fixed, reverse=True)
    return tuple((pattern, expression(pattern)) for pattern in ordered)


def translate_stored(sentence: str, depth: int = 0) -> str:
    """Translate a stored sentence into the reader's language; free text by people is unchanged.

    `depth` counts the sentences that contain this one; beyond a limit nothing is translated.
    """
    if current().code == "en" or depth > _MOST_DEPTH or len(sentence) > _MOST_LENGTH:
        return sentence
    whole = _translated(sentence, depth)
    if whole is not None:
        return whole
    parts = [_translated(part, depth) or part for part in sentence.split(_BETWEEN)]
    return sentence if _BETWEEN.join(parts) == sentence else _("; ").join(parts)


def unknown_parts(sentence: str) -> Iterator[str]:
    """The parts of a sentence that match no pattern."""
    if not _matches(sentence):
        yield from (part for part in sentence.split(_BETWEEN) if not _matches(part))


def _matches(sentence: str) -> bool:
    return any(expression.fullmatch(sentence) for _pattern, expression in _compiled())


def _translated(sentence: str, depth: int) -> str | None:
    for pattern, expression in _compiled():
        match = expression.fullmatch(sentence)
        if match:
            names = re.findall(r"{(\w+)}", pattern)
            values = {
                name: _value(value, depth)
                for name, value in zip(names, match.groups(), strict=True)
            }
            return _(pattern).format(**values)
    return None


def _value(text: str, depth: int) -> str:
    """The text of a placeholder, translated: a day, a number, a nested sentence, or free text."""
    if _ISO_DATE.fullmatch(text):
        # A name may look like a day of no calendar.
        with suppress(ValueError):
            return day(date.fromisoformat(text))
    return in_digits(text) if text.isdecimal() else translate_stored(text, depth + 1)
