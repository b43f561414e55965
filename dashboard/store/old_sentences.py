"""English sentences of workspaces of versions 1 and 2 as messages, for the step to version 3.

These versions stored reasons and log entries as sentences, e.g. "told by a verb" -> the message
"reported by a verb". A sentence that none of the patterns matches, e.g. of a person, stays text.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cache, lru_cache
from typing import Any

import msgspec

from dashboard.model.message import Message, Names, StoredText, joined

# As these versions wrote them, with the parameters in braces.
_SENTENCES = """
written in full | written in full, the day first | written in full, the month first |
month and year | a year | from one year to the other | no year is named |
needs the day of publication, which is not known | the year named last before |
the month named last | the month named last before | beyond the years of the calendar |
refers to a month that no date before it names | local sighting may differ by a day |
a season of that year | early | middle | late | corrected by an analyst | placed by an analyst |
placed by an analyst, not by a name in the text | Not stated. | Stated in the page's metadata |
Stated in the table of articles | its place stands in the same clause |
its place stands elsewhere in the sentence | its place is named before, and referred to here |
the gazetteer lacks its place, which is queued | no place in the sentence |
the one named last before is a guess | no place is named | a party is named with it |
it is denied or doubted, so somebody says it | the verb is not in the past |
no date in the sentence, and the article states no publication date | no date in the sentence |
no earlier bound | there was no file before | undone at once | undone on the History page |
asked for on the Articles page | not an event of these kinds | not said to have happened |
wrong place | already held | no place | no name, a description | already held under another name |
from one date to the other: {rest} | reckoned from publication on {date} |
the last such date before publication on {date} |
the last such weekday before publication on {date} |
the last such weekday before publication on {date}, as “{word}” would be another weekday |
{year} AH by the Umm al-Qura calendar | {part} in it | Stated: “{words}” |
Stated on the page: “{words}” | “{words}”: {rest} |
“{words}” needs a publication date to be reckoned from | accepted {title} |
added claims to {title} | rejected {title} | edited place {name} | edited {title} | placed {name} |
added a name to {name} | dismissed {name} | dated {article} {date} |
corrected “{words}” in {article} to nothing | corrected “{words}” in {article} to {value} |
read {article} again | read {number} article | read {number} articles | undid: {what} |
restored backup {name} | the file before is {name}
"""
# Sentences whose words are others today.
_REWORDED = {
    "told by {who}: {why}": "stated by {who}: {why}",
    "“{word}” tells of {kind}": "“{word}” reports {kind}",
    "told by a verb": "reported by a verb",
    "that of the event told before is a guess": ("that of the event reported before is a guess"),
    "it may only refer to something told before": (
        "it may only refer to something reported before"
    ),
    "told as background of a text of {date}": "reported as background of a text of {date}",
    "told as news on {date}, so taken as of the two days before": (
        "reported as news on {date}, so taken as of the two days before"
    ),
    "told as background only": "reported as background only",
}
# The kinds of events that were suggested, as they were named in English, and their names in Arabic.
_KINDS = """
withdrawal: انسحاب | reinforcement: تعزيزات | arrest: اعتقال | release: إطلاق سراح | shelling: قصف |
clash: اشتباك | raid: تسلل أو إغارة | crowd attack: اعتداء حشد | blockade: حصار أو إغلاق |
meeting: اجتماع أو وساطة | agreement: اتفاق | demand: مطلب | threat: تهديد | statement: تصريح
"""
_VALUES = {"date": "[0-9]{4}-[0-9]{2}-[0-9]{2}", "number": "[0-9]{1,9}", "year": "[0-9]{1,9}"}
# The placeholders of which the value is a sentence.
_NESTED = frozenset({"part", "rest", "what"})
# Longer sentences and deeper nesting are no log entries that were written in earnest.
_MAX_DEPTH, _MAX_LENGTH, _MAX_PARTS = 4, 2_000, 48
_BETWEEN = "; "


def message_of(sentence: str, depth: int = 0) -> StoredText:
    """The message that `sentence` was written from; the sentence itself if there is none.

    `depth` is the number of sentences that this one is part of.
    """
    if depth > _MAX_DEPTH or len(sentence) > _MAX_LENGTH:
        return sentence
    whole = _whole(sentence, depth)
    if whole is not None:
        return whole
    parts = sentence.split(_BETWEEN)
    converted = [_whole(part, depth) or part for part in parts]
    if len(parts) > _MAX_PARTS or converted == parts:
        return sentence
    return joined(*converted)


@cache
def _expressions() -> tuple[tuple[re.Pattern[str], str], ...]:
    """A regular expression and the message of each pattern, those with most fixed text first."""
    same = [" ".join(sentence.split()) for sentence in _SENTENCES.split("|")]
    pairs = {**{pattern: pattern for pattern in same}, **_REWORDED}
    ordered = sorted(pairs, key=lambda pattern: len(re.sub(r"{\w+}", "", pattern)), reverse=True)
    return tuple((_expression(pattern), pairs[pattern]) for pattern in ordered)


@cache
def _kinds() -> dict[str, str]:
    pairs = (pair.strip().split(": ") for pair in _KINDS.split("|"))
    return {pair[0]: pair[1] for pair in pairs}


def _expression(pattern: str) -> re.Pattern[str]:
    def group(placeholder: re.Match[str]) -> str:
        return f"(?P<{placeholder[1]}>{_VALUES.get(placeholder[1], '.+?')})"

    return re.compile(re.sub(r"\\{(\w+)\\}", group, re.escape(pattern)), re.DOTALL)


@lru_cache(maxsize=65_536)
def _whole(sentence: str, depth: int) -> Message | None:
    for expression, msgid in _expressions():
        if match := expression.fullmatch(sentence):
            values = match.groupdict()
            days = {"date": values.pop("date")} if "date" in values else {}
            with suppress(ValueError, KeyError):  # a day or a kind that there is not
                return Message(
                    msgid,
                    {name: _value(name, value, depth) for name, value in values.items()},
                    {name: date.fromisoformat(value) for name, value in days.items()},
                )
    return None


def _value(name: str, text: str, depth: int) -> StoredText | int | Names:
    if name == "kind":
        return text, _kinds()[text]
    if name in {"number", "year"}:
        return int(text)
    return message_of(text, depth + 1) if name in _NESTED else text


def convert_text(text: str | bytes) -> str | bytes:
    """The JSON of a sentence of the log; a damaged one is unchanged. For SQL."""
    if not isinstance(text, str):
        return text
    return msgspec.json.encode(message_of(text)).decode()


def convert_record(kind: str, value: str | None) -> str | None:
    """The JSON of a record with its sentences as messages; a damaged one is unchanged. For SQL."""
    convert = _CONVERT.get(kind)
    if value is None or convert is None:
        return value
    try:
        fields = msgspec.json.decode(value)
        convert(fields)
    except (msgspec.MsgspecError, LookupError, TypeError, AttributeError, ValueError):
        return value
    return msgspec.json.encode(fields).decode()


def _convert_article(fields: Any) -> None:
    article = fields["article"]
    article["published_reason"] = message_of(article["published_reason"])


def _convert_event(fields: Any) -> None:
    event = fields["event"]
    event["date_reason"] = message_of(event["date_reason"])
    for place in fields["places"]:
        place["note"] = place["note"] and message_of(place["note"])


def _convert_suggestion(fields: Any) -> None:
    suggestion = fields["suggestion"]
    suggestion["date_reason"] = message_of(suggestion["date_reason"])
    suggestion["reasons"] = [message_of(reason) for reason in suggestion["reasons"]]
    fields["why"] = message_of(fields["why"])


_CONVERT: dict[str, Callable[[Any], None]] = {
    "article": _convert_article,
    "event": _convert_event,
    "suggestion": _convert_suggestion,
}
