"""Derive the engine's tables from event rows, e.g. outlets "SANA; SOHR" -> two rows of `claims`.

Importers produce event rows (`rows.ROW_COLUMNS`); all work is by column, thousands of rows at a time.
"""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.datasets.build.arrow import (
    or_null,
    points_as_wkb,
    repeated,
    to_array,
    to_text,
)
from dashboard.datasets.build.codes import explode, lengths_of
from dashboard.datasets.build.names import ROLES, actors_of, attestations, claims_of
from dashboard.datasets.build.places import PlaceTableBuilder
from dashboard.datasets.build.rows import ROW_COLUMNS, SEPARATOR, KnownIds, RowSource
from dashboard.model.estimate import Estimate, event_figures
from dashboard.model.event_tables import BASE_SCHEMAS, OPEN_END, OPEN_START, VERIFIED
from dashboard.model.grid import tile_units
from dashboard.model.place import SHARP
from dashboard.model.verification import Verification
from dashboard.text.normalise import fold

_ESTIMATES = msgspec.json.Decoder(list[Estimate])
# Columns that hold nothing of their own, or that earlier versions did not hash.
_NOT_HASHED = frozenset({"place_source", "source_values"})


def derive(
    rows: pd.DataFrame,
    source: RowSource,
    start: int,
    known_ids: KnownIds,
    areas_by_source: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, pa.Table]:
    """The engine's tables of `rows` (columns `ROW_COLUMNS`) by name, with the columns of `BASE_SCHEMAS`.

    Events are numbered from `start` on, within the dataset of `source`. `areas_by_source` has the ids of
    the areas of places that the gazetteer found, by `place_source`.
    """
    events = np.arange(start, start + len(rows), dtype=np.int64) + (source.number << 32)
    claims = claims_of(rows, events, source, known_ids)
    denormalised = _denormalised(rows, source, attestations(claims, len(rows)), known_ids)
    places = PlaceTableBuilder(rows, known_ids, source.dataset, areas_by_source)
    located = rows["lat"].notna().to_numpy()
    tables: dict[str, Mapping[str, object] | pa.Table] = {
        "events": _events(rows, events, denormalised, located),
        "event_places": _event_places(rows, events, located, places),
        "event_actors": actors_of(rows, events, known_ids),
        "claims": claims.table,
        "containment": places.containment(events),
        "event_estimates": _event_estimates(rows["estimates"], events),
        "places": places.table,
    }
    return {name: _table(name, columns) for name, columns in tables.items()}


def _table(name: str, columns: Mapping[str, object] | pa.Table) -> pa.Table:
    # Arrays directly: a frame would convert text to a type of pandas first.
    schema = BASE_SCHEMAS[name]
    arrays = [to_array(columns[field.name], field.type) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


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
        "dataset": repeated(source.dataset, len(rows)),
        "reviewed": np.ones(len(rows), dtype=bool),
        "dated": (start.notna() | end.notna()).to_numpy(),
        "first_day": days(start, OPEN_START),
        "last_day": days(end, OPEN_END),
        "verification": repeated(Verification.UNVERIFIED.value, len(rows)),
        "place_verification": repeated(Verification.UNVERIFIED.value, len(rows)),
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
    actors = [pc.replace_substring(to_text(rows[name]), SEPARATOR, " ") for name in ROLES]
    texts = [
        *(to_text(rows[name]) for name in ("title", "notes", "place")),
        pc.binary_join_element_wise(*actors, " "),
        to_text(rows["source_values"]),
    ]
    return {
        "event": events,
        "event_id": rows["event_id"],
        **denormalised,
        "date_start": rows["date_start"].to_numpy(dtype="datetime64[D]"),
        "date_end": rows["date_end"].to_numpy(dtype="datetime64[D]"),
        "date_precision": or_null(rows["date_precision"]),
        "located": located,
        "title_en": rows["title"],
        "title_ar": repeated("", len(rows)),
        "notes": rows["notes"],
        "url": rows["url"],
        "search": _folded(pc.binary_join_element_wise(*texts, " \n ")),
        "row_hash": _hashes(rows),
        "estimates": or_null(rows["estimates"]),
        "source_columns": _objects(to_text(rows["source_columns"])),
        "record": repeated(None, len(rows)),
        **{name: repeated(None, len(rows)) for name in VERIFIED},
    }


def _objects(cells: pa.Array) -> pa.Array:
    """The JSON of each row's source columns; "" becomes an empty object."""
    blank = pc.equal(cells, "")
    # Long texts are copied only if they have to be, here and below.
    return pc.if_else(blank, "{}", cells) if pc.any(blank).as_py() else cells


def _folded(texts: pa.Array) -> pa.Array:
    """The texts as `fold` gives them, which makes those of ASCII lower case and no more."""
    others = pc.invert(pc.string_is_ascii(texts))
    if not pc.any(others).as_py():
        return pc.ascii_lower(texts)
    folded = pa.array(map(fold, texts.filter(others).to_pylist()), pa.string())
    return pc.replace_with_mask(pc.ascii_lower(texts), others, folded)


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
    names = [name for name in ROW_COLUMNS if name not in _NOT_HASHED]
    whole = pc.binary_join_element_wise(
        *(_cell_texts(rows[name]) for name in names),
        "\x1e",
        null_handling="replace",
        null_replacement="\x1d",
    )
    # The hashes of all other rows are those of datasets written before.
    if (rows["place_source"] != "").any():
        whole = pc.binary_join_element_wise(whole, to_text(rows["place_source"]), "")
    # As bytes they are hashed as UTF-8 without being decoded and encoded again.
    texts = whole.cast(pa.binary()).to_numpy(zero_copy_only=False)
    return pd.util.hash_array(texts, categorize=False).view(np.int64)


def _cell_texts(cells: pd.Series) -> pa.Array:
    """The cells as text; of days, each is converted once."""
    if cells.dtype.kind != "M":
        array = to_array(cells, None)
        return array if array.type == pa.string() else array.cast(pa.string())
    codes, days_ = pd.factorize(cells)
    texts = pa.array(days_, from_pandas=True).cast(pa.string())
    return texts.take(pa.array(codes, mask=codes < 0))


def _event_places(
    rows: pd.DataFrame,
    events: npt.NDArray[np.int64],
    located: npt.NDArray[np.bool_],
    places: PlaceTableBuilder,
) -> dict[str, object]:
    rows = rows[["lat", "lon", "place_precision"]][located]
    lat, lon = (rows[name].to_numpy(dtype=float) for name in ("lat", "lon"))
    x, y = tile_units(lat, lon)
    ids = places.ids.take(pa.array(places.codes[located]))
    size = len(rows)
    return {
        "event": events[located],
        "place_id": ids,
        "role": repeated("at", size),
        "site": ids,
        "first_site": np.ones(size, dtype=bool),
        "first_place": np.ones(size, dtype=bool),
        "sharp": rows["place_precision"].isin([precision.value for precision in SHARP]),
        "lat": lat,
        "lon": lon,
        "x": x,
        "y": y,
        "geometry": points_as_wkb(lon, lat),
    }
