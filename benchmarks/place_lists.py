"""Prints the figures on lists of places of benchmarks/README.md: `make bench-lists`.

50,000 made-up villages in GeoNames' format are added; start and reading are measured with and without.
"""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from dashboard.place_lists.change import save_list
from dashboard.place_lists.read import read_list
from dashboard.place_lists.report import add_report
from dashboard.project.project import Project
from dashboard.review.rereading import reader_of
from dashboard.settings import Settings, read_settings, with_workspace_at

PLACES, ROUNDS = 50_000, 5
_SEED = 20210110
_SYLLABLES = (
    "با",
    "تو",
    "جي",
    "حر",
    "خم",
    "دل",
    "زن",
    "سف",
    "شم",
    "صب",
    "طر",
    "عق",
    "غز",
    "فن",
    "قم",
)


def main() -> None:
    """Measure, and print the figures as Markdown."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        without = _settings(folder, "without")
        with_list = _settings(folder, "with")
        path = folder / "SY.txt"
        path.write_text("".join(_rows()), encoding="utf-8")
        corpus = _seconds(lambda: Project(without).load())
        added = _seconds(lambda: _add(path, with_list))
        print(f"| the first start without a list | {corpus:.1f} s |")
        print(f"| {PLACES:,} places added, such a start included | {added:.1f} s |")
        print(f"| added / first start | {added / corpus:.1f} |")
        starts = [_best(lambda s=s: _start(s)) for s in (without, with_list)]
        print(f"| start without, with | {starts[0]:.2f} s, {starts[1]:.2f} s |")
        readers = [_reader(settings) for settings in (without, with_list)]
        reading = [_best(reader) for reader in readers]
        print(f"| reading, with / without | {reading[1] / reading[0]:.2f} |")


def _settings(folder: Path, name: str) -> Settings:
    """Settings with a workspace and datasets of this name, both empty."""
    settings = with_workspace_at(read_settings(), folder / f"{name}.sqlite")
    return replace(settings, engine="duckdb://")


def _rows() -> Iterator[str]:
    """Lines of 19 columns with distinct names of three to five syllables, within Syria's bounds."""
    chance = random.Random(_SEED)  # noqa: S311
    for number in range(1, PLACES + 1):
        name = "".join(chance.choices(_SYLLABLES, k=chance.randint(3, 5)))
        lat, lon = chance.uniform(32.5, 37.0), chance.uniform(36.0, 42.0)
        cells = (number, f"Made {number}", "", name, f"{lat:.5f}", f"{lon:.5f}", "P", "PPL", "SY")
        columns = (*map(str, cells), "", "12", *[""] * 8)
        yield "\t".join(columns) + "\n"


def _add(path: Path, settings: Settings) -> None:
    """What `event-map gazetteer add` does."""
    project = Project(settings)
    listed = read_list(path, path.name)
    report = add_report(listed, project.seeds.gazetteer, project.place_lists)
    save_list(project.place_lists, report, project.load().corpus)
    project.load()


def _start(settings: Settings) -> None:
    """What the first session of a page waits for: the corpus and the engine."""
    project = Project(settings)
    project.catalog(project.load())


def _reader(settings: Settings) -> Callable[[], None]:
    """A function that reads all articles of the seeds."""
    corpus = Project(settings).seeds
    reader = reader_of(corpus)
    texts = [article.text for article in corpus.articles.values()]

    def read() -> None:
        for text in texts:
            reader.read(text, None)

    read()
    return read


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _best(act: Callable[[], object]) -> float:
    """Processor seconds of this process, the least of some rounds: others may use the machine."""
    times = []
    for _round in range(ROUNDS):
        start = time.process_time()
        act()
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    main()
