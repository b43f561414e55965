"""Importing a table of events: select it, check how it is read, start the import."""

import os
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import msgspec
import streamlit as st

from dashboard.datasets.answers_file import AnswersFile, to_answers_file, to_file_options
from dashboard.datasets.files.errors import UnclearError
from dashboard.datasets.files.input_file import InputFile
from dashboard.datasets.formats.column_mapping import ColumnMapping
from dashboard.datasets.formats.days import DateOrder
from dashboard.datasets.formats.named_places import names_places
from dashboard.datasets.formats.registry import FORMATS, lists_deletions
from dashboard.datasets.options import (
    ImportOptions,
    Preview,
    ReadOptions,
    has_places,
    missing_columns,
    read_options,
)
from dashboard.datasets.run import Importer
from dashboard.datasets.saved_answers import save_format_answers
from dashboard.datasets.saved_mappings import save_mapping
from dashboard.engine.datasets import slug
from dashboard.engine.library import Library
from dashboard.language.messages import _
from dashboard.language.stored_text import error_text
from dashboard.language.words import all_of, any_of
from dashboard.model.errors import DashboardError
from dashboard.programs.start import prepare
from dashboard.project.project import Loaded
from dashboard.settings import Settings
from dashboard.text.escape import escape_markdown, escape_markdown_message
from dashboard.ui.data import import_columns
from dashboard.ui.data.import_file import chosen_file
from dashboard.ui.data.import_job import ImportJob, file_version, import_version, start
from dashboard.ui.data.import_outcome import outcome
from dashboard.ui.data.import_questions import Questions
from dashboard.ui.data.preview_map import preview_map
from dashboard.ui.data.value_questions import asked_about, value_answers
from dashboard.ui.state.session import SessionValue

# The button that was clicked, "check" or "import"; a run that the map interrupts does not lose it.
_REQUESTED = SessionValue("import_requested", "")
_JOB = SessionValue[ImportJob | None]("import_job", None)
_PREVIEWED = 5


@dataclass(frozen=True, slots=True)
class _Ready:
    """A file that can be checked: its format, the name of its dataset, its answers and mapping.

    `options` are those of the command line that are no answers.
    """

    format: str
    name: str
    answers: AnswersFile
    mapping: ColumnMapping | None
    options: tuple[str, ...]


def import_panel(loaded: Loaded, library: Library, settings: Settings) -> None:
    """Show the selection of a file, the options with which it is read, its check and its import."""
    _fields(loaded, library, settings, _JOB.get())
    # Below the buttons that started it.
    with st.container(key="import_outcome"):
        if (job := _JOB.get()) is not None:
            outcome(job, loaded.corpus.lexicon.kinds)


def _fields(loaded: Loaded, library: Library, settings: Settings, job: ImportJob | None) -> None:
    """Show the file, its options, and the buttons that check and import it."""
    file = chosen_file(settings)
    if file is None:
        st.caption(
            _(
                "Files of ACLED, UCDP GED and GDELT are recognised. For any other table the page "
                "proposes what each column is, also for GTD, AWSD, SCAD, ICEWS, HXL and KML. You "
                "see what was not understood before anything is imported."
            )
        )
        return
    # The check that follows finds its libraries loaded.
    prepare()
    importer = _importer(loaded.key, settings.lexicon, library, loaded)
    ready = _prepare(loaded, library, importer, file, job)
    if ready is None:
        _REQUESTED.clear()
        return
    version = import_version(file, ready.answers, ready.options)
    busy = job is not None and job.running
    checked = job is not None and job.dry_run and job.ended_well and job.version == version
    start_of = partial(start, file, ready.answers, ready.options, _environment(settings))
    ready_to_import = bool(checked and job and job.report.get("good"))
    with st.container(horizontal=True):
        st.button(
            _("Check the file"),
            key="import_check",
            type="secondary" if checked else "primary",
            disabled=busy or not ready.name.strip(),
            help=_("Reads all of it and shows what an import would do. Nothing is changed."),
            on_click=lambda: _REQUESTED.set("check"),
        )
        st.button(
            _("Import"),
            key="import_start",
            type="primary" if checked else "secondary",
            disabled=busy or not ready_to_import,
            help=None if checked else _("Check the file first."),
            on_click=lambda: _REQUESTED.set("import"),
        )
        if checked:
            _answers_button(ready.answers, file.name)
    requested = _REQUESTED.get()
    _REQUESTED.clear()
    if slug(ready.name) in library.datasets.hidden:
        # A dataset that this viewer may not see has it.
        st.error(escape_markdown(_("The name {name} is taken.").format(name=ready.name)))
        return
    if busy or requested not in {"check", "import"}:
        return
    if requested == "import":
        if not ready_to_import:
            return
        _save(library.datasets.folder, ready)
    _JOB.set(start_of(dry_run=requested == "check"))
    st.rerun()


def _save(folder: Path, ready: _Ready) -> None:
    """Save the mapping with its answers, or the answers about a known format."""
    if ready.mapping is not None:
        save_mapping(folder, ready.mapping)
    else:
        save_format_answers(folder, ready.format, ready.answers.answers)


def _answers_button(answers: AnswersFile, file: str) -> None:
    st.download_button(
        _("Answers as a file"),
        data=msgspec.json.format(msgspec.json.encode(answers)),
        file_name=f"{Path(file).stem}_answers.json",
        mime="application/json",
        key="import_answers",
        on_click="ignore",
        help=_("For the same import by the command line: event-map import FILE --answers …"),
    )


@st.cache_resource(max_entries=2, show_spinner=False)
def _importer(key: str, lexicon: Path, _library: Library, _loaded: Loaded) -> Importer:  # noqa: ARG001
    return Importer(_library.datasets, _loaded.corpus, lexicon)


def _prepare(
    loaded: Loaded, library: Library, importer: Importer, file: InputFile, job: ImportJob | None
) -> _Ready | None:
    """Show the questions about the file and its values; `None` if it cannot be read without one."""
    version = file_version(file)
    questions = Questions(version, file.ending)
    try:
        preview = _preview(version, tuple(questions.about_file().items()), importer, file)
        if isinstance(preview, DashboardError):
            raise preview
        known = FORMATS.get(preview.format)
        st.text(
            _("Recognised as {format}.").format(format=_(known.name))
            if known
            else _("Your own table: check what each column is taken for.")
        )
        read = _read_options(library, preview, questions, file.name)
    except UnclearError as error:
        questions.ask(error)
        return None
    except DashboardError as error:
        st.error(escape_markdown_message(error_text(error)))
        return None
    _first_rows(preview)
    if read is None:
        return None
    if lists_deletions(preview.format):
        return _ready_for_deletions(library, preview, questions, read, file)
    if preview.mapping is None or (read.mapping and has_places(read.mapping)):
        names = importer.names_of_places if names_places(read.mapping) else None
        preview_map(loaded.corpus.gazetteer.places, preview, read, names)
    default = known.name if known else Path(file.name).stem
    name, about = _about(default, file.name, custom=known is None)
    asked = asked_about(version)
    if (
        job is not None
        and job.dry_run
        and job.ended_well
        and job.version.startswith(f"{version}\n")
    ):
        asked.add(job.report)
    answers = value_answers(
        asked, loaded.corpus, importer.saved_answers(replace(preview, mapping=read.mapping))
    )
    read = replace(read, cells=replace(read.cells, answers=answers))
    mapping = read.mapping and msgspec.structs.replace(read.mapping, answers=answers)
    written = to_answers_file(preview.format, questions.about_file(), read, **about)
    return _Ready(preview.format, name, written, mapping, _options(name, file))


def _ready_for_deletions(
    library: Library, preview: Preview, questions: Questions, read: ReadOptions, file: InputFile
) -> _Ready | None:
    """Show the choice of the dataset that a list deletes events from; `None` if there is none."""
    source = FORMATS[FORMATS[preview.format].deletes_from]
    names = [
        card.name
        for card in library.datasets
        if card.format == FORMATS[preview.format].deletes_from
    ]
    if not names:
        no_dataset = _("There is no dataset of {source} to delete events from. Import one first.")
        st.error(no_dataset.format(source=source.name))
        return None
    usual = names.index(source.name) if source.name in names else 0
    name = st.selectbox(_("Dataset"), names, index=usual, key=f"import_name_{file.name}")
    answers = to_answers_file(preview.format, questions.about_file(), read)
    return _Ready(preview.format, name, answers, None, _options(name, file))


def _options(name: str, file: InputFile) -> tuple[str, ...]:
    """The options of the command line for the dataset of this name, and for the name of the file."""
    return f"--name={name.strip()}", f"--file-name={file.name}"


def _first_rows(preview: Preview) -> None:
    """Show the first rows; of a table with a list of its columns, which has samples, on demand."""
    with st.expander(_("First rows"), expanded=preview.mapping is None):
        rows = preview.frame.head(_PREVIEWED).astype(str)
        st.dataframe(rows, hide_index=True, width="stretch")


@st.cache_resource(max_entries=4, show_spinner=False)
def _preview(
    version: str,  # noqa: ARG001
    about_file: tuple[tuple[str, str], ...],
    _importer: Importer,
    _file: InputFile,
) -> Preview | DashboardError:
    """The first rows, or the error; cached, since a large workbook takes long to open."""
    try:
        return _importer.preview(
            _file.path, ImportOptions(file=to_file_options(dict(about_file)), file_name=_file.name)
        )
    except DashboardError as error:
        return error


def _read_options(
    library: Library, preview: Preview, questions: Questions, file: str
) -> ReadOptions | None:
    """The options with which the file is read; `None` while required columns are missing.

    Raises UnclearError for options that its values do not determine.
    """
    answer = questions.answers.get("date_order")
    options = ImportOptions(date_order=DateOrder(answer) if answer else None)
    if preview.mapping is None:
        return read_options(file, preview, options, ask=True)
    mapping = import_columns.columns_of(library, preview, questions.answers)
    if not has_places(mapping):
        st.warning(
            _("No column has coordinates or names of places: all events will be without a place.")
        )
    if not missing_columns(mapping):
        return read_options(file, replace(preview, mapping=mapping), options, ask=True)
    separate = all_of([_("Latitude"), _("Longitude")])
    others = [_("Latitude and longitude in one column"), _("Geometry (WKT)"), _("Place"), _("Date")]
    needed = any_of([separate, *others])
    st.warning(_("Still needed: {things}.").format(things=needed))
    return None


def _about(default: str, file: str, *, custom: bool) -> tuple[str, dict[str, str]]:
    """The name of the dataset, and for tables of no known format licence and credit, if given."""
    fields = st.columns(3) if custom else [st.container()]
    name = fields[0].text_input(_("Dataset"), value=default, key=f"import_name_{file}")
    if not custom:
        return name, {}
    licence = fields[1].text_input(_("Licence"), key=f"import_licence_{file}")
    credit = fields[2].text_input(_("Credit"), key=f"import_credit_{file}")
    values = {"licence": licence.strip(), "credit": credit.strip()}
    return name, {option: text for option, text in values.items() if text}


def _environment(settings: Settings) -> dict[str, str]:
    """The environment of the importer, with the datasets folder of this page."""
    return {**os.environ, "EVENT_MAP_DATASETS": str(settings.datasets)}
