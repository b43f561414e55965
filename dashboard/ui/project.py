"""The project that all sessions of the server share; it is opened by the first one."""

import streamlit as st

from dashboard.project.catalog import Catalog
from dashboard.project.project import Loaded, Project
from dashboard.project.shared import shared_project


def project() -> Project:
    """The project of the settings."""
    return shared_project()


def load(*, unreviewed: bool = False) -> Loaded:
    """The curated corpus; raises DataError if nothing can be shown, and errors of the workspace."""
    opened = project()
    _first_load(repr(opened.settings), opened)
    return opened.load(unreviewed=unreviewed)


def catalog(loaded: Loaded) -> Catalog:
    """The engine with the shown datasets; raises DataError if it cannot be reached."""
    return project().catalog(loaded)


@st.cache_resource(max_entries=4, show_spinner="Reading the articles and the gazetteer …")
def _first_load(settings: str, _project: Project) -> bool:  # noqa: ARG001
    """Show a line on the page while the data are loaded for the first time, which takes seconds."""
    _project.load()
    return True
