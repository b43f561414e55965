"""Random tables: each value of a row is read as it was written, or is unknown; it is never another."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from dashboard.datasets.files.errors import UnclearError
from dashboard.datasets.formats.crosswalk import Crosswalk
from dashboard.datasets.formats.notices import NoticeKind
from dashboard.datasets.formats.registry import CUSTOM
from dashboard.datasets.known_names import crosswalks_of
from dashboard.model.corpus import Corpus
from dashboard.settings import Settings
from tests.datasets.random_cells import DATE_FORMS
from tests.datasets.random_tables import RandomTable, Truth, random_tables
from tests.datasets.read_random import ReadRow, ReadTable, read_table

# Encodings that cannot be told apart by every table, so that the analyst is asked.
_UNCLEAR = {"utf-16-le": {"encoding"}, "cp1256": {"encoding"}}
_UNDATED = {
    NoticeKind.UNDATED, NoticeKind.NUMBER_AS_DATE, NoticeKind.UNCLEAR_DATE_ORDER,
    NoticeKind.LAST_BEFORE_FIRST,
}  # fmt: skip


@pytest.fixture(scope="session")
def codes(corpus: Corpus, settings: Settings) -> Crosswalk:
    return crosswalks_of(settings.lexicon, corpus.lexicon.kinds)[CUSTOM]


@settings(
    max_examples=250,
    # A table is short; to shrink one took minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(table=random_tables())
def test_no_value_is_read_as_another(table: RandomTable, codes: Crosswalk, tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes(table.content)
    try:
        read = read_table(path, codes)
    except UnclearError as error:
        if error.option not in _allowed_questions(table):
            raise
        return
    assert read.rows.keys() == {row.token for row in table.rows}
    for truth in table.rows:
        row = read.rows[truth.token]
        _check_days(truth, row, table, read)
        assert row.point == pytest.approx(truth.point, abs=2e-5)
        assert row.kind == (truth.kind or "unknown")
        assert row.event_id == ("" if _unnamed(table, "event_id", "n°") else truth.event_id)
        assert row.killed == truth.killed


def _allowed_questions(table: RandomTable) -> set[str]:
    questions = set(_UNCLEAR.get(str(table.forms["encoding"]), set()))
    # Neither a place nor a date of one clear column.
    return questions | ({"columns"} if table.forms["points"] == "none" else set())


def _unnamed(table: RandomTable, role: str, name: str) -> bool:
    """Whether the column of the role has this name, which the lexicon does not have."""
    return table.columns.get(role, "").strip().casefold() == name


def _check_days(truth: Truth, row: ReadRow, table: RandomTable, read: ReadTable) -> None:
    days = truth.days or (None, None)
    if table.forms["dates"] == "parts" or DATE_FORMS[str(table.forms["date"])].clear:
        assert row.days == days
        return
    # The first and the last day are understood each on its own.
    assert row.days == days or None in row.days
    assert row.days[0] in (None, days[0])
    assert row.days[1] in (None, days[1])
    if row.days != days:
        assert read.faults or read.notices & _UNDATED
