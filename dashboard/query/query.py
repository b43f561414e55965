"""The selection as data, e.g. Query(kinds=("arrest",), start=date(2021, 1, 18))."""

from dataclasses import dataclass, replace
from datetime import date

# What marks and their legend may be split by: columns of an event.
COLOURS = ("group", "attestation", "dataset")


@dataclass(frozen=True, slots=True)
class MapView:
    """What the map shows: its centre in EPSG:4326 and the Leaflet zoom level."""

    lat: float
    lon: float
    zoom: int


@dataclass(frozen=True, slots=True)
class Query:
    """What an analyst chose; the address bar holds exactly this.

    An empty tuple filters nothing; values within one filter are alternatives, filters combine.
    `event_id` and `place_ids` are what is selected, `colour` the column that marks are split by (one of
    `COLOURS`); they filter nothing.
    """

    kinds: tuple[str, ...] = ()
    attestations: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    text: str = ""
    start: date | None = None
    end: date | None = None
    view: MapView | None = None
    place_ids: tuple[str, ...] = ()
    event_id: str | None = None
    tab: str = "events"
    online: bool = False
    unreviewed: bool = False
    presentation: bool = False
    colour: str = "group"

    @property
    def filters(self) -> bool:
        """Whether anything but the selected mark and the view differs from the start page."""
        return self.without_selection() != Query()

    def without_selection(self) -> "Query":
        """The filters alone."""
        return replace(
            self,
            view=None,
            place_ids=(),
            event_id=None,
            tab="events",
            online=False,
            unreviewed=False,
            presentation=False,
            colour="group",
        )

    def reset(self) -> "Query":
        """The same view and tab with every filter and the selection cleared."""
        return replace(
            Query(),
            view=self.view,
            tab=self.tab,
            online=self.online,
            unreviewed=self.unreviewed,
            colour=self.colour,
        )
