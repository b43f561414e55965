"""Lines that Arrow reads give the same rows, numbers and faults as Python's reader."""

import io
import random
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.datasets.files import lines
from dashboard.datasets.files.chunks import MOST_IN_CHUNK
from dashboard.datasets.files.delimited_rows import TableRows
from dashboard.datasets.files.errors import TableError
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.read import read_chunks
from dashboard.datasets.files.regular_rows import MOST_IN_CELL, MOST_LINES, regular_rows
from dashboard.datasets.files.row_batches import Row, Rows, row_batches
from dashboard.model.errors import Fault

DELIMITERS = st.sampled_from([",", ";", "\t", "|"])
# What cells of real tables contain, and what splits rows or cells where it should not.
PIECES = st.sampled_from(
    ["a", "7", " ", "مدينة حلب", "é", "'", '"', '""', ",", ";", "\t", "|", "\n", "\r\n", "\r",
     "\u2028", "\x85", "\x0b", "\ufeff", "\0", "NULL", "nan", "\U0001f600"]
)  # fmt: skip
CELLS = st.lists(PIECES, max_size=4).map("".join)
TABLES = st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=12)
# Few characters, so that a table has several blocks.
AHEAD = 30


def opened(data: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), "utf-8-sig", errors="surrogateescape", newline="")


def read_singly(data: bytes, delimiter: str, header: int | None) -> tuple[list[Row], list[Fault]]:
    faults: list[Fault] = []
    return list(TableRows(opened(data), delimiter, header, "a.csv", faults.append)), faults


def read_in_blocks(
    data: bytes, delimiter: str, header: int | None, size: int
) -> tuple[list[Row], list[Fault]]:
    faults: list[Fault] = []
    rows = TableRows(opened(data), delimiter, header, "a.csv", faults.append)
    return [row for batch in row_batches(rows.blocks(), size) for row in as_rows(batch)], faults


def as_rows(rows: Rows) -> Iterable[Row]:
    cells = zip(*(column.to_pylist() for column in rows.cells.columns), strict=True)
    return zip(rows.numbers.tolist(), map(list, cells), strict=True)


def quoted(rows: list[list[str]], delimiter: str, end: str) -> str:
    """The rows with quotes around each cell that needs them."""
    special = (delimiter, '"', "\n", "\r")
    lines_ = (
        delimiter.join(
            '"' + cell.replace('"', '""') + '"' if any(map(cell.__contains__, special)) else cell
            for cell in row
        )
        for row in rows
    )
    return "".join(line + end for line in lines_)


def same_rows(data: bytes, delimiter: str, header: int | None, size: int = 3) -> None:
    try:
        columns = TableRows(opened(data), delimiter, header, "a.csv", pytest.fail).header
    except TableError:
        columns = []
    if not columns:  # without a header there is no table
        return
    expected = read_singly(data, delimiter, header)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_AHEAD", AHEAD)
        assert read_in_blocks(data, delimiter, header, size) == expected
    assert read_in_blocks(data, delimiter, header, size) == expected


@given(TABLES, DELIMITERS, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from([0, 1, None]))
def test_tables_with_proper_quotes(
    table: list[list[str]], delimiter: str, end: str, header: int | None
):
    same_rows(quoted([["x", "y", "z"], *table], delimiter, end).encode(), delimiter, header)


@given(TABLES, DELIMITERS, st.integers(1, 4), st.integers(0, 2))
def test_rows_of_one_width_without_proper_quotes(
    table: list[list[str]], delimiter: str, width: int, header: int
):
    rows = [(row * 4)[:width] for row in table]
    text = "".join(delimiter.join(row) + "\n" for row in [["x", "y", "z", "w"][:width], *rows])
    same_rows(text.encode(), delimiter, header)


@given(st.lists(PIECES, max_size=60).map("".join), DELIMITERS)
@example('"",""\n"""a""","b"\n', ",")
@example('1,"open\n2,good\n3,"closed"\n', ",")
@example('\n1,2\n\n"\n"\n3,"4"x\n', ",")
@example("1,2,\n3,4\n5\n,,,\n", ",")
@example("\ufeff1,2\n\ufeff3,4\n", ",")
@example('"1","2"\n\n"3","4"', ",")
def test_any_text(text: str, delimiter: str):
    same_rows(f"x{delimiter}y\n{text}".encode(), delimiter, 0)


@given(st.lists(st.sampled_from([b"a", b",", b"\n", b'"', b"\xff", b"\xd8\xa8", b"\r"])))
def test_any_bytes(parts: list[bytes]):
    same_rows(b"x,y\n" + b"".join(parts), ",", 0)


def test_regular_lines_are_read_at_once():
    data = quoted([["x", "y"], ["1", 'a "b"\n'], ["2", "مدينة"], ["", "3"]], ",", "\r\n").encode()
    rows = TableRows(opened(data), ",", 0, "a.csv", pytest.fail)
    (block,) = rows.blocks()
    assert isinstance(block, Rows)
    assert list(as_rows(block)) == [(2, ["1", 'a "b"\n']), (3, ["2", "مدينة"]), (4, ["", "3"])]


@pytest.mark.parametrize(
    "text",
    ["1,2\n\n", "1,2,3\n", "1\n", '1,"2"3\n', '1,2"3"\n', "1,\0\n", "\ufeff1,2\n", "1,\udcff\n",
     '1,"2\n', "1," + "x" * MOST_IN_CELL + "\n", '1,"' + "\n" * MOST_LINES + '"\n'],
)  # fmt: skip
def test_other_lines_are_not_read_at_once(text: str):
    assert regular_rows(text + "1,2\n", ",", 2) is None
    assert regular_rows("1,2\n", ",", 2) is not None


@pytest.mark.parametrize("lines_in_cell", [MOST_LINES - 1, MOST_LINES, MOST_LINES + 1])
def test_a_cell_of_too_many_lines_is_a_fault_in_both(lines_in_cell: int):
    data = b'x,y\n1,"' + b"a\n" * lines_in_cell + b'"\n2,b\n'
    same_rows(data, ",", 0)


def test_an_error_comes_after_the_rows_before_it():
    class Broken(io.BytesIO):
        def readinto(self, *_args: object) -> int:
            raise OSError("damaged")

        def read1(self, size: int | None = -1) -> bytes:
            if part := super().read1(size):
                return part
            raise OSError("damaged")

    text = io.TextIOWrapper(Broken(b"x,y\n1,2\n3,4\n"), "utf-8", newline="")
    batches = row_batches(TableRows(text, ",", 0, "a.csv", pytest.fail).blocks(), 10)
    assert list(as_rows(next(batches))) == [(2, ["1", "2"]), (3, ["3", "4"])]
    with pytest.raises(OSError, match="damaged"):
        next(batches)


def test_wide_rows_make_small_chunks_in_both(tmp_path: Path):
    """A chunk ends with the row that reaches the limit of its characters."""
    chance = random.Random(1)
    widths = [chance.randrange(MOST_IN_CHUNK // 40) for _ in range(100)]
    path = tmp_path / "a.csv"
    path.write_text("x,y\n" + "".join(f"ب,{'a' * width}\n" for width in widths), encoding="utf-8")
    expected, total, count = [], 0, 0
    for width in widths:
        total, count = total + 1 + width, count + 1
        if total >= MOST_IN_CHUNK or count == 60:
            expected.append(count)
            total = count = 0
    chunks = read_chunks(InputFile(path, path.name), FileOptions(), pytest.fail, 60)
    assert [len(chunk.frame) for chunk in chunks] == [*expected, count]
