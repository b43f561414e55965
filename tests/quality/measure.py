"""Precision, recall and F1 of place reading against the annotations in this folder."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.resolve import find_places
from dashboard.model.corpus import Corpus

HERE = Path(__file__).parent
_MARKUP = re.compile(r"\[\[([^|\]]+)\|([^|\]]+)(?:\|([^\]]+))?\]\]")


@dataclass(frozen=True)
class Annotated:
    """A text with its mentions as (start, end, place id, use)."""

    name: str
    text: str
    mentions: frozenset[tuple[int, int, str, str]]


@dataclass(frozen=True)
class Score:
    """Counts of what was found, what should have been, and what was right."""

    right: int
    found: int
    expected: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        total = self.found + self.expected
        return 2 * self.right / total if total else 0.0


def articles(corpus: Corpus) -> list[Annotated]:
    """The seed articles with every place name in them, annotated in places.csv."""
    held: dict[str, set[tuple[int, int, str, str]]] = {key: set() for key in corpus.articles}
    with (HERE / "places.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = corpus.articles[row["article_id"]].text
            start, end = int(row["start"]), int(row["end"])
            assert text[start:end] == row["surface"], row
            held[row["article_id"]].add((start, end, row["place_id"], row["use"]))
    return [Annotated(key, corpus.articles[key].text, frozenset(m)) for key, m in held.items()]


def unseen() -> list[Annotated]:
    """Texts of other manners and years, annotated in place in unseen.txt."""
    lines = (HERE / "unseen.txt").read_text(encoding="utf-8").splitlines()
    return [
        _parsed(f"line {n}", line) for n, line in enumerate(lines, 1) if not line.startswith("#")
    ]


def _parsed(name: str, line: str) -> Annotated:
    text, mentions, last = "", set(), 0
    for match in _MARKUP.finditer(line):
        text += line[last : match.start()]
        start = len(text)
        text += match.group(1)
        mentions.add((start, len(text), match.group(2), match.group(3) or "location"))
        last = match.end()
    return Annotated(name, text + line[last:], frozenset(mentions))


def measure(texts: Iterable[Annotated], index: PlaceIndex) -> tuple[dict[str, Score], list[str]]:
    """Scores by what is compared, and a line for each confusion among event places."""
    counts = {"spans": [0, 0, 0], "event places": [0, 0, 0], "uses": [0, 0, 0]}
    confusions = []
    for item in texts:
        found = frozenset(
            (m.start, m.end, m.place_id or "?", m.use.value) for m in find_places(item.text, index)
        )
        for name, view in (("spans", _spans), ("event places", _places), ("uses", _uses)):
            have, want = view(found), view(item.mentions)
            for at, number in enumerate((len(have & want), len(have), len(want))):
                counts[name][at] += number
        for sign, only in (
            ("false", _places(found) - _places(item.mentions)),
            ("missed", _places(item.mentions) - _places(found)),
        ):
            confusions += [
                f"{item.name}: {sign} {item.text[a:b]} = {p}" for a, b, p in sorted(only)
            ]
    return {name: Score(*numbers) for name, numbers in counts.items()}, confusions


def _spans(mentions: frozenset[tuple[int, int, str, str]]) -> set[tuple[int, int]]:
    return {(start, end) for start, end, _, _ in mentions}


def _places(mentions: frozenset[tuple[int, int, str, str]]) -> set[tuple[int, int, str]]:
    return {(start, end, place) for start, end, place, use in mentions if use == "location"}


def _uses(mentions: frozenset[tuple[int, int, str, str]]) -> set[tuple[int, int, str]]:
    return {(start, end, use) for start, end, _, use in mentions}
