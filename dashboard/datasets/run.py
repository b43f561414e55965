"""An import from file to dataset, part by part: it can be followed, and cancelled without a trace."""

import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from dashboard.datasets.build.rows import BETWEEN, Known, Origin
from dashboard.datasets.files.parts import How, InputFile, TableError
from dashboard.datasets.formats.column_mapping import (
    Profile,
    guess,
)
from dashboard.datasets.formats.event_rows import Kinds
from dashboard.datasets.formats.known import FORMATS, OWN, recognised
from dashboard.datasets.formats.sheet import FaultLog
from dashboard.datasets.options import Asked, Preview, Way, way_of
from dashboard.datasets.processes import DamagedError, first_rows, read_all
from dashboard.datasets.reader import Reader
from dashboard.engine.datasets import RESERVED, Dataset, Datasets, slug
from dashboard.engine.library import locked
from dashboard.engine.write import DatasetWriter, WriteCounts
from dashboard.model.corpus import Corpus
from dashboard.model.errors import Fault
from dashboard.model.rows import read_table
from dashboard.text.normalise import fold

_KINDS = ("format", "type", "sub_type", "kind", "source")
_PREVIEW_ROWS = 1000
_LEVELS = {"country": 0, "governorate": 1, "district": 2, "subdistrict": 3}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: rows read, rows taken, the share of the file; `written` at the end.

    `stopped` says why reading ended before the file did, if it did.
    """

    dataset_id: str
    rows: int
    good: int
    share: float
    faults: FaultLog
    written: WriteCounts | None = None
    stopped: str | None = None


class Importer:
    """Reads files into datasets; names of parties, outlets and areas lead to what the corpus holds."""

    def __init__(self, datasets: Datasets, corpus: Corpus, lexicon: Path) -> None:
        self._datasets = datasets
        self._known = known_names(corpus)
        self._kind_names = {
            fold(name): kind.kind
            for kind in corpus.lexicon.kinds.values()
            for name in (kind.kind, kind.name_en, kind.name_ar, kind.acled_sub_event_type or "")
            if name
        }
        self._kinds = _crosswalks(lexicon)

    def preview(self, path: Path, asked: Asked) -> Preview:
        """The first rows; raises UnclearError or TableError."""
        file = _input_file(path, asked)
        frame, faults = first_rows(file, asked.how, _PREVIEW_ROWS)
        if frame.empty:
            why = f": {faults[0]}" if faults else ""
            raise TableError(f"{file.name}: expected rows, found none{why}")
        columns = [str(column) for column in frame.columns]
        found = asked.format or recognised(columns)
        if found != OWN:
            return Preview(found, frame, None)
        profile = asked.profile or Profile(name=Path(file.name).stem, columns=guess(columns))
        return Preview(OWN, frame, profile)

    def read(self, path: Path, asked: Asked) -> Iterator[Progress]:
        """Import a file; the last progress has what became of its rows.

        Raises UnclearError or TableError before anything is written, or if no row could be taken.
        Closed early, it leaves everything as it was.
        """
        file = _input_file(path, asked)
        preview = self.preview(path, asked)
        way = way_of(file.name, preview, asked)
        # One import at a time: two new datasets would take the same number.
        with locked(self._datasets.folder / "imports"):
            card = self._card(file.name, asked, preview.format)
            folder = self._datasets.folder / card.dataset_id
            writer = DatasetWriter(self._datasets, card)
            log = FaultLog(folder / "faults.csv")
            try:
                yield from self._parts(file, asked.how, way, card, writer, log)
            finally:
                writer.discard()
                log.close()

    def _parts(
        self,
        file: InputFile,
        how: How,
        way: Way,
        card: Dataset,
        writer: DatasetWriter,
        log: FaultLog,
    ) -> Iterator[Progress]:
        reader = Reader(
            file.name,
            writer.staged,
            Origin(card.dataset_id, card.number, card.origin),
            card.format,
            self._kinds.get(card.format, Kinds({})),
            way.profile,
            way.order,
            way.comma,
            self._kind_names,
            self._known,
        )
        done, stopped = Progress(card.dataset_id, 0, 0, 0.0, log), None
        try:
            for result in read_all(reader, file, how, card.next_row):
                if result.rows:  # else it has faults of the file alone, and nothing was staged
                    writer.confirm(result.start, result.rows)
                for fault in result.faults:
                    log(fault)
                rows, good = done.rows + result.rows, done.good + result.good
                done = replace(done, rows=rows, good=good, share=max(done.share, result.share))
                yield done
        except DamagedError as error:
            if not done.good:
                raise
            stopped = str(error)
            log(Fault(file.name, 0, "", "a file that can be read to its end", stopped))
        written = writer.finish(files=(file.name,)) if done.good else WriteCounts()
        yield replace(done, share=1.0, written=written, stopped=stopped)

    def _card(self, file: str, asked: Asked, format_: str) -> Dataset:
        """The card of the dataset that the file belongs to: the one of that name, or a new one."""
        known = FORMATS.get(format_)
        name = (asked.name or (known.name if known else Path(file).stem)).strip()
        if slug(name) in RESERVED:
            raise TableError(f"{file}: the name {name!r} is taken; give it another")
        held = self._datasets.get(slug(name))
        if held is not None and held.name.casefold() != name.casefold():
            raise TableError(
                f"{file}: the name {name!r} is too like that of {held.name!r}; give it another"
            )
        if held is not None and held.format != format_:
            raise TableError(
                f"{file}: the dataset {name} holds {held.format}, this file is {format_}; "
                "give it another name"
            )
        card = held or self._datasets.new(
            slug(name),
            name,
            format_,
            licence=known.licence if known else "",
            credit=known.credit if known else "",
            origin=known.name if known else None,
        )
        said = {"licence": asked.licence, "credit": asked.credit}
        return msgspec.structs.replace(card, **{key: text for key, text in said.items() if text})


def _input_file(path: Path, asked: Asked) -> InputFile:
    """The file to read; raises TableError for a pipe or a device, OSError if there is none."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise TableError(f"{path.name}: expected a file on a disk, found another kind")
    return InputFile(path, asked.file_name or path.name)


def _crosswalks(lexicon: Path) -> dict[str, Kinds]:
    table = read_table(lexicon / "imported_kinds.csv", _KINDS)
    found: dict[str, dict[tuple[str, str], str]] = {}
    for row in table.rows:
        key = (row.text("type"), row.optional("sub_type") or "")
        found.setdefault(row.text("format"), {})[key] = row.text("kind")
    return {name: Kinds(types) for name, types in found.items()}


def known_names(corpus: Corpus) -> Known:
    """What names lead to in a corpus; a name that leads to two things leads nowhere."""
    lexicon = corpus.lexicon
    actors = [
        (fold(name), actor.actor_id)
        for actor in lexicon.actors.values()
        for name in (actor.name_en, actor.name_ar, actor.acled_name)
        if name
    ]
    outlets = [
        (fold(name), outlet.outlet_id)
        for outlet in lexicon.outlets.values()
        for name in (outlet.name_en, outlet.name_ar)
        if name
    ]
    places = corpus.gazetteer.places
    areas = [
        (f"{_LEVELS[place.feature_class]}{BETWEEN}{fold(name.name)}", place.place_id)
        for name in corpus.gazetteer.names
        if (place := places[name.place_id]).feature_class in _LEVELS and place.tier == 1
    ]
    groups = {kind.kind: kind.group.value for kind in lexicon.kinds.values()}
    return Known(_sure(actors), _sure(outlets), _sure(areas), groups)


def _sure(pairs: list[tuple[str, str]]) -> Mapping[str, str]:
    found: dict[str, set[str]] = {}
    for name, key in pairs:
        found.setdefault(name, set()).add(key)
    return {name: next(iter(keys)) for name, keys in found.items() if len(keys) == 1}
