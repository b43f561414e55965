"""Makes a figure again: python -m dashboard.figure MANIFEST.json -o OUT.pdf (or .svg, .png)."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

from dashboard.engine.load import MOST_RECORDS
from dashboard.exit_status import report_crashes
from dashboard.figure.manifest import (
    Manifest,
    ManifestError,
    data_hash,
    manifest_basemap,
    manifest_layers,
    open_manifest,
)
from dashboard.layers.drawn import DrawnLayer, drawn_layers
from dashboard.layers.folder import LayerFolder
from dashboard.model.basemap_name import ONLINE
from dashboard.model.errors import DashboardError
from dashboard.paper.content import Content
from dashboard.paper.figure import make_figure, save
from dashboard.paper.options import Format
from dashboard.project.project import Project
from dashboard.query.link import from_params
from dashboard.settings import PROGRAM, Settings, read_settings
from dashboard.summary.summary import Summary
from dashboard.tiles.folder import Basemap, BasemapFolder


@report_crashes
def main(arguments: Sequence[str] | None = None) -> int:
    """Write the figure. Returns 0 if it is the same, 3 if data or program have changed since.

    2 if it cannot be reproduced, 70 after an error of this program.
    """
    parser = argparse.ArgumentParser(prog="python -m dashboard.figure", description=__doc__)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    try:
        kind = _format(options.out)
        manifest = open_manifest(options.manifest)
        summary, notices = _summary(manifest, read_settings())
        layers = _layers(summary, read_settings())
        content = Content(summary, _tiles(summary, read_settings()), layers)
        printed = make_figure(content, manifest.figure, read_settings().basemap, PROGRAM)
        options.out.write_bytes(save(printed, kind, manifest.as_json()))
    except (DashboardError, OSError, UnicodeDecodeError) as error:
        print(f"{options.manifest}: {error}", file=sys.stderr)
        return 2
    changes = [
        *notices,
        *_changes(manifest, summary),
        *_changed_layers(manifest, layers),
        *_changed_basemap(manifest, content.tiles),
    ]
    for change in changes:
        print(change, file=sys.stderr)
    return 3 if changes else 0


def _format(path: Path) -> Format:
    try:
        return Format(path.suffix.removeprefix(".").lower())
    except ValueError as error:
        endings = ", ".join(f".{kind.value}" for kind in Format)
        raise ManifestError(f"expected a file that ends in {endings}, found {path.name}") from error


def _summary(manifest: Manifest, settings: Settings) -> tuple[Summary, tuple[str, ...]]:
    """The selection of the manifest's link, and a notice for each value that no longer exists."""
    project = Project(settings)
    catalog = project.catalog(project.load(unreviewed="unreviewed=shown" in manifest.link))
    params = parse_qs(manifest.link.removeprefix("?"))
    query, notices = from_params(params, catalog.vocabulary)
    selected = catalog.select(query)
    if selected is None:
        raise ManifestError(f"expected at most {MOST_RECORDS:,} events in the selection")
    terms = catalog.terms(selected.datasets.values())
    return Summary(selected, query, manifest.created, catalog.events, terms), notices


def _tiles(summary: Summary, settings: Settings) -> Basemap | None:
    """The basemap of a file that the link names, `None` if it names none."""
    name = summary.query.basemap
    if name in {"", ONLINE}:
        return None
    folder = BasemapFolder(settings.basemaps)
    folder.check_new()
    if name not in folder.basemaps():
        raise ManifestError(f"expected the basemap {name} in {folder.folder}")
    return folder.basemaps()[name]


def _layers(summary: Summary, settings: Settings) -> tuple[DrawnLayer, ...]:
    """The layers that the link names; raises ManifestError if one is not here."""
    folder = LayerFolder(settings.layers)
    layers = drawn_layers(summary.query.layers, folder.layers())
    missing = {it.layer_id for it in summary.query.layers} - {it.layer.layer_id for it in layers}
    if missing:
        raise ManifestError(f"expected the layer {', '.join(sorted(missing))} in {folder.folder}")
    return layers


def _changed_layers(manifest: Manifest, layers: Sequence[DrawnLayer]) -> Iterator[str]:
    """A notice for each layer whose title, source, file or labels are no more those of the figure."""
    for before, now in zip(manifest.layers, manifest_layers(layers), strict=False):
        if before.labels not in {None, now.labels}:
            yield (
                f"The labels of the layer {now.layer_id} were of the column “{before.labels}”, and are "
                f"of “{now.labels}” now."
            )
        if replace(before, labels=now.labels) != now:
            yield (
                f"The layer {now.layer_id} was “{before.title}” ({before.source}), and is "
                f"“{now.title}” ({now.source}) now."
            )


def _changed_basemap(manifest: Manifest, tiles: Basemap | None) -> Iterator[str]:
    """A notice if the file of the basemap is another one; earlier manifests do not name it."""
    before = manifest.basemap
    if before and tiles and before != (now := manifest_basemap(tiles)):
        yield (
            f"The basemap {now.name} was “{before.title}” (SHA-256 {before.sha256:.12}…), and is "
            f"“{now.title}” (SHA-256 {now.sha256:.12}…) now."
        )


def _changes(manifest: Manifest, summary: Summary) -> list[str]:
    """Notices on data and program that differ from those of the original figure."""
    changes = []
    if data_hash(summary) != manifest.data_sha256:
        shown = len(summary.selected.events)
        changes.append(
            f"The data have changed since the figure of {manifest.created}: it showed "
            f"{manifest.events:,} events, this one {shown:,}."
        )
    if manifest.event_map != PROGRAM:
        changes.append(f"The program was {manifest.event_map}, and is {PROGRAM} now.")
    return changes


if __name__ == "__main__":
    sys.exit(main())
