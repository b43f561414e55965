"""The terms of a dataset: its licence, whom to credit, and whether its rows may be shared."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DatasetTerms:
    """The terms under which a dataset may be used; texts that are not known are "".

    `name` is the dataset's name, `url` the page of its terms. `rows_may_be_shared` is `None` if that is
    not known. `licence_ar` is the licence in Arabic, or "" if it is known as typed only.
    """

    dataset_id: str
    name: str
    licence: str = ""
    licence_ar: str = ""
    credit: str = ""
    url: str = ""
    rows_may_be_shared: bool | None = None
