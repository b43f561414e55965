"""Patterns for the written forms of dates in folded text, e.g. "27 كانون الاول/ديسمبر 2020"."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from dashboard.dates.lexicon import DateWords, load_words
from dashboard.text.clitics import ARTICLE

_DAY = r"0?[1-9]|[12]\d|3[01]"
# Years that may be written without the word "year"; 1442 is one of the Hijri calendar.
_YEAR = r"(?:19[5-9]|20[0-4])\d(?![\d.]\d|\d)"
# Possessive (++), without backtracking: a long run of white space would be tried at each length.
_COMMA = r"\s*+(?:,\s*+)?"
_COMMA_OR_SPACE = r"(?:\s*+,)?\s++"
_RANGE_MARK = r"\s*(?:-|–|—|و|الي|حتي|وحتي)\s*"
SEPARATOR = re.compile(r"\s*[,(:–-]?\s*(?:الموافق\s*(?:ل|في)?\s*)?")


@cache
def patterns() -> Mapping[str, re.Pattern[str]]:
    """A pattern for each written form; its groups are named after the parts of the date.

    They are compiled once from the words of `data/lexicon/date_words.csv`.
    """
    words = load_words()
    month, tail = _month(words), _tail(words)
    units = words.one_of("unit", "unit_plural")
    deictic = words.one_of("deictic")
    number = words.one_of("number")
    ordinal = (
        rf"(?P<ordinal>{words.one_of('ordinal')})\b"
        rf"(?:\s+(?P<teen>عشره?)\b|\s+و(?P<tens>{words.one_of('ordinal_tens')})\b)?"
    )
    weekday = words.one_of("weekday")
    offset = words.one_of("day_offset")
    some = (
        rf"(?:(?P<number>\d{{1,3}})\s+(?P<unit_n>{units})"
        rf"|(?P<word>{number})\s+(?P<unit_w>{units})"
        rf"|(?P<dual>{words.one_of('unit_dual')})"
        rf"|(?:(?P<few>{words.one_of('few')})\s+)?(?P<plural>{words.one_of('unit_plural')})"
        rf"|(?:ال)?(?P<one>{words.one_of('unit')})(?:\s+واحده?)?"
        rf"(?!\s+(?:\d|{weekday}|{offset}|{words.one_of('month', 'month_weak', 'hijri_month')})))\b"
    )
    return {
        "iso": re.compile(
            r"(?P<year>(?:19|20)\d\d)\s?(?P<sep>[-/.])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?(?P<day>\d{1,2})(?!\d)"
        ),
        "numeric": re.compile(
            r"(?P<day>\d{1,2})\s?(?P<sep>[-/.])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?"
            r"(?P<year>(?:19|20)\d\d|(?<![.] )(?<![.])\d\d)(?![\d/-]|\.\d)"
        ),
        "month_year": re.compile(rf"(?P<month>0?[1-9]|1[0-2])\s?[/-]\s?(?P<year>{_YEAR})"),
        "bare_year": re.compile(rf"(?P<year>{_YEAR})(?!\s*[-/%٪])\b"),
        "day_month": re.compile(
            rf"(?P<day>{_DAY})(?:{_RANGE_MARK}(?P<day2>{_DAY}))?[\s/-]*(?:من\s+)?(?:شهر\s+)?{month}{tail}"
        ),
        "day_of_month": re.compile(
            rf"(?P<day>{_DAY})\s+(?:من\s+)?(?P<this>هذا\s+)?(?:ال)?شهر(?:\s+(?P<mdeictic>{deictic})\b)?"
        ),
        "ordinal": re.compile(
            rf"(?:{ordinal}|(?P<tens_only>{words.one_of('ordinal_tens')})\b)\s+(?:من\s+)?"
            rf"(?:(?P<this>هذا\s+)?الشهر(?:\s+(?P<odeictic>{deictic})\b)?|(?:شهر\s+)?{month}{tail}"
            rf"|(?:شهر\s+)?(?P<hmonth>{words.one_of('hijri_month')})\b(?:{_COMMA}(?P<hyear>1[345]\d\d))?)"
        ),
        "month": re.compile(rf"(?P<named>شهري?\s+)?{month}{tail}"),
        "hijri": re.compile(
            rf"(?:(?P<day>{_DAY})\s+(?:من\s+)?)?(?P<named>شهر\s+)?"
            rf"(?P<hmonth>{words.one_of('hijri_month')})\b"
            rf"(?:{_COMMA}(?:(?:من\s+)?(?:ال)?(?:عام|سنه)\s+)?(?P<hyear>1[345]\d\d)"
            rf"(?:\s*(?:هجريه?|ه)\b)?|\s+(?P<mdeictic>{deictic})\b)?"
        ),
        "year": re.compile(
            rf"(?:ال)?(?:عام|سنه|عامي|سنتي|اعوام|سنوات|عامين)\s+(?:(?:{deictic})\s+)?"
            rf"\(?(?P<year>{_YEAR})(?:{_RANGE_MARK}(?:(?:ال)?عام\s+)?(?P<year2>{_YEAR}))?"
        ),
        "unit": re.compile(
            rf"(?:(?P<this>هذا|هذه)\s+)?(?:ال)(?P<unit>{words.one_of('unit')})\b"
            rf"(?:\s+(?P<deictic>{deictic})\b)?"
        ),
        "units": re.compile(
            rf"ال(?P<units>{words.one_of('unit_plural', 'unit_dual')})\b"
            rf"(?:\s+(?:ال)?(?:(?P<word>{number})|(?P<number>\d{{1,3}}))\b)?"
            rf"(?:\s+(?:القليله|القلايل|المعدوده))?\s+(?P<deictic>{deictic})\b"
        ),
        "count_units": re.compile(
            rf"(?:(?P<number>\d{{1,3}})|(?P<word>{number}))\s+(?P<unit>{units})\s+(?P<deictic>{deictic})\b"
        ),
        # "Since nine o'clock" (منذ الساعة التاسعة) is no hour ago.
        "ago": re.compile(
            rf"(?P<how>قبل|منذ)\s+(?!الساعه\b)(?P<about>(?:{words.one_of('about')})\s+)?{some}"
            rf"(?P<half>\s+(?:{words.one_of('half')})\b)?(?:\s+(?:قليله|عديده|طويله|مضت|خلت))?"
            r"(?!\s+(?:من(?!\s+الان)|علي)\b)"
        ),
        "weekday": re.compile(
            rf"(?:(?P<offset>{offset}){_COMMA_OR_SPACE})?(?P<weekday>{weekday})\b"
            rf"(?:{_COMMA_OR_SPACE}(?P<offset2>{offset})\b|\s+(?P<deictic>{deictic})\b)?"
        ),
        "offset": re.compile(rf"(?P<offset>{offset})\b"),
        "part": re.compile(rf"(?:ال)?(?P<part>{words.one_of('part')})\s+(?:فصل\s+)?"),
        "fraction": re.compile(
            rf"(?P<fraction>النصف|الربع|الثلث|الاسبوع)\s+"
            rf"(?:(?P<ordinal>{words.one_of('ordinal')})|(?P<last>الاخير))\s+من\s+"
        ),
        "season": re.compile(
            rf"(?P<season>{words.one_of('season')})\s+(?:(?:ال)?(?:عام|سنه)\s+)?"
            rf"(?:(?P<year>{_YEAR})|(?P<deictic>{deictic})\b)"
        ),
    }


def _month(words: DateWords) -> str:
    """A month's name, or both names of a pair: December/Kanun I."""
    names = words.one_of("month", "month_weak")
    return rf"(?P<month>{names})\b(?:\s*[/\\|(–-]\s*(?:{names})\b\s*\)?)?"


def _tail(words: DateWords) -> str:
    """What may follow a month: a year, "of last year", "last"."""
    deictic = words.one_of("deictic")
    return (
        rf"(?:[\s,/-]*(?:(?:من\s+)?(?:ال)?(?:عام|سنه)\s+)?\(?(?P<year>{_YEAR})\)?"
        rf"|\s+(?:من\s+)?(?:ال)?(?:عام|سنه)\s+(?P<ydeictic>{deictic})\b"
        rf"|\s+(?P<mdeictic>{deictic})\b)?"
    )


@cache
def first_words() -> dict[str, tuple[str, ...]]:
    """Each word that a date can begin with -> the names of the patterns to try there, in order."""
    words = load_words()
    patterns_of: dict[str, list[str]] = defaultdict(list)

    def add(pattern: str, *phrases: str) -> None:
        for word in dict.fromkeys(phrase.split()[0] for phrase in phrases):
            patterns_of[word].append(pattern)

    add("weekday", *words.roles["weekday"], *words.roles["day_offset"])
    add("offset", *words.roles["day_offset"])
    add("hijri", *words.roles["hijri_month"], "شهر")
    add("month", *words.roles["month"], *words.roles["month_weak"], "شهر", "شهري")
    add("ordinal", *words.roles["ordinal"], *words.roles["ordinal_tens"])
    add("ago", "قبل", "منذ")
    add("year", "عام", "سنه", "عامي", "العام", "السنه", "الاعوام", "اعوام", "سنوات")
    add("fraction", "النصف", "الربع", "الثلث", "الاسبوع")
    add("unit", "هذا", "هذه", *(ARTICLE + word for word in words.roles["unit"]))
    add("units", *(ARTICLE + w for r in ("unit_plural", "unit_dual") for w in words.roles[r]))
    add("count_units", *words.roles["number"], *(ARTICLE + w for w in words.roles["number"]))
    add("part", *words.roles["part"])
    add("season", *words.roles["season"])
    return {word: tuple(names) for word, names in patterns_of.items()}


NUMBER_PATTERNS = (
    "iso",
    "numeric",
    "hijri",
    "day_month",
    "day_of_month",
    "month_year",
    "count_units",
    "bare_year",
)
