"""The table of fields in which accounts differ, e.g. Date: 18 January | 19 January."""

from collections.abc import Iterable, Mapping, Sequence

from dashboard.accounts.accounts import Account
from dashboard.language.labels import label, sentence_case
from dashboard.language.messages import N_, _
from dashboard.language.words import comma
from dashboard.model.estimate import Figure, Measure

# The fields in which accounts are compared, as messages. Measures are fields too: `field_table`.
FIELDS: Mapping[str, str] = {
    "date": N_("Date"),
    "place": N_("Place"),
    "initiator": N_("Who began"),
    "parties": N_("Parties named"),
}
# Measures are listed after date and place.
_BEFORE_MEASURES = 2


def differs(accounts: Sequence[Account], field: str) -> bool:
    """Whether accounts that name the field name different values; numbers are compared by value."""
    if field in set(Measure):
        return _figures_differ([account.figures.get(Measure(field)) for account in accounts])
    named = [frozenset(account.field(field)) for account in accounts if account.field(field)]
    return len(set(named)) > 1


def _figures_differ(figures: Iterable[Figure | None]) -> bool:
    """Whether ranges differ, or the best figures where both have one."""
    given = [figure for figure in figures if figure]
    ranges = {(figure.low, figure.high) for figure in given}
    best = {figure.best for figure in given if figure.best is not None}
    return len(ranges) > 1 or len(best) > 1


def field_table(accounts: Sequence[Account]) -> list[tuple[str, bool, tuple[str, ...]]]:
    """One row per field: its name, whether the accounts differ, and the values of each account.

    Each measure of which an account gives a number is a field.
    """
    fields = [(key, _(name)) for key, name in FIELDS.items()]
    measures = [(it.value, sentence_case(label(it))) for it in given_measures(accounts)]
    return [
        (name, differs(accounts, key), tuple(comma(account.field(key)) for account in accounts))
        for key, name in (*fields[:_BEFORE_MEASURES], *measures, *fields[_BEFORE_MEASURES:])
    ]


def given_measures(accounts: Sequence[Account]) -> tuple[Measure, ...]:
    """The measures of which at least one account gives a number."""
    return tuple(it for it in Measure if any(it in account.figures for account in accounts))
