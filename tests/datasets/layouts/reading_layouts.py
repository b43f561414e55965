"""Write a file with a published header, and what the import makes of its rows."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import msgspec

from dashboard.datasets.progress import Progress
from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from tests.datasets.reading import read, tables


@dataclass(frozen=True)
class Read:
    """An event as the tables have it: its days, its place or `None`, figures, and actors by role."""

    kind: str
    days: tuple[date | None, date | None]
    point: tuple[float, float] | None
    precision: str | None
    place: str | None
    figures: Mapping[str, tuple[int | None, int | None, int | None]]
    actors: Mapping[str, Sequence[str]]
    source: Mapping[str, str]
    title: str = ""
    notes: str = ""
    outlets: Sequence[str] = field(default_factory=tuple)


def table(
    header: Sequence[str] | str, lines: Iterable[Mapping[str, object]], delimiter: str = ","
) -> str:
    """The text of a table with that header, given as list or line; cells not given are blank."""
    names = header.split(delimiter) if isinstance(header, str) else list(header)
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def write(path: Path, text: str) -> Path:
    """The file with that text."""
    path.write_text(text, encoding="utf-8")
    return path


def imported(
    importer: Importer, datasets: Datasets, path: Path, **options: object
) -> tuple[Progress, dict[str, Read]]:
    """The progress of an import, and the events by the id of their source."""
    progress = read(importer, path, **options)
    return progress, events(datasets)


def events(datasets: Datasets) -> dict[str, Read]:
    """All events of all datasets by the id of their source, without the name of the dataset."""
    names = ("events", "event_places", "places", "event_actors", "claims")
    found, placed_at, known_places, actors, outlets = tables(datasets, *names)
    places = {row["event"]: row for row in placed_at}
    about = {row["place_id"]: row for row in known_places}
    result = {}
    for row in found:
        number = row["event"]
        placed = places.get(number)
        place = None if placed is None else about[placed["place_id"]]
        by_role: dict[str, list[str]] = {}
        for actor in actors:
            if actor["event"] == number:
                by_role.setdefault(actor["role"], []).append(actor["actor"])
        result[row["event_id"].partition(":")[2]] = Read(
            row["kind"],
            (_day(row["date_start"]), _day(row["date_end"])),
            None if placed is None else (round(placed["lat"], 4), round(placed["lon"], 4)),
            None if place is None else place["precision"],
            None if place is None else place["name_en"],
            _figures(row["estimates"]),
            by_role,
            msgspec.json.decode(row["source_columns"] or "{}"),
            row["title_en"],
            row["notes"],
            tuple(claim["outlet"] for claim in outlets if claim["event"] == number),
        )
    return result


def _day(value: object) -> date | None:
    return None if value is None or value != value else value.date()  # type: ignore[attr-defined] # noqa: PLR0124


def _figures(estimates: str | None) -> dict[str, tuple[int | None, int | None, int | None]]:
    """Low, best and high by measure, of all people."""
    return {
        row["measure"]: (row["low"], row["best"], row["high"])
        for row in msgspec.json.decode(estimates if isinstance(estimates, str) else "[]")
        if row.get("counted", "everyone") == "everyone"
    }
