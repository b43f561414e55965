"""Prints the figures on reading of benchmarks/README.md: `make bench-reading`.

Articles are made from the sentences of the real ones and of the outlets' texts, shuffled with a
seed, so that none is a near-duplicate of another. Ratios within one run are what counts.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import dateparser.search
import psutil
import spacy
from spacy.matcher import PhraseMatcher

from dashboard.dates.find import find_dates
from dashboard.gazetteer.resolve import find_places
from dashboard.ingest.run import knowledge_of
from dashboard.ingest.work import File, Knowledge, read_files, reader_for
from dashboard.model.corpus import Corpus
from dashboard.project.project import Project
from dashboard.settings import read_settings, with_workspace_at
from dashboard.text.prepared import prepare
from dashboard.text.sentences import sentences
from tests.quality.annotated import outlets

ARTICLES, TIMED, USUAL = 10_000, 1_000, 100
SEED = 20210110
_SENTENCES = (6, 12)


def main() -> None:
    """Measure, and print the figures as Markdown."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = with_workspace_at(read_settings(), folder / "none.sqlite")
        loaded = Project(settings).load()
        workspace, corpus = loaded.workspace, loaded.corpus
        knowledge = knowledge_of(workspace, corpus)
        texts = list(_texts(corpus, ARTICLES))
        mean = sum(map(len, texts)) / len(texts)
        print(f"{ARTICLES:,} articles of {mean:,.0f} characters on average\n")
        _parts(texts, knowledge, corpus)
        archive = folder / "archive"
        archive.mkdir()
        for number, text in enumerate(texts):
            (archive / f"{number:05}.txt").write_text(text, encoding="utf-8")
        print("| end to end | articles a second | memory at 20, 40, 60, 80, 100 % of the time |")
        print("|---|---:|---|")
        for workers in (1, 2):
            _end_to_end(archive, folder / f"{workers}.sqlite", workers)


def _texts(corpus: Corpus, number: int) -> Iterable[str]:
    chance = random.Random(SEED)  # noqa: S311
    sources = [*(a.text for a in corpus.articles.values()), *(item.text for item in outlets())]
    pool = [
        text[start:end] for text in sources for start, end in sentences(text) if end - start > 60
    ]
    for _ in range(number):
        day = f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/{chance.randint(2015, 2025)}"
        sample = chance.sample(pool, chance.randint(*_SENTENCES))
        yield f"{' '.join(sample[0].split()[:8])}\n\n{day}\n\n" + "\n\n".join(sample) + "\n"


def _rate(what: Callable[[str], object], texts: list[str]) -> float:
    what(texts[0])
    start = time.perf_counter()
    for text in texts:
        what(text)
    return len(texts) / (time.perf_counter() - start)


def _parts(texts: list[str], knowledge: Knowledge, corpus: Corpus) -> None:
    """The whole reading, and its places and dates alone, against the usual tools for these."""
    index = reader_for(knowledge).places

    def whole(text: str) -> object:
        return read_files([File("a.txt", text.encode())], knowledge)

    def places_and_dates(text: str) -> object:
        prepared = prepare(text, index.context.furniture)
        return find_places(prepared, index), find_dates(prepared.folded, None, prepared.words)

    usual = _rate(_usual(corpus), texts[:USUAL])
    both = _rate(places_and_dates, texts[:TIMED])
    all_of_it = _rate(whole, texts[:TIMED])
    print("| one core | articles a second | against the usual |")
    print("|---|---:|---:|")
    print(f"| spaCy PhraseMatcher and dateparser: places and dates | {usual:.1f} | 1 |")
    print(f"| ours: places and dates | {both:.0f} | {both / usual:.0f} |")
    print(f"| ours: the whole reading | {all_of_it:.0f} | {all_of_it / usual:.0f} |\n", flush=True)


def _usual(corpus: Corpus) -> Callable[[str], object]:
    language = spacy.blank("ar")
    matcher = PhraseMatcher(language.vocab)
    matcher.add("place", list(language.pipe({name.name for name in corpus.gazetteer.names})))

    def read(text: str) -> object:
        return matcher(language(text)), dateparser.search.search_dates(text, languages=["ar"])

    return read


def _end_to_end(archive: Path, workspace: Path, workers: int) -> None:
    command = [sys.executable, "-m", "dashboard.ingest", str(archive)]
    command += ["--workspace", str(workspace), "--workers", str(workers), "--who", "benchmark"]
    start = time.perf_counter()
    process = psutil.Popen(command, stderr=subprocess.DEVNULL)
    sizes: list[float] = []
    while process.poll() is None:
        sizes.append(_megabytes(process))
        time.sleep(0.5)
    seconds = time.perf_counter() - start
    at = ", ".join(f"{sizes[len(sizes) * part // 5 - 1]:,.0f}" for part in range(1, 6))
    print(f"| {workers} process(es) | {ARTICLES / seconds:.0f} | {at} MB |", flush=True)


def _megabytes(process: psutil.Process) -> float:
    """The resident memory of the process and of those that it started."""
    total = 0.0
    for each in (process, *process.children(recursive=True)):
        try:
            total += each.memory_info().rss / 1e6
        except psutil.NoSuchProcess:
            continue
    return total


if __name__ == "__main__":
    main()
