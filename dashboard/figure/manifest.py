"""The manifest of a figure, from which it can be reproduced: link, options, data, program."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec

from dashboard.language.language import using_language
from dashboard.layers.drawn import DrawnLayer
from dashboard.model.errors import DashboardError
from dashboard.model.event import Claim, Event
from dashboard.model.message import StoredText
from dashboard.model.verification import Verification, VerifiedPart
from dashboard.paper.options import LAYOUTS, FigureOptions
from dashboard.query.link import to_params
from dashboard.sandbox.process import ReaderFailedError, ReaderProcess, ReaderStoppedError
from dashboard.settings import PROGRAM
from dashboard.store.codec import encode
from dashboard.store.old_figures import MEASURES
from dashboard.summary.heading import sentence, suggested_title
from dashboard.summary.summary import Summary
from dashboard.tiles.folder import Basemap

# A manifest has about 2 kB, most of it titles.
_MOST_BYTES = 1_000_000
# Longer titles leave no space for a map.
_MOST_TITLE = 500
# Fields of manifests and of their figures that version 0.1.0 first saved under other names.
_FORMER_NAMES = {"made": "created", "tongues": "language"}


class ManifestError(DashboardError):
    """A file that is no manifest of a figure, with what was expected."""


@dataclass(frozen=True, slots=True)
class ManifestLayer:
    """A layer of the figure: its id in the link, its texts, and the hash of its file.

    `labels` is the column that its labels are from, "" if it has none, `None` in an earlier manifest.
    """

    layer_id: str
    title: str
    source: str
    sha256: str
    labels: str | None = None


@dataclass(frozen=True, slots=True)
class ManifestBasemap:
    """The basemap of a file: its name in the link, its title, and the hash of its directory of tiles."""

    name: str
    title: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The input of a figure; the field names are those of saved manifest files.

    `link` is the query as link parameters, `filters` the same as text; `data_sha256` is the hash of the
    events shown, with their claims, places and articles; `layers` are those of analysts, `basemap` is
    that of a file, `None` for the shipped one.
    """

    title: str
    link: str
    filters: str
    figure: FigureOptions
    created: date
    event_map: str
    events: int
    data_sha256: str
    layers: tuple[ManifestLayer, ...] = ()
    basemap: ManifestBasemap | None = None

    def as_json(self) -> dict[str, Any]:
        """The manifest as a dictionary for JSON; without layers and basemap as the first ones were."""
        fields: dict[str, Any] = msgspec.to_builtins(self)
        for name in ("layers", "basemap"):
            if not fields[name]:
                del fields[name]
        return fields


def manifest_of(
    summary: Summary,
    options: FigureOptions,
    layers: Sequence[DrawnLayer] = (),
    tiles: Basemap | None = None,
) -> Manifest:
    """The manifest of a new figure; `layers` are those that it draws, on the basemap `tiles`."""
    with using_language(options.languages[0]):
        title = (
            options.title_ar if options.languages[0].code == "ar" else options.title_en
        ) or suggested_title(summary)
        filters = sentence(summary)
    return Manifest(
        title=title,
        link="?" + urlencode(to_params(summary.query), doseq=True),
        filters=filters,
        figure=options,
        created=summary.created,
        event_map=PROGRAM,
        events=len(summary.selected.events),
        data_sha256=data_hash(summary),
        layers=manifest_layers(layers),
        basemap=None if tiles is None else manifest_basemap(tiles),
    )


def manifest_basemap(tiles: Basemap) -> ManifestBasemap:
    """The basemap of a file as a manifest names it."""
    return ManifestBasemap(tiles.name, tiles.file.title, tiles.sha256)


def manifest_layers(layers: Iterable[DrawnLayer]) -> tuple[ManifestLayer, ...]:
    """The layers as a manifest names them."""
    records = ((each.layer.layer_id, each.layer.record) for each in layers)
    return tuple(
        ManifestLayer(
            layer_id,
            record.texts.title,
            record.texts.source,
            record.sha256,
            record.columns.label,
        )
        for layer_id, record in records
    )


def data_hash(summary: Summary) -> str:
    """The SHA-256 of the data of a figure; it does not depend on where the data are stored."""
    corpus = summary.corpus
    events = corpus.events
    rows: list[object] = [
        *(
            _event_as_hashed(replace(row, date_reason=_first_words(row.date_reason)))
            for row in events.events.values()
        ),
        *(replace(row, note=row.note and str(row.note)) for row in events.places),
        *events.actors,
        *map(_claim_as_hashed, events.claims),
        *(corpus.gazetteer.places[key] for key in {row.place_id for row in events.places}),
        *(corpus.articles[key].sha256 for key in {row.article_id for row in events.claims}),
        *_verified(summary),
    ]
    digest = hashlib.sha256()
    for row in sorted(encode(row) for row in rows):
        digest.update(row.encode())
    return digest.hexdigest()


def _verified(summary: Summary) -> Iterator[object]:
    """What the signs on marks show; nothing of unverified events, so that earlier hashes stay valid.

    A lapsed verification has no sign, and was "unverified" in earlier hashes.
    """
    unsigned = (Verification.UNVERIFIED, Verification.LAPSED)
    selected = summary.selected
    for event in selected.events:
        states = [selected.state(event.event_id, part) for part in VerifiedPart]
        signs = [Verification.UNVERIFIED if it in unsigned else it for it in states]
        if any(state is not Verification.UNVERIFIED for state in signs):
            yield [event.event_id, *(state.value for state in signs)]


def _event_as_hashed(event: Event) -> dict[str, object]:
    """An event without the columns of its source, which the first manifests did not hash."""
    row: dict[str, object] = msgspec.to_builtins(event)
    del row["source_columns"]
    return row


def _claim_as_hashed(claim: Claim) -> dict[str, object]:
    """A claim with one figure as the first manifests hashed it, so that their hashes stay valid."""
    row: dict[str, object] = msgspec.to_builtins(claim)
    estimates, note, disputes = row.pop("estimates"), row.pop("note"), row.pop("disputes")
    figure, unit = _first_figure(claim)
    row |= {"figure_value": figure, "figure_unit": unit, "note": note}
    row |= {"disputes": disputes} if disputes is not None else {}
    return row if figure is not None or not estimates else row | {"estimates": estimates}


def _first_figure(claim: Claim) -> tuple[float | None, str | None]:
    """The figure of a claim, and its unit as the first manifests had it; `None` if it had none."""
    if len(claim.estimates) != 1:
        return None, None
    (estimate,) = claim.estimates
    unit = next((unit for unit, it in MEASURES.items() if it is estimate.measure), None)
    exact = estimate.low is None and estimate.high is None
    if unit is None or estimate.best is None or not exact:
        return None, None
    return float(estimate.best), unit


def _first_words(reason: StoredText) -> str:
    """The English text as the first manifests hashed it, so that their hashes stay valid."""
    text = str(reason).replace("reported as news on", "told as news on")
    return text.replace("reported as background of", "told as background of")


def read_manifest(text: str) -> Manifest:
    """Parse a manifest from JSON; raises ManifestError if it is not valid."""
    try:
        manifest = msgspec.convert(_renamed(msgspec.json.decode(text)), Manifest)
    except msgspec.MsgspecError as error:
        raise ManifestError(f"expected the manifest of a figure: {error}") from error
    titles = (manifest.title, manifest.figure.title_en, manifest.figure.title_ar)
    if max(map(len, titles)) > _MOST_TITLE:
        raise ManifestError(f"expected titles of at most {_MOST_TITLE} characters")
    if manifest.figure.layout not in LAYOUTS:
        raise ManifestError(f"expected a layout among {', '.join(LAYOUTS)}")
    return manifest


def _renamed(value: object) -> object:
    """A JSON value with the current names of fields, also in nested objects."""
    if not isinstance(value, dict):
        return value
    return {_FORMER_NAMES.get(key, key): _renamed(item) for key, item in value.items()}


class _Answer(msgspec.Struct, frozen=True):
    """A manifest, or the reason why it could not be read."""

    manifest: Manifest | None = None
    why: str = ""


_ANSWERS: msgspec.msgpack.Decoder[_Answer] = msgspec.msgpack.Decoder(_Answer)


def open_manifest(path: Path) -> Manifest:
    """Read a manifest file in a separate process; raises ManifestError or OSError."""
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
    """The answer to `open_manifest`; runs in the separate process."""
    try:
        yield _Answer(read_manifest(path.read_text(encoding="utf-8")))
    except (ManifestError, UnicodeDecodeError, RecursionError) as error:
        yield _Answer(why=str(error))
