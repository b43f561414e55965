"""Files that an earlier program wrote are opened by this one, and nothing in them is lost."""

import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.dataset as ds
import pytest

from dashboard.datasets.saved_mappings import load_mappings
from dashboard.engine.datasets import Datasets
from dashboard.figure import __main__ as figure
from dashboard.figure.manifest import open_manifest
from dashboard.language.language import ARABIC, using_language
from dashboard.language.stored_text import translate
from dashboard.model.event_tables import CURATED, LAYOUT, VERIFIED
from dashboard.model.message import Message, message
from dashboard.model.place import PlacePrecision
from dashboard.model.records import ArticleRecord, SuggestionRecord, Table
from dashboard.project.project import Project
from dashboard.query.query import Query
from dashboard.settings import Settings, with_workspace_at
from dashboard.store.codec import encode
from dashboard.store.merge import event_record
from dashboard.store.verify import verify
from dashboard.store.workspace import Workspace
from tests.store.sample_workspaces import replayed, stored

EARLIER = Path(__file__).with_name("earlier")
BEFORE = (EARLIER / "expected.json").read_text(encoding="utf-8")
# The wording of these sentences is different today; the messages are the same in Arabic.
REWORDED = {
    "told by a verb": "reported by a verb",
    "told by Omar: ": "stated by Omar: ",
    "told by Rana: ": "stated by Rana: ",
    "told as news on ": "reported as news on ",
    "” tells of ": "” reports ",
}
# Shown in English, or partly so, by the earlier program.
TRANSLATED_SINCE = {
    "Not stated.": "غير مذكور.",
    "corrected “قصفت” in a_ab2694d04029 to nothing": ("تصحيح «قصفت» في a_ab2694d04029 إلى لا شيء"),
}


def reworded(text: str) -> str:
    for before, today in REWORDED.items():
        text = text.replace(before, today)
    return text


def with_estimates(value: Any) -> Any:
    """The value with estimates in place of the figure of a claim; no claim of the files had one."""
    if isinstance(value, list):
        return [with_estimates(item) for item in value]
    if not isinstance(value, dict):
        return value
    today = {key: with_estimates(item) for key, item in value.items()}
    if "stance" in today and "quote" in today and "event_id" in today:
        assert (today.pop("figure_value"), today.pop("figure_unit")) == (None, None)
        today["estimates"] = []
    if "summary_ar" in today and "when" in today:
        today["source_columns"] = []
    return today


EXPECTED: dict[str, Any] = with_estimates(json.loads(reworded(BEFORE)))
# The columns of a row of `events` since layout 3, and since layout 4.
SINCE_LAYOUT_3 = ("estimates", "source_columns", "record", *VERIFIED)
_STATES = ("verification", "place_verification")
FIELD_LIST = "قائمة_الميدان"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the earlier files."""
    path = tmp_path_factory.mktemp("earlier")
    with zipfile.ZipFile(EARLIER / "files.zip") as archive:
        archive.extractall(path)
    return path


@pytest.fixture(scope="module")
def earlier(folder: Path, settings: Settings) -> Settings:
    return with_workspace_at(settings, folder / "workspace.sqlite")


@pytest.fixture(scope="module")
def project(earlier: Settings) -> Project:
    return Project(earlier)


def fields(record: object) -> Any:
    """A record as plain JSON values, with the English text of each message."""
    return in_english(json.loads(encode(record)))


def in_english(value: Any) -> Any:
    if isinstance(value, list):
        return [in_english(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "message" in value:
        return str(msgspec.convert(value, Message))
    # A claim of the earlier files disputes no field, and their log has no key for it.
    assert value.get("disputes") is None
    since = {"disputes"}
    if "speaker_actor_id" in value:
        # Nor had their suggestions estimates.
        assert not value.get("estimates")
        since.add("estimates")
    return {key: in_english(item) for key, item in value.items() if key not in since}


# Kinds of record that the earlier program did not have.
KINDS_SINCE = (
    Table.MERGED_EVENT,
    Table.RELATION,
    Table.DISTINCT_EVENTS,
    Table.CAPTURE,
    Table.SOURCE_LINKS,
    Table.VERIFICATION,
    Table.IMPORTED_VERIFICATION,
    Table.SOURCE_RATING,
    Table.CLAIM_RATING,
    Table.LEARNED_NAME,
    Table.EVENT_LINK,
    Table.SAVED_VIEW,
    Table.RESTRICTION,
    Table.COMMENT,
    Table.ASSIGNMENT,
)


def test_all_records_have_their_values_and_versions(project: Project):
    assert {
        kind.value: {
            key: [record.version, fields(record.value)]
            for key, record in project.workspace.all(kind).items()
        }
        for kind in Table
    } == {**EXPECTED["records"], **{kind.value: {} for kind in KINDS_SINCE}}
    assert project.workspace.texts() == EXPECTED["texts"]


def test_the_log_has_each_entry_with_its_differences(project: Project):
    log = project.workspace.log()
    assert [in_english(msgspec.to_builtins(entry)) for entry in log] == EXPECTED["log"]
    for entry in log:
        differences = [fields(item) for item in project.workspace.differences(entry.seq)]
        assert differences == EXPECTED["differences"][str(entry.seq)]


def test_deleted_records_are_known_with_their_versions(project: Project):
    deleted = project.workspace.deleted()
    assert (
        sorted([kind.value, key, seq] for (kind, key), seq in deleted.items())
        == (EXPECTED["deleted"])
    )


def test_the_file_is_sound(earlier: Settings):
    assert verify(earlier.workspace) == []


def test_events_and_claims_are_part_of_the_corpus(project: Project):
    corpus = project.load().corpus
    assert corpus.faults == project.seeds.faults
    for event_id, expected in EXPECTED["events"].items():
        assert fields(event_record(corpus, event_id)) == expected


def test_stored_sentences_are_messages_now_which_are_shown_as_before(project: Project):
    workspace = project.workspace
    texts = [entry.what for entry in workspace.log()]
    for record in workspace.all(Table.SUGGESTION).values():
        if isinstance(record.value, SuggestionRecord):
            texts += [record.value.suggestion.date_reason, *record.value.suggestion.reasons]
    for record in workspace.all(Table.ARTICLE).values():
        if isinstance(record.value, ArticleRecord):
            texts.append(record.value.article.published_reason)
    assert len(texts) > 50
    assert all(isinstance(text, Message) for text in texts)
    shown = {reworded(key): text for key, text in json.loads(BEFORE)["arabic"].items()}
    with using_language(ARABIC):
        for text in texts:
            visible = re.sub("[\u2068\u2069]", "", translate(text))
            assert visible == {**shown, **TRANSLATED_SINCE}[str(text)]


def test_the_reasons_that_analysts_gave_are_still_text(project: Project):
    reasons = {entry.why for entry in project.workspace.log()}
    assert {"سبب بالعربية", "too soon", "the printed page", message("no place")} <= reasons


def test_imported_datasets_have_their_cards_and_rows(earlier: Settings, project: Project):
    project.catalog(project.load())
    datasets = Datasets(earlier.datasets)
    cards = [card for card in datasets if card.dataset_id != CURATED]
    rewritten = [
        card
        | {"generation": card["generation"] + 1, "layout": LAYOUT, "incomplete": card["events"]}
        | {"rows_may_be_shared": None, "deletions": 0}
        for card in EXPECTED["cards"]
    ]
    assert [fields(card) for card in cards] == rewritten
    rows = {
        f"{card.dataset_id}/{path.name}": table_rows(path)
        for card in cards
        for path in datasets.tables(card).iterdir()
        if path.is_dir()
    }
    for card in cards:
        assert rows.pop(f"{card.dataset_id}/event_estimates") == []
        for row in rows[f"{card.dataset_id}/events"]:
            assert [row.pop(name) for name in SINCE_LAYOUT_3] == [None] * len(SINCE_LAYOUT_3)
    # Nobody verified them: of each row of each table.
    states = [
        row.pop(name) for of in rows.values() for row in of for name in _STATES if name in row
    ]
    assert set(states) == {"unverified"}
    assert len(states) > 10
    assert rows == EXPECTED["rows"]


def table_rows(folder: Path) -> Any:
    """The rows of a table's Parquet files as JSON values, in the order of the expected ones."""
    table = ds.dataset(folder, partitioning="hive").to_table()
    rows = sorted(table.to_pylist(), key=repr)
    return json.loads(
        json.dumps(rows, default=lambda v: v.hex() if isinstance(v, bytes) else str(v))
    )


def test_imported_events_are_shown_but_not_those_of_a_hidden_dataset(project: Project):
    catalog = project.catalog(project.load())
    selected = catalog.select(Query(datasets=(FIELD_LIST, "acled")))
    assert selected is not None
    corpus = selected.corpus
    assert {key: fields(event_record(corpus, key)) for key in corpus.events.events} == (
        EXPECTED["shown"]
    )


def test_a_saved_mapping_is_read(earlier: Settings):
    (mapping,) = load_mappings(earlier.datasets).values()
    assert (mapping.name, mapping.precision) == ("Field list", PlacePrecision.VICINITY)
    assert mapping.columns["event_id"] == "رقم"
    assert len(mapping.columns) == 10


@pytest.mark.parametrize("name", EXPECTED["manifests"])
def test_a_manifest_is_read_with_all_its_options(folder: Path, name: str):
    expected = EXPECTED["manifests"][name]
    options = expected["figure"]
    manifest = open_manifest(folder / f"figure_{name}.json").as_json()
    # Two fields have other names since.
    assert manifest.pop("created") == expected["made"]
    assert manifest["figure"].pop("language") == options["tongues"]
    assert manifest.pop("figure") == {key: options[key] for key in options if key != "tongues"}
    assert manifest == {key: expected[key] for key in expected if key not in {"made", "figure"}}


@pytest.mark.parametrize("name", EXPECTED["manifests"])
def test_a_figure_is_made_again_from_the_same_data(
    earlier: Settings, folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("EVENT_MAP_WORKSPACE", str(earlier.workspace))
    out = folder / f"{name}.svg"
    assert figure.main([str(folder / f"figure_{name}.json"), "-o", str(out)]) == 0
    assert out.stat().st_size > 10_000


def test_an_entry_of_the_earlier_program_is_undone(folder: Path, tmp_path: Path):
    path = tmp_path / "workspace.sqlite"
    shutil.copy(folder / "workspace.sqlite", path)
    workspace = Workspace(path)
    event_id = "shelling_ain_issa_2021_01_09_3084cd45"
    workspace.undo(15, who="Rana", why="another shelling")
    event = workspace.get(Table.EVENT, event_id)
    assert event is not None
    before = EXPECTED["differences"]["15"]
    assert fields(event.value) in [change["before"] for change in before]
    assert replayed(workspace) == stored(workspace)
