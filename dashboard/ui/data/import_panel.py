"""Importing a table of events: choose it, see how it would be read, begin the import."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from dashboard.browser.event_map import base_map, place_group
from dashboard.datasets.files.parts import InputFile, UnclearError
from dashboard.datasets.formats.column_mapping import NEEDED, Profile
from dashboard.datasets.formats.days import DateOrder
from dashboard.datasets.formats.known import FORMATS
from dashboard.datasets.options import Asked, Preview, Way, way_of
from dashboard.datasets.profiles import save_profile
from dashboard.datasets.run import Importer
from dashboard.engine.library import Library
from dashboard.language.messages import _
from dashboard.language.words import all_of
from dashboard.map.map_layer import NOWHERE
from dashboard.model.errors import DashboardError
from dashboard.model.grid import MIN_ZOOM, zoom_to_fit
from dashboard.model.place import Place
from dashboard.query.query import MapView
from dashboard.settings import Settings
from dashboard.text.escape import escape_markdown
from dashboard.ui.cached import Loaded
from dashboard.ui.data import import_columns
from dashboard.ui.data.import_file import chosen_file
from dashboard.ui.data.import_job import ImportJob, start
from dashboard.ui.data.import_outcome import outcome
from dashboard.ui.data.import_questions import Questions, how
from dashboard.ui.state.session import SessionValue

_JOB = SessionValue[ImportJob | None]("import_job", None)
_PREVIEWED, _MAPPED = 5, 200
# The map of the first rows: its size in pixels on a small laptop, and how close it goes.
_MAP, _CLOSEST = (540, 220), 11


def import_panel(loaded: Loaded, library: Library, settings: Settings) -> None:
    """A file by upload or by path, then how it is read, then the import itself."""
    job = _JOB.get()
    _fields(loaded, library, settings, busy=job is not None and job.running)
    # Below the button that began it, where it is looked for.
    with st.container(key="import_outcome"):
        if job is not None:
            outcome(job)


def _fields(loaded: Loaded, library: Library, settings: Settings, *, busy: bool) -> None:
    """What to import and how, down to the button that begins it."""
    file = chosen_file(settings)
    if file is None:
        st.caption(
            _(
                "ACLED, UCDP GED and GDELT are recognised; of any other table you say which "
                "column is what."
            )
        )
        return
    importer = _importer(loaded.workspace.version(), settings.lexicon, library, loaded)
    ready = _prepare(loaded, library, importer, file)
    if ready is None:
        return
    name, options, profile = ready
    if st.button(
        _("Import"), key="import_start", type="primary", disabled=busy or not name.strip()
    ):
        if profile is not None:
            save_profile(library.datasets.folder, profile)
        options = [f"--name={name.strip()}", f"--file-name={file.name}", *options]
        _JOB.set(start(file, options, _environment(settings)))
        st.rerun()


@st.cache_resource(max_entries=2, show_spinner=False)
def _importer(version: int, lexicon: Path, _library: Library, _loaded: Loaded) -> Importer:  # noqa: ARG001
    return Importer(_library.datasets, _loaded.corpus, lexicon)


def _prepare(
    loaded: Loaded, library: Library, importer: Importer, file: InputFile
) -> tuple[str, list[str], Profile | None] | None:
    """Name, options of the command line and profile; `None` while something is open."""
    about_file = file.path.stat()
    version = f"{file.path} {file.name} {about_file.st_size} {about_file.st_mtime_ns}"
    questions = Questions(version)
    try:
        preview = _preview(version, tuple(sorted(questions.answers.items())), importer, file)
        if isinstance(preview, DashboardError):
            raise preview
        known = FORMATS.get(preview.format)
        st.text(
            _("Recognised as {format}.").format(format=known.name)
            if known
            else _("A table of your own: say what is where.")
        )
        way = _way(library, preview, questions, file.name)
    except UnclearError as error:
        questions.ask(error)
        return None
    except DashboardError as error:
        st.error(escape_markdown(str(error)))
        return None
    st.dataframe(preview.frame.head(_PREVIEWED).astype(str), hide_index=True, width="stretch")
    if way is None:
        return None
    profile = way.profile
    _first_on_map(loaded.corpus.gazetteer.places, preview, way)
    name, about = _about(
        known.name if known else Path(file.name).stem, file.name, own=known is None
    )
    options = [f"--format={preview.format}", *questions.as_options(), *about]
    return name, [*options, *import_columns.as_options(way)], profile


@st.cache_resource(max_entries=4, show_spinner=False)
def _preview(
    version: str,  # noqa: ARG001
    answers: tuple[tuple[str, str], ...],
    _importer: Importer,
    _file: InputFile,
) -> Preview | DashboardError:
    """The first rows, or why there are none; cached, since a large workbook takes long to open."""
    try:
        return _importer.preview(_file.path, Asked(how=how(dict(answers)), file_name=_file.name))
    except DashboardError as error:
        return error


def _way(library: Library, preview: Preview, questions: Questions, file: str) -> Way | None:
    """How the file is read; `None` while columns are needed.

    Raises UnclearError for what its values leave open.
    """
    answer = questions.answers.get("date_order")
    asked = Asked(date_order=DateOrder(answer) if answer else None)
    if preview.profile is None:
        return way_of(file, preview, asked)
    profile = import_columns.columns_of(library, preview, questions.answers)
    if all(role in profile.columns for role in NEEDED):
        return way_of(file, replace(preview, profile=profile), asked)
    needed = all_of([_("Latitude"), _("Longitude")])
    st.warning(_("Still needed: {things}.").format(things=needed))
    return None


def _about(usual: str, file: str, *, own: bool) -> tuple[str, list[str]]:
    """The name of the dataset; of a table of one's own also licence and credit, as options."""
    fields = st.columns(3) if own else [st.container()]
    name = fields[0].text_input(_("Dataset"), value=usual, key=f"import_name_{file}")
    if not own:
        return name, []
    licence = fields[1].text_input(_("Licence"), key=f"import_licence_{file}")
    credit = fields[2].text_input(_("Credit"), key=f"import_credit_{file}")
    told = {"--licence": licence.strip(), "--credit": credit.strip()}
    # One word each: what begins with a hyphen would be taken for an option.
    return name, [f"{option}={text}" for option, text in told.items() if text]


def _first_on_map(places: Mapping[str, Place], preview: Preview, way: Way) -> None:
    """Where the first rows lie: coordinates that are swapped or of another system show at once."""
    lat, lon = _coordinates(preview, way)
    points = [
        (float(a), float(b), 0)
        for a, b in zip(lat, lon, strict=True)
        if pd.notna(a) and pd.notna(b) and abs(a) <= 90 and abs(b) <= 180
    ][:_MAPPED]
    if not points:
        st.warning(_("None of the first rows has coordinates that a map can show."))
        return
    st_folium(
        base_map(places, NOWHERE, _view_of(points)),
        key="import_map",
        feature_group_to_add=place_group(points),
        returned_objects=[],
        use_container_width=True,
        height=_MAP[1],
    )


def _view_of(points: Sequence[tuple[float, float, int]]) -> MapView:
    """Where most of the points are in view; a few far out do not make all others small."""
    lat, lon = (pd.Series([point[at] for point in points]) for at in (0, 1))
    (south, north), (west, east) = (way.quantile([0.02, 0.98]) for way in (lat, lon))
    zoom = min(zoom_to_fit(south, west, north, east, *_MAP), _CLOSEST) - 1
    return MapView(round((south + north) / 2, 3), round((west + east) / 2, 3), max(zoom, MIN_ZOOM))


def _coordinates(preview: Preview, way: Way) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    if way.profile is not None:
        names = tuple(way.profile.columns[role] for role in NEEDED)
    else:
        names = FORMATS[preview.format].numbers
    cells = [preview.frame[name].astype(str) for name in names]
    if way.comma:
        cells = [cell.str.replace(",", ".", regex=False) for cell in cells]
    lat, lon = (pd.to_numeric(cell, errors="coerce") for cell in cells)
    return lat, lon


def _environment(settings: Settings) -> dict[str, str]:
    """The importer writes where this page reads."""
    return {**os.environ, "EVENT_MAP_DATASETS": str(settings.datasets)}
