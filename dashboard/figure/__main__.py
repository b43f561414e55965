"""Makes a figure again: python -m dashboard.figure MANIFEST.json -o OUT.pdf (or .svg, .png)."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard.engine.library import Library, content_key, files_version
from dashboard.engine.records import MOST_RECORDS, records_of
from dashboard.engine.vocabulary import count_all, known_to
from dashboard.exit_status import report_crashes
from dashboard.figure.manifest import (
    PROGRAM,
    Manifest,
    ManifestError,
    data_hash,
    open_manifest,
    query_of,
)
from dashboard.model.corpus import Corpus
from dashboard.model.errors import DashboardError
from dashboard.paper.content import Content, figure_content
from dashboard.paper.figure import make_figure, save
from dashboard.paper.options import Format
from dashboard.query.select import index_events
from dashboard.review.pending import with_pending
from dashboard.settings import Settings, read_settings
from dashboard.store.corpus import load_corpus
from dashboard.store.merge import with_workspace
from dashboard.store.tables import build_tables
from dashboard.store.workspace import Workspace


@report_crashes
def main(arguments: Sequence[str] | None = None) -> int:
    """Write the figure; 0 if it is the same again, 3 if data or program have changed since.

    2 if it cannot be made, 70 after an error of this program.
    """
    parser = argparse.ArgumentParser(prog="python -m dashboard.figure", description=__doc__)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    asked = parser.parse_args(arguments)
    try:
        kind = _format(asked.out)
        manifest = open_manifest(asked.manifest)
        content, notices = _content(manifest, read_settings())
        printed = make_figure(content, manifest.figure, read_settings().basemap, PROGRAM)
        asked.out.write_bytes(save(printed, kind, manifest.as_json()))
    except (DashboardError, OSError, UnicodeDecodeError) as error:
        print(f"{asked.manifest}: {error}", file=sys.stderr)
        return 2
    changes = [*notices, *_changes(manifest, content)]
    for change in changes:
        print(change, file=sys.stderr)
    return 3 if changes else 0


def _format(path: Path) -> Format:
    try:
        return Format(path.suffix.removeprefix(".").lower())
    except ValueError as error:
        endings = ", ".join(f".{kind.value}" for kind in Format)
        raise ManifestError(f"expected a file that ends in {endings}, found {path.name}") from error


def _content(manifest: Manifest, settings: Settings) -> tuple[Content, tuple[str, ...]]:
    seeds = load_corpus(settings.seeds, settings.gazetteer, settings.lexicon, settings.places)
    workspace = Workspace(settings.workspace, settings.backups)
    workspace.daily.start()
    reviewed = with_workspace(seeds, workspace)
    every, _ids = with_pending(reviewed, workspace)
    corpus: Corpus = every if "unreviewed=shown" in manifest.link else reviewed
    index = index_events(build_tables(corpus))
    library = Library(settings.datasets, settings.engine)
    folders = (settings.seeds, settings.gazetteer, settings.lexicon, settings.places)
    key = content_key(files_version(folders), settings.workspace, workspace.version())
    library.curate(key, lambda: (every, build_tables(every)))
    held = library.open()
    query, notices = query_of(manifest, known_to(held.engine))
    records = records_of(held.engine, corpus, index, held.datasets, query)
    if records is None:
        raise ManifestError(f"expected at most {MOST_RECORDS:,} events in the selection")
    content = figure_content(
        records.corpus,
        records.index,
        query,
        records.selection,
        manifest.made,
        count_all(held.engine, unreviewed=query.unreviewed),
    )
    return content, notices


def _changes(manifest: Manifest, content: Content) -> list[str]:
    """What differs from when the figure was first made."""
    changes = []
    if data_hash(content) != manifest.data_sha256:
        shown = int(content.shown.sum())
        changes.append(
            f"The data have changed since the figure of {manifest.made}: it showed "
            f"{manifest.events:,} events, this one {shown:,}."
        )
    if manifest.event_map != PROGRAM:
        changes.append(f"The program was {manifest.event_map}, and is {PROGRAM} now.")
    return changes


if __name__ == "__main__":
    sys.exit(main())
