"""A copy of the data with hostile texts in every field that a person reads: titles, names, articles."""

import csv
import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

from dashboard.settings import Settings

# A word that no layout can break.
_LONG_WORD = "ع" * 20_000
_FIELDS = (
    ("seeds/events.csv", ("title_en", "title_ar", "summary_en", "summary_ar", "date_reason")),
    ("seeds/claims.csv", ("gloss_en", "note")),
    ("lexicon/actors.csv", ("name_en", "name_ar")),
    ("lexicon/speakers.csv", ("name_en", "name_ar")),
    ("lexicon/outlets.csv", ("name_en", "name_ar")),
    ("lexicon/event_kinds.csv", ("name_en", "name_ar", "definition_en", "definition_ar")),
)


def poisoned(root: Path, settings: Settings, texts: Sequence[str]) -> dict[str, str]:
    """Write the copy into `root`, one text after another; gives the environment of a server of it.

    Each text is appended to the value of the field, so that references to the value stay valid.
    """
    for name in ("seeds", "gazetteer", "lexicon"):
        shutil.copytree(getattr(settings, name), root / name)
    following = cycle(texts)
    _append_to_articles(root / "seeds", following, texts)
    for path, fields in _FIELDS:
        _poison_table(root / path, fields, following)
    _poison_places(root / "gazetteer" / "places.geojson", following)
    return {
        "EVENT_MAP_SEEDS": str(root / "seeds"),
        "EVENT_MAP_GAZETTEER": str(root / "gazetteer"),
        "EVENT_MAP_LEXICON": str(root / "lexicon"),
        "EVENT_MAP_WORKSPACE": str(root / "workspace.sqlite"),
    }


def _append_to_articles(seeds: Path, following: Iterator[str], texts: Sequence[str]) -> None:
    rows = read_rows(seeds / "articles.csv")
    for row in rows:
        path = seeds / "articles" / row["file"]
        more = "\n".join((*texts, _LONG_WORD))
        content = path.read_bytes() + f"\n{more}\x00\n".encode()
        path.write_bytes(content)
        row["sha256"] = hashlib.sha256(content).hexdigest()
        row["headline"] += _cell(next(following))
    write_rows(seeds / "articles.csv", rows)


def _poison_table(path: Path, fields: tuple[str, ...], following: Iterator[str]) -> None:
    rows = read_rows(path)
    for row in rows:
        for field in fields:
            if field in row:
                row[field] += _cell(next(following))
    write_rows(path, rows)


def _poison_places(path: Path, following: Iterator[str]) -> None:
    collection = json.loads(path.read_text(encoding="utf-8"))
    for feature in collection["features"]:
        feature["properties"]["name_en"] += next(following)
        feature["properties"]["doubt"] = next(following)
    path.write_text(json.dumps(collection), encoding="utf-8")


def _cell(text: str) -> str:
    """The text without characters that no CSV of this project may contain."""
    return text.replace("\x00", "")


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
