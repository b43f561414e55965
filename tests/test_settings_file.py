"""The file of settings: the same as variables, which go before it; what it cannot say is refused."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.settings import read_settings
from dashboard.settings_file import NAMES, SettingsFileError, variable

PATHS = (
    "workspace",
    "datasets",
    "backups",
    "import_folder",
    "basemaps",
    "layers",
    "seeds",
    "sign_in",
    "mail",
)
LISTS = ("hosts", "origins", "feeds")


def write(folder: Path, text: str) -> dict[str, str]:
    """The environment that names the file."""
    path = folder / "event-map.toml"
    path.write_text(text, encoding="utf-8")
    return {"EVENT_MAP_CONFIG": str(path)}


@settings(max_examples=50)
@given(
    paths=st.dictionaries(
        st.sampled_from(PATHS), st.from_regex(r"/[\w ./'\"-]{1,20}", fullmatch=True)
    ),
    lists=st.dictionaries(
        st.sampled_from(LISTS), st.lists(st.from_regex(r"[a-z.]{1,9}", fullmatch=True), min_size=1)
    ),
    engine=st.sampled_from(["duckdb://", "postgresql://ada:p%40ss@db.example.org/map"]),
)
def test_the_file_says_what_the_same_variables_say(
    tmp_path_factory: pytest.TempPathFactory,
    paths: dict[str, str],
    lists: dict[str, list[str]],
    engine: str,
):
    given_values = {"engine": engine, **paths, **lists}
    # A string or list of JSON is one of TOML.
    lines = [
        f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in given_values.items()
    ]
    text = "\n".join(lines)
    file = write(tmp_path_factory.mktemp("settings"), text)
    environment = {
        variable(name): ",".join(value) if isinstance(value, list) else value
        for name, value in given_values.items()
    }
    assert read_settings(file) == read_settings(environment)


def test_variables_go_before_the_file(tmp_path: Path):
    file = write(tmp_path, 'log = "requests"\nhosts = ["a.example.org"]\n')
    read = read_settings({**file, "EVENT_MAP_LOG": "errors"})
    assert (read.log, read.hosts) == ("errors", ("a.example.org",))


def test_paths_are_relative_to_the_file_and_urls_are_no_paths(tmp_path: Path):
    text = 'workspace = "data/w.sqlite"\nsign_in = "sign-in.toml"\nbackups = "/mnt/backups"\n'
    read = read_settings(write(tmp_path, text))
    assert read.workspace == tmp_path / "data" / "w.sqlite"
    assert read.datasets == tmp_path / "data" / "w_datasets"
    assert read.sign_in == tmp_path / "sign-in.toml"
    assert read.backups == Path("/mnt/backups")
    url = "postgresql://map@db.example.org/map"
    other = tmp_path / "other"
    other.mkdir()
    assert read_settings(write(other, f'workspace = "{url}"\n')).workspace_url == url


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('hots = ["a"]', "unknown field `hots`"),
        ('hosts = "a"', r"Expected `array \| null`, got `str` - at `\$.hosts`"),
        ('workspace = ""', r"length >= 1 - at `\$.workspace`"),
        ("workspace = ", "Invalid value"),
    ],
)
def test_what_the_file_cannot_say_is_refused_with_its_name_and_field(
    tmp_path: Path, text: str, why: str
):
    with pytest.raises(SettingsFileError, match=why) as refused:
        read_settings(write(tmp_path, text))
    assert str(refused.value).startswith("event-map.toml: ")


@pytest.mark.parametrize("name", ["", "missing.toml"])
def test_a_file_that_is_not_there_is_refused(name: str):
    with pytest.raises(SettingsFileError, match="expected a readable file"):
        read_settings({"EVENT_MAP_CONFIG": name})


def test_a_workspace_on_another_kind_of_server_is_refused_without_its_password():
    with pytest.raises(SettingsFileError, match="found mysql://") as refused:
        read_settings({"EVENT_MAP_WORKSPACE": "mysql://ada:secret@db.example.org/map"})
    assert "secret" not in str(refused.value)


def test_every_setting_of_the_environment_can_be_in_the_file():
    source = Path(read_settings.__code__.co_filename).read_text(encoding="utf-8")
    assert {name for name in NAMES if f'"{name.upper()}"' in source} == set(NAMES)
