"""Texts that mean something to SQL, to drivers or to our own markers, and rows that hold them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from dashboard.datasets.build.derive import derive
from dashboard.datasets.build.rows import SEPARATOR, KnownIds, RowSource
from dashboard.engine.datasets import Datasets
from dashboard.engine.write import DatasetWriter, stage
from dashboard.query.facets import FACETS
from dashboard.query.query import Query
from tests.engine import sample_data

# What could end a literal, be a parameter, be one of our markers, or be run.
FRAGMENTS = (
    "'", "''", '"', "\\", "\\'", "`", "$", "$1", "$2", "$$", "${env:HOME}", "%", "%%", "%s", "%(p1)s",
    ":p0", ":p1", "?", "??", "--", "/*", ";", "(", "E'", "x'41'", "\ue000", "\ue001",
    "\ue0000\ue001", "\ue0001\ue001", "\ue00099\ue001", "4611686018427387904", "4611686018427387905",
    "9223372036854775808", "{{7*7}}", "{0}", "NULL", "') OR 1=1 --", "'; COPY (SELECT 1) TO 'x",
    "\u202e", "عين", "a", "B", "İ", "ß",
)  # fmt: skip
# No table can contain these, but a link or a text field can.
UNSTORABLE = ("\x00", "\ud800", "\udfff")
# Words are separated by white space.
_SPACES = (" ", "\n", "\u00a0")
STORED = tuple(text for text in FRAGMENTS if text.strip())

TEXTS = st.one_of(
    st.sampled_from(STORED),
    st.lists(st.sampled_from((*FRAGMENTS, *UNSTORABLE, *_SPACES)), max_size=5).map("".join),
    st.text(max_size=12),
)
LISTS = st.lists(TEXTS, max_size=5, unique=True).map(tuple)
_LISTS = (*(facet.field for facet in FACETS), "place_ids")
_FEW = st.one_of(st.just(()), LISTS)
QUERIES = st.builds(
    Query,
    **{facet.field: _FEW for facet in FACETS},  # type: ignore[arg-type]
    text=st.one_of(st.just(""), TEXTS),
    start=st.one_of(st.none(), st.dates()),
    end=st.one_of(st.none(), st.dates()),
    place_ids=_FEW,
    event_id=TEXTS,
)
# With one filter at a time, more is left to be compared.
ONE_FILTER = st.one_of(
    *(st.builds(Query, **{facet.field: LISTS}) for facet in FACETS),  # type: ignore[arg-type]
    st.builds(Query, text=TEXTS),
    st.builds(Query, place_ids=LISTS),
)


def datasets(folder: Path, number: int = 150) -> Datasets:
    """A dataset in which each fragment is a kind, a party, an outlet, a place and part of a title."""
    random = np.random.default_rng(18)

    def some() -> list[str]:
        return [str(text) for text in random.choice(STORED, number)]

    rows = sample_data.rows(number).assign(
        event_id=[f"{text}:{at}" for at, text in enumerate(some())],
        kind=some(),
        title=[
            f"{one} {two}{three}" for one, two, three in zip(some(), some(), some(), strict=True)
        ],
        place=some(),
        admin1=some(),
        initiators=some(),
        targets=[f"{one}{SEPARATOR}{two}" for one, two in zip(some(), some(), strict=True)],
        outlets=some(),
    )
    target = Datasets(folder)
    write(target, rows, "hostile")
    return target


def write(target: Datasets, rows: pd.DataFrame, name: str) -> None:
    """A dataset of these rows."""
    card = target.new(name, name.title(), "own")
    writer = DatasetWriter(target, card)
    ids = KnownIds({}, {}, {}, dict.fromkeys([*STORED, *sample_data.KINDS], "other"))
    stage(writer.staged, derive(rows, RowSource(card.dataset_id, card.number, None), 0, ids), 0)
    writer.confirm(0, len(rows))
    writer.finish(files=(f"{name}.csv",))


def storable(query: Query) -> Query:
    """The query with every surrogate as a character that no row has: pandas takes no surrogates."""
    lists = {name: tuple(map(_storable, getattr(query, name))) for name in _LISTS}
    return replace(query, text=_storable(query.text), **lists)


def _storable(text: str) -> str:
    return "".join("\U0010fffd" if "\ud800" <= each <= "\udfff" else each for each in text)
