"""The dataset that a file is imported into: the existing one of a name, or a new one."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from dashboard.datasets.files.errors import TableError
from dashboard.datasets.formats.registry import EVENT_MAP, FORMATS
from dashboard.datasets.formats.terms import format_terms
from dashboard.datasets.options import ImportOptions
from dashboard.datasets.stated_terms import joined_credit
from dashboard.engine.datasets import RESERVED, Dataset, Datasets, slug
from dashboard.model.message import message


def target_dataset(
    datasets: Datasets,
    file: str,
    options: ImportOptions,
    format_: str,
    stated: Mapping[str, str | bool],
) -> Dataset:
    """The card of the dataset to import into, which is not saved.

    `file` is the name for messages, `format_` that of the file, `stated` the fields of the card that
    the file itself states.

    Raises TableError for a reserved name, a name too similar to another, or another format; for a list
    of deletions also if there is no dataset of the name.
    """
    known = FORMATS.get(format_)
    if known is not None and known.deletes_from:
        return _dataset_with_deletions(datasets, file, options.name, known.deletes_from)
    terms = format_terms().get(format_)
    # Files of this program are as different as the selections in them: each is a dataset.
    named = known is not None and format_ != EVENT_MAP
    name = (options.name or (known.name if known and named else Path(file).stem)).strip()
    existing = _existing(datasets, file, name, format_)
    card = existing or datasets.new(
        slug(name),
        name,
        format_,
        licence=terms.licence if terms else "",
        credit=terms.credit if terms else "",
        origin=known.name if known and named else None,
    )
    if existing is not None and "credit" in stated:
        stated = {**stated, "credit": joined_credit(existing.credit, str(stated["credit"]))}
    typed = {"licence": options.licence, "credit": options.credit}
    given = {**stated, **{key: text for key, text in typed.items() if text}}
    return msgspec.structs.replace(card, **given)


def _existing(datasets: Datasets, file: str, name: str, format_: str) -> Dataset | None:
    """The dataset of that name; raises TableError if the name cannot be used for the format."""
    if slug(name) in RESERVED:
        raise TableError(
            message(
                "{file}: the name {name} is taken; give it another", file=file, name=f"{name!r}"
            )
        )
    existing = datasets.get(slug(name))
    if existing is not None and existing.name.casefold() != name.casefold():
        raise TableError(
            message(
                "{file}: the name {name} is too like that of {existing}; give it another",
                file=file,
                name=f"{name!r}",
                existing=f"{existing.name!r}",
            )
        )
    if existing is not None and existing.format != format_:
        raise TableError(
            message(
                "{file}: the dataset {name} contains {existing}, this file is {format}; "
                "give it another name",
                file=file,
                name=name,
                existing=existing.format,
                format=format_,
            )
        )
    return existing


def _dataset_with_deletions(
    datasets: Datasets, file: str, name: str | None, format_: str
) -> Dataset:
    """The existing dataset whose events a list of deletions names; raises TableError without one."""
    source = FORMATS[format_].name
    name = (name or source).strip()
    cards = [card for card in datasets if card.format == format_]
    for card in cards:
        if card.name.casefold() == name.casefold():
            return card
    expected = message(
        "{file}: expected a dataset of {source} of the name {name} to delete events from",
        file=file,
        source=source,
        name=repr(name),
    )
    if not cards:
        found = message("{expected}, found none: import its events first", expected=expected)
        raise TableError(found)
    others = ", ".join(card.name for card in cards)
    raise TableError(
        message("{expected}, found {others}: name one of these", expected=expected, others=others)
    )
