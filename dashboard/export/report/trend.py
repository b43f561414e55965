"""The trend of a selection as a picture: events over time, as in the tab of trends."""

from dataclasses import replace

from dashboard.export.coarsen import Coarseness
from dashboard.export.report.pictures import DrawnPicture
from dashboard.language.messages import _
from dashboard.model.trend import Trend
from dashboard.paper.figure import bytes_of
from dashboard.paper.options import Format
from dashboard.paper.trend_figure import TrendTexts, trend_figure
from dashboard.project.catalog import Catalog
from dashboard.query.query import Query
from dashboard.query.splits import SPLITS
from dashboard.trends.labels import counted_words
from dashboard.trends.over_time import over_time


def trend_picture(catalog: Catalog, query: Query, level: Coarseness) -> DrawnPicture | None:
    """The chart that the link shows, `None` if nothing is in it.

    Where places are made coarser it is the one of groups of kinds: another may divide by places.
    """
    if level is not Coarseness.ORIGINAL:
        query = replace(query, trend=Trend())
    data = over_time(catalog, query)
    if not any(count.high for count in data.everything):
        return None
    counted = counted_words(query)
    column = _(SPLITS[query.trend.split].label)
    by = _("{counted} over time, by {column}")
    said = [by.format(counted=counted, column=column[:1].lower() + column[1:]) + "."]
    if not data.certain:
        said.append(_("Paler: events that may have been in the period, and may be in others too."))
    figure = trend_figure(data, TrendTexts("", "", counted, (), (), None))
    return DrawnPicture(bytes_of(figure, Format.PNG, ""), " ".join(said))
