"""Events as GeoDataFrames, for notebooks and scripts.

    from dashboard.frames import open_events
    events = open_events().events("kind=arrest&from=2021-01-18")

The selection is a link of the Explore page, or the part of it after the question mark: what the page
shows is what the frame has. Columns are those of the exports (docs/codebook.md); the geometry is a point
in EPSG:4326 (longitude, latitude), empty for an event without a known place.
"""

from pathlib import Path

import geopandas as gpd
import pandas as pd

from dashboard.datasets.event_map.layouts import LAYER, RECORD, Layout
from dashboard.engine.load import MOST_RECORDS
from dashboard.export.coarsen import Coarseness
from dashboard.export.selection import export_of
from dashboard.export.tables import flat_table
from dashboard.model.errors import DashboardError
from dashboard.project.linked import LinkError, open_link
from dashboard.project.project import Project
from dashboard.settings import read_settings, with_workspace_at

__all__ = ["Events", "LinkError", "SelectionError", "open_events"]

_LEFT_OUT = [LAYER, RECORD]


class SelectionError(DashboardError):
    """A link of more events than fit into memory as records."""


class Events:
    """The events of a workspace, read anew at each call: with all decisions made up to then."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def events(self, link: str = "") -> gpd.GeoDataFrame:
        """One row per event, at its best known place. Raises LinkError, SelectionError."""
        return self._frame(link, Layout.EVENT)

    def places(self, link: str = "") -> gpd.GeoDataFrame:
        """One row per event and place. Raises LinkError, SelectionError."""
        return self._frame(link, Layout.PLACE)

    def claims(self, link: str = "") -> gpd.GeoDataFrame:
        """One row per claim with its sentence and source, at the event's best known place.

        An event of a dataset may have no claim, and then has one row without these columns.
        Raises LinkError, SelectionError.
        """
        return self._frame(link, Layout.CLAIM)

    def _frame(self, link: str, layout: Layout) -> gpd.GeoDataFrame:
        _loaded, catalog, query = open_link(self._project, link)
        selected = catalog.select(query)
        if selected is None:
            raise SelectionError(f"expected at most {MOST_RECORDS:,} events: narrow the link")
        columns, rows = flat_table(export_of(selected, Coarseness.ORIGINAL, {}), layout)
        frame = pd.DataFrame(rows, columns=columns).drop(columns=_LEFT_OUT)
        points = gpd.points_from_xy(
            frame["longitude"].astype(float), frame["latitude"].astype(float), crs="EPSG:4326"
        )
        placed = gpd.GeoSeries(points, index=frame.index).where(frame["longitude"].notna())
        return gpd.GeoDataFrame(frame, geometry=placed, crs="EPSG:4326")


def open_events(workspace: Path | str | None = None) -> Events:
    """The events of a workspace file with its datasets, or of the one that the dashboard uses.

    Raises WorkspaceError if the file cannot be used.
    """
    settings = read_settings()
    if workspace is not None:
        settings = with_workspace_at(settings, Path(workspace))
    return Events(Project(settings))
