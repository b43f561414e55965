"""Import a file into a dataset chunk by chunk, with progress; a cancelled import changes nothing."""

import stat
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import msgspec
import pandas as pd

from dashboard.datasets.build.rows import RowSource
from dashboard.datasets.column_uses import column_uses
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.input_file import InputFile
from dashboard.datasets.formats.answers import Answers
from dashboard.datasets.formats.column_mapping import ColumnMapping
from dashboard.datasets.formats.guessed_columns import guess_columns
from dashboard.datasets.formats.kind_columns import with_kind_column
from dashboard.datasets.formats.named_places import names_places
from dashboard.datasets.formats.registry import (
    CUSTOM,
    lists_deletions,
    recognise_format,
    with_known_names,
)
from dashboard.datasets.formats.sheet import FaultLog
from dashboard.datasets.known_names import crosswalks_of, known_ids
from dashboard.datasets.options import ImportOptions, Preview, ReadOptions, read_options
from dashboard.datasets.processes import first_rows, read_all
from dashboard.datasets.progress import Progress, follow, unclear_ids
from dashboard.datasets.reader import ChunkReader
from dashboard.datasets.saved_answers import load_format_answers, valid_answers
from dashboard.datasets.stated_terms import stated_terms
from dashboard.datasets.target_dataset import target_dataset
from dashboard.engine.datasets import Dataset, Datasets
from dashboard.engine.id_rules import IdRules, WriteCounts
from dashboard.engine.library import locked
from dashboard.engine.write import DatasetWriter
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.place_names import PlaceNames, place_names
from dashboard.model.corpus import Corpus
from dashboard.model.message import joined, message

_PREVIEW_ROWS = 1000


class Importer:
    """Imports files into datasets; actors, outlets and areas get the ids of `corpus` by their names.

    `lexicon` is the folder of the lexicon, with the crosswalks of imported codes.
    """

    def __init__(self, datasets: Datasets, corpus: Corpus, lexicon: Path) -> None:
        self._datasets = datasets
        self._corpus = corpus
        self._known_ids = known_ids(corpus)
        self._crosswalks = crosswalks_of(lexicon, corpus.lexicon.kinds)

    @cached_property
    def names_of_places(self) -> PlaceNames:
        """The names of the gazetteer, by which rows without coordinates are placed."""
        return place_names(PlaceIndex(self._corpus.gazetteer))

    def preview(self, path: Path, options: ImportOptions) -> Preview:
        """The first rows of a file, its format and mapping; raises UnclearError or TableError."""
        file = _input_file(path, options)
        frame, sample = first_rows(file, options.file, _PREVIEW_ROWS)
        if frame.empty:
            none = message("{file}: expected rows, found none", file=file.name)
            raise TableError(joined(none, *map(str, sample.faults[:1])))
        columns = [str(column) for column in frame.columns]
        format_ = options.format or recognise_format(columns)
        if format_ != CUSTOM:
            return Preview(format_, with_known_names(frame, format_), None)
        guessed = options.mapping or ColumnMapping(
            name=Path(file.name).stem, columns=guess_columns(columns, frame, sample.tags)
        )
        mapping = guessed if options.mapping else self._with_kinds(guessed, frame)
        return Preview(CUSTOM, frame, mapping)

    def _with_kinds(self, mapping: ColumnMapping, frame: pd.DataFrame) -> ColumnMapping:
        """The guessed mapping with a column of kinds that only its values show."""
        columns = with_kind_column(mapping.columns, frame, self._crosswalks[CUSTOM])
        return msgspec.structs.replace(mapping, columns=columns)

    def saved_answers(self, preview: Preview) -> Answers:
        """The answers of earlier imports to the same questions: of the format, or of the mapping."""
        saved = (
            load_format_answers(self._datasets.folder, preview.format)
            if preview.mapping is None
            else preview.mapping.answers
        )
        return valid_answers(saved, self._known_ids.kinds, self._corpus.gazetteer.places)

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
            stated = stated_terms(preview)
            card = target_dataset(self._datasets, file.name, options, preview.format, stated)
            writer = DatasetWriter(self._datasets, card)
            log = FaultLog(_faults_file(self._datasets.folder, card.dataset_id, dry_run=dry_run))
            results = read_all(
                self._reader(file.name, writer.staged, card, preview.format, reading),
                file,
                options.file,
                card.next_row,
            )
            uses = column_uses(preview.frame, preview.format, reading.mapping)
            deletions = lists_deletions(preview.format)
            done = Progress(card.dataset_id, 0, 0, 0.0, log, columns=uses, deletions=deletions)
            try:
                for done in follow(results, writer, file.name, done):  # noqa: B020
                    yield done
                if done.good:
                    rules = IdRules(
                        reading.cells.answers.changed_ids, reading.cells.answers.like_rows
                    )
                    written = writer.finish(files=(file.name,), rules=rules, write=not dry_run)
                    done = replace(done, written=written, unclear_ids=unclear_ids(written, rules))
                yield replace(done, share=1.0, written=done.written or WriteCounts())
            finally:
                writer.discard()
                log.close()

    def _check_answers(self, file: str, reading: ReadOptions) -> None:
        """Raise TableError for an answer with a kind or a place that this project does not have."""
        kinds, answers = self._known_ids.kinds, reading.cells.answers
        for name, kind in answers.kinds.items():
            if kind not in kinds:
                raise TableError(
                    message(
                        "{file}: expected one of {kinds} for {name}, found {kind}",
                        file=file,
                        kinds=", ".join(kinds),
                        name=repr(name),
                        kind=repr(kind),
                    )
                )
        for name, place_id in answers.places.items():
            if place_id not in self._corpus.gazetteer.places:
                raise TableError(
                    message(
                        "{file}: expected the id of a place in the gazetteer for {name}, found {place}",
                        file=file,
                        name=repr(name),
                        place=repr(place_id),
                    )
                )

    def _reader(
        self, file: str, staged: Path, card: Dataset, format_: str, reading: ReadOptions
    ) -> ChunkReader:
        return ChunkReader(
            file,
            staged,
            RowSource(card.dataset_id, card.number, card.origin),
            format_,
            self._crosswalks[card.format],
            reading,
            self._known_ids,
            _with_answers(self.names_of_places, reading) if names_places(reading.mapping) else None,
        )


def _with_answers(names: PlaceNames, reading: ReadOptions) -> PlaceNames:
    """The names of places with the analyst's answers to those that several places have."""
    return replace(names, answers=reading.cells.answers.places)


def _faults_file(folder: Path, dataset_id: str, *, dry_run: bool) -> Path:
    """The list of the faults of the last import of a dataset, or of the last dry run."""
    checks = folder / "checks" / f"{dataset_id}_faults.csv"
    return checks if dry_run else folder / dataset_id / "faults.csv"


def _input_file(path: Path, options: ImportOptions) -> InputFile:
    """The file to read; raises TableError for a pipe or a device, OSError if there is none."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise TableError(
            message("{file}: expected a file on a disk, found another kind", file=path.name)
        )
    return InputFile(path, options.file_name or path.name)
