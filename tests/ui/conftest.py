"""A workspace with one article read, which the pages under test find by their settings."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.ingest.run import Workers, ingest
from dashboard.ingest.work import File
from dashboard.model.corpus import Corpus
from dashboard.store.workspace import Workspace

TEXT = (
    "قصفت القوات التركية أمس بلدة عين عيسى بقذائف المدفعية، وفق ما أفاد المرصد السوري.\n"
    "واندلعت اشتباكات في قرية زنوبيا بين قوات سوريا الديمقراطية والجيش الوطني السوري.\n"
)


@pytest.fixture
def workspace(tmp_path: Path, corpus: Corpus) -> Iterator[Workspace]:
    """It has two pending suggestions and one unknown name; Rana has read the article."""
    path = tmp_path / "workspace.sqlite"
    workspace = Workspace(path)
    list(ingest(workspace, corpus, [File("a.txt", TEXT.encode())], Workers(), "Rana"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVENT_MAP_WORKSPACE", str(path))
        yield workspace
