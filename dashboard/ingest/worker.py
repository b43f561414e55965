"""The functions that run in a reading process: the articles of a file, sent as soon as each is read."""

from collections.abc import Iterator
from datetime import date

import msgspec

from dashboard.ingest.work import (
    ArticleReading,
    File,
    Knowledge,
    iter_json,
    iter_readings,
    reader_for,
)
from dashboard.model.errors import Fault


class Answer(msgspec.Struct, frozen=True):
    """An article, or a fault; neither for an article whose text was read before.

    `line` is an article as JSON, where that was asked for.
    """

    article: ArticleReading | None = None
    fault: Fault | None = None
    line: bytes = b""


ANSWERS: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)
# Sent once to this process, for all files.
_knowledge: list[Knowledge] = []


def set_knowledge(knowledge: Knowledge) -> Iterator[Answer]:
    """Store the knowledge, and build the reader; yields nothing."""
    _knowledge[:] = [knowledge]
    reader_for(knowledge)
    yield from ()


def read(file: File) -> Iterator[Answer]:
    """Read the articles of a file; yields a message for each article and fault."""
    for item in iter_readings(file, _knowledge[0]):
        if isinstance(item, Fault):
            yield Answer(fault=item)
        else:
            yield Answer(article=item)


def read_json(file: File, day: date | None) -> Iterator[Answer]:
    """Read the articles of a file as lines of JSON; see `work.iter_json`."""
    for item in iter_json(file, _knowledge[0], day):
        yield Answer(fault=item) if isinstance(item, Fault) else Answer(line=item)
