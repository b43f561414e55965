"""A link of the Explore page opened outside of the page, e.g. for a file or a frame."""

from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from dashboard.model.errors import DashboardError
from dashboard.project.catalog import Catalog
from dashboard.project.project import Loaded, Project
from dashboard.query.link import from_params, unknown_keys
from dashboard.query.query import Query


class LinkError(DashboardError):
    """A link of which a part is not understood: the rest of it would be more events than were meant."""


class Linked(NamedTuple):
    """The data at one moment, and the query of the link."""

    loaded: Loaded
    catalog: Catalog
    query: Query


def open_link(project: Project, link: str) -> Linked:
    """Open a link, or the part of it after the question mark.

    Raises LinkError; DataError and errors of the workspace if there are no events.
    """
    is_whole = link.startswith(("http://", "https://"))
    words = urlsplit(link).query if is_whole else link.removeprefix("?")
    params = parse_qs(words, keep_blank_values=True)
    if unknown := unknown_keys(params):
        raise LinkError(f"expected a link of the page, found {', '.join(unknown)}")
    loaded = project.load(unreviewed=params.get("unreviewed") == ["shown"])
    catalog = project.catalog(loaded)
    query, notices = from_params(params, catalog.vocabulary)
    if notices:
        raise LinkError(" ".join(notices))
    return Linked(loaded, catalog, query)
