"""Import a file into a dataset chunk by chunk, with progress; a cancelled import changes nothing."""

import re
import stat
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import msgspec
import pandas as pd

from dashboard.datasets.build.rows import SEPARATOR, KnownIds, RowSource
from dashboard.datasets.column_uses import ColumnUse, column_uses
from dashboard.datasets.event_map.layouts import CREDITS, RECORD, TERMS
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.input_file import InputFile
from dashboard.datasets.formats.column_mapping import ColumnMapping, guess_columns
from dashboard.datasets.formats.crosswalk import Crosswalk, load_crosswalks, load_kind_names
from dashboard.datasets.formats.generic_names import organisation_name
from dashboard.datasets.formats.kind_codes import CAMEO
from dashboard.datasets.formats.named_places import names_places
from dashboard.datasets.formats.notices import NOT_UNDERSTOOD, NoticeKind
from dashboard.datasets.formats.registry import (
    CUSTOM,
    EVENT_MAP,
    FORMATS,
    recognise_format,
    with_known_names,
)
from dashboard.datasets.formats.sheet import FaultLog
from dashboard.datasets.formats.terms import format_terms
from dashboard.datasets.options import ImportOptions, Preview, ReadOptions, read_options
from dashboard.datasets.processes import DamagedError, first_rows, read_all
from dashboard.datasets.reader import ChunkReader, ChunkResult
from dashboard.engine.datasets import RESERVED, Dataset, Datasets, slug
from dashboard.engine.id_rules import IdRules, WriteCounts
from dashboard.engine.library import locked
from dashboard.engine.write import DatasetWriter
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.place_names import PlaceNames, place_names
from dashboard.model.corpus import Corpus
from dashboard.model.errors import Fault
from dashboard.model.event import EventKind
from dashboard.text.normalise import fold

_PREVIEW_ROWS = 1000
_LEVELS = {"country": 0, "governorate": 1, "district": 2, "subdistrict": 3}


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of an import: rows read, rows taken (`good`), and the share of the file.

    `columns` says what the columns were taken for. Of the rows taken, `undated` have no date and
    `unplaced` no place. `written` is set at the end, and `unclear_ids`, the number of events of which it
    is not clear whether they are others. `stopped` is the reason why reading ended before the end of the
    file, or `None`. `notices` counts what is said about rows that were taken, by its kind, column, value
    and meaning.
    """

    dataset_id: str
    rows: int
    good: int
    share: float
    faults: FaultLog
    columns: tuple[ColumnUse, ...] = ()
    undated: int = 0
    unplaced: int = 0
    written: WriteCounts | None = None
    unclear_ids: int = 0
    stopped: str | None = None
    notices: Counter[tuple[NoticeKind, str, str, str]] = field(default_factory=Counter)

    @property
    def understood(self) -> bool:
        """Whether every row was taken and every cell understood, so that nothing is to be asked."""
        asked = any(kind in NOT_UNDERSTOOD for kind, *_ in self.notices)
        return not (self.faults.total or self.faults.unread or asked or self.unclear_ids)


class Importer:
    """Imports files into datasets; actors, outlets and areas get the ids of `corpus` by their names.

    `lexicon` is the folder of the lexicon, with the crosswalks of imported codes.
    """

    def __init__(self, datasets: Datasets, corpus: Corpus, lexicon: Path) -> None:
        self._datasets = datasets
        self._corpus = corpus
        self._known_ids = known_ids(corpus)
        self._crosswalks = _crosswalks(lexicon, corpus.lexicon.kinds)

    @cached_property
    def names_of_places(self) -> PlaceNames:
        """The names of the gazetteer, by which rows without coordinates are placed."""
        return place_names(PlaceIndex(self._corpus.gazetteer))

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """The first rows of a file, its format and mapping; raises UnclearError or TableError."""
        file = _input_file(path, options)
        frame, faults = first_rows(file, options.file, _PREVIEW_ROWS)
        if frame.empty:
            why = f": {faults[0]}" if faults else ""
            raise TableError(f"{file.name}: expected rows, found none{why}")
        columns = [str(column) for column in frame.columns]
        format_ = options.format or recognise_format(columns)
        if format_ != CUSTOM:
            return Preview(format_, with_known_names(frame, format_), None)
        mapping = options.mapping or ColumnMapping(
            name=Path(file.name).stem, columns=guess_columns(columns, frame)
        )
        return Preview(CUSTOM, frame, mapping)

    def read(
        self, path: Path, options: ImportOptions, *, dry_run: bool = False
    ) -> Iterator[Progress]:
        """Import a file; yields the progress after each chunk, and last with `written`.

        A dry run reads and compares all rows the same, and leaves the datasets unchanged.

        Raises UnclearError or TableError before anything is written, or if no row could be read.
        If the iterator is closed early, the datasets are unchanged.
        """
        file = _input_file(path, options)
        preview = self.preview(path, options)
        reading = read_options(file.name, preview, options)
        self._check_answers(file.name, reading)
        # One import at a time: two new datasets would get the same number.
        with locked(self._datasets.folder / "imports"):
            card = self._card(file.name, options, preview.format, _stated(preview))
            writer = DatasetWriter(self._datasets, card)
            log = FaultLog(_faults_file(self._datasets.folder, card.dataset_id, dry_run=dry_run))
            results = read_all(
                self._reader(file.name, writer.staged, card, reading),
                file,
                options.file,
                card.next_row,
            )
            uses = column_uses(preview.frame, preview.format, reading.mapping)
            done = Progress(card.dataset_id, 0, 0, 0.0, log, columns=uses)
            try:
                for done in _followed(results, writer, file.name, done):  # noqa: B020
                    yield done
                if done.good:
                    rules = IdRules(
                        reading.cells.answers.changed_ids, reading.cells.answers.like_rows
                    )
                    written = writer.finish(files=(file.name,), rules=rules, write=not dry_run)
                    done = replace(done, written=written, unclear_ids=_unclear_ids(written, rules))
                yield replace(done, share=1.0, written=done.written or WriteCounts())
            finally:
                writer.discard()
                log.close()

    def _check_answers(self, file: str, reading: ReadOptions) -> None:
        """Raise TableError for an answer with a kind or a place that this project does not have."""
        kinds, answers = self._known_ids.kinds, reading.cells.answers
        for name, kind in answers.kinds.items():
            if kind not in kinds:
                expected = f"expected one of {', '.join(kinds)} for {name!r}"
                raise TableError(f"{file}: {expected}, found {kind!r}")
        for name, place_id in answers.places.items():
            if place_id not in self._corpus.gazetteer.places:
                expected = f"expected the id of a place in the gazetteer for {name!r}"
                raise TableError(f"{file}: {expected}, found {place_id!r}")

    def _reader(self, file: str, staged: Path, card: Dataset, reading: ReadOptions) -> ChunkReader:
        return ChunkReader(
            file,
            staged,
            RowSource(card.dataset_id, card.number, card.origin),
            card.format,
            self._crosswalks[card.format],
            reading,
            self._known_ids,
            _with_answers(self.names_of_places, reading) if names_places(reading.mapping) else None,
        )

    def _card(
        self, file: str, options: ImportOptions, format_: str, stated: Mapping[str, str | bool]
    ) -> Dataset:
        """The card of the dataset to import into: the existing one of that name, or a new one.

        `stated` are the fields of the card that the file itself states.

        Raises TableError for a reserved name, a name too similar to another, or another format.
        """
        known, terms = FORMATS.get(format_), format_terms().get(format_)
        # Files of this program are as different as the selections in them: each is a dataset.
        named = known is not None and format_ != EVENT_MAP
        name = (options.name or (known.name if known and named else Path(file).stem)).strip()
        if slug(name) in RESERVED:
            raise TableError(f"{file}: the name {name!r} is taken; give it another")
        existing = self._datasets.get(slug(name))
        if existing is not None and existing.name.casefold() != name.casefold():
            raise TableError(
                f"{file}: the name {name!r} is too like that of {existing.name!r}; give it another"
            )
        if existing is not None and existing.format != format_:
            raise TableError(
                f"{file}: the dataset {name} contains {existing.format}, this file is {format_}; "
                "give it another name"
            )
        card = existing or self._datasets.new(
            slug(name),
            name,
            format_,
            licence=terms.licence if terms else "",
            credit=terms.credit if terms else "",
            origin=known.name if known and named else None,
        )
        if existing is not None and "credit" in stated:
            stated = {**stated, "credit": _joined(existing.credit, str(stated["credit"]))}
        typed = {"licence": options.licence, "credit": options.credit}
        given = {**stated, **{key: text for key, text in typed.items() if text}}
        return msgspec.structs.replace(card, **given)


def _with_answers(names: PlaceNames, reading: ReadOptions) -> PlaceNames:
    """The names of places with the analyst's answers to those that several places have."""
    return replace(names, answers=reading.cells.answers.places)


def _followed(
    results: Iterator[ChunkResult], writer: DatasetWriter, file: str, done: Progress
) -> Iterator[Progress]:
    """The progress after each chunk; its tables are confirmed. The last says if reading stopped early.

    Raises DamagedError if no row could be read.
    """
    try:
        for result in results:
            if result.rows:  # else it has only faults of the file, and nothing was staged
                writer.confirm(result.start, result.rows)
            done = _with_chunk(done, result)
            yield done
    except DamagedError as error:
        if not done.good:
            raise
        fault = Fault(file, 0, "", "a file that can be read to its end", str(error))
        done.faults(fault)
        yield replace(done, stopped=str(error))


def _unclear_ids(written: WriteCounts, rules: IdRules) -> int:
    """The number of events of which it is not clear whether they are others, without an answer."""
    changed = 0 if rules.changed_ids else written.changed_ids_added
    like = 0 if rules.like_rows else written.like_rows_added
    return written.repeated_ids + written.same_rows + changed + like


def _with_chunk(done: Progress, result: ChunkResult) -> Progress:
    """The progress after a chunk, whose faults and notices are counted."""
    for fault in result.faults:
        done.faults(fault)
    for fault in result.unread:
        done.faults(fault, row_taken=True)
    for notice in result.notices:
        done.notices[notice.kind, notice.column, notice.value, notice.meaning] += notice.count
    return replace(
        done,
        rows=done.rows + result.rows,
        good=done.good + result.good,
        undated=done.undated + result.undated,
        unplaced=done.unplaced + result.unplaced,
        share=max(done.share, result.share),
    )


def _faults_file(folder: Path, dataset_id: str, *, dry_run: bool) -> Path:
    """The list of the faults of the last import of a dataset, or of the last dry run."""
    checks = folder / "checks" / f"{dataset_id}_faults.csv"
    return checks if dry_run else folder / dataset_id / "faults.csv"


def _joined(credit: str, another: str) -> str:
    """Both credits, that of the rows already in a dataset first; one that has the other alone."""
    if credit in another or another in credit:
        return max(credit, another, key=len)
    return f"{credit} {another}"


def _stated(preview: Preview) -> dict[str, str | bool]:
    """The credit and terms that a file states, or that follow from the ids of its events."""
    stated: dict[str, str | bool] = {}
    for terms in format_terms().values():
        if not terms.rows_may_be_shared and _has_events_of(preview.frame, terms.format):
            stated |= {"licence": terms.licence, "credit": terms.credit}
            stated["rows_may_be_shared"] = False
    if preview.format == EVENT_MAP:
        stated |= _stated_by_own_file(preview)
    return stated


def _has_events_of(frame: pd.DataFrame, format_: str) -> bool:
    """Whether an exported file has events of a known format, also if somebody deleted its terms."""
    id_ = re.compile(rf"(?:.*:)?{format_}:", re.DOTALL)
    record = re.compile(rf'.*"event_id":"(?:[^"]*:)?{format_}:', re.DOTALL)
    ids = ((id_, "event_id"), (record, RECORD))
    return any(
        pattern.match(str(cell))
        for pattern, column in ids
        if column in frame
        for cell in frame[column]
    )


def _stated_by_own_file(preview: Preview) -> dict[str, str | bool]:
    """The credit and terms that a file of this program states."""
    first = {name: str(preview.frame[name].iloc[0]) for name in preview.frame}
    stated: dict[str, str | bool] = {}
    if credit := first.get(CREDITS) or first.get("credits", ""):
        stated["credit"] = credit
    # Exports have an entry for terms only if these forbid to share rows.
    if terms := first.get(TERMS) or first.get("terms", ""):
        stated |= {"licence": terms, "rows_may_be_shared": False}
    return stated


def _input_file(path: Path, options: ImportOptions) -> InputFile:
    """The file to read; raises TableError for a pipe or a device, OSError if there is none."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise TableError(f"{path.name}: expected a file on a disk, found another kind")
    return InputFile(path, options.file_name or path.name)


def _crosswalks(lexicon: Path, kinds: Mapping[str, EventKind]) -> dict[str, Crosswalk]:
    """The crosswalk of each format by its key; that of custom tables has our names and ACLED's."""
    crosswalks = load_crosswalks(lexicon, [*FORMATS, CUSTOM], kinds)
    custom = crosswalks[CUSTOM]
    names = [(name, kind.kind) for kind in kinds.values() for name in _names(kind)]
    acled = [(sub_type, kind) for (_type, sub_type), kind in crosswalks["acled"].kinds.items()]
    by_name = {
        **_unambiguous([(fold(name), kind) for name, kind in acled]),
        **load_kind_names(lexicon, kinds),
        **_unambiguous([(fold(name), kind) for name, kind in names]),
    }
    cameo = {(CAMEO, code): kind for (code, _), kind in crosswalks["gdelt"].kinds.items()}
    known = {(name, ""): kind for name, kind in by_name.items()}
    return crosswalks | {CUSTOM: replace(custom, kinds={**custom.kinds, **cameo, **known})}


def _names(kind: EventKind) -> tuple[str, ...]:
    return kind.kind, kind.kind.replace("_", " "), kind.name_en, kind.name_ar


def known_ids(corpus: Corpus) -> KnownIds:
    """The ids of a corpus by folded name, without names that have several ids."""
    lexicon = corpus.lexicon
    actors = [
        (fold(name), actor.actor_id)
        for actor in lexicon.actors.values()
        for name in (actor.name_en, actor.name_ar, organisation_name(actor.acled_name))
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
        (f"{_LEVELS[place.feature_class]}{SEPARATOR}{fold(name.name)}", place.place_id)
        for name in corpus.gazetteer.names
        if (place := places[name.place_id]).feature_class in _LEVELS and place.tier == 1
    ]
    groups = {kind.kind: kind.group.value for kind in lexicon.kinds.values()}
    return KnownIds(
        _unambiguous(actors),
        _unambiguous(outlets),
        _unambiguous(areas),
        groups,
        dict(lexicon.kinds),
        frozenset(corpus.events.events),
    )


def _unambiguous(pairs: list[tuple[str, str]]) -> Mapping[str, str]:
    ids: dict[str, set[str]] = {}
    for name, key in pairs:
        ids.setdefault(name, set()).add(key)
    return {name: next(iter(keys)) for name, keys in ids.items() if len(keys) == 1}
