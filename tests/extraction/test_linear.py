"""Reading costs no more than the text is long: steps are counted, no clock is read."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from types import FrameType
from typing import Any

import pytest

from dashboard.extraction.join import MOST_ACTS
from dashboard.extraction.reader import Reader
from dashboard.model.corpus import Corpus
from dashboard.review.rereading import reader_of
from dashboard.text.sentences import MAX_LENGTH, sentence_among, sentence_at, sentences
from tests.extraction.kinds import KINDS

DAY = date(2021, 1, 10)
SMALL = 4 * 1024
# Four times the text; the rest is what begins anew at each size, such as the last piece of a sentence.
MOST = 4.5
# Acts that are all of other days are compared with each other until there are MOST_ACTS; from there on
# the steps grow with the text: see the test of what is left out.
COUNTED = (
    *("unknown villages", "unknown villages, sentences", "lists of unknown villages", "one place"),
    *("one place, sentences", "one place, clauses", "articles", "chain of ranges"),
    *("one line without a stop", "short lines", "page furniture", "yesterday"),
    *("denials", "denials and cues", "reports", "parties act", "which", "the town"),
    *("a place at the end", "line ends", "list of places"),
)
# What the interpreter does not count: the engine of regular expressions, slices.
UNCOUNTED = tuple(
    kind for kind in KINDS if kind.startswith(("spaces", "slashes", "stops", "quotes"))
)
UNCOUNTED += (
    "unknown villages",
    "lists of unknown villages",
    "page furniture",
    "one word",
    "one word of clitics",
    "marks",
    "digits",
    "punctuation",
    "blank lines",
)


@pytest.fixture(scope="module")
def reader(corpus: Corpus) -> Reader:
    return reader_of(corpus)


@contextmanager
def counted() -> Iterator[list[int]]:
    """Counts the lines run by our own code, each turn of a loop or comprehension included."""
    steps = [0]

    def count(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            steps[0] += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        yield steps
    finally:
        sys.settrace(before)


def steps_of(reader: Reader, text: str) -> int:
    with counted() as steps:
        reader.read(text, DAY)
    return steps[0]


@pytest.mark.parametrize("kind", COUNTED)
def test_four_times_the_text_takes_four_times_the_steps(reader: Reader, kind: str):
    small, large = KINDS[kind](SMALL), KINDS[kind](4 * SMALL)
    reader.read(large, DAY)  # fills the caches of words
    ratio = len(large.encode()) / len(small.encode())
    assert steps_of(reader, large) / steps_of(reader, small) <= MOST * ratio / 4


def test_counting_sees_a_quadratic_step():
    def pairs(items: list[int]) -> int:
        return sum(1 for one in items for other in items if one == other)

    with counted() as small:
        pairs(list(range(50)))
    with counted() as large:
        pairs(list(range(200)))
    assert large[0] / small[0] > 2 * MOST


def run_limited(script: str, seconds: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script that the system ends if it takes more processor time than so many seconds."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))

    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=300, preexec_fn=limit
    )


READ = """
import sys
from datetime import date
from dashboard.review.rereading import reader_of
from dashboard.settings import read_settings
from dashboard.project.project import Project
from tests.extraction.kinds import KINDS
s = read_settings({})
reader = reader_of(Project(s).seeds)
for kind in sys.argv[1:]:
    reader.read(KINDS[kind](256 * 1024), date(2021, 1, 10))
print("read")
"""


def test_a_quarter_of_a_megabyte_of_each_kind_ends_in_bounded_processor_time():
    done = run_limited(READ, 30, *UNCOUNTED)
    assert (done.returncode, done.stdout, done.stderr) == (0, "read\n", "")


EXPRESSIONS = """
import importlib, inspect, pkgutil, re
from dashboard.dates.patterns import first_words, patterns
rooms = ("text", "dates", "gazetteer", "actors", "extraction")
found, searched = {}, []
for room in rooms:
    package = importlib.import_module(f"dashboard.{room}")
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        room = importlib.import_module(module.name)
        source = inspect.getsource(room)
        for name, value in vars(room).items():
            if isinstance(value, re.Pattern):
                found[f"{module.name}.{name}"] = value
                if re.search(rf"{name}\\.(?:search|finditer|findall)", source):
                    searched.append(value)
forms = patterns()
assert min(len(found), len(searched), len(forms)) > 10, (len(found), len(searched), len(forms))
fillers = (" ", "\\n", "-", "/ ", ", ", ".", '"', "1", "12 ", "\\u0627")
words = sorted(first_words())[::24]
words += ["5 \\u0631\\u0645\\u0636\\u0627\\u0646", "3", "1442", "1/1/2020", ""]
size = 100_000
for pattern in searched:
    for filler in fillers:
        for _ in pattern.finditer(filler * (size // len(filler)) + "!"):
            pass
for form in (*forms.values(), *found.values()):
    for word in words:
        for filler in fillers:
            form.match(word + filler * (size // len(filler)) + "!")
print("matched")
"""


def test_no_regular_expression_of_reading_backtracks_over_a_long_run():
    done = run_limited(EXPRESSIONS, 30)
    assert (done.returncode, done.stdout, done.stderr) == (0, "matched\n", "")


def test_a_sentence_without_a_stop_is_read_in_pieces_and_none_of_it_is_lost():
    text = "قصفت القوات قرية الدبس، ثم عادت " * 400
    spans = sentences(text)
    assert max(end - start for start, end in spans) <= MAX_LENGTH
    assert " ".join(text[slice(*span)] for span in spans).split() == text.split()
    assert all(text[end - 1] == "،" for _, end in spans[:-1])
    for at in range(0, len(text), 97):
        if not text[at].isspace():
            assert sentence_at(text, at, at + 1) == sentence_among(spans, at, at + 1)


def test_a_word_is_never_cut_in_two():
    text = "ع" * (2 * MAX_LENGTH) + " قصف " + "ب" * (2 * MAX_LENGTH)
    assert [text[slice(*span)] for span in sentences(text)] == text.split()


def test_acts_above_the_limit_are_counted(reader: Reader):
    days = (date.fromordinal(date(1960, 1, 1).toordinal() + n) for n in range(MOST_ACTS + 30))
    text = "\n".join(f"قصفت القوات عين عيسى في {d.day}/{d.month}/{d.year}." for d in days)
    reading = reader.read(text, DAY)
    assert len(reading.suggestions) == MOST_ACTS
    assert reading.left_out == 30
    assert reader.read(text.splitlines()[0], DAY).left_out == 0
