"""The selection as data, e.g. Query(kinds=("arrest",), start=date(2021, 1, 18))."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from dashboard.model.area import Area
from dashboard.model.estimate import Measure
from dashboard.model.layer_style import ShownLayer
from dashboard.model.table_view import TableView
from dashboard.model.trend import Trend

# What the size of a mark stands for: the number of events, or the figure of the chosen measure.
SIZES = ("events", "figure")
# The columns of an event by which marks and their legend may be split.
COLOURS = ("group", "attestation", "dataset", "kind", "verification", "initiator", "outlet")
# What the map shows: marks, areas coloured by their numbers of events, or squares coloured likewise.
MARKS, GOVERNORATES, DISTRICTS, DENSITY = "marks", "governorate", "district", "density"
SHADINGS = (MARKS, GOVERNORATES, DISTRICTS, DENSITY)
# Fields that filter nothing: how the page is displayed, and, besides, what is selected and drawn.
DISPLAY = ("view", "tab", "trend", "table", "basemap", "layers", "presentation", "extents")
NO_FILTERS = (
    *DISPLAY, "place_ids", "event_id", "unreviewed", "colour", "measure", "size", "shading"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MapView:
    """What the map shows: its centre in EPSG:4326 and the Leaflet zoom level."""

    lat: float
    lon: float
    zoom: int


@dataclass(frozen=True, slots=True)
class EstimateRange:
    """Events that may have between `low` and `high` killed (or another measure); `None`: no bound.

    The figure of an event is a range itself: it matches if the two overlap. An event without a figure
    of the measure does not match.
    """

    measure: Measure
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Query:
    """All that an analyst chose on the Explore page; the address bar has the same content.

    An empty tuple filters nothing. The values of one filter are combined with OR, filters with AND. An
    event is in an area if one of its points is.
    `basemap` is "" for the shipped one, `ONLINE`, or the name of a file of tiles; `layers` are those of
    analysts, from the lowest to the topmost. `extents` says whether the circles and areas of marks are
    drawn that are neither selected nor pointed at.
    `event_id` and `place_ids` are the selection, `colour` is one of `COLOURS`, `size` one of `SIZES`,
    `shading` one of `SHADINGS`.
    `trend` is what the tab of trends shows, `table` how the table does. `measure` is the one of which
    sums are shown. With `certain`, events whose interval is not all in start..end are left out: they
    may have happened before or after.
    """

    kinds: tuple[str, ...] = ()
    attestations: tuple[str, ...] = ()
    verifications: tuple[str, ...] = ()
    place_verifications: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    text: str = ""
    start: date | None = None
    end: date | None = None
    certain: bool = False
    estimate: EstimateRange | None = None
    areas: tuple[Area, ...] = ()
    view: MapView | None = None
    place_ids: tuple[str, ...] = ()
    event_id: str | None = None
    tab: str = "events"
    trend: Trend = field(default_factory=Trend)
    table: TableView = field(default_factory=TableView)
    basemap: str = ""
    layers: tuple[ShownLayer, ...] = ()
    extents: bool = True
    unreviewed: bool = False
    presentation: bool = False
    colour: str = "group"
    measure: Measure = Measure.KILLED
    size: str = "events"
    shading: str = MARKS

    @property
    def mark_measure(self) -> Measure | None:
        """The measure that the size of a mark stands for; `None` for the number of events."""
        return self.measure if self.size == "figure" else None

    @property
    def is_filtered(self) -> bool:
        """Whether any filter is set."""
        return self.without_selection() != Query()

    def with_defaults(self, fields: Iterable[str]) -> "Query":
        """The query with these fields set back to their defaults."""
        return replace(self, **{name: getattr(Query(), name) for name in fields})

    def without_selection(self) -> "Query":
        """The filters alone: all of `NO_FILTERS` set back to their defaults."""
        return self.with_defaults(NO_FILTERS)

    def reset(self) -> "Query":
        """The query with all filters and the selection cleared; view, tab and colours stay."""
        unchanged = Query(**{name: getattr(self, name) for name in NO_FILTERS})
        return replace(unchanged, place_ids=(), event_id=None, presentation=False)
