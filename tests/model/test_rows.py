from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.model.rows import read_table


def test_faulty_rows_are_reported_and_the_others_read(tmp_path: Path):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\n3\n4,5\n6,\x007\n", encoding="utf-8")
    table = read_table(path, ("a", "b"))
    assert [row.text("a") for row in table.rows] == ["1", "4"]
    assert [(fault.row, fault.expected) for fault in table.faults] == [
        (3, "2 cells"),
        (5, "no NUL character"),
    ]


def test_missing_file_column_and_encoding(tmp_path: Path):
    assert read_table(tmp_path / "none.csv", ("a",)).faults[0].found == "none"
    (tmp_path / "c.csv").write_text("x\n1\n", encoding="utf-8")
    assert read_table(tmp_path / "c.csv", ("a",)).faults[0].field == "a"
    (tmp_path / "e.csv").write_bytes("a\nمرحبا\n".encode("windows-1256"))
    assert "UTF-8" in read_table(tmp_path / "e.csv", ("a",)).faults[0].expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_error(tmp_path: Path, content: bytes):
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    table = read_table(path, ("a",))
    assert table.rows == () or not any(fault.row == 0 for fault in table.faults)
