"""`event-map trends`: the trend of a link as CSV, as the page downloads it."""

import sys
from collections.abc import Sequence
from pathlib import Path

from dashboard.browser.trend_tables import compared_rows, cross_rows, time_rows
from dashboard.exit_status import ExitStatus
from dashboard.export.tables import write_csv
from dashboard.language.language import Language, using_language
from dashboard.language.messages import _
from dashboard.model.errors import DashboardError
from dashboard.model.trend import TrendView
from dashboard.project.linked import Linked, open_link
from dashboard.project.project import Project
from dashboard.settings import read_settings
from dashboard.trends.compared import compared
from dashboard.trends.cross_table import cross_table
from dashboard.trends.over_time import over_time


def write_trends(link: str, out: Path, language: Language) -> int:
    """Write what the tab of trends counts for the link; its parameter `trend` says which view.

    A link of which a part is not understood is refused.
    """
    try:
        with using_language(language):
            columns, rows = _table(open_link(Project(read_settings()), link))
        out.write_bytes(write_csv(columns, rows, bom=True))
    except (DashboardError, OSError) as error:
        print(f"trends: {error}", file=sys.stderr)
        return ExitStatus.NOTHING
    return ExitStatus.OK


def _table(linked: Linked) -> tuple[Sequence[str], Sequence[Sequence[object]]]:
    _loaded, catalog, query = linked
    if query.trend.view is TrendView.PERIODS:
        return compared_rows(compared(catalog, query, _("All events")))
    if query.trend.view is TrendView.CROSS:
        return cross_rows(cross_table(catalog, query), query.trend)
    return time_rows(over_time(catalog, query))
