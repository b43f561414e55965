"""Columns that forms of ODK and Kobo add: when a form was filled in, and parts of a point.

Source: ODK documentation, "Form question types": `start` and `end` are times of the device; a question
of type geopoint has its latitude, longitude, altitude and accuracy in metres in one cell, and exports
add "_question_latitude" and so on.
"""

import re
from collections.abc import Iterable, Mapping

_LATITUDE = re.compile(r"_?(.+)[_.]latitude", re.IGNORECASE)
# Columns that only such forms have.
_MARKS = frozenset(
    {"submissiontime", "deviceid", "submittedby", "metainstanceid", "validationstatus"}
)


def form_columns(
    mapping: Mapping[str, str], columns: Iterable[str], plain: Mapping[str, str]
) -> frozenset[str]:
    """The roles whose columns are not what their names say, by the other columns of the table.

    `plain` has the columns by their folded names without spaces and punctuation.
    """
    roles: set[str] = set()
    start, end = plain.get("start"), plain.get("end")
    times = {start, end} - {None}
    if mapping.get("date") in times and _MARKS & set(plain):
        roles.add("date")
    # The end of something that does not begin with the date of the event.
    if (
        end
        and mapping.get("date_end") == end
        and start
        and ("date" in roles or mapping.get("date") != start)
    ):
        roles.add("date_end")
    question = _LATITUDE.fullmatch(mapping.get("lat", ""))
    names = set(columns)
    if question and any(name.strip("_") == f"{question[1]}_altitude" for name in names):
        if mapping.get("place") == question[1]:
            roles.add("place")
        if mapping.get("precision", "").strip("_") == f"{question[1]}_precision":
            roles.add("precision")
    return frozenset(roles)
