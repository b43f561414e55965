"""A list of deletions on the Data page: the check says what is deleted, and the import deletes it."""

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.datasets.run import Importer
from dashboard.engine.datasets import Datasets
from dashboard.model.corpus import Corpus
from dashboard.settings import read_settings
from tests.datasets.formats import make
from tests.datasets.reading import read
from tests.ui.running import click, labels, panel, texts

pytestmark = pytest.mark.usefixtures("workspace")
_PATIENCE_S = 60


def _panel() -> None:
    from dashboard.settings import read_settings
    from dashboard.ui.data.import_panel import import_panel
    from dashboard.ui.project import catalog, load, project

    loaded = load()
    catalog(loaded)
    import_panel(loaded, project().library, read_settings())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The import folder, with a list of deletions."""
    monkeypatch.setenv("EVENT_MAP_IMPORT_FOLDER", str(tmp_path))
    (tmp_path / "a.csv").write_text(
        "event_id_cnty,deleted_timestamp\nSYR1,1612400000\nSYR7,1612400000\nSYR8,\n",
        encoding="utf-8",
    )
    return tmp_path


def _with_file() -> AppTest:
    app = panel(_panel, "Rana")
    app.text_input(key="import_path").set_value("a.csv").run()
    assert not app.exception, app.exception
    return app


def _finished(app: AppTest) -> AppTest:
    """The page once the check or the import has ended."""
    until = time.monotonic() + _PATIENCE_S
    while app.session_state["import_job"].running and time.monotonic() < until:
        time.sleep(0.1)
    app.run()
    assert not app.exception, app.exception
    return app


def test_a_list_without_a_dataset_of_acled_cannot_be_imported(folder: Path):
    app = _with_file()
    assert "There is no dataset of ACLED to delete events from" in texts(app)
    assert "Check the file" not in labels(app)


def test_the_check_says_what_the_import_deletes(folder: Path, corpus: Corpus):
    settings = read_settings()
    datasets = Datasets(settings.datasets)
    path = make.write(folder / "events.csv", [make.BATTLE, make.SHELLING])
    for name in ("ACLED", "Iraq"):
        read(Importer(datasets, corpus, settings.lexicon), path, name=name)
    app = _with_file()
    assert "Recognised as ACLED's list of deleted events." in texts(app)
    dataset = app.selectbox(key="import_name_a.csv")
    assert (dataset.value, dataset.options) == ("ACLED", ["ACLED", "Iraq"])
    app = _finished(click(app, "Check the file"))
    said = "1 event is deleted, 1 id to delete is not in the dataset"
    assert f"An import would give: {said}" in texts(app)
    assert r"1 event is deleted \(acled\:SYR1\)" in texts(app)
    assert "3 rows, 1 left out" in texts(app)
    assert "1 fault; its row was left out" in texts(app)
    assert [card.events for card in datasets if card.format == "acled"] == [2, 2]
    app = _finished(click(app, "Import"))
    assert said in " ".join(item.value for item in app.success)
    assert [card.events for card in datasets if card.format == "acled"] == [1, 2]
    assert sorted(card.deletions for card in datasets if card.format == "acled") == [0, 2]
