"""The project of the settings, one for all sessions of the page and all routes of the server."""

from dashboard.project.cache import LruCache
from dashboard.project.project import Project
from dashboard.settings import read_settings

# Tests change the settings of one process; a server has one.
_PROJECTS: LruCache[Project] = LruCache(4)


def shared_project() -> Project:
    """The project of the present settings; it is opened by whoever needs it first."""
    settings = read_settings()
    return _PROJECTS.get(repr(settings), lambda: Project(settings))
