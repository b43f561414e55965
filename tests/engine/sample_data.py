"""A folder of datasets: the real curated events, and a few hundred made-up rows beside them."""

from pathlib import Path

import msgspec
import numpy as np
import pandas as pd

from dashboard.datasets.build.curated import curated_tables
from dashboard.datasets.build.derive import derive
from dashboard.datasets.build.rows import ROW_COLUMNS, SEPARATOR, RowSource
from dashboard.datasets.known_names import known_ids
from dashboard.engine.datasets import Datasets
from dashboard.engine.library import write_curated
from dashboard.engine.write import DatasetWriter, stage
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Counted, Estimate, Measure

KINDS = ("clash", "shelling", "protest")


def rows(number: int, seed: int = 1, towns: int = 40, long_days: int = 6) -> pd.DataFrame:
    """Rows as an importer makes them: some undated, some of a week, some without a place.

    `long_days` are the days after the first of those that are dated to more than a day.
    """
    random = np.random.default_rng(seed)
    days = pd.to_datetime("2020-12-01") + pd.to_timedelta(random.integers(0, 120, number), unit="D")
    long = random.random(number) < 0.2
    undated = random.random(number) < 0.05
    unlocated = random.random(number) < 0.05
    town = random.integers(0, towns, number)
    frame = pd.DataFrame("", index=range(number), columns=list(ROW_COLUMNS), dtype=object)
    precision = "week" if long_days < 7 else "month"
    ends = days + pd.to_timedelta(np.where(long, long_days, 0), unit="D")
    frame = frame.assign(
        event_id=[f"made:{seed}:{at}" for at in range(number)],
        kind=random.choice(KINDS, number),
        title=[f"Event {at} in Town {name}" for at, name in enumerate(town)],
        notes="Made up.",
        date_start=pd.Series(days).where(~undated),
        date_end=pd.Series(ends).where(~undated),
        date_precision=np.where(undated, "", np.where(long, precision, "day")),
        lat=np.where(unlocated, np.nan, np.round(35 + town % 40 * 0.05, 4)),
        lon=np.where(unlocated, np.nan, np.round(37 + town * 0.1 % 4, 4)),
        place=[f"Town {name}" for name in town],
        place_precision=np.where(town % 5 == 0, "vicinity", "settlement"),
        uncertainty_m=np.where(town % 5 == 0, 25_000, 1_500),
        country="Syria",
        admin1=np.where(town < 20, "Raqqa", "Hasakah"),
        initiators=random.choice(["Army of A", "Russian forces"], number),
        targets=random.choice(["", "Army of B", f"Army of A{SEPARATOR}Army of B"], number),
        outlets=random.choice(["SANA", f"SANA{SEPARATOR}Agency"], number),
        estimates=[_estimates(at) for at in range(number)],
        source_columns=[f'{{"tags":"crowd {at % 7}"}}' for at in range(number)],
        source_values=[f'{{ "crowd {at % 7}"}}' for at in range(number)],
    )
    return frame[list(ROW_COLUMNS)]


def _estimates(number: int) -> str:
    """Every second row has one killed or more, every sixth an open end, every tenth wounded too."""
    if number % 2:
        return ""
    low = number % 9
    high = None if number % 6 == 0 else low + number % 4
    best = None if high is None or number % 4 else low
    killed = Estimate(Measure.KILLED, low, best, high, Counted.EVERYONE, None, "made up")
    hurt = Estimate(Measure.WOUNDED, None, number % 5, None, Counted.EVERYONE, None, "made up")
    return msgspec.json.encode([killed] if number % 10 else [killed, hurt]).decode()


def write(
    datasets: Datasets,
    corpus: Corpus,
    number: int,
    name: str = "made",
    towns: int = 40,
    long_days: int = 6,
) -> None:
    """A dataset of such rows."""
    card = datasets.get(name) or datasets.new(name, name.title(), "own")
    writer = DatasetWriter(datasets, card)
    start = card.next_row
    source = RowSource(card.dataset_id, card.number, card.origin)
    tables = derive(
        rows(number, towns=towns, long_days=long_days), source, start, known_ids(corpus)
    )
    stage(writer.staged, tables, start)
    writer.confirm(start, number)
    writer.finish(files=(f"{name}.csv",))


def folder_of(folder: Path, corpus: Corpus, number: int = 400) -> Datasets:
    """The curated events and `number` made-up ones."""
    datasets = Datasets(folder)
    write_curated(datasets, curated_tables(corpus))
    write(datasets, corpus, number)
    return datasets
