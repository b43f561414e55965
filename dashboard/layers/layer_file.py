"""What a file of shapes has, as its reading in the process with limits found it."""

import msgspec

from dashboard.datasets.formats.days import DateOrder


class LayerColumns(msgspec.Struct, frozen=True):
    """Which columns are used: the label of a feature, and its first and last day; "" for none.

    Without a column of last days, that of first days has the whole date. `date_order` is that of dates
    such as 1/2/2021, `None` if the dates themselves determine it.
    """

    label: str = ""
    first: str = ""
    last: str = ""
    date_order: DateOrder | None = None


class Column(msgspec.Struct, frozen=True):
    """A column with some of its cells."""

    name: str
    samples: tuple[str, ...]


class LayerDescription(msgspec.Struct, frozen=True, tag=True):
    """What a file has: its columns, the number of features, and which columns are proposed."""

    columns: tuple[Column, ...]
    features: int
    proposed: LayerColumns


class LayerFeature(msgspec.Struct, frozen=True, tag=True):
    """A shape (WKB, longitude and latitude in EPSG:4326) with its label and days.

    Days are numbers from 1970-01-01; an open end is `None`, and without `dated` both are.
    """

    wkb: bytes
    label: str = ""
    dated: bool = False
    first: int | None = None
    last: int | None = None


class LayerCounts(msgspec.Struct, frozen=True, tag=True):
    """What became of the rows of a file.

    `kinds` are numbers of features by "point", "line" and "polygon", `columns` those of the file.
    `labels` are the most frequent ones, each with a colour if wanted; `more_labels`: there are others.
    `unread_dates` are rows whose date was not understood (`unread_samples` are some of their cells):
    their features are undated. Left out are rows with `no_shape`, and `faulty` ones; heights are left
    out of `heights` shapes, and `collections` were divided into a feature for each kind of shape.
    """

    kinds: dict[str, int]
    vertices: int
    columns: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    more_labels: bool = False
    dated: int = 0
    undated: int = 0
    unread_dates: int = 0
    unread_samples: tuple[str, ...] = ()
    no_shape: int = 0
    faulty: int = 0
    heights: int = 0
    collections: int = 0

    @property
    def features(self) -> int:
        """The number of features."""
        return sum(self.kinds.values())
