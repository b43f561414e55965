"""A file with an analyst's answers about a table, which the Data page writes and `--answers` reads."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec

from dashboard.datasets.files.delimiter import NAMES
from dashboard.datasets.files.input_file import FileOptions
from dashboard.datasets.formats.answers import Answers
from dashboard.datasets.formats.column_mapping import ColumnMapping
from dashboard.datasets.formats.days import DateOrder
from dashboard.datasets.formats.registry import CUSTOM, FORMATS
from dashboard.datasets.options import ReadOptions
from dashboard.model.errors import DashboardError
from dashboard.model.place import PlacePrecision

# The names of delimiters; the delimiters themselves are hard to tell from the text around them.
DELIMITERS = {name: character for character, name in NAMES.items()}
# A file of answers to thousands of names has some 100 kB.
_MOST_BYTES = 5_000_000


class AnswersFile(
    Answers, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """All answers about a table: those about its cells, and how the file and its columns are read.

    The fields are named as the options of the import command. `columns` are by role; with it no column
    is guessed. What has no entry is found in the file.
    """

    format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    layer: str | None = None
    member: str | None = None
    header_row: Annotated[int, msgspec.Meta(ge=0)] | None = None
    crs: str | None = None
    columns: Mapping[str, str] | None = None
    precision: PlacePrecision | None = None
    date_order: DateOrder | None = None
    decimal_comma: bool | None = None
    licence: str | None = None
    credit: str | None = None

    @property
    def answers(self) -> Answers:
        """The answers about cells alone."""
        return Answers(**{name: getattr(self, name) for name in Answers.__struct_fields__})

    def mapping(self, guessed: ColumnMapping) -> ColumnMapping:
        """The mapping that this file gives, and what `guessed` has where it gives none."""
        given = {
            name: value
            for name in ("columns", "precision", "date_order", "decimal_comma")
            if (value := getattr(self, name)) is not None
        }
        return msgspec.structs.replace(guessed, **given)


def load_answers(path: Path) -> AnswersFile:
    """Read a file of answers; raises DashboardError for one that is damaged, or has unknown entries."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise DashboardError(f"{path.name}: expected answers, found a larger file")
        answers = msgspec.json.decode(path.read_bytes(), type=AnswersFile)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise DashboardError(f"{path.name}: expected answers as JSON, found: {error}") from error
    for field, known in (("delimiter", [*DELIMITERS]), ("format", [*FORMATS, CUSTOM])):
        given = getattr(answers, field)
        if given is not None and given not in known:
            expected = f"expected one of {', '.join(known)}"
            raise DashboardError(f"{path.name}: {field}: {expected}, found {given!r}")
    return answers


def to_answers_file(
    format_: str, options: Mapping[str, str], read: ReadOptions, **about: str
) -> AnswersFile:
    """The answers with which a table is read: `options` are those about the file, by their name.

    `about` are licence and credit, if any.
    """
    cells, mapping = read.cells, read.mapping
    fields: dict[str, Any] = {
        name: getattr(cells.answers, name) for name in Answers.__struct_fields__
    }
    fields |= {**about, **_typed(options), "format": format_}
    if mapping is not None:
        fields |= {"columns": mapping.columns, "precision": mapping.precision}
    order, comma = cells.date_order, cells.decimal_comma or None
    return AnswersFile(**fields, date_order=order, decimal_comma=comma)


def _typed(options: Mapping[str, str]) -> dict[str, str | int]:
    return {name: int(text) if name == "header_row" else text for name, text in options.items()}


def to_file_options(options: Mapping[str, str]) -> FileOptions:
    """The answers about the file itself, by their name."""
    return file_options(msgspec.convert(_typed(options), AnswersFile))


def file_options(answers: AnswersFile) -> FileOptions:
    """The answers about the file itself."""
    return FileOptions(
        answers.encoding,
        DELIMITERS.get(answers.delimiter or ""),
        answers.layer,
        answers.crs,
        answers.member,
        answers.header_row,
    )
