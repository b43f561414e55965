"""Made pairs across datasets, imported as files are, and how many of them are offered as one."""

import csv
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from dashboard.datasets.build.curated import curated_tables
from dashboard.datasets.formats.codebook_columns import ACLED, UCDP_GED
from dashboard.datasets.options import ImportOptions
from dashboard.datasets.run import Importer
from dashboard.engine.library import Library, write_curated
from dashboard.extraction.reader import Reader
from dashboard.model.article import Article
from dashboard.model.corpus import Corpus, Events
from dashboard.project.catalog import Catalog, catalog_of
from dashboard.project.cross_pairs import cross_pairs
from dashboard.review.draft import as_event, draft
from dashboard.review.rereading import pending_suggestion
from dashboard.settings import read_settings
from dashboard.store.merge import with_unreviewed
from tests.quality.measure import Measured, Score

_FOLDER = Path(__file__).parent
_KM = 111.2
_OWN = ("id", "date", "type", "actor", "place", "lat", "lon", "notes")
_DEFAULTS = {
    "acled": {"time_precision": "1", "geo_precision": "1", "country": "Syria", "fatalities": "0",
              "source": "Made-up News", "actor1": ""},
    "ged": {"country": "Syria", "source_office": "Made-up Agency", "date_prec": "1"},
    "own": {},
}  # fmt: skip
_COLUMNS = {"acled": ACLED, "ged": UCDP_GED, "own": _OWN}
_IDS = {"acled": "event_id_cnty", "ged": "id", "own": "id"}


@dataclass(frozen=True)
class Side:
    """An article (`source` "article") with its day and text, or the cells of a row by column."""

    source: str
    day: str
    text: str
    cells: dict[str, str]


@dataclass(frozen=True)
class MadePair:
    """Two sides; `one` if they tell of one happening."""

    name: str
    one: bool
    sides: tuple[Side, Side]


def made_pairs() -> Iterator[MadePair]:
    """The pairs of pairs_datasets.txt."""
    text = (_FOLDER / "pairs_datasets.txt").read_text(encoding="utf-8")
    for block in text.split("\n@ ")[1:]:
        head, _, body = block.partition("\n")
        name, kind = (part.strip() for part in head.split("|"))
        first, second = body.split("\n---\n")
        yield MadePair(name, kind == "one", (_side(first), _side(second)))


def _side(text: str) -> Side:
    head, _, rest = text.strip().partition("\n")
    source, _, day = (part.strip() for part in head.partition("|"))
    if source == "article":
        return Side(source, day, rest.strip(), {})
    cells = dict(line.split(": ", 1) for line in rest.strip().splitlines())
    return Side(source, "", "", cells)


def measure_cross_pairs(corpus: Corpus, reader: Reader) -> Measured:
    """Of the pairs offered how many tell of one happening, and of those that do how many are offered."""
    pairs = list(made_pairs())
    offered = offered_names(pairs, corpus, reader)
    one = {pair.name for pair in pairs if pair.one}
    right = sum(first == second and first in one for first, second in offered)
    found = len(offered)
    wrong = [f"{a} {b}: offered" for a, b in sorted(offered) if a != b or a not in one]
    missed = [f"{name}: not offered" for name in sorted(one) if (name, name) not in offered]
    return Measured({"pairs": Score(right, found, len(one))}, [*wrong, *missed])


def offered_names(
    pairs: Iterable[MadePair], corpus: Corpus, reader: Reader
) -> set[tuple[str, str]]:
    """The names of the blocks that the two events of each offered pair are from."""
    pairs = list(pairs)
    accepted = _accepted(pairs, corpus, reader)
    articles = {claim.event_id: claim.article_id for claim in accepted.events.claims}
    with tempfile.TemporaryDirectory() as folder:
        catalog = _catalog(Path(folder), pairs, accepted)
        found = cross_pairs(catalog)

    def block(event_id: str) -> str:
        """The name of the block, e.g. "d01" of "acled:d01" and of article "d01_0"."""
        return articles.get(event_id, event_id.rpartition(":")[2]).partition("_")[0]

    return {tuple(sorted((block(pair.first), block(pair.second)))) for pair in found.pairs}


def _accepted(pairs: Iterable[MadePair], corpus: Corpus, reader: Reader) -> Corpus:
    """The corpus with the suggestions of the articles as its only events, each accepted as it is."""
    corpus = replace(corpus, events=Events({}, (), (), ()))
    records, speakers = [], []
    outlet = next(iter(corpus.lexicon.outlets))
    sides = [(f"{p.name}_{n}", side) for p in pairs for n, side in enumerate(p.sides)]
    for key, side in sides:
        if side.source != "article":
            continue
        day = date.fromisoformat(side.day)
        at = datetime.combine(day, datetime.min.time())
        article = Article(key, key, key, outlet, key, "ar", at, None, None, "made", side.text)
        corpus = replace(corpus, articles={**corpus.articles, key: article})
        for number, suggestion in enumerate(reader.read(side.text, day).suggestions):
            record = pending_suggestion(f"{key}_s{number}", key, suggestion)
            event, new = as_event(record, draft(record, corpus))
            records.append(event)
            speakers += new
    return replace(with_unreviewed(corpus, records, speakers), unreviewed=frozenset())


def _catalog(folder: Path, pairs: Iterable[MadePair], corpus: Corpus) -> Catalog:
    """A folder of datasets with the curated events and the rows, imported from a file of each source."""
    library = Library(folder / "datasets", "duckdb://")
    write_curated(library.datasets, curated_tables(corpus))
    importer = Importer(library.datasets, corpus, read_settings({}).lexicon)
    rows = {source: [] for source in _COLUMNS}
    for pair in pairs:
        for side in pair.sides:
            if side.source != "article":
                rows[side.source].append(_row(pair.name, side, corpus))
    for source, listed in rows.items():
        path = folder / f"{source}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, _COLUMNS[source], restval="")
            writer.writeheader()
            writer.writerows(listed)
        *_chunks, done = importer.read(path, ImportOptions())
        assert (done.written.added, done.faults.total) == (len(listed), 0), done.faults.first
    return catalog_of(library.open(), corpus, "made", unreviewed=False)


def _row(name: str, side: Side, corpus: Corpus) -> dict[str, str]:
    """The cells of a row; its point is some kilometres north of the place of the gazetteer."""
    cells = {_IDS[side.source]: name, **_DEFAULTS[side.source], **side.cells}
    place_id, _, km = cells.pop("at").partition(" ")
    place = corpus.gazetteer.places[place_id]
    names = ("lat", "lon") if side.source == "own" else ("latitude", "longitude")
    return cells | dict(
        zip(names, (f"{place.lat + float(km) / _KM:.4f}", f"{place.lon:.4f}"), strict=True)
    )
