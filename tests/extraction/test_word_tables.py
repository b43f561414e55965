"""A damaged row of a table of words is an error that names its file, row and column."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.dates.lexicon import load_words
from dashboard.extraction.attribution import SpeakerIndex
from dashboard.extraction.cues import load_cues
from dashboard.gazetteer.context import load_context
from dashboard.model.errors import DataError
from dashboard.settings import DATA

LEXICON = DATA / "lexicon"


@pytest.mark.parametrize(
    ("file", "row", "column", "load"),
    [
        ("place_kind_words.csv", "قلعة,one,castle,قلعة,,a test", "classes", load_context),
        ("place_contexts.csv", "nickname,شبكة,,a test", "use", load_context),
        ("place_locatives.csv", ",,a test", "word", load_context),
        ("capitals.csv", ",syria,a test", "place_id", load_context),
        ("ordinary_names.csv", ",door,a test", "word", load_context),
        ("page_furniture.csv", "اقرأ,top,line,,a test", "zone", load_context),
        ("speaker_names.csv", ",المرصد,a test", "speaker_id", SpeakerIndex),
        ("nationality_words.csv", ",sdf,,a test", "word", load_cues),
    ],
)
def test_a_damaged_row_is_an_error(
    tmp_path: Path, file: str, row: str, column: str, load: Callable[[Path], object]
):
    shutil.copytree(LEXICON, tmp_path / "lexicon")
    with (tmp_path / "lexicon" / file).open("a", encoding="utf-8") as table:
        table.write(f"{row}\n")
    with pytest.raises(DataError) as damaged:
        load(tmp_path / "lexicon")
    assert [(fault.file, fault.field) for fault in damaged.value.faults] == [(file, column)]


def test_a_damaged_row_of_the_words_of_dates_is_an_error(tmp_path: Path):
    path = tmp_path / "date_words.csv"
    shutil.copy(LEXICON / "date_words.csv", path)
    with path.open("a", encoding="utf-8") as table:
        table.write("month,,1,a test\n")
    with pytest.raises(DataError) as damaged:
        load_words(path)
    assert [(fault.file, fault.field) for fault in damaged.value.faults] == [(path.name, "word")]
