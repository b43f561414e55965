"""A selection of the Explore page that somebody saved under a name, to return to it or hand it on."""

from collections.abc import Mapping
from dataclasses import dataclass

MOST_NAME, MOST_NOTE = 80, 1000


@dataclass(frozen=True, slots=True)
class SavedView:
    """A name, a note, and the parameters of the link, e.g. {"kind": ("arrest",), "tab": ("table",)}.

    The link is that of the page without the reader's language. It is read like any other link: what
    it names and what is no longer here is said when it is opened.
    """

    name: str
    note: str
    link: Mapping[str, tuple[str, ...]]
