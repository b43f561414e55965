"""The parts that readers of files share: encoding, delimiter, header, archives, and text of JSON."""

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from dashboard.datasets.files.archive import archive_members, check_member
from dashboard.datasets.files.chunks import MOST_IN_CHUNK
from dashboard.datasets.files.delimited import delimited
from dashboard.datasets.files.delimiter import detect_delimiter, separator_line
from dashboard.datasets.files.encoding import detect_encoding
from dashboard.datasets.files.errors import TableError, UnclearError
from dashboard.datasets.files.gpx import gpx
from dashboard.datasets.files.header import header_index
from dashboard.datasets.files.input_file import FileOptions, InputFile
from dashboard.datasets.files.json_text import Utf8Stream, as_cell
from dashboard.datasets.files.read import read_chunks
from dashboard.datasets.files.shapefile import shapefile
from dashboard.model.errors import Fault


@pytest.mark.parametrize(
    ("content", "encoding"),
    [("é".encode(), "utf-8-sig"), ("الرقة وحلب".encode("windows-1256"), "windows-1256")],
)
def test_the_encoding_is_detected(tmp_path: Path, content: bytes, encoding: str):
    (tmp_path / "a").write_bytes(content)
    assert detect_encoding(InputFile(tmp_path / "a", "a.csv")) == encoding


def test_only_line_ends_end_a_line_of_the_sample(tmp_path: Path):
    file = InputFile(tmp_path / "a.csv", "a.csv")
    texts = "".join(f"{n},one; two\u2028three; four\n" for n in range(20))
    assert detect_delimiter("a,b; c\n" + texts, file) == ","


def test_the_delimiter_is_that_of_most_rows_below_a_title():
    file = InputFile(Path("a"), "a.csv")
    assert detect_delimiter("Title; x\na,b,c\n1,2,3\n4,5,6\n", file) == ","
    assert separator_line("sep=|\na|b\n") == "|"
    assert separator_line("a,sep=;\n") is None
    with pytest.raises(UnclearError):
        detect_delimiter("abc\n", file)


def test_the_header_is_the_first_row_unless_this_is_a_title():
    rows = [["Title", ""], [], ["code", "lat", "lon"], ["a", 1.5, 2.5], ["b", 1.5, 2.5]]
    assert header_index(rows, None, "a") == 2
    assert header_index(rows[2:], None, "a") == 0
    assert header_index(rows, 0, "a") is None
    with pytest.raises(TableError):
        header_index(rows, 2, "a")


def test_damage_of_json_text_is_noticed():
    stream = Utf8Stream(io.BytesIO(b'{"a": "\xff"}'))
    assert "\ufffd".encode() in stream.read(100)
    assert stream.damaged
    assert as_cell({"a": [1]}) == '{"a": [1]}'


def test_a_member_is_limited_by_its_size(tmp_path: Path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "x" * 100)
    item = archive_members(InputFile(path, "a.zip"))["a.csv"]
    check_member("a.csv", item, 100)
    with pytest.raises(TableError):
        check_member("a.csv", item, 99)


@pytest.mark.parametrize("reader", [delimited, gpx, shapefile])
def test_an_empty_file_is_refused(tmp_path: Path, reader):
    (tmp_path / "a").write_bytes(b"")
    faults: list[Fault] = []
    with pytest.raises(TableError):
        list(reader(InputFile(tmp_path / "a", "a"), FileOptions(), faults.append, 10))


def _wide(path: Path) -> Path:
    """300 rows of 100 columns with 2,000 characters each: 60 MB of text."""
    frame = pd.DataFrame({f"c{at}": [f"{row}-{at} ".ljust(2_000, "x") for row in range(300)]
                          for at in range(100)})  # fmt: skip
    if path.suffix == ".csv":
        frame.to_csv(path, index=False)
    elif path.suffix == ".parquet":
        frame.to_parquet(path)
    else:
        frame.to_json(path, orient="records")
    return path


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.parquet"])
def test_chunks_of_wide_rows_have_fewer_of_them(tmp_path: Path, name: str):
    """20,000 such rows do not fit into the memory of a reading process."""
    path, faults = _wide(tmp_path / name), list[Fault]()
    chunks = list(read_chunks(InputFile(path, name), FileOptions(), faults.append))
    assert faults == []
    assert all(len(chunk.frame) * 200_000 <= MOST_IN_CHUNK * 1.1 for chunk in chunks)
    first = 2 if name == "a.csv" else 1
    numbers = [number for chunk in chunks for number in chunk.numbers.tolist()]
    assert numbers == list(range(first, first + 300))
    assert [text.split()[0] for chunk in chunks for text in chunk.frame["c7"]] == [
        f"{row}-7" for row in range(300)
    ]
