"""Plain rows of events become the tables of the engine, e.g. "SANA; SOHR" -> two rows of `claims`.

A row is what an importer makes of a row of its source (`ROWS`); all work is done by column, a hundred
thousand rows at a time.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import shapely

from dashboard.model.event_tables import OPEN_END, OPEN_START, SCHEMAS
from dashboard.model.grid import tile_units
from dashboard.model.place import SHARP, FeatureClass, PlacePrecision
from dashboard.text.normalise import fold

# Between the values of a cell that holds several; no source writes it.
BETWEEN = "\x1f"
# What an importer tells of an event; everything but dates and coordinates is text, "" if unknown.
ROWS = (
    "event_id", "kind", "title", "notes", "date_start", "date_end", "date_precision", "lat", "lon",
    "place", "place_precision", "uncertainty_m", "country", "admin1", "admin2", "admin3",
    "initiators", "targets", "parties", "outlets", "url",
)  # fmt: skip
_ROLES = {"initiators": "initiator", "targets": "target", "parties": "party"}
_ADMIN = ("country", "admin1", "admin2", "admin3")
_ADMIN_CLASS = (
    FeatureClass.COUNTRY,
    FeatureClass.GOVERNORATE,
    FeatureClass.DISTRICT,
    FeatureClass.SUBDISTRICT,
)
_ADMIN_PRECISION = (
    PlacePrecision.REGION,
    PlacePrecision.GOVERNORATE,
    PlacePrecision.DISTRICT,
    PlacePrecision.SUBDISTRICT,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What names lead to: ids of the lexicon and the gazetteer, by folded name.

    A name that is not among them is its own id: what a dataset calls somebody is kept as it is.
    """

    actors: Mapping[str, str]
    outlets: Mapping[str, str]
    areas: Mapping[str, str]
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose rows they are: the dataset, its number, and who is behind every claim of it.

    `origin` is `None` where each outlet speaks for itself.
    """

    dataset: str
    number: int
    origin: str | None


def derive(rows: pd.DataFrame, origin: Origin, start: int, known: Known) -> dict[str, pa.Table]:
    """The tables of the engine for `rows` (columns `ROWS`), numbered from `start` on."""
    events = np.arange(start, start + len(rows), dtype=np.int64) + (origin.number << 32)
    actors, actor_pairs = _actors(rows, events, known)
    claims = _claims(rows, events, origin, known)
    shared = _shared(rows, origin, _attestations(claims, events), known)
    places = _Places(rows, known, origin.dataset)
    located = rows["lat"].notna().to_numpy()
    tables: dict[str, Mapping[str, object] | pd.DataFrame] = {
        "events": _events(rows, events, shared, located, actor_pairs),
        "event_places": _event_places(rows, events, shared, located, places),
        "event_actors": actors,
        "claims": claims,
        "containment": places.containment(events),
        "places": places.table,
    }
    return {name: _table(name, columns) for name, columns in tables.items()}


def _table(name: str, columns: Mapping[str, object] | pd.DataFrame) -> pa.Table:
    # Not by way of a frame, which would read text into a type of its own on the way.
    schema = SCHEMAS[name]
    arrays = [pa.array(columns[field.name], field.type, from_pandas=True) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def stable_hash(text: str) -> str:
    """Twelve letters that stand for a text, the same on every machine."""
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


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
    told = rows["title"] + " \n " + rows["notes"] + " \n " + rows["place"]
    search = [fold(f"{text} \n {names}") for text, names in zip(told, actors, strict=True)]
    hashed = pd.util.hash_pandas_object(rows[list(ROWS)], index=False)
    return {
        "event": events,
        "event_id": rows["event_id"].to_numpy(dtype=object),
        **shared,
        "date_start": rows["date_start"].dt.date,
        "date_end": rows["date_end"].dt.date,
        "date_precision": rows["date_precision"].replace("", None),
        "located": located,
        "title_en": rows["title"].to_numpy(dtype=object),
        "title_ar": np.full(len(rows), "", dtype=object),
        "notes": rows["notes"].to_numpy(dtype=object),
        "url": rows["url"].to_numpy(dtype=object),
        "search": search,
        "row_hash": hashed.to_numpy().view(np.int64),
    }


def _exploded(
    events: npt.NDArray[np.int64], cells: pd.Series, names: Mapping[str, str]
) -> pd.DataFrame:
    """A row for each value of each cell, as the id that the name leads to."""
    codes, cell_values = pd.factorize(cells)
    split = [
        [(names.get(fold(name), name)) for name in cell.split(BETWEEN) if name]
        for cell in cell_values
    ]
    at, values = _spread(codes, split)
    return pd.DataFrame({"event": events[at], "value": values})


def _spread(
    codes: npt.NDArray[np.intp], lists: Sequence[Sequence[str]]
) -> tuple[npt.NDArray[np.intp], "pd.Series[str]"]:
    """The values of the list that each row's code leads to, one after another, and their rows."""
    lengths = np.fromiter(map(len, lists), dtype=np.intp, count=len(lists))
    begins = np.cumsum(lengths) - lengths
    at = np.repeat(np.arange(len(codes)), lengths[codes])
    within = np.arange(len(at)) - np.repeat(
        np.cumsum(lengths[codes]) - lengths[codes], lengths[codes]
    )
    flat = np.array([value for values in lists for value in values], dtype=object)
    return at, pd.Series(flat[begins[codes][at] + within], dtype=object)


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
    order = found.groupby("event").cumcount().astype(str)
    ids = found["event"].astype(str)
    return found.assign(
        claim_id=ids + "-" + order,
        article_id=ids + "-" + order,
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


class _Places:
    """The places that rows name, each once: where their coordinates are, and what holds them."""

    def __init__(self, rows: pd.DataFrame, known: Known, dataset: str) -> None:
        self._known = known
        self._dataset = dataset
        columns = [*_ADMIN, "place", "place_precision", "uncertainty_m", "lat", "lon"]
        told = rows[columns].fillna({"lat": 999.0, "lon": 999.0})
        self.codes, first = _factorized(told)
        self._places = told.iloc[first].reset_index(drop=True)
        self._areas: dict[str, dict[str, object]] = {}
        named = list(self._places[list(_ADMIN)].itertuples(index=False, name=None))
        containers = {names: self._containers(names) for names in dict.fromkeys(named)}
        self.held_by = [containers[names] for names in named]
        self.ids = [
            stable_hash(BETWEEN.join(map(str, place)))
            for place in self._places.itertuples(index=False)
        ]

    def _containers(self, names: tuple[str, ...]) -> list[str]:
        """The ids of the areas of these names, the largest first."""
        path = ""
        ids: list[str] = []
        for level, name in enumerate(names):
            if not name:
                continue
            path = f"{path}{BETWEEN}{fold(name)}"
            area_id = self._known.areas.get(f"{level}{BETWEEN}{fold(name)}") or stable_hash(path)
            self._areas.setdefault(
                area_id,
                {
                    "place_id": area_id,
                    "name_en": name,
                    "feature_class": _ADMIN_CLASS[level].value,
                    "precision": _ADMIN_PRECISION[level].value,
                    "within": ids[-1] if ids else "",
                },
            )
            ids.append(area_id)
        return ids

    @property
    def table(self) -> pd.DataFrame:
        """The rows of `places`: those with coordinates, and the areas that hold them."""
        located = self._places["lat"] < 900
        kept = self._places[located]
        held = [holders for holders, at in zip(self.held_by, located, strict=True) if at]
        points = pd.DataFrame(
            {
                "place_id": [key for key, at in zip(self.ids, located, strict=True) if at],
                "name_en": kept["place"].to_numpy(),
                "feature_class": FeatureClass.LOCALITY.value,
                "within": [holders[-1] if holders else "" for holders in held],
                "lat": kept["lat"].to_numpy(),
                "lon": kept["lon"].to_numpy(),
                "uncertainty_m": kept["uncertainty_m"].to_numpy(),
                "precision": kept["place_precision"].to_numpy(),
            }
        )
        areas = pd.DataFrame(
            list(self._areas.values()),
            columns=["place_id", "name_en", "feature_class", "precision", "within"],
        ).assign(lat=np.nan, lon=np.nan, uncertainty_m=0)
        both = pd.concat([points, areas], ignore_index=True)
        return both.assign(
            name_ar="",
            source=self._dataset,
            uncertainty_m=both["uncertainty_m"].astype("int32"),
            lat=both["lat"].astype(float),
            lon=both["lon"].astype(float),
        )

    def containment(self, events: npt.NDArray[np.int64]) -> pd.DataFrame:
        """A row for each event and each place that it lies in, its own first."""
        per_place = [
            list(dict.fromkeys([*([key] if at else []), *holders]))
            for key, holders, at in zip(
                self.ids, self.held_by, self._places["lat"] < 900, strict=True
            )
        ]
        at, places = _spread(self.codes, per_place)
        return pd.DataFrame({"event": events[at], "place": places})


def _factorized(
    frame: pd.DataFrame,
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """A number for each distinct row, and where each first stands."""
    codes = np.zeros(len(frame), dtype=np.int64)
    for name in frame:
        column, values = pd.factorize(frame[name])
        # Numbered anew each time, so that they never outgrow their type.
        codes, _ = pd.factorize(codes * (len(values) + 1) + column)
    _, first = np.unique(codes, return_index=True)
    return codes, first


def _event_places(
    rows: pd.DataFrame,
    events: npt.NDArray[np.int64],
    shared: Mapping[str, object],
    located: npt.NDArray[np.bool_],
    places: _Places,
) -> pd.DataFrame:
    kept = rows[located]
    lat, lon = (kept[name].to_numpy(dtype=float) for name in ("lat", "lon"))
    x, y = tile_units(lat, lon)
    ids = np.array(places.ids, dtype=object)[places.codes[located]]
    columns: dict[str, object] = {
        name: np.asarray(values)[located] for name, values in shared.items()
    }
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
            **columns,
            "geometry": shapely.to_wkb(shapely.points(lon, lat)),
        }
    )
