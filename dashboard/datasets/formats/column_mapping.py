"""Column mappings of custom tables: guessed from the names of columns, completed by the values."""

import re
from collections.abc import Mapping, Sequence

import msgspec
import pandas as pd

from dashboard.datasets.files.errors import UnclearError
from dashboard.datasets.formats.answers import NO_ANSWERS, Answers
from dashboard.datasets.formats.days import DateOrder, numeric, orders
from dashboard.datasets.formats.form_columns import form_columns
from dashboard.datasets.formats.points import looks_like_pairs, looks_like_wkt, order_of_lists
from dashboard.datasets.formats.sheet import cell_text
from dashboard.model.message import message
from dashboard.model.place import PlacePrecision
from dashboard.text.column_names import load_column_names
from dashboard.text.hxl import is_tag, tag_parts
from dashboard.text.normalise import fold

# What a column of a custom table can give; the names of such columns are in data/lexicon/.
ROLES = (
    "event_id", "date", "date_end", "date_precision", "year", "month", "day", "lat",
    "lon", "latlon", "lonlat", "wkt", "place", "kind", "kind2", "title", "notes", "initiator",
    "target", "party", "party2", "outlet", "country", "admin1", "admin2", "admin3", "precision", "url",
    "killed", "killed_low", "killed_high", "killed_civilians", "wounded", "wounded_low",
    "wounded_high", "detained", "displaced", "vehicles", "troops", "events",
)  # fmt: skip
REQUIRED = ("lat", "lon")
# Each of these has the roles that a table needs for its points.
POINT_ROLES = (REQUIRED, ("latlon",), ("lonlat",), ("wkt",))
# The default precision of points: a town, between its exact site and a wider area.
DEFAULT_PRECISION = PlacePrecision.SETTLEMENT
# A last day that is unknown; source: EDTF (ISO 8601-2).
UNKNOWN_END = ".."
_SAMPLE = 5_000
_SAMPLE_OF_POINTS = 200
# Of these a column without any value is taken only if no other has a name of that role. Not of places:
# beside a blank "City" a "Location" may say that it was a road.
_FILLED = frozenset({"event_id", "date", "kind", "kind2", "title", "notes"})
# Fields of which a column with a word for an event counts first.
_OF_EVENT = frozenset({"date", "date_end"})
# The column of who acts, beside that of the one acted on; source: ICEWS and POLECAT, columns.
_ACTORS_OF_TARGETS = {"targetname": "sourcename", "recipientname": "actorname"}
# Groups of people whose figures some tables give apart; source: Insecurity Insight, sheets on HDX.
_GROUPS = (
    r"aidworkers|healthworkers|aidhealthworkers|educators|students|campresidents?|serviceproviders?"
)
_GROUP_WORDS = {"killed": "killed", "wounded": "injured", "detained": "arrested"}
# Words for an event in the names of columns; Arabic ones without article, all folded.
_EVENT = frozenset({"incident", "event", "evenement", "حادثه", "حادث", "حدث", "واقعه"})
# Words that do not say which field it is.
_EVENT_WORDS = _EVENT | {"of", "the", "de", "du", "d", "la", "l", "اسم"}
# A question of a form, and which coordinate of its point a column has.
_COORDINATE_ENDING = re.compile(r"(.*?)[\W_]+(lat(?:itude)?|lon(?:g|gitude)?)", re.DOTALL)
# A remark on how the cells are written, as "Latitude (WGS84)"; "Injured (children)" is another field.
_REMARK = re.compile(
    r"[(\[](?:wgs ?84|epsg:? ?4326|utc|gmt|local time|local|dd|dms|decimal(?: degrees)?|degrees|°|total"
    r"|text|approx\.?|estimated|number|[dmy]{1,4}(?:[/. -][dmy]{1,4}){1,2}|d{1,2}m{1,2}y{2,4}"
    r"|jj.mm.aaaa|tt.mm.jjjj|gg.aa.yyyy|°? ?[xyne]|north|east|شمالا?|شرقا?|المجموع|الإجمالي)[)\]]",
    re.IGNORECASE,
)
# Orders of dates in the names of their columns, also in French, German and Turkish.
_DAY_FIRST = r"d{1,2}\W?m{1,2}\W?y{2,4}|jj\Wmm\W(?:aa){1,2}|tt\Wmm\W(?:jj){1,2}|gg\Waa\Wyyyy"
_ORDERS = (
    (re.compile(rf"\b(?:{_DAY_FIRST})\b"), DateOrder.DAY_FIRST),
    (re.compile(r"\bm{1,2}\W?d{1,2}\W?y{2,4}\b"), DateOrder.MONTH_FIRST),
    (re.compile(r"\by{2,4}\W?m{1,2}\W?d{1,2}\b"), DateOrder.YEAR_FIRST),
)
_TIMES = ("time", "timeutc", "localtime", "timestampms", "الوقت")
_WITH_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|^\d{9,13}$|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b")
_HAS_YEAR = re.compile(r"\d{4}")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Names of a column with both coordinates, longitude first.
_LON_FIRST = re.compile(r"(lon(g|gitude)?|lng|x)\W*(and|et)?\W*(lat(itude)?|y)\b")


class ColumnMapping(msgspec.Struct, frozen=True, kw_only=True):
    """How a custom table is read; saved as JSON under these names.

    `columns` maps `ROLES` to columns. `precision` is that of points without a
    value in the column for it. A `date_order` or `decimal_comma` of `None` is found by the values.
    `answers` are about the values of files with these columns.
    """

    name: str
    columns: Mapping[str, str]
    precision: PlacePrecision = DEFAULT_PRECISION
    date_order: DateOrder | None = None
    decimal_comma: bool | None = None
    answers: Answers = NO_ANSWERS


def has_points(columns: Mapping[str, str]) -> bool:
    """Whether the roles of `columns` are enough for points."""
    return any(all(role in columns for role in roles) for roles in POINT_ROLES)


def guess_columns(
    columns: Sequence[str],
    sample: pd.DataFrame | None = None,
    tags: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Map roles to the columns with a name of that role; each column has one role.

    Names are compared folded, without spaces and punctuation; then also without words as "incident"
    and the Arabic article. A column whose name is not known may be known by its tag of the HXL standard
    in `tags`, one with both coordinates by the values of `sample`.
    """
    # Of columns that differ only in case or punctuation the first counts: "id" before a later "iD".
    plain = {_plain(column): column for column in reversed(columns)}
    mapping: dict[str, str] = {}
    blank = frozenset() if sample is None else _blank_columns(sample)
    of_event = _columns_of_event(columns)
    for role, names in load_column_names("column_names.csv", ROLES).items():
        named = [column for name in names if (column := plain.get(_plain(name))) is not None]
        if role in _OF_EVENT:
            # Before the date of a post, or of the form that was filled in.
            named = [*filter(None, (of_event.get(_reduced(name)) for name in names)), *named]
        named = [of_event.get(_reduced(column), column) for column in named]
        free = [column for column in named if column not in mapping.values()]
        filled = [column for column in free if role not in _FILLED or column not in blank]
        column = next(iter(filled or free), None)
        if column is not None:
            mapping[role] = column
    _guess_by_reduced_names(mapping, columns)
    _guess_by_alternatives(mapping, columns)
    own_tags = {column: column for column in columns if is_tag(column)}
    _guess_by_tags(mapping, {**own_tags, **(tags or {})})
    _guess_by_endings(mapping, columns)
    if sample is not None and "date" not in mapping and "year" not in mapping:
        _take_months_as_dates(mapping, sample)
        _take_times_as_dates(mapping, sample, plain)
    _choose_date_columns(mapping)
    _choose_who_acts(mapping, plain)
    _drop_figures_of_one_group(mapping, columns)
    for role in form_columns(mapping, columns, plain):
        del mapping[role]
    if sample is not None and not ("lat" in mapping and "lon" in mapping):
        _guess_points_by_values(mapping, sample)
    return mapping


def _columns_of_event(columns: Sequence[str]) -> dict[str, str]:
    """The columns with a word for an event by the rest of their names: "date" -> "Incident date".

    Beside it a column "Date" is that of something else, as of the report.
    """
    result: dict[str, str] = {}
    for column in columns:
        if _EVENT & set(_words(column)):
            result.setdefault(_reduced(column), column)
    return result


def late_columns(mapping: ColumnMapping, first: Sequence[str], all_: Sequence[str]) -> list[str]:
    """The columns that the first rows lack (`first` are theirs), and that have a name of a free role.

    In JSON a member may be in later rows only.
    """
    late = [column for column in all_ if column not in first]
    guessed = guess_columns(late) if late else {}
    return [column for role, column in guessed.items() if role not in mapping.columns]


def _blank_columns(sample: pd.DataFrame) -> frozenset[str]:
    return frozenset(
        str(column) for column in sample if not any(map(cell_text, sample[column].tolist()))
    )


def _guess_by_endings(mapping: dict[str, str], columns: Sequence[str]) -> None:
    """Add the columns as "Where was it?.lat" and "Where was it?.lon", if there is one such pair.

    Forms of Ushahidi, ODK and Kobo name the columns of a point after their question.
    """
    if has_points(mapping):
        return
    by_stem: dict[str, dict[str, str]] = {}
    for column in columns:
        match = _COORDINATE_ENDING.fullmatch(fold(column).strip())
        if match and column not in mapping.values():
            by_stem.setdefault(match[1], {})[match[2][:2]] = column
    pairs = [found for found in by_stem.values() if len(found) == len(REQUIRED)]
    if len(pairs) == 1:
        mapping.update({"lat": pairs[0]["la"], "lon": pairs[0]["lo"]})


def _guess_by_tags(mapping: dict[str, str], tags: Mapping[str, str]) -> None:
    """Add the columns with tags of HXL by column, whatever the order of their attributes."""
    of_tag = {tag_parts(tag): column for column, tag in reversed(list(tags.items()))}
    for role, names in load_column_names("column_names.csv", ROLES).items():
        for name in filter(is_tag, names) if tags else ():
            column = of_tag.get(tag_parts(name))
            if role not in mapping and column is not None and column not in mapping.values():
                mapping[role] = column


def _choose_who_acts(mapping: dict[str, str], plain: Mapping[str, str]) -> None:
    """Beside a column for whom something is done to, the one for who does it is the initiator.

    "Source Name" is an outlet in other tables, and in those of CAMEO the actor of "Target Name".
    """
    actor = _ACTORS_OF_TARGETS.get(_plain(mapping.get("target", "")), "")
    if actor not in plain or "initiator" in mapping:
        return
    for role in [role for role, column in mapping.items() if column == plain[actor]]:
        del mapping[role]
    mapping["initiator"] = plain[actor]


def _drop_figures_of_one_group(mapping: dict[str, str], columns: Sequence[str]) -> None:
    """Leave out "Educators Killed" as those killed if there are "Students Killed" too: it is a part."""
    for role, word in _GROUP_WORDS.items():
        of = re.fullmatch(rf"({_GROUPS}){word}", _plain(mapping.get(role, "")))
        others = (re.fullmatch(rf"(\w+){word}", _plain(column)) for column in columns)
        if of and any(other and of[1] not in other[1] for other in others):
            del mapping[role]


def _guess_by_reduced_names(mapping: dict[str, str], columns: Sequence[str]) -> None:
    """Add the columns as "Date of incident", by what is left without the words for an event."""
    reduced: dict[str, str] = {}
    for column in columns:
        if column not in mapping.values():
            reduced.setdefault(_reduced(column), column)
    for role, names in load_column_names("column_names.csv", ROLES).items():
        if role in mapping:
            continue
        match = next((reduced[key] for name in names if (key := _reduced(name)) in reduced), None)
        if match is not None and match not in mapping.values():
            mapping[role] = match


def _guess_by_alternatives(mapping: dict[str, str], columns: Sequence[str]) -> None:
    """Add the columns with several names of one field, as "Village / town", or in two languages."""
    roles = {
        _plain(name): role
        for role, names in load_column_names("column_names.csv", ROLES).items()
        for name in names
    }
    for column in columns:
        parts = [_plain(part) for part in re.split(r"[/|\n()]| - ", column) if _plain(part)]
        found = {roles.get(part) for part in parts} if len(parts) > 1 else set()
        role = found.pop() if len(found) == 1 else None
        if role and role not in mapping and column not in mapping.values():
            mapping[role] = column


def _take_months_as_dates(mapping: dict[str, str], sample: pd.DataFrame) -> None:
    """Take the column of months for the dates if it has years too, as "2021-01" or "January 2021"."""
    texts = _texts(sample, [mapping.get("month", "")])
    if texts and all(map(_HAS_YEAR.search, texts)):
        mapping["date"] = mapping.pop("month")


def _take_times_as_dates(
    mapping: dict[str, str], sample: pd.DataFrame, plain: Mapping[str, str]
) -> None:
    """Take a column of times for the dates if it has days too, as "2021-01-18 10:00" or 1610928000."""
    columns = (plain[name] for name in _TIMES if plain.get(name) in sample)
    column = next((name for name in columns if name not in mapping.values()), None)
    texts = _texts(sample, [column]) if column and "date" not in mapping else []
    if column and texts and all(map(_WITH_DAY.search, texts)):
        mapping["date"] = column


def _choose_date_columns(mapping: dict[str, str]) -> None:
    """Keep the columns for year, month and day only without one for the date; "day" is of these."""
    if "year" in mapping and "month" in mapping and _plain(mapping.get("date", "")) == "day":
        mapping["day"] = mapping.pop("date")
    if "date" in mapping:
        for role in ("year", "month", "day"):
            mapping.pop(role, None)


def _reduced(name: str) -> str:
    """A folded name without words for an event and Arabic articles; unlike any name if none is left."""
    return "".join(word for word in _words(name) if word not in _EVENT_WORDS) or name


def _words(name: str) -> list[str]:
    """The folded words of a name, without remarks on how cells are written, and Arabic articles."""
    short = _REMARK.sub(" ", name).strip() or name
    # "EventDate" is two words.
    words = re.sub(r"[\W_]+", " ", fold(_CAMEL.sub(" ", short))).split()
    return [re.sub(r"^ال(?=\w{2})", "", word) for word in words]


def _guess_points_by_values(mapping: dict[str, str], sample: pd.DataFrame) -> None:
    """Take the first column of geometries or pairs of coordinates, if there is one."""
    mapping_of = {column: role for role, column in mapping.items()}
    for column in map(str, sample.columns):
        named = mapping_of.get(column)
        if named not in (None, "place", "latlon", "lonlat", "wkt"):
            continue
        texts = [cell_text(cell) for cell in sample[column].head(_SAMPLE_OF_POINTS)]
        role = _role_of_points(column, texts)
        if role is None:
            continue
        if named:
            del mapping[named]
        if role:
            mapping[role] = column
            return


def _role_of_points(column: str, texts: list[str]) -> str | None:
    """The role of a column with both coordinates; "" if their order is not clear, `None` for others."""
    if looks_like_wkt(texts):
        return "wkt"
    order = order_of_lists(texts)
    if not order and (order == "" or looks_like_pairs(texts)):
        known = _LON_FIRST.search(fold(column)) is not None
        return "lonlat" if known else order if order == "" else "latlon"
    return order


def _plain(name: str) -> str:
    """A folded name without spaces and punctuation; "#" stays, with which Ushahidi names its ids.

    The Turkish letter without a dot is one with it, as its capital is that of both.
    """
    folded = fold(name).replace("ı", "i")
    return re.sub(r"[\W_]+", "", folded) or folded.strip(" ._")


def resolve_date_order(
    sample: pd.DataFrame, columns: Sequence[str], chosen: DateOrder | None
) -> DateOrder | None:
    """The chosen date order, or the only one that the values allow; `None` if no date needs an order.

    Raises UnclearError if the values allow several, or none.
    """
    dates = _texts(sample, columns)
    if chosen is not None or not numeric(dates):
        return chosen
    possible = orders(dates)
    if len(possible) > 1:
        possible &= {order for column in columns if (order := _order_of_name(column))} or possible
    if len(possible) == 1:
        return possible.pop()
    why = message(
        "{columns}: it is not clear whether day or month comes first", columns=", ".join(columns)
    )
    raise UnclearError(
        "date_order", [item.value for item in DateOrder if item in possible or not possible], why
    )


def _order_of_name(column: str) -> DateOrder | None:
    """The order that the name of a column gives, as "Date (dd/mm/yyyy)"."""
    folded = fold(column)
    return next((order for pattern, order in _ORDERS if pattern.search(folded)), None)


def resolve_decimal_comma(
    sample: pd.DataFrame, columns: Sequence[str], *, chosen: bool | None
) -> bool:
    """Whether numbers have a decimal comma: the chosen answer, or true if any value has one."""
    if chosen is not None:
        return chosen
    return any(re.fullmatch(r"-?\d+,\d+", text) for text in _texts(sample, columns))


def _texts(sample: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    cells = [sample[column].head(_SAMPLE).tolist() for column in columns if column in sample]
    return [text for column in cells for cell in column if (text := cell_text(cell))]
