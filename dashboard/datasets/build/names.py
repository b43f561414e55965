"""The names in event rows, e.g. of outlets, as rows of the tables `claims` and `event_actors`."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.datasets.build.arrow import repeated, to_series, to_text
from dashboard.datasets.build.codes import explode
from dashboard.datasets.build.rows import SEPARATOR, KnownIds, RowSource
from dashboard.text.normalise import fold

ROLES = {"initiators": "initiator", "targets": "target", "parties": "party"}


@dataclass(frozen=True, slots=True)
class _Names:
    """The names in the cells of a column: the row of each, its position there, and its text or id."""

    rows: npt.NDArray[np.intp]
    within: npt.NDArray[np.intp]
    values: pa.Array


def _names(cells: pd.Series, ids: Mapping[str, str]) -> _Names:
    """The distinct names in each cell, in their order; `ids` are by folded name.

    A name without an id is its own value.
    """
    codes, texts = pd.factorize(cells)
    # As objects: of a table without rows pandas gives a chunked array, which flattens to no array.
    lists = pc.split_pattern(pa.array(texts.to_numpy(object), pa.string()), SEPARATOR)
    # Many cells share a name, and several names an id.
    names = lists.flatten().dictionary_encode()
    distinct = names.dictionary.to_pylist()
    numbers, values = pd.factorize(
        np.array([ids.get(fold(name), name) for name in distinct], object)
    )
    number = numbers[names.indices.to_numpy()]
    text = np.repeat(np.arange(len(texts)), pc.list_value_length(lists).to_numpy())
    taken = _first(text, number) & pc.not_equal(names.cast(pa.string()), "").to_numpy(
        zero_copy_only=False
    )
    rows, at, within = explode(codes, np.bincount(text[taken], minlength=len(texts)))
    return _Names(rows, within, pa.array(values, pa.string()).take(pa.array(number[taken][at])))


def actors_of(
    rows: pd.DataFrame, events: npt.NDArray[np.int64], known_ids: KnownIds
) -> dict[str, object]:
    """The rows of `event_actors`, sorted by event."""
    roles = [_names(rows[column], known_ids.actors) for column in ROLES]
    at = np.concatenate([names.rows for names in roles])
    role = np.repeat(np.arange(len(roles)), [len(names.rows) for names in roles])
    order = np.argsort(at, kind="stable")
    at, role = at[order], role[order]
    actors = pa.concat_arrays([names.values for names in roles]).take(pa.array(order))
    numbers, _ = pd.factorize(to_series(actors))
    return {
        "event": events[at],
        "actor": actors,
        "role": pa.array(ROLES.values(), pa.string()).take(pa.array(role)),
        "first_actor": _first(at, numbers),
        "first_role": _first(at, role),
    }


def _first(rows: npt.NDArray[np.intp], values: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Whether each is the first of its row with that value (not negative)."""
    keys = rows * (values.max(initial=0) + 1) + values
    return ~pd.Series(keys).duplicated().to_numpy()


@dataclass(frozen=True, slots=True)
class Claims:
    """The rows of `claims` as a table, and the row of each, and whether its origin is its outlet."""

    table: Mapping[str, object]
    rows: npt.NDArray[np.intp]
    by_outlet: bool


def claims_of(
    rows: pd.DataFrame, events: npt.NDArray[np.int64], source: RowSource, known_ids: KnownIds
) -> Claims:
    """The claims, one per outlet; the dataset is the outlet of a row that names none."""
    texts = to_text(rows["outlets"])
    outlets = to_series(pc.if_else(pc.equal(texts, ""), source.dataset, texts))
    names = _names(outlets, known_ids.outlets)
    event, size = events[names.rows], len(names.rows)
    ids = pc.binary_join_element_wise(
        *(pa.array(numbers).cast(pa.string()) for numbers in (event, names.within)), "-"
    )
    table = {
        "event": event,
        "claim_id": ids,
        "article_id": ids,
        "outlet": names.values,
        "speaker": repeated(None, size),
        "origin": repeated(source.origin, size) if source.origin else names.values,
        "stance": repeated("asserts", size),
        "first_outlet": np.ones(size, dtype=bool),
        "first_speaker": np.zeros(size, dtype=bool),
    }
    return Claims(table, names.rows, by_outlet=not source.origin)


def attestations(claims: Claims, rows: int) -> pa.Array:
    """Corroborated where two or more origins assert an event; imports have no denials."""
    origins = np.bincount(claims.rows, minlength=rows)
    several = pa.array((origins > 1) & claims.by_outlet)
    return pc.if_else(several, "corroborated", "single_source")
