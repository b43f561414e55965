"""What runs in a reading process: the articles of a file, each answered as soon as it is read."""

from collections.abc import Iterator

import msgspec

from dashboard.ingest.work import ArticleReading, File, Knowledge, iter_readings, reader_of
from dashboard.model.errors import Fault


class Answer(msgspec.Struct, frozen=True):
    """An article, or a fault; neither for an article whose text is known already."""

    article: ArticleReading | None = None
    fault: Fault | None = None


ANSWERS: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)
# Sent once to this process, for all files that follow.
_known: list[Knowledge] = []


def know(knowledge: Knowledge) -> Iterator[Answer]:
    """Store the knowledge that readers need, and build the reader; yields nothing."""
    _known[:] = [knowledge]
    reader_of(knowledge)
    yield from ()


def read(file: File) -> Iterator[Answer]:
    """The articles of a file."""
    for item in iter_readings(file, _known[0]):
        if isinstance(item, Fault):
            yield Answer(fault=item)
        else:
            yield Answer(article=item)
