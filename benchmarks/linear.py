"""Prints how the time of reading grows with the text, kind by kind: `make bench-linear`.

A slope of 1 is linear: four times the text in four times the time. It is that of log(seconds) over
log(bytes) by least squares over the sizes from 64 kB. A kind whose last size took longer than
`PATIENCE` is given no larger one; `--only WORD` measures the kinds whose name has the word.
"""

import argparse
import math
import time
from collections.abc import Sequence
from datetime import date

from dashboard.extraction.reader import Reader
from dashboard.project.project import Project
from dashboard.settings import read_settings
from tests.extraction.kinds import KINDS

SIZES = tuple(kb * 1024 for kb in (1, 4, 16, 64, 256, 1024, 2048))
SLOPE_FROM = 64 * 1024
PATIENCE = 20.0
# Short readings are repeated, and the fastest counts: other processes only ever slow them.
REPEATED_BELOW, TIMES = 0.5, 3
DAY = date(2021, 1, 10)


def main() -> None:
    """Measure, and print the figures as a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a word of the names of the kinds to measure")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds")
    options = parser.parse_args()
    reader = _reader()
    reader.read("قصفت القوات عين عيسى أمس.", DAY)
    print("| text | " + " | ".join(f"{size // 1024:,} kB" for size in SIZES) + " | slope |")
    print("|---|" + "---:|" * (len(SIZES) + 1))
    for kind, text_of in KINDS.items():
        if options.only not in kind:
            continue
        seconds: list[float] = []
        for size in SIZES:
            if seconds and seconds[-1] > options.patience:
                break
            seconds.append(_seconds(reader, text_of(size)))
        print(_row(kind, seconds), flush=True)


def _reader() -> Reader:
    settings = read_settings()
    corpus = Project(settings).seeds
    return Reader(corpus.gazetteer, corpus.lexicon.actors, corpus.lexicon.actor_names)


def _seconds(reader: Reader, text: str) -> float:
    best = math.inf
    for _ in range(TIMES):
        start = time.process_time()
        try:
            reader.read(text, DAY)
        except (ArithmeticError, ValueError):
            return math.nan
        best = min(best, time.process_time() - start)
        if best > REPEATED_BELOW:
            break
    return best


def _row(kind: str, seconds: Sequence[float]) -> str:
    cells = [f"{each:.4f}" if each < 1 else f"{each:.2f}" for each in seconds]
    cells += ["–"] * (len(SIZES) - len(cells))
    return f"| {kind} | {' | '.join(cells)} | {_slope(seconds)} |"


def _slope(seconds: Sequence[float]) -> str:
    """The slope over the sizes from `SLOPE_FROM`; of a kind that did not get there, over all."""
    pairs = [(math.log(size), math.log(each)) for size, each in zip(SIZES, seconds, strict=False)]
    large = [pair for pair in pairs if pair[0] >= math.log(SLOPE_FROM)]
    points = large if len(large) > 1 else pairs
    x = sum(point[0] for point in points) / len(points)
    y = sum(point[1] for point in points) / len(points)
    over = sum((point[0] - x) * (point[1] - y) for point in points)
    return f"{over / sum((point[0] - x) ** 2 for point in points):.2f}"


if __name__ == "__main__":
    main()
