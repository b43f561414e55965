"""`event-map gazetteer`: the places of a name, one a line, with their source."""

import sys
from collections.abc import Sequence

from dashboard.exit_status import ExitStatus
from dashboard.model.errors import DashboardError
from dashboard.project.project import open_project
from dashboard.settings import read_settings
from dashboard.text.escape import without_controls
from dashboard.text.normalise import fold


def print_places(names: Sequence[str]) -> int:
    """Print id, names, class, latitude, longitude, precision and source of each place found."""
    try:
        gazetteer = open_project(read_settings()).load().corpus.gazetteer
    except DashboardError as error:
        print(f"gazetteer: {error}", file=sys.stderr)
        return ExitStatus.NOTHING
    wanted = {fold(name) for name in names}
    ids = dict.fromkeys(name.place_id for name in gazetteer.names if fold(name.name) in wanted)
    for place_id in ids:
        place = gazetteer.places[place_id]
        fields = (
            place_id, place.name_en, place.name_ar, place.feature_class.value, str(place.lat),
            str(place.lon), place.precision.value, place.sources,
        )  # fmt: skip
        print(without_controls("\t".join(fields)))
    if not ids:
        print(f"gazetteer: no place is named {' or '.join(names)}", file=sys.stderr)
    return ExitStatus.OK if ids else ExitStatus.FAULTS
