"""What a figure was made of, so that a colleague can make it again: link, options, data, program."""

import hashlib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode

import msgspec

from dashboard.language.language import speaking
from dashboard.model.errors import DashboardError
from dashboard.paper.options import LAYOUTS, FigureOptions
from dashboard.query.link import from_params, to_params
from dashboard.query.query import Query
from dashboard.sandbox.process import ReaderFailedError, ReaderProcess, ReaderStoppedError
from dashboard.store.codec import encode
from dashboard.summary.heading import sentence, suggested_title
from dashboard.summary.summary import Summary

PROGRAM = version("event-map")
# A manifest takes some 2 kB, of which titles are most.
_MOST_BYTES = 1_000_000
# Longer ones leave a sheet no room for a map.
_MOST_TITLE = 500


class ManifestError(DashboardError):
    """A file that is no manifest of a figure, with what was expected."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A figure's origin.

    `link` is the query as the address bar has it, `filters` the same in words; `data_sha256` is of the
    events shown, with their claims, and the places and articles that they rest on.
    """

    title: str
    link: str
    filters: str
    figure: FigureOptions
    made: date
    event_map: str
    events: int
    data_sha256: str

    def as_json(self) -> dict[str, Any]:
        """The same as a JSON-ready dictionary."""
        built: dict[str, Any] = msgspec.to_builtins(self)
        return built


def manifest_of(summary: Summary, options: FigureOptions) -> Manifest:
    """The manifest of a figure that is being made."""
    with speaking(options.languages[0]):
        title = (
            options.title_ar if options.languages[0].code == "ar" else options.title_en
        ) or suggested_title(summary)
        filters = sentence(summary)
    return Manifest(
        title=title,
        link="?" + urlencode(to_params(summary.query), doseq=True),
        filters=filters,
        figure=options,
        made=summary.made,
        event_map=PROGRAM,
        events=len(summary.selected.events),
        data_sha256=data_hash(summary),
    )


def data_hash(summary: Summary) -> str:
    """The SHA-256 of all that the figure rests on; the same data give the same, wherever they are."""
    corpus = summary.corpus
    events = corpus.events
    rows: list[object] = [
        *events.events.values(),
        *events.places,
        *events.actors,
        *events.claims,
        *(corpus.gazetteer.places[key] for key in {row.place_id for row in events.places}),
        *(corpus.articles[key].sha256 for key in {row.article_id for row in events.claims}),
    ]
    digest = hashlib.sha256()
    for row in sorted(encode(row) for row in rows):
        digest.update(row.encode())
    return digest.hexdigest()


def read_manifest(text: str) -> Manifest:
    """The manifest in a JSON text; raises ManifestError if it is none."""
    try:
        manifest = msgspec.json.decode(text, type=Manifest)
    except msgspec.MsgspecError as error:
        raise ManifestError(f"expected the manifest of a figure: {error}") from error
    titles = (manifest.title, manifest.figure.title_en, manifest.figure.title_ar)
    if max(map(len, titles)) > _MOST_TITLE:
        raise ManifestError(f"expected titles of at most {_MOST_TITLE} characters")
    if manifest.figure.layout not in LAYOUTS:
        raise ManifestError(f"expected a layout among {', '.join(LAYOUTS)}")
    return manifest


class _Answer(msgspec.Struct, frozen=True):
    """A manifest that was read, or why it could not be."""

    manifest: Manifest | None = None
    why: str = ""


_ANSWERS: msgspec.msgpack.Decoder[_Answer] = msgspec.msgpack.Decoder(_Answer)


def open_manifest(path: Path) -> Manifest:
    """The manifest in a file, read in a process of its own; raises ManifestError or OSError."""
    size = path.stat().st_size
    if size > _MOST_BYTES:
        raise ManifestError(f"expected at most {_MOST_BYTES:,} bytes, found {size:,}")
    with ReaderProcess(readable=(path,)) as process:
        try:
            (answer,) = process.call(_ANSWERS, manifest_answer, path)
        except (ReaderStoppedError, ReaderFailedError) as error:
            raise ManifestError(f"expected the manifest of a figure: {error}") from error
    if answer.manifest is None:
        raise ManifestError(answer.why)
    return answer.manifest


def manifest_answer(path: Path) -> Iterator[_Answer]:
    """What `open_manifest` asks for; runs in the reading process."""
    try:
        yield _Answer(read_manifest(path.read_text(encoding="utf-8")))
    except (ManifestError, UnicodeDecodeError, RecursionError) as error:
        yield _Answer(why=str(error))


def query_of(
    manifest: Manifest, known: Mapping[str, Container[str]]
) -> tuple[Query, tuple[str, ...]]:
    """The query of its link, and a notice for each value that is not `known` any more."""
    params: Mapping[str, list[str]] = parse_qs(manifest.link.removeprefix("?"))
    return from_params(params, known)
