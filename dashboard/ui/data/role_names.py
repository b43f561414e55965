"""The names of what a column of a table may be taken for, e.g. "Last day" for the role `date_end`."""

from dashboard.datasets.formats.column_mapping import ROLES
from dashboard.language.labels import label, sentence_case
from dashboard.language.messages import N_, _
from dashboard.model.estimate import Measure

_ROLES = {
    "event_id": N_("Id"),
    "date": N_("Date"),
    "date_end": N_("Last day"),
    "date_precision": N_("Precision of the date"),
    "year": N_("Year"),
    "month": N_("Month"),
    "day": N_("Day of the month"),
    "lat": N_("Latitude"),
    "lon": N_("Longitude"),
    "latlon": N_("Latitude and longitude in one column"),
    "lonlat": N_("Longitude and latitude in one column"),
    "wkt": N_("Geometry (WKT)"),
    "place": N_("Place"),
    "kind": N_("Kind of event"),
    "kind2": N_("Kind of event, more exactly"),
    "title": N_("Title"),
    "notes": N_("Notes"),
    "initiator": N_("initiator"),
    "target": N_("target"),
    "party": N_("party"),
    "party2": N_("other party"),
    "outlet": N_("Outlet"),
    "country": N_("country"),
    "admin1": N_("governorate"),
    "admin2": N_("district"),
    "admin3": N_("subdistrict"),
    "precision": N_("Precision"),
    "url": N_("Link"),
    "events": N_("Number of events"),
    "zone": N_("UTM zone, with metres for latitude and longitude"),
}
# The other roles are a measure, with one of these endings or none, e.g. "killed_low".
_ENDINGS = {
    "": "{measure}",
    "low": N_("{measure}, lowest"),
    "high": N_("{measure}, highest"),
    "civilians": N_("{measure}, civilians only"),
}


# What columns of known formats are taken for beside these.
_MORE_ROLES = {
    "party": N_("party"),
    "deletion_time": N_("Time of the deletion"),
}


def use_names() -> dict[str, str]:
    """The names of all that a column may be taken for."""
    more = {role: sentence_case(_(name)) for role, name in _MORE_ROLES.items()}
    return role_names() | more


def role_names() -> dict[str, str]:
    """The names of the roles of a column mapping: first those of events, then those of numbers."""
    names = {role: sentence_case(_(name)) for role, name in _ROLES.items()}
    for role in ROLES:
        if role not in names:
            measure, _sep, ending = role.partition("_")
            name = sentence_case(label(Measure(measure)))
            names[role] = _(_ENDINGS[ending]).format(measure=name)
    return names
