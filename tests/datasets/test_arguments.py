"""Arguments of the import command become the options of an import."""

from pathlib import Path

import pytest

from dashboard.datasets.arguments import argument_parser, to_import_options
from dashboard.datasets.formats.days import DateOrder
from dashboard.datasets.options import ImportOptions
from dashboard.datasets.run import Importer
from dashboard.model.errors import DashboardError
from dashboard.model.place import PlacePrecision
from tests.datasets.formats import make
from tests.datasets.reading import OWN


def options_of(importer: Importer, path: Path, *words: str) -> ImportOptions:
    arguments = argument_parser().parse_args([str(path), *words])
    return to_import_options(importer, path, arguments, path.parent)


def test_a_known_format_needs_no_column_mapping(importer: Importer, tmp_path: Path):
    path = make.write(tmp_path / "a.csv", [make.BATTLE])
    options = options_of(importer, path, "--name", "ACLED", "--delimiter", "comma")
    assert (options.name, options.file.delimiter, options.mapping) == ("ACLED", ",", None)


def test_columns_of_the_command_line_replace_guessed_ones(importer: Importer, tmp_path: Path):
    path = make.write(tmp_path / "a.csv", [OWN])
    words = ("--column", "title=id", "--date-order", "dmy", "--precision", "district")
    mapping = options_of(importer, path, *words).mapping
    assert mapping is not None
    assert (mapping.columns["title"], mapping.columns["lat"]) == ("id", "lat")
    assert mapping.date_order is DateOrder.DAY_FIRST
    assert mapping.precision is PlacePrecision.DISTRICT
    only = options_of(importer, path, "--only-columns", "--column", "lat=lat").mapping
    assert only is not None
    assert only.columns == {"lat": "lat"}


def test_an_unknown_profile_is_an_error(importer: Importer, tmp_path: Path):
    path = make.write(tmp_path / "a.csv", [OWN])
    with pytest.raises(DashboardError, match="no profile of the name none"):
        options_of(importer, path, "--profile", "none")
