"""Pairs of events of different datasets that may be one happening: the engine lists, we compare."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from dashboard.model.selected import SelectedEvents
from dashboard.project.catalog import Catalog
from dashboard.query.near_pairs import near_pairs
from dashboard.query.pages import numbers_of
from dashboard.review.same_event import EventPair, likely_across

# Candidates compared at once: reading the records of so many takes some seconds.
MOST_CANDIDATES = 2_000


@dataclass(frozen=True, slots=True)
class CrossPairs:
    """The likely pairs of the candidates `start`..`start + compared` of `total`."""

    pairs: tuple[EventPair, ...]
    start: int
    compared: int
    total: int

    @property
    def left(self) -> int:
        """The candidates that come after these."""
        return self.total - self.start - self.compared


def cross_pairs(
    catalog: Catalog, datasets: Collection[str] = (), *, start: int = 0, most: int = MOST_CANDIDATES
) -> CrossPairs:
    """The likely pairs between these datasets (all that are shown, if none), the likeliest first.

    The engine lists what is near in place and day; the records of `most` candidates are then compared.
    """
    key = ("cross_pairs", tuple(sorted(datasets)), start, most)
    found: CrossPairs = catalog.answers.get(
        key, lambda: _find(catalog, tuple(sorted(datasets)), start, most)
    )
    return found


def events_by_id(catalog: Catalog, event_ids: Collection[str]) -> SelectedEvents:
    """The events of these ids that are shown, as records."""
    keys = catalog.engine.ask(numbers_of, tuple(sorted(event_ids)), unreviewed=catalog.unreviewed)
    return catalog.loader.load(keys)


def _find(catalog: Catalog, datasets: tuple[str, ...], start: int, most: int) -> CrossPairs:
    rows = catalog.engine.ask(near_pairs, datasets, most=most, start=start)
    if rows.empty:
        return CrossPairs((), start, 0, start)
    first = rows[["event", "first_day"]]
    second = rows[["event_2", "first_day_2"]].set_axis(["event", "first_day"], axis="columns")
    keys = pd.concat([first, second]).drop_duplicates("event").reset_index(drop=True)
    selected = catalog.loader.load(keys)
    ids = [event.event_id for event in selected.events]
    by_number = dict(zip(keys["event"].tolist(), ids, strict=True))
    candidates = [
        (by_number[one], by_number[other])
        for one, other in zip(rows["event"].tolist(), rows["event_2"].tolist(), strict=True)
    ]
    pairs = likely_across(selected.corpus, selected.datasets, catalog.curated.lexicon, candidates)
    return CrossPairs(pairs, start, len(rows), int(rows["total"].iloc[0]))
