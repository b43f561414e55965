"""Importing a table of events: choose it, see how it would be read, follow the import."""

import os
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from dashboard.columnar.library import Library
from dashboard.ingest.datasets.formats import FORMATS
from dashboard.ingest.datasets.own import NAMES, NEEDED, Profile, settled
from dashboard.ingest.datasets.run import Asked, Importer, Preview, load_profiles, save_profile
from dashboard.ingest.datasets.tables import ENDINGS, How, UnclearError
from dashboard.language.messages import N_, _, plural
from dashboard.language.numbers import number
from dashboard.language.words import all_of, comma, isolate
from dashboard.model.errors import DashboardError
from dashboard.query.query import MapView
from dashboard.settings import Settings
from dashboard.ui import shell, state
from dashboard.ui.cached import Loaded
from dashboard.ui.import_job import ImportJob, start
from dashboard.views.event_map import base_map, place_group
from dashboard.views.map_layer import NOWHERE

_JOB, _ANSWERS, _FOLDER = "import_job", "import_answers", "import_folder"
_PREVIEWED, _MAPPED = 5, 200
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
_QUESTIONS = {
    "encoding": N_("Encoding of the file"),
    "delimiter": N_("What stands between cells"),
    "date_order": N_("Order of day (d), month (m) and year (y)"),
}
_ROLES = {
    "event_id": N_("Id"),
    "date": N_("Date"),
    "date_end": N_("Last day"),
    "lat": N_("Latitude"),
    "lon": N_("Longitude"),
    "place": N_("Place"),
    "kind": N_("Kind of event"),
    "title": N_("Title"),
    "notes": N_("Notes"),
    "initiator": N_("initiator"),
    "target": N_("target"),
    "outlet": N_("Outlet"),
    "country": N_("country"),
    "admin1": N_("governorate"),
    "admin2": N_("district"),
    "admin3": N_("subdistrict"),
    "precision": N_("Precision"),
    "url": N_("Link"),
}


def import_panel(loaded: Loaded, library: Library, settings: Settings) -> None:
    """A file by upload or by path, then how it is read, then the import itself."""
    job: ImportJob | None = st.session_state.get(_JOB)
    with st.container(key="import_outcome"):
        if job is not None:
            _outcome()
    path = _file()
    if path is None:
        st.caption(
            _(
                "ACLED, UCDP GED and GDELT are recognised; of any other table you say which "
                "column is what."
            )
        )
        return
    importer = _importer(loaded.workspace.version(), settings.lexicon, library, loaded)
    _prepare(importer, library, settings, path, busy=job is not None and job.running)


@st.cache_resource(max_entries=2, show_spinner=False)
def _importer(version: int, lexicon: Path, _library: Library, _loaded: Loaded) -> Importer:  # noqa: ARG001
    return Importer(_library.datasets, _loaded.corpus, lexicon)


def _file() -> Path | None:
    """The file to import; an upload is kept for as long as the session."""
    uploaded = st.file_uploader(
        _("File"), type=[ending.removeprefix(".") for ending in ENDINGS], key="import_upload"
    )
    typed = st.text_input(
        _("or its path on this machine"),
        key="import_path",
        placeholder=isolate("/data/events.parquet"),
    ).strip()
    if uploaded is not None:
        path = Path(_folder()) / uploaded.file_id / Path(uploaded.name).name
        if not path.exists():
            path.parent.mkdir()
            path.write_bytes(uploaded.getbuffer())
        return path
    if not typed:
        return None
    path = Path(typed).expanduser()
    if path.is_file():
        return path
    st.warning(_("There is no file at {path}.").format(path=isolate(shell.literal(typed))))
    return None


def _folder() -> str:
    if _FOLDER not in st.session_state:
        st.session_state[_FOLDER] = tempfile.TemporaryDirectory(prefix="event_map_")
    held: tempfile.TemporaryDirectory[str] = st.session_state[_FOLDER]
    return held.name


def _prepare(
    importer: Importer, library: Library, settings: Settings, path: Path, *, busy: bool
) -> None:
    answers: dict[str, str] = st.session_state.setdefault(_ANSWERS, {})
    try:
        preview = importer.preview(path, Asked(how=_how(answers)))
    except UnclearError as error:
        _ask(error, answers)
        return
    except DashboardError as error:
        st.error(shell.literal(str(error)))
        return
    known = FORMATS.get(preview.format)
    told = _("Recognised as {format}.") if known else _("A table of your own: say what is where.")
    st.text(told.format(format=known.name if known else ""))
    # What is asked stands above the columns, where it is seen.
    question = st.container()
    profile = _profile(library, preview, answers) if preview.profile else None
    if profile is not None and not all(role in profile.columns for role in NEEDED):
        st.warning(
            _("Still needed: {things}.").format(things=all_of([_("Latitude"), _("Longitude")]))
        )
        _rows(preview.frame)
        return
    try:
        profile = settled(profile, preview.frame) if profile else None
    except UnclearError as error:
        with question:
            _ask(error, answers)
        return
    _rows(preview.frame)
    _first_on_map(preview, profile)
    name = st.text_input(
        _("Dataset"), value=known.name if known else path.stem, key=f"import_name_{path.name}"
    )
    options = _options(name, preview, profile, answers)
    if st.button(
        _("Import"), key="import_start", type="primary", disabled=busy or not name.strip()
    ):
        if profile is not None:
            save_profile(library.datasets.folder, profile)
        st.session_state[_JOB] = start(path, options, _environment(settings))
        st.rerun()


def _how(answers: dict[str, str]) -> How:
    return How(answers.get("encoding"), _DELIMITERS.get(answers.get("delimiter", "")))


def _ask(error: UnclearError, answers: dict[str, str]) -> None:
    """Ask for what the file does not tell."""
    st.info(shell.literal(error.why))
    if error.option not in _QUESTIONS:
        return
    chosen = st.selectbox(
        _(_QUESTIONS[error.option]),
        error.choices,
        index=None,
        key=f"import_{error.option}",
        placeholder=_("choose"),
    )
    if chosen:
        answers[error.option] = chosen
        st.rerun()


def _profile(library: Library, preview: Preview, answers: dict[str, str]) -> Profile:
    """Which column says what: guessed, or as a saved profile has it, and corrected here."""
    guessed = preview.profile or Profile(name="", columns={})
    saved = load_profiles(library.datasets.folder)
    columns = [str(column) for column in preview.frame.columns]
    fitting = [name for name, held in saved.items() if set(held.columns.values()) <= set(columns)]
    if fitting:
        name = st.selectbox(
            _("Profile"), fitting, index=None, key="import_profile", placeholder=_("guessed")
        )
        guessed = saved[name] if name else guessed
    chosen: dict[str, str] = {}
    with st.expander(_("Which column says what"), expanded=True):
        grid = st.columns(3)
        for at, role in enumerate(NAMES):
            held = guessed.columns.get(role)
            picked = grid[at % 3].selectbox(
                _(_ROLES[role]),
                columns,
                index=columns.index(held) if held in columns else None,
                key=f"import_{guessed.name}_{role}",
                placeholder="—",
            )
            if picked:
                chosen[role] = picked
    order: Any = answers.get("date_order") or guessed.date_order
    return msgspec.convert(
        {"name": guessed.name, "columns": chosen, "date_order": order}, type=Profile
    )


def _rows(frame: pd.DataFrame) -> None:
    st.dataframe(frame.head(_PREVIEWED).astype(str), hide_index=True, width="stretch")


def _first_on_map(preview: Preview, profile: Profile | None) -> None:
    """Where the first rows lie: coordinates that are swapped or of another system show at once."""
    lat, lon = _coordinates(preview, profile)
    points = [
        (float(a), float(b), 0)
        for a, b in zip(lat, lon, strict=True)
        if pd.notna(a) and pd.notna(b) and abs(a) <= 90 and abs(b) <= 180
    ][:_MAPPED]
    if not points:
        st.warning(_("None of the first rows has coordinates that a map can show."))
        return
    middle = pd.DataFrame(points)[[0, 1]].median()
    st_folium(
        base_map({}, NOWHERE, MapView(round(float(middle[0]), 3), round(float(middle[1]), 3), 6)),
        key="import_map",
        feature_group_to_add=place_group(points),
        returned_objects=[],
        use_container_width=True,
        height=220,
    )


def _coordinates(
    preview: Preview, profile: Profile | None
) -> tuple["pd.Series[float]", "pd.Series[float]"]:
    if profile is not None:
        names = [profile.columns[role] for role in NEEDED]
    else:
        names = ["ActionGeo_Lat", "ActionGeo_Long"] if preview.format == "gdelt" else _USUAL
    comma_ = bool(profile and profile.decimal_comma)
    cells = [preview.frame[name].astype(str) for name in names]
    told = [cell.str.replace(",", ".", regex=False) if comma_ else cell for cell in cells]
    lat, lon = (pd.to_numeric(cell, errors="coerce") for cell in told)
    return lat, lon


_USUAL = ["latitude", "longitude"]


def _options(
    name: str, preview: Preview, profile: Profile | None, answers: dict[str, str]
) -> list[str]:
    """What was chosen, as options of the command line."""
    options = ["--name", name.strip(), "--format", preview.format]
    for key in ("encoding", "delimiter"):
        if key in answers:
            options += [f"--{key}", answers[key]]
    if profile is None:
        return options
    options += ["--only-columns"]
    for role, column in profile.columns.items():
        options += ["--column", f"{role}={column}"]
    if profile.date_order:
        options += ["--date-order", profile.date_order.value]
    return [*options, "--decimal-comma"] if profile.decimal_comma else options


def _environment(settings: Settings) -> dict[str, str]:
    """The importer writes where this page reads."""
    return {**os.environ, "EVENT_MAP_DATASETS": str(settings.datasets)}


@st.fragment(run_every=0.5)
def _outcome() -> None:
    state.speak()
    job: ImportJob = st.session_state[_JOB]
    told = job.told
    rows = plural("{n} row", "{n} rows", int(told.get("rows", 0)))
    if job.running:
        rate = _("{n} rows a second").format(n=number(round(job.rate)))
        left = _("about {n} s left").format(n=number(round(job.seconds_left)))
        st.progress(min(float(told.get("share", 0.0)), 1.0), text=comma([rows, rate, left]))
        st.button(_("Cancel"), key="import_cancel", on_click=job.cancel)
        return
    if st.session_state.get("import_told") != id(job):
        st.session_state["import_told"] = id(job)
        st.rerun()
    if job.cancelled:
        st.info(_("Cancelled; nothing was taken over."))
    elif job.error:
        st.error(shell.literal(job.error))
    else:
        _result(told)


def _result(told: dict[str, Any]) -> None:
    written = told.get("written") or {}
    parts = [
        plural("{n} new event", "{n} new events", written.get("added", 0)),
        _("{n} updated").format(n=number(written.get("changed", 0))),
        _("{n} known already").format(n=number(written.get("known", 0))),
    ]
    if written.get("twice"):
        parts.append(_("{n} twice in the file").format(n=number(written["twice"])))
    st.success(comma(parts))
    if told.get("faults"):
        st.warning(
            plural(
                "{n} fault; its row was left out",
                "{n} faults; their rows were left out",
                told["faults"],
            )
        )
        st.dataframe(
            pd.DataFrame(told["kinds_of_fault"], columns=[_("Field"), _("Expected"), _("Rows")]),
            hide_index=True,
        )
        st.caption(_("All of them are with the dataset, to download."))
