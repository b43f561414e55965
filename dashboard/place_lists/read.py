"""Read a file of places in a separate process with limits, e.g. SY.zip -> a list of GeoNames' places."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from dashboard.datasets.files.chunks import batches
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.input_file import InputFile
from dashboard.model.errors import DashboardError
from dashboard.model.place_list import LeftOut, ListCard, ListedPlace, PlaceList, is_arabic
from dashboard.place_lists.recognise import list_rows
from dashboard.place_lists.rows import TWICE, Rows
from dashboard.sandbox.limits import Limits
from dashboard.sandbox.process import ReaderFailedError, ReaderProcess, ReaderStoppedError

# GeoNames' largest country in the region, Iran, has some 130,000 populated places.
MOST_PLACES = 1_000_000
# A list of 50,000 places takes some seconds.
_LIMITS = Limits(memory=2 << 30, cpu_s=300, silence_s=120.0)
_BATCH = 2_000
_NO_ID = re.compile(r"[^a-z0-9]+")


class ListError(DashboardError):
    """A file that is no list of places, or cannot be read to its end."""


class ListRows(msgspec.Struct, frozen=True, tag=True):
    """Some places, and the format of the file."""

    format: str
    places: tuple[ListedPlace, ...]


class ListEnd(msgspec.Struct, frozen=True, tag=True):
    """The end of the file: the number of rows and names left out by reason, or why it cannot be read."""

    left_out: dict[str, int]
    error: str = ""


_MESSAGES: msgspec.msgpack.Decoder[ListRows | ListEnd] = msgspec.msgpack.Decoder(ListRows | ListEnd)


def read_list(path: Path, name: str) -> PlaceList:
    """The list in a file; `name` is shown, and its ending gives the format. Raises ListError."""
    file = InputFile(path, name)
    places: list[ListedPlace] = []
    formats: dict[str, None] = {}
    left_out: dict[str, int] = {}
    try:
        with ReaderProcess(_LIMITS, readable=(path,)) as process:
            for message in process.call(_MESSAGES, list_messages, file):
                if isinstance(message, ListEnd):
                    left_out = message.left_out
                    _check(message, name)
                    continue
                formats[message.format] = None
                places += message.places
                if len(places) > MOST_PLACES:
                    raise ListError(f"{name}: expected at most {MOST_PLACES:,} places, found more")
    except (ReaderStoppedError, ReaderFailedError, OSError) as error:
        raise ListError(f"{name}: {error}") from error
    if not places:
        why = ", ".join(f"{number:,} × {reason}" for reason, number in left_out.items())
        raise ListError(f"{name}: expected places, found none" + (f" ({why})" if why else ""))
    return place_list(name, "_".join(formats), places, left_out)


def list_messages(file: InputFile) -> Iterator[ListRows | ListEnd]:
    """The places of a file in messages; runs in the reading process."""
    rows = Rows()
    try:
        for batch in batches(list_rows(file, rows), _BATCH):
            yield ListRows(batch[0][0], tuple(place for _format, place in batch))
    except TableError as error:
        yield ListEnd({}, str(error))
        return
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 any error of a library is one of the file
        yield ListEnd({}, f"{file.name}: expected a file without damage, found {error!r:.300}")
        return
    yield ListEnd(dict(rows.left_out))


def place_list(
    name: str, format_: str, places: Sequence[ListedPlace], left_out: dict[str, int]
) -> PlaceList:
    """The places, each id once, as a list with its card."""
    unique = {place.key: place for place in reversed(places)}
    rows = [place for place in places if unique.get(place.key) is place]
    counts = Counter(left_out)
    counts[TWICE] += len(places) - len(rows)
    located = [place for place in rows if place.feature_class is not None]
    card = ListCard(
        list_id=list_id(format_, name),
        format=format_,
        file=name,
        added=datetime.now(UTC).isoformat(timespec="seconds"),
        places=len(located),
        named=len(rows) - len(located),
        arabic=sum(any(map(is_arabic, place.names)) for place in rows),
        classes=dict(Counter(p.feature_class.value for p in located if p.feature_class)),
        countries=dict(Counter(place.country for place in located)),
        left_out=tuple(LeftOut(why, number) for why, number in counts.most_common() if number > 0),
    )
    fields = ListedPlace.__struct_fields__
    return PlaceList(card, **{name: [getattr(row, name) for row in rows] for name in fields})


def list_id(format_: str, name: str) -> str:
    """The id of a list: its format and the name of its file, e.g. "geonames_sy"."""
    stem = _NO_ID.sub("_", Path(name).stem.lower()).strip("_")
    return f"{format_}_{stem or 'list'}"[:100]


def _check(end: ListEnd, name: str) -> None:
    if end.error:
        raise ListError(end.error if end.error.startswith(name) else f"{name}: {end.error}")
