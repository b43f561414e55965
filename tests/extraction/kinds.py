"""Kinds of text that once cost more than their size, e.g. KINDS["dates"](4_096) -> 4 kB of dates.

The benchmark of reading (benchmarks/linear.py) and the tests of linearity read the same texts.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import count, cycle
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_LETTERS = "بتجحدرسصطعفقكمن"
_HEAD = "قصف على عين عيسى شمال الرقة\n\nالأحد 10 كانون الثاني 2021\n\n"


def sized(pieces: Iterable[str], size: int) -> str:
    """The pieces one after another until they have `size` bytes of UTF-8, the last one whole."""
    taken: list[str] = []
    for piece in pieces:
        if size <= 0:
            break
        size -= len(piece.encode("utf-8", "surrogatepass"))
        taken.append(piece)
    return "".join(taken)


def name(number: int) -> str:
    """An invented name of four letters and more, another one for each number."""
    letters = []
    while number or len(letters) < 4:
        number, at = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[at])
    return "ال" + "".join(letters)


@cache
def articles() -> str:
    """The real articles, one after another."""
    paths = sorted((_ROOT / "seeds" / "articles").glob("*.txt"))
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@cache
def _place_names() -> tuple[str, ...]:
    path = _ROOT / "data" / "gazetteer" / "names.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(row["name"] for row in csv.DictReader(file) if row["lang"] == "ar")


def _plain(text: str) -> str:
    """The text without anything that ends a sentence or a clause."""
    return " ".join("".join(c if c.isalnum() else " " for c in text).split()) + " "


def _days() -> Iterator[str]:
    """Every day of the years that news speaks of, again and again."""
    first = date(1950, 1, 1)
    for number in count():
        day = first + timedelta(days=number % 36_000)
        yield f"{day.day}/{day.month}/{day.year}"


def _repeat(piece: str, head: str = "") -> Callable[[int], str]:
    return lambda size: head + sized(cycle([piece]), size - len(head.encode()))


def _numbered(form: str) -> Callable[[int], str]:
    """The form with an invented name, another one each time, for "{}"."""
    return lambda size: sized((form.format(name(number)) for number in count()), size)


def _dated(form: str) -> Callable[[int], str]:
    return lambda size: sized((form.format(day) for day in _days()), size)


def _after(head: str, filler: str, tail: str = "نهاية") -> Callable[[int], str]:
    """A head and a tail with a long run of one filler between them."""
    return lambda size: head + sized(cycle([filler]), size - len((head + tail).encode())) + tail


KINDS: dict[str, Callable[[int], str]] = {
    # (a) names that the gazetteer lacks
    "unknown villages": _numbered("قرية {} و"),
    "unknown villages, sentences": _numbered("وصل إلى قرية {}.\n"),
    "lists of unknown villages": _numbered("قرى {0} و{0}ان و{0}ين، "),
    # (b) one place
    "one place": _repeat("عين عيسى "),
    "one place, clitics": _repeat("وبعين عيسى "),
    "one place, sentences": _repeat("قصفت القوات عين عيسى. "),
    "one place, clauses": _repeat("قصف عين عيسى، "),
    "every place": lambda size: sized(cycle(f"{n} و" for n in _place_names()), size),
    "every place, events": lambda size: sized(cycle(f"قصف {n}، " for n in _place_names()), size),
    # (c) real text
    "articles": lambda size: sized(cycle([articles()]), size)[: _cut(size)],
    "articles, shifted pages": lambda size: sized(
        cycle(articles().splitlines(keepends=True)), size
    ),
    # (d) dates
    "dates": _repeat("في 12/3/2020 "),
    "days": _dated("{} "),
    "events on days": _dated("قصفت القوات عين عيسى في {}.\n"),
    "events on days, one line": _dated("قصف عين عيسى في {}، "),
    "chain of ranges": _dated("من {} إلى "),
    "yesterday": _repeat("قصف أمس، ", _HEAD),
    "datelines": _repeat("10/1/2021 07:17\n"),
    # (e) parties
    "one party": _repeat("قوات سوريا الديمقراطية "),
    "parties act": _repeat("قصفت قوات سوريا الديمقراطية الجيش الوطني، "),
    # (f) one line
    "one line without a stop": lambda size: sized(cycle([_plain(articles())]), size)[: _cut(size)],
    # (g) lines
    "line ends": _repeat("\n"),
    "blank lines": _repeat(" \t\r\n"),
    "short lines": _repeat("عنوان\n"),
    "page furniture": _repeat("قصف عين عيسى 1/2/2020 التحالف\n", _HEAD + "اقرأ أيضا\n"),
    # (h) quotes
    "open quotes": _repeat("«قصف "),
    "quotes after stops": _repeat('.")»'),
    # (i) signs
    "digits": _repeat("1"),
    "numbers": _repeat("12 "),
    "slashes": _repeat("1/"),
    "punctuation": _repeat(".,:;-/!?"),
    "stops before a letter": _after("", ".", "x"),
    "colons": _repeat("12:30 "),
    # (j) cues
    "cues": _repeat("قصف اعتقال انسحاب "),
    "cues with commas": _repeat("قصف، اعتقال، انسحاب، "),
    "denials": _repeat("نفى ذلك. ", "قصفت القوات عين عيسى.\n"),
    "denials and cues": _repeat("نفى قصف "),
    "reports": _repeat("قال المرصد السوري لحقوق الإنسان إن القوات قصفت عين عيسى.\n"),
    "reports, one line": _repeat("قال المرصد السوري لحقوق الإنسان إن القوات قصفت "),
    "the town": _repeat("قصف البلدة ثم عين عيسى، "),
    "which": _repeat("القصف الذي قصفت أمس، "),
    "a place at the end": _after("", "قصف، ", "عين عيسى"),
    "a place at the end, sentences": _repeat("قصف، " * 250 + "عين عيسى. "),
    # (k) invisible
    "marks": _repeat("\u064b"),
    "tatweel": _repeat("\u0640"),
    "bidi controls": _repeat("\u202e\u2066"),
    "a place full of tatweel": _repeat("ع\u0640ي\u0640ن ع\u0640يسى "),
    "long ligatures": _repeat("\ufdfa "),
    # (l) other scripts
    "latin": _repeat("The forces shelled Ain Issa on Monday. "),
    "lone surrogates": _repeat("\ud800 \udfff"),
    # (m) lists
    "list of places": _repeat("معلق وجهبل، وصيدا، "),
    "list of words": _repeat("خبز وماء، وملح، "),
    # (n) one word
    "one word": _repeat("ع"),
    "one word of clitics": _repeat("وبال"),
    # white space after words that wait for another one
    "spaces after a village": _after("قرية الدبس", " "),
    "spaces after a weekday": _after("الاثنين", " "),
    "spaces after a month": _after("5 رمضان", " "),
    "spaces after a day offset": _after("أمس", " "),
    "spaces after a number": _after("قبل 3", " "),
    "slashes after a number": _after("3", "/"),
    "spaces after a place": _after("عين عيسى", " "),
    "spaces after a party": _after("الجيش", " "),
}


def _cut(size: int) -> int:
    """How many letters of Arabic text with its spaces have so many bytes."""
    return size * 100 // 178
