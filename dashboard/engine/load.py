"""Load events of the engine as records, e.g. one event with its claims, or the selection of a figure.

Curated events come from the corpus; those of datasets are built from their rows (`imported.py`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import ibis.expr.types as ir
import pandas as pd

from dashboard.engine.datasets import Dataset
from dashboard.engine.engine import MOST_VALUES, Engine
from dashboard.engine.imported import ImportedRecords, Row, to_records
from dashboard.engine.places import Places
from dashboard.model.corpus import Corpus, Events
from dashboard.model.estimate import Figure, Measure
from dashboard.model.event import Attestation
from dashboard.model.event_tables import CURATED
from dashboard.model.selected import SelectedEvents
from dashboard.model.verification import Judgements, Verification, VerifiedPart
from dashboard.query.pages import all_numbers
from dashboard.query.query import Query
from dashboard.query.tables import EngineTables

# Figures and exports of records have at most this many events: benchmarks/README.md has their times
# for 10,000, and nobody reads a workbook of more.
MOST_RECORDS = 20_000
_EVENT = (
    "event", "event_id", "dataset", "attestation", "kind", "title_en", "title_ar", "date_start",
    "date_end", "date_precision", "verification", "place_verification",
)  # fmt: skip
# Columns for the claims of imported events; reading them takes as long as all others together.
_WORDS = ("notes", "url", "estimates", "source_columns", "record")
_FIGURE = ("event", "measure", "low", "best", "high")
# The columns read of each table, in the order by which its rows are sorted.
_ROWS: Mapping[str, tuple[str, ...]] = {
    "event_places": ("event", "place_id", "role"),
    "event_actors": ("event", "actor", "role"),
    "claims": ("event", "claim_id", "article_id", "outlet", "stance"),
    "containment": ("event", "place"),
}


@dataclass(frozen=True, slots=True)
class EventLoader:
    """Loads events; `corpus` has the curated ones, `datasets` are cards by id, `places` all places.

    `judged` are the judgements of analysts on imported events.
    """

    engine: Engine
    corpus: Corpus
    datasets: Mapping[str, Dataset]
    places: Places
    judged: Judgements = field(default_factory=Judgements)

    def load_selection(self, query: Query) -> SelectedEvents | None:
        """The events of the list; `None` if there are more than `MOST_RECORDS`."""
        keys = self.engine.ask(all_numbers, query, most=MOST_RECORDS + 1)
        return None if len(keys) > MOST_RECORDS else self.load(keys)

    def figures(self, keys: pd.DataFrame) -> dict[str, dict[Measure, Figure]]:
        """The figures of the events of `keys` (also with `event_id`) by event id; no claim is loaded."""
        rows = to_records(_ask(self.engine, "event_estimates", keys, _FIGURE))
        ids = dict(zip(keys["event"].tolist(), keys["event_id"].tolist(), strict=True))
        figures: dict[str, dict[Measure, Figure]] = {}
        for row in rows:
            figure = Figure(row["low"], row["best"], row["high"])
            figures.setdefault(ids[row["event"]], {})[Measure(row["measure"])] = figure
        return figures

    def load(self, keys: pd.DataFrame, *, claims: bool = True) -> SelectedEvents:
        """Load the events of `keys` (columns `event`, `first_day`), in the order of its rows.

        If `claims` is false, imported events come without claims and actors, which lists do not show.
        """
        order = {number: at for at, number in enumerate(keys["event"].tolist())}
        rows = to_records(_ask(self.engine, "events", keys, _EVENT + (_WORDS if claims else ())))
        rows = sorted(rows, key=lambda row: order[row["event"]])
        ids = [row["event_id"] for row in rows]
        imported = {row["event"]: row for row in rows if row["dataset"] != CURATED}
        curated = {row["event_id"] for row in rows if row["dataset"] == CURATED}
        records = _only(self.corpus, curated)
        if imported:
            builder = ImportedRecords(self.corpus, self.datasets, imported)
            subset = keys[keys["event"].isin(list(imported))]
            for name in _ROWS if claims else ("event_places",):
                builder.add(name, _sorted(_ask(self.engine, name, subset, _ROWS[name]), order))
            builder.places |= self.places.fetch(sorted(builder.place_ids - builder.places.keys()))
            records = self._with_judged(builder.merged_with(records), imported.values())
        events = {key: records.events.events[key] for key in ids}
        records = replace(records, events=replace(records.events, events=events))
        return SelectedEvents(
            records,
            {row["event_id"]: Attestation(row["attestation"]) for row in rows},
            {row["event_id"]: row["dataset"] for row in rows},
            records if imported else self.corpus,
            {row["event_id"]: _states(row) for row in rows},
        )

    def _with_judged(self, corpus: Corpus, rows: Iterable[Row]) -> Corpus:
        """The corpus with the verifications that analysts entered for these imported events."""
        keys = [(row["event_id"], part) for row in rows for part in VerifiedPart]
        old, new = corpus.judgements, self.judged
        counting = {key: new.verifications[key] for key in keys if key in new.verifications}
        lapsed = {key: new.lapsed[key] for key in keys if key in new.lapsed}
        # What a file says of an event counts only where an analyst says nothing.
        of_files = {key: row for key, row in old.lapsed.items() if key not in counting}
        merged = replace(
            old,
            verifications={**old.verifications, **counting},
            lapsed={**of_files, **lapsed},
        )
        return replace(corpus, judgements=merged)


def _states(row: Row) -> dict[VerifiedPart, Verification]:
    return {
        VerifiedPart.EVENT: Verification(row["verification"]),
        VerifiedPart.PLACE: Verification(row["place_verification"]),
    }


def _ask(engine: Engine, name: str, keys: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Some columns of a table's rows of the events in `keys`, in any order.

    The filter has the first day beside the number: rows are sorted by day, so that an engine skips the
    row groups of other days. The events of one statement are limited, since Ibis takes milliseconds for
    each to compile it, and are few days where `keys` are in the order of the list.
    """

    def some(part: pd.DataFrame) -> pd.DataFrame:
        days = (int(part["first_day"].min()), int(part["first_day"].max())) if len(part) else ()
        numbers = tuple(part["event"].tolist())
        return engine.ask(_rows, numbers, days, name=name, columns=tuple(columns))

    starts = range(0, max(len(keys), 1), MOST_VALUES)
    parts = [some(keys.iloc[start : start + MOST_VALUES]) for start in starts]
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]


def _rows(
    tables: EngineTables,
    numbers: Collection[int],
    days: Sequence[int],
    *,
    name: str,
    columns: Collection[str],
) -> ir.Table:
    rows = tables.named(name)
    rows = rows.filter(rows.event.isin(list(numbers)))
    return (rows.filter(rows.first_day.between(*days)) if days else rows).select(*columns)


def _sorted(rows: pd.DataFrame, numbers: Mapping[int, int]) -> list[Row]:
    """The rows sorted by event (in the order of `numbers`), then by their other columns."""
    ordered = rows.drop_duplicates().assign(at=rows["event"].map(dict(numbers)))
    return to_records(ordered.sort_values(["at", *rows.columns[1:]], kind="stable"))


def _only(corpus: Corpus, ids: Collection[str]) -> Corpus:
    """The corpus with only the events of these ids."""
    events = corpus.events
    selected = Events(
        {key: event for key, event in events.events.items() if key in ids},
        tuple(row for row in events.places if row.event_id in ids),
        tuple(row for row in events.actors if row.event_id in ids),
        tuple(row for row in events.claims if row.event_id in ids),
    )
    return replace(corpus, events=selected)
