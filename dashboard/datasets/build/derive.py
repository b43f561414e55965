"""Derive the engine's tables from event rows, e.g. outlets "SANA; SOHR" -> two rows of `claims`.

Importers produce event rows (`rows.ROW_COLUMNS`); all work is by column, thousands of rows at a time.
"""

from collections.abc import Mapping

import msgspec
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.datasets.build.codes import explode_by_code
from dashboard.datasets.build.places import PlaceTableBuilder
from dashboard.datasets.build.rows import ROW_COLUMNS, SEPARATOR, KnownIds, RowSource
from dashboard.model.estimate import Estimate, Measure, event_figures
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
    denormalised = _denormalised(rows, source, _attestations(claims, events), known_ids)
    places = PlaceTableBuilder(rows, known_ids, source.dataset)
    located = rows["lat"].notna().to_numpy()
    tables: dict[str, Mapping[str, object] | pd.DataFrame] = {
        "events": _events(rows, events, denormalised, located),
        "event_places": _event_places(rows, events, located, places),
        "event_actors": _actors(rows, events, known_ids),
        "claims": claims,
        "containment": places.containment(events),
        "event_estimates": _event_estimates(rows["estimates"], events),
        "places": places.table,
    }
    return {name: _table(name, columns) for name, columns in tables.items()}


def _table(name: str, columns: Mapping[str, object] | pd.DataFrame) -> pa.Table:
    # Arrays directly: a frame would convert text to a type of pandas first.
    schema = BASE_SCHEMAS[name]
    arrays = [pa.array(columns[field.name], field.type, from_pandas=True) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _denormalised(
    rows: pd.DataFrame, source: RowSource, attestation: npt.NDArray[np.object_], known_ids: KnownIds
) -> dict[str, object]:
    start, end = rows["date_start"], rows["date_end"]
    return {
        "kind": rows["kind"].to_numpy(dtype=object),
        "group": rows["kind"].map(dict(known_ids.groups)).to_numpy(dtype=object),
        "attestation": attestation,
        "dataset": np.full(len(rows), source.dataset, dtype=object),
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
    actors = rows["initiators"] + " " + rows["targets"] + " " + rows["parties"]
    actors = actors.str.replace(SEPARATOR, " ", regex=False)
    cells = _cell_values(rows["source_columns"])
    columns = zip(rows["title"], rows["notes"], rows["place"], actors, cells, strict=True)
    search = [fold(" \n ".join(texts)) for texts in columns]
    return {
        "event": events,
        "event_id": rows["event_id"].to_numpy(dtype=object),
        **denormalised,
        "date_start": rows["date_start"].to_numpy(dtype="datetime64[D]"),
        "date_end": rows["date_end"].to_numpy(dtype="datetime64[D]"),
        "date_precision": rows["date_precision"].replace("", None),
        "located": located,
        "title_en": rows["title"].to_numpy(dtype=object),
        "title_ar": np.full(len(rows), "", dtype=object),
        "notes": rows["notes"].to_numpy(dtype=object),
        "url": rows["url"].to_numpy(dtype=object),
        "search": search,
        "row_hash": _hashes(rows),
        "estimates": rows["estimates"].replace("", None),
        "source_columns": rows["source_columns"].replace("", "{}"),
        "record": np.full(len(rows), None, dtype=object),
    }


def _cell_values(source_columns: pd.Series) -> list[str]:
    """The cells of each row for full text search: its JSON without the names of the columns."""
    values = pc.replace_substring_regex(pa.array(source_columns, pa.string()), _NAMES, " ")
    texts: list[str] = values.to_pylist()
    return texts


def _event_estimates(cells: pd.Series, events: npt.NDArray[np.int64]) -> pd.DataFrame:
    """The rows of `event_estimates`; all claims of a row give the same estimates."""
    codes, distinct = pd.factorize(cells)
    figures = [event_figures([_ESTIMATES.decode(cell)]) if cell else {} for cell in distinct]
    at, measures = explode_by_code(codes, [[measure.value for measure in it] for it in figures])
    listed = [figures[codes[row]][Measure(name)] for row, name in zip(at, measures, strict=True)]
    return pd.DataFrame(
        {
            "event": events[at],
            "measure": measures,
            "low": [figure.low for figure in listed],
            # Objects: whole numbers of pandas have no missing values.
            "best": np.array([figure.best for figure in listed], dtype=object),
            "high": np.array([figure.high for figure in listed], dtype=object),
        }
    )


def _hashes(rows: pd.DataFrame) -> npt.NDArray[np.int64]:
    """A 64-bit hash of all cells of each row, the same on every machine."""
    names = [name for name in ROW_COLUMNS if name != "place_source"]
    cells = [pa.array(rows[name], from_pandas=True).cast(pa.string()) for name in names]
    whole = pc.binary_join_element_wise(
        *cells, "\x1e", null_handling="replace", null_replacement="\x1d"
    )
    # The hashes of all other rows are those of datasets written before.
    whole = pc.binary_join_element_wise(whole, pa.array(rows["place_source"], pa.string()), "")
    texts = whole.to_numpy(zero_copy_only=False)
    return pd.util.hash_array(texts, categorize=False).view(np.int64)


def _exploded(
    events: npt.NDArray[np.int64], cells: pd.Series, names: Mapping[str, str]
) -> pd.DataFrame:
    """A row (event, value) for each name of each cell; `names` are ids by folded name.

    A name without an id is its own value.
    """
    codes, cell_values = pd.factorize(cells)
    split = [
        [(names.get(fold(name), name)) for name in cell.split(SEPARATOR) if name]
        for cell in cell_values
    ]
    at, values = explode_by_code(codes, split)
    return pd.DataFrame({"event": events[at], "value": values})


def _actors(rows: pd.DataFrame, events: npt.NDArray[np.int64], known_ids: KnownIds) -> pd.DataFrame:
    """The rows of `event_actors`, sorted by event."""
    roles = [
        _exploded(events, rows[column], known_ids.actors).assign(role=role)
        for column, role in _ROLES.items()
    ]
    actors = pd.concat(roles, ignore_index=True).drop_duplicates()
    actors = actors.sort_values("event", kind="stable").rename(columns={"value": "actor"})
    actors["first_actor"] = ~actors.duplicated(["event", "actor"])
    actors["first_role"] = ~actors.duplicated(["event", "role"])
    return actors


def _claims(
    rows: pd.DataFrame, events: npt.NDArray[np.int64], source: RowSource, known_ids: KnownIds
) -> pd.DataFrame:
    """The rows of `claims`, one per outlet; the dataset is the outlet of a row that names none."""
    outlets = rows["outlets"].where(rows["outlets"] != "", source.dataset)
    claims = _exploded(events, outlets, known_ids.outlets).drop_duplicates()
    claims = claims.rename(columns={"value": "outlet"})
    numbers = (claims["event"], claims.groupby("event").cumcount())
    ids = pc.binary_join_element_wise(*(pa.array(n).cast(pa.string()) for n in numbers), "-")
    ids = ids.to_numpy(zero_copy_only=False)
    return claims.assign(
        claim_id=ids,
        article_id=ids,
        speaker=None,
        origin=source.origin or claims["outlet"],
        stance="asserts",
        first_outlet=True,
        first_speaker=False,
    )


def _attestations(claims: pd.DataFrame, events: npt.NDArray[np.int64]) -> npt.NDArray[np.object_]:
    """Corroborated where two or more origins assert an event; imports have no denials."""
    origins = claims.drop_duplicates(["event", "origin"])["event"].value_counts()
    several = pd.Series(events).map(origins).to_numpy() > 1
    return np.where(several, "corroborated", "single_source").astype(object)


def _event_places(
    rows: pd.DataFrame,
    events: npt.NDArray[np.int64],
    located: npt.NDArray[np.bool_],
    places: PlaceTableBuilder,
) -> pd.DataFrame:
    rows = rows[located]
    lat, lon = (rows[name].to_numpy(dtype=float) for name in ("lat", "lon"))
    x, y = tile_units(lat, lon)
    ids = np.array(places.ids, dtype=object)[places.codes[located]]
    return pd.DataFrame(
        {
            "event": events[located],
            "place_id": ids,
            "role": "at",
            "site": ids,
            "first_site": True,
            "first_place": True,
            "sharp": rows["place_precision"]
            .isin([precision.value for precision in SHARP])
            .to_numpy(),
            "lat": lat,
            "lon": lon,
            "x": x,
            "y": y,
            "geometry": _points(lon, lat),
        }
    )


# A point as well-known binary, little-endian; source: Simple Feature Access 1.2.1, 8.2.
_POINT = np.dtype([("order", "u1"), ("type", "<u4"), ("x", "<f8"), ("y", "<f8")])


def _points(lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> list[bytes]:
    """The points as WKB; with shapely, which creates an object per point, it takes 30 times as long."""
    points = np.zeros(len(lon), dtype=_POINT)
    points["order"] = points["type"] = 1
    points["x"], points["y"] = lon, lat
    return points.view(f"V{_POINT.itemsize}").tolist()
