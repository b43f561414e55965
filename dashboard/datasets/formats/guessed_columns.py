"""Guess which column of a custom table is what, from the names of the columns and the first rows."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.datasets.formats.column_mapping import ROLES, ColumnMapping
from dashboard.datasets.formats.column_words import EVENT, plain_name, reduced_name, words_of
from dashboard.datasets.formats.form_columns import form_columns
from dashboard.datasets.formats.guessed_dates import (
    choose_date_columns,
    take_limits_as_dates,
    take_months_as_dates,
    take_times_as_dates,
)
from dashboard.datasets.formats.guessed_points import (
    drop_other_zones,
    guess_by_endings,
    guess_points_by_values,
)
from dashboard.datasets.formats.sheet import cell_text
from dashboard.text.column_names import load_column_names
from dashboard.text.hxl import is_tag, tag_parts

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
    plain = {plain_name(column): column for column in reversed(columns)}
    mapping: dict[str, str] = {}
    blank = frozenset() if sample is None else _blank_columns(sample)
    of_event = _columns_of_event(columns)
    for role, names in load_column_names("column_names.csv", ROLES).items():
        named = [column for name in names if (column := plain.get(plain_name(name))) is not None]
        if role in _OF_EVENT:
            # Before the date of a post, or of the form that was filled in.
            named = [*filter(None, (of_event.get(reduced_name(name)) for name in names)), *named]
        named = [of_event.get(reduced_name(column), column) for column in named]
        free = [column for column in named if column not in mapping.values()]
        filled = [column for column in free if role not in _FILLED or column not in blank]
        column = next(iter(filled or free), None)
        if column is not None:
            mapping[role] = column
    _guess_by_reduced_names(mapping, columns)
    _guess_by_alternatives(mapping, columns)
    own_tags = {column: column for column in columns if is_tag(column)}
    _guess_by_tags(mapping, {**own_tags, **(tags or {})})
    guess_by_endings(mapping, columns)
    if sample is not None and "date" not in mapping and "year" not in mapping:
        take_months_as_dates(mapping, sample)
        take_times_as_dates(mapping, sample, plain)
    if sample is not None and not {"date", "date_end", "year"} & set(mapping):
        take_limits_as_dates(mapping, sample, plain)
    choose_date_columns(mapping)
    _choose_who_acts(mapping, plain)
    _drop_figures_of_one_group(mapping, columns)
    of_form = form_columns(mapping, columns, plain)
    if "date" in of_form:
        # Without these another column may be the date of the event.
        others = [column for column in columns if column not in (mapping["date"], plain.get("end"))]
        return guess_columns(others, None if sample is None else sample[others], tags)
    for role in of_form:
        del mapping[role]
    if sample is not None:
        drop_other_zones(mapping, sample)
    if sample is not None and not ("lat" in mapping and "lon" in mapping):
        guess_points_by_values(mapping, sample)
    return mapping


def _columns_of_event(columns: Sequence[str]) -> dict[str, str]:
    """The columns with a word for an event by the rest of their names: "date" -> "Incident date".

    Beside it a column "Date" is that of something else, as of the report.
    """
    result: dict[str, str] = {}
    for column in columns:
        if EVENT & set(words_of(column)):
            result.setdefault(reduced_name(column), column)
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
    actor = _ACTORS_OF_TARGETS.get(plain_name(mapping.get("target", "")), "")
    if actor not in plain or "initiator" in mapping:
        return
    for role in [role for role, column in mapping.items() if column == plain[actor]]:
        del mapping[role]
    mapping["initiator"] = plain[actor]


def _drop_figures_of_one_group(mapping: dict[str, str], columns: Sequence[str]) -> None:
    """Leave out "Educators Killed" as those killed if there are "Students Killed" too: it is a part."""
    for role, word in _GROUP_WORDS.items():
        of = re.fullmatch(rf"({_GROUPS}){word}", plain_name(mapping.get(role, "")))
        others = (re.fullmatch(rf"(\w+){word}", plain_name(column)) for column in columns)
        if of and any(other and of[1] not in other[1] for other in others):
            del mapping[role]


def _guess_by_reduced_names(mapping: dict[str, str], columns: Sequence[str]) -> None:
    """Add the columns as "Date of incident", by what is left without the words for an event."""
    reduced: dict[str, str] = {}
    for column in columns:
        if column not in mapping.values():
            reduced.setdefault(reduced_name(column), column)
    for role, names in load_column_names("column_names.csv", ROLES).items():
        if role in mapping:
            continue
        match = next(
            (reduced[key] for name in names if (key := reduced_name(name)) in reduced), None
        )
        if match is not None and match not in mapping.values():
            mapping[role] = match


def _guess_by_alternatives(mapping: dict[str, str], columns: Sequence[str]) -> None:
    """Add the columns with several names of one field, as "Village / town", or in two languages."""
    roles = {
        plain_name(name): role
        for role, names in load_column_names("column_names.csv", ROLES).items()
        for name in names
    }
    for column in columns:
        parts = [plain_name(part) for part in re.split(r"[/|\n()]| - ", column) if plain_name(part)]
        found = {roles.get(part) for part in parts} if len(parts) > 1 else set()
        role = found.pop() if len(found) == 1 else None
        if role and role not in mapping and column not in mapping.values():
            mapping[role] = column
