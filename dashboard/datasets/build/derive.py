"""Plain rows of events become the tables of the engine, e.g. "SANA; SOHR" -> two rows of `claims`.

A row is what an importer tells (`rows.ROWS`); all work is done by column, many thousand rows at a time.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.datasets.build.codes import laid_out
from dashboard.datasets.build.places import RowPlaces
from dashboard.datasets.build.rows import BETWEEN, ROWS, Known, Origin
from dashboard.model.event_tables import BASE_SCHEMAS, OPEN_END, OPEN_START
from dashboard.model.grid import tile_units
from dashboard.model.place import SHARP
from dashboard.text.normalise import fold

_ROLES = {"initiators": "initiator", "targets": "target", "parties": "party"}


def derive(rows: pd.DataFrame, origin: Origin, start: int, known: Known) -> dict[str, pa.Table]:
    """The tables of the engine for `rows` (columns `ROWS`), numbered from `start` on.

    Their columns are those of `BASE_SCHEMAS`.
    """
    events = np.arange(start, start + len(rows), dtype=np.int64) + (origin.number << 32)
    actors, actor_pairs = _actors(rows, events, known)
    claims = _claims(rows, events, origin, known)
    shared = _shared(rows, origin, _attestations(claims, events), known)
    places = RowPlaces(rows, known, origin.dataset)
    located = rows["lat"].notna().to_numpy()
    tables: dict[str, Mapping[str, object] | pd.DataFrame] = {
        "events": _events(rows, events, shared, located, actor_pairs),
        "event_places": _event_places(rows, events, located, places),
        "event_actors": actors,
        "claims": claims,
        "containment": places.containment(events),
        "places": places.table,
    }
    return {name: _table(name, columns) for name, columns in tables.items()}


def _table(name: str, columns: Mapping[str, object] | pd.DataFrame) -> pa.Table:
    # Not by way of a frame, which would read text into a type of its own on the way.
    schema = BASE_SCHEMAS[name]
    arrays = [pa.array(columns[field.name], field.type, from_pandas=True) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _shared(
    rows: pd.DataFrame, origin: Origin, attestation: npt.NDArray[np.object_], known: Known
) -> dict[str, object]:
    start, end = rows["date_start"], rows["date_end"]
    return {
        "kind": rows["kind"].to_numpy(dtype=object),
        "group": rows["kind"].map(dict(known.groups)).to_numpy(dtype=object),
        "attestation": attestation,
        "dataset": np.full(len(rows), origin.dataset, dtype=object),
        "reviewed": np.ones(len(rows), dtype=bool),
        "dated": (start.notna() | end.notna()).to_numpy(),
        "first_day": days(start, OPEN_START),
        "last_day": days(end, OPEN_END),
    }


def days(dates: pd.Series, unknown: int) -> npt.NDArray[np.int32]:
    """Day numbers; `unknown` where there is no date."""
    numbers = dates.to_numpy(dtype="datetime64[D]").astype("int64")
    return np.where(dates.isna().to_numpy(), unknown, numbers).astype(np.int32)


def _events(
    rows: pd.DataFrame,
    events: npt.NDArray[np.int64],
    shared: Mapping[str, object],
    located: npt.NDArray[np.bool_],
    actors: Sequence[str],
) -> dict[str, object]:
    told = zip(rows["title"], rows["notes"], rows["place"], actors, strict=True)
    search = [fold(" \n ".join(texts)) for texts in told]
    return {
        "event": events,
        "event_id": rows["event_id"].to_numpy(dtype=object),
        **shared,
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
    }


def _hashes(rows: pd.DataFrame) -> npt.NDArray[np.int64]:
    """A number for all that each row tells, the same on every machine."""
    cells = [pa.array(rows[name], from_pandas=True).cast(pa.string()) for name in ROWS]
    whole = pc.binary_join_element_wise(
        *cells, "\x1e", null_handling="replace", null_replacement="\x1d"
    )
    texts = whole.to_numpy(zero_copy_only=False)
    return pd.util.hash_array(texts, categorize=False).view(np.int64)


def _exploded(
    events: npt.NDArray[np.int64], cells: pd.Series, names: Mapping[str, str]
) -> pd.DataFrame:
    """A row for each value of each cell, as the id that the name leads to."""
    codes, cell_values = pd.factorize(cells)
    split = [
        [(names.get(fold(name), name)) for name in cell.split(BETWEEN) if name]
        for cell in cell_values
    ]
    at, values = laid_out(codes, split)
    return pd.DataFrame({"event": events[at], "value": values})


def _actors(
    rows: pd.DataFrame, events: npt.NDArray[np.int64], known: Known
) -> tuple[pd.DataFrame, Sequence[str]]:
    """The rows of `event_actors`, and the names of each event's parties as one text."""
    parts = [
        _exploded(events, rows[column], known.actors).assign(role=role)
        for column, role in _ROLES.items()
    ]
    found = pd.concat(parts, ignore_index=True).drop_duplicates()
    found = found.sort_values("event", kind="stable").rename(columns={"value": "actor"})
    found["first_actor"] = ~found.duplicated(["event", "actor"])
    found["first_role"] = ~found.duplicated(["event", "role"])
    names = rows["initiators"] + " " + rows["targets"] + " " + rows["parties"]
    return found, names.str.replace(BETWEEN, " ", regex=False).tolist()


def _claims(
    rows: pd.DataFrame, events: npt.NDArray[np.int64], origin: Origin, known: Known
) -> pd.DataFrame:
    """One claim an outlet; without an outlet the dataset itself is the one that says so."""
    told = rows["outlets"].where(rows["outlets"] != "", origin.dataset)
    found = _exploded(events, told, known.outlets).drop_duplicates()
    found = found.rename(columns={"value": "outlet"})
    numbers = (found["event"], found.groupby("event").cumcount())
    ids = pc.binary_join_element_wise(*(pa.array(n).cast(pa.string()) for n in numbers), "-")
    ids = ids.to_numpy(zero_copy_only=False)
    return found.assign(
        claim_id=ids,
        article_id=ids,
        speaker=None,
        origin=origin.origin or found["outlet"],
        stance="asserts",
        first_outlet=True,
        first_speaker=False,
    )


def _attestations(claims: pd.DataFrame, events: npt.NDArray[np.int64]) -> npt.NDArray[np.object_]:
    """Corroborated where two origins or more assert; an import knows of no denials."""
    origins = claims.drop_duplicates(["event", "origin"])["event"].value_counts()
    several = pd.Series(events).map(origins).to_numpy() > 1
    return np.where(several, "corroborated", "single_source").astype(object)


def _event_places(
    rows: pd.DataFrame,
    events: npt.NDArray[np.int64],
    located: npt.NDArray[np.bool_],
    places: RowPlaces,
) -> pd.DataFrame:
    kept = rows[located]
    lat, lon = (kept[name].to_numpy(dtype=float) for name in ("lat", "lon"))
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
            "sharp": kept["place_precision"]
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
    """The points as WKB: shapely takes an object each, and thirty times as long."""
    points = np.zeros(len(lon), dtype=_POINT)
    points["order"] = points["type"] = 1
    points["x"], points["y"] = lon, lat
    return points.view(f"V{_POINT.itemsize}").tolist()
