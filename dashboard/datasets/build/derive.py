"""Derive the engine's tables from event rows, e.g. outlets "SANA; SOHR" -> two rows of `claims`.

Importers produce event rows (`rows.ROW_COLUMNS`); all work is by column, thousands of rows at a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.datasets.build.codes import explode, lengths_of
from dashboard.datasets.build.places import PlaceTableBuilder
from dashboard.datasets.build.rows import ROW_COLUMNS, SEPARATOR, KnownIds, RowSource
from dashboard.model.estimate import Estimate, event_figures
from dashboard.model.event_tables import BASE_SCHEMAS, OPEN_END, OPEN_START
from dashboard.model.grid import tile_units
from dashboard.model.place import SHARP
from dashboard.text.normalise import fold

_ROLES = {"initiators": "initiator", "targets": "target", "parties": "party"}
_ESTIMATES = msgspec.json.Decoder(list[Estimate])
# The name of a member of a JSON object; quotes within a text are escaped.
_NAMES = r'"(?:[^"\\]|\\.)*":'


def derive(
    rows: pd.DataFrame, source: RowSource, start: int, known_ids: KnownIds
) -> dict[str, pa.Table]:
    """The engine's tables of `rows` (columns `ROW_COLUMNS`) by name, with the columns of `BASE_SCHEMAS`.

    Events are numbered from `start` on, within the dataset of `source`.
    """
    events = np.arange(start, start + len(rows), dtype=np.int64) + (source.number << 32)
    claims = _claims(rows, events, source, known_ids)
    denormalised = _denormalised(rows, source, _attestations(claims, len(rows)), known_ids)
    places = PlaceTableBuilder(rows, known_ids, source.dataset)
    located = rows["lat"].notna().to_numpy()
    tables: dict[str, Mapping[str, object] | pd.DataFrame] = {
        "events": _events(rows, events, denormalised, located),
        "event_places": _event_places(rows, events, located, places),
        "event_actors": _actors(rows, events, known_ids),
        "claims": claims.table,
        "containment": places.containment(events),
        "event_estimates": _event_estimates(rows["estimates"], events),
        "places": places.table,
    }
    return {name: _table(name, columns) for name, columns in tables.items()}


def _table(name: str, columns: Mapping[str, object] | pd.DataFrame) -> pa.Table:
    # Arrays directly: a frame would convert text to a type of pandas first.
    schema = BASE_SCHEMAS[name]
    arrays = [_array(columns[field.name], field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(cells: object, type_: pa.DataType) -> pa.Array:
    """The cells as one array of Arrow; it shares the memory of a column of text."""
    if isinstance(cells, pa.Array) and cells.type == type_:
        return cells
    array = pa.array(cells, type_, from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _text(cells: pd.Series) -> pa.Array:
    return _array(cells, pa.string())


def _series(texts: pa.Array) -> pd.Series:
    return pd.Series(texts, dtype="str")


def _or_null(cells: pd.Series) -> pa.Array:
    """The texts, null for a blank one."""
    texts = _text(cells)
    return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)


def _repeated(value: object, size: int) -> pa.Array:
    return pa.repeat(pa.scalar(value, pa.string()), size)


def _denormalised(
    rows: pd.DataFrame, source: RowSource, attestation: pa.Array, known_ids: KnownIds
) -> dict[str, object]:
    start, end = rows["date_start"], rows["date_end"]
    codes, kinds = pd.factorize(rows["kind"])
    groups = pa.array([known_ids.groups.get(kind) for kind in kinds], pa.string())
    return {
        "kind": rows["kind"],
        "group": groups.take(pa.array(codes)),
        "attestation": attestation,
        "dataset": _repeated(source.dataset, len(rows)),
        "reviewed": np.ones(len(rows), dtype=bool),
        "dated": (start.notna() | end.notna()).to_numpy(),
        "first_day": days(start, OPEN_START),
        "last_day": days(end, OPEN_END),
    }


def days(dates: pd.Series, unknown: int) -> npt.NDArray[np.int32]:
    """The dates as days since 1970-01-01; `unknown` for a missing date."""
    numbers = dates.to_numpy(dtype="datetime64[D]").astype("int64")
    return np.where(dates.isna().to_numpy(), unknown, numbers).astype(np.int32)


def _events(
    rows: pd.DataFrame,
    events: npt.NDArray[np.int64],
    denormalised: Mapping[str, object],
    located: npt.NDArray[np.bool_],
) -> dict[str, object]:
    actors = [pc.replace_substring(_text(rows[name]), SEPARATOR, " ") for name in _ROLES]
    texts = [
        *(_text(rows[name]) for name in ("title", "notes", "place")),
        pc.binary_join_element_wise(*actors, " "),
        _cell_values(_text(rows["source_columns"])),
    ]
    return {
        "event": events,
        "event_id": rows["event_id"],
        **denormalised,
        "date_start": rows["date_start"].to_numpy(dtype="datetime64[D]"),
        "date_end": rows["date_end"].to_numpy(dtype="datetime64[D]"),
        "date_precision": _or_null(rows["date_precision"]),
        "located": located,
        "title_en": rows["title"],
        "title_ar": _repeated("", len(rows)),
        "notes": rows["notes"],
        "url": rows["url"],
        "search": _folded(pc.binary_join_element_wise(*texts, " \n ")),
        "row_hash": _hashes(rows),
        "estimates": _or_null(rows["estimates"]),
        "source_columns": _objects(_text(rows["source_columns"])),
        "record": _repeated(None, len(rows)),
    }


def _objects(cells: pa.Array) -> pa.Array:
    """The JSON of each row's source columns; "" becomes an empty object."""
    return pc.if_else(pc.equal(cells, ""), "{}", cells)


def _folded(texts: pa.Array) -> pa.Array:
    """The texts as `fold` gives them, which makes those of ASCII lower case and no more."""
    others = pc.invert(pc.string_is_ascii(texts))
    folded = pa.array(map(fold, texts.filter(others).to_pylist()), pa.string())
    return pc.replace_with_mask(pc.ascii_lower(texts), others, folded)


def _cell_values(source_columns: pa.Array) -> pa.Array:
    """The cells of each row for full text search: its JSON without the names of the columns."""
    return pc.replace_substring_regex(source_columns, _NAMES, " ")


def _event_estimates(cells: pd.Series, events: npt.NDArray[np.int64]) -> dict[str, object]:
    """The rows of `event_estimates`; all claims of a row give the same estimates."""
    codes, distinct = pd.factorize(cells)
    figures = [event_figures([_ESTIMATES.decode(cell)]) if cell else {} for cell in distinct]
    rows, at, _within = explode(codes, lengths_of(figures))
    listed = [(measure.value, figure) for by in figures for measure, figure in by.items()]
    numbers = pa.array(at)
    return {
        "event": events[rows],
        "measure": pa.array([name for name, _ in listed], pa.string()).take(numbers),
        "low": pa.array([figure.low for _, figure in listed], pa.int64()).take(numbers),
        "best": pa.array([figure.best for _, figure in listed], pa.int64()).take(numbers),
        "high": pa.array([figure.high for _, figure in listed], pa.int64()).take(numbers),
    }


def _hashes(rows: pd.DataFrame) -> npt.NDArray[np.int64]:
    """A 64-bit hash of all cells of each row, the same on every machine."""
    names = [name for name in ROW_COLUMNS if name != "place_source"]
    whole = pc.binary_join_element_wise(
        *(_cell_texts(rows[name]) for name in names),
        "\x1e",
        null_handling="replace",
        null_replacement="\x1d",
    )
    # The hashes of all other rows are those of datasets written before.
    whole = pc.binary_join_element_wise(whole, _text(rows["place_source"]), "")
    texts = whole.to_numpy(zero_copy_only=False)
    return pd.util.hash_array(texts, categorize=False).view(np.int64)


def _cell_texts(cells: pd.Series) -> pa.Array:
    """The cells as text; of days, each is converted once."""
    if cells.dtype.kind != "M":
        array = _array(cells, None)
        return array if array.type == pa.string() else array.cast(pa.string())
    codes, days_ = pd.factorize(cells)
    texts = pa.array(days_, from_pandas=True).cast(pa.string())
    return texts.take(pa.array(codes, mask=codes < 0))


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
    lists = [
        list(dict.fromkeys(ids.get(fold(name), name) for name in text.split(SEPARATOR) if name))
        for text in texts
    ]
    rows, at, within = explode(codes, lengths_of(lists))
    flat = pa.array([name for names in lists for name in names], pa.string())
    return _Names(rows, within, flat.take(pa.array(at)))


def _actors(
    rows: pd.DataFrame, events: npt.NDArray[np.int64], known_ids: KnownIds
) -> dict[str, object]:
    """The rows of `event_actors`, sorted by event."""
    roles = [_names(rows[column], known_ids.actors) for column in _ROLES]
    at = np.concatenate([names.rows for names in roles])
    role = np.repeat(np.arange(len(roles)), [len(names.rows) for names in roles])
    order = np.argsort(at, kind="stable")
    at, role = at[order], role[order]
    actors = pa.concat_arrays([names.values for names in roles]).take(pa.array(order))
    numbers, _ = pd.factorize(_series(actors))
    return {
        "event": events[at],
        "actor": actors,
        "role": pa.array(_ROLES.values(), pa.string()).take(pa.array(role)),
        "first_actor": _first(at, numbers),
        "first_role": _first(at, role),
    }


def _first(rows: npt.NDArray[np.intp], values: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Whether each is the first of its row with that value (not negative)."""
    keys = rows * (values.max(initial=0) + 1) + values
    return ~pd.Series(keys).duplicated().to_numpy()


@dataclass(frozen=True, slots=True)
class _Claims:
    """The rows of `claims` as a table, and the row of each, and whether its origin is its outlet."""

    table: Mapping[str, object]
    rows: npt.NDArray[np.intp]
    by_outlet: bool


def _claims(
    rows: pd.DataFrame, events: npt.NDArray[np.int64], source: RowSource, known_ids: KnownIds
) -> _Claims:
    """The claims, one per outlet; the dataset is the outlet of a row that names none."""
    texts = _text(rows["outlets"])
    outlets = _series(pc.if_else(pc.equal(texts, ""), source.dataset, texts))
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
        "speaker": _repeated(None, size),
        "origin": _repeated(source.origin, size) if source.origin else names.values,
        "stance": _repeated("asserts", size),
        "first_outlet": np.ones(size, dtype=bool),
        "first_speaker": np.zeros(size, dtype=bool),
    }
    return _Claims(table, names.rows, by_outlet=not source.origin)


def _attestations(claims: _Claims, rows: int) -> pa.Array:
    """Corroborated where two or more origins assert an event; imports have no denials."""
    origins = np.bincount(claims.rows, minlength=rows)
    several = pa.array((origins > 1) & claims.by_outlet)
    return pc.if_else(several, "corroborated", "single_source")


def _event_places(
    rows: pd.DataFrame,
    events: npt.NDArray[np.int64],
    located: npt.NDArray[np.bool_],
    places: PlaceTableBuilder,
) -> dict[str, object]:
    rows = rows[["lat", "lon", "place_precision"]][located]
    lat, lon = (rows[name].to_numpy(dtype=float) for name in ("lat", "lon"))
    x, y = tile_units(lat, lon)
    ids = pa.array(places.ids, pa.string()).take(pa.array(places.codes[located]))
    size = len(rows)
    return {
        "event": events[located],
        "place_id": ids,
        "role": _repeated("at", size),
        "site": ids,
        "first_site": np.ones(size, dtype=bool),
        "first_place": np.ones(size, dtype=bool),
        "sharp": rows["place_precision"].isin([precision.value for precision in SHARP]),
        "lat": lat,
        "lon": lon,
        "x": x,
        "y": y,
        "geometry": _points(lon, lat),
    }


# A point as well-known binary, little-endian; source: Simple Feature Access 1.2.1, 8.2.
_POINT = np.dtype([("order", "u1"), ("type", "<u4"), ("x", "<f8"), ("y", "<f8")])


def _points(lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> pa.Array:
    """The points as WKB; with shapely, which creates an object per point, it takes 30 times as long."""
    points = np.zeros(len(lon), dtype=_POINT)
    points["order"] = points["type"] = 1
    points["x"], points["y"] = lon, lat
    offsets = np.arange(len(points) + 1, dtype=np.int32) * _POINT.itemsize
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(points)]
    return pa.Array.from_buffers(pa.binary(), len(points), buffers)
