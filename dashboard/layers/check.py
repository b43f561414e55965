"""Read a stranger's file of shapes in a process with limits: what it has, and then its features."""

from collections.abc import Callable, Iterator

import msgspec

from dashboard.datasets.files.errors import UnclearError
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.layers.layer_file import LayerColumns, LayerCounts, LayerDescription, LayerFeature
from dashboard.layers.read import Answer, Question, Refused, describe_answers, read_answers
from dashboard.model.errors import DashboardError
from dashboard.model.message import message
from dashboard.sandbox.limits import Limits
from dashboard.sandbox.process import ReaderFailedError, ReaderProcess, ReaderStoppedError

MOST_BYTES = 200_000_000
_LIMITS = Limits(memory=2 << 30, cpu_s=120, silence_s=120.0)
_ANSWERS: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)


class LayerError(DashboardError):
    """A file that cannot be a layer; the message has the reason."""


def describe(file: InputFile, options: FileOptions) -> LayerDescription:
    """What a file has. Raises LayerError, and UnclearError if the analyst has to choose an option."""
    for answer in _answers(file, describe_answers, options):
        if isinstance(answer, LayerDescription):
            return answer
    raise LayerError(
        message("{file}: expected shapes, found {found}", file=file.name, found="none")
    )


def read(
    file: InputFile, options: FileOptions, columns: LayerColumns
) -> tuple[list[LayerFeature], LayerCounts]:
    """The features, and what became of the rows. Raises as `describe`."""
    features: list[LayerFeature] = []
    for answer in _answers(file, read_answers, options, columns):
        if isinstance(answer, LayerFeature):
            features.append(answer)
        if isinstance(answer, LayerCounts):
            return features, answer
    raise LayerError(
        message("{file}: expected shapes, found {found}", file=file.name, found="none")
    )


def _answers(
    file: InputFile, function: Callable[..., Iterator[Answer]], *arguments: object
) -> Iterator[Answer]:
    size = file.path.stat().st_size
    if size > MOST_BYTES:
        raise LayerError(
            message(
                "{file}: expected at most {most} MB, found {found} MB",
                file=file.name,
                most=f"{MOST_BYTES // 1_000_000:,}",
                found=f"{size / 1_000_000:,.1f}",
            )
        )
    try:
        with ReaderProcess(_LIMITS, readable=(file.path,)) as process:
            for answer in process.call(_ANSWERS, function, file, *arguments):
                if isinstance(answer, Refused):
                    raise LayerError(answer.reason)
                if isinstance(answer, Question):
                    raise UnclearError(answer.option, answer.choices, answer.why)
                yield answer
    except (ReaderStoppedError, ReaderFailedError) as error:
        reason = message("{file}: {reason}", file=file.name, reason=str(error))
        raise LayerError(reason) from error
