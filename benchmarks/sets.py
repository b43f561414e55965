"""Seeded synthetic sets of events: places by Zipf's law, days in bursts, the curated events beside.

Made once under `benchmarks/out/` through the same derivation and writer that imports use.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.datasets.build.derive import derive
from dashboard.datasets.build.rows import ROW_COLUMNS, SEPARATOR, KnownIds, RowSource
from dashboard.engine.datasets import Datasets
from dashboard.engine.write import DatasetWriter, stage
from dashboard.settings import read_settings
from dashboard.store.lexicon import load_lexicon

OUT = Path(__file__).with_name("out")
_SEED, _CHUNK = 20210221, 100_000
_PLACES, _BURSTS, _DAYS = 20_000, 60, 2_200


def workspace(size: int) -> Path:
    """A workspace whose datasets contain `size` synthetic events."""
    path = OUT / f"many_{size}" / "w.sqlite"
    datasets = Datasets(path.with_name("w_datasets"))
    if datasets.get("synthetic") is None:
        _write(datasets, size)
    return path


def _write(datasets: Datasets, size: int) -> None:
    lexicon, _faults = load_lexicon(read_settings().lexicon)
    groups = {kind.kind: kind.group.value for kind in lexicon.kinds.values()}
    card = datasets.new("synthetic", "Synthetic", "own", origin="Synthetic")
    writer = DatasetWriter(datasets, card)
    source = RowSource(card.dataset_id, card.number, card.origin)
    for start in range(0, size, _CHUNK):
        rows = synthetic(start, min(_CHUNK, size - start), list(groups))
        stage(writer.staged, derive(rows, source, start, KnownIds({}, {}, {}, groups)), start)
        writer.confirm(start, len(rows))
    writer.finish(files=("synthetic",))


def synthetic(start: int, size: int, kinds: list[str]) -> pd.DataFrame:
    """Rows as importers make them, numbered from `start`."""
    places = np.random.default_rng(_SEED)
    lat = np.round(places.normal(35.6, 1.1, _PLACES), 4)
    lon = np.round(places.normal(38.8, 1.6, _PLACES), 4)
    bursts = places.integers(0, _DAYS, _BURSTS)
    weights = 1 / np.arange(1, _PLACES + 1)
    random = np.random.default_rng(_SEED + start + 1)
    at = random.choice(_PLACES, size, p=weights / weights.sum())
    spread = random.exponential(9, size).astype(int)
    burst = np.clip(random.choice(bursts, size) + spread, 0, _DAYS - 1)
    days = np.where(random.random(size) < 0.7, burst, random.integers(0, _DAYS, size))
    dates = pd.Series(pd.to_datetime(16_800 + days, unit="D"))
    actor = [f"Actor {number}" for number in np.minimum(random.zipf(1.5, size), 400)]
    other = [f"Actor {number}" for number in np.minimum(random.zipf(1.5, size), 400)]
    outlet = [f"Outlet {number}" for number in np.minimum(random.zipf(1.5, size), 80)]
    kind = random.choice(kinds, size)
    frame = pd.DataFrame("", index=range(size), columns=list(ROW_COLUMNS), dtype=object)
    return frame.assign(
        event_id=[f"synthetic:{number}" for number in range(start, start + size)],
        kind=kind,
        title=[f"{name}: {one}" for name, one in zip(kind, actor, strict=True)],
        notes=[
            f"On that day {one} and {two} did something near Town {town}, {who} reports."
            for one, two, town, who in zip(actor, other, at, outlet, strict=True)
        ],
        date_start=dates,
        date_end=dates,
        date_precision="day",
        lat=lat[at],
        lon=lon[at],
        place=[f"Town {town}" for town in at],
        place_precision="settlement",
        uncertainty_m=1_500,
        country="Syria",
        admin1=[f"Governorate {town % 14}" for town in at],
        admin2=[f"District {town % 60}" for town in at],
        initiators=actor,
        targets=other,
        outlets=[f"{one}{SEPARATOR}SOHR" for one in outlet],
    )


def points(size: int) -> pd.DataFrame:
    """Coordinates, titles and kinds of the same events, as the usual methods take them."""
    lexicon, _faults = load_lexicon(read_settings().lexicon)
    chunks = [
        synthetic(start, min(_CHUNK, size - start), list(lexicon.kinds))
        for start in range(0, size, _CHUNK)
    ]
    return pd.concat(chunks, ignore_index=True)[["lat", "lon", "title", "kind"]]
