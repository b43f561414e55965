"""Projects in which something does not exist, to compare with those in which somebody may not see it."""

import csv
import shutil
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from dashboard.model.permissions import Role, permissions_of
from dashboard.model.restriction import RestrictedKind, Restriction
from dashboard.model.viewer import Viewer
from dashboard.project.project import Project
from dashboard.review.edit_session import EditSession
from dashboard.review.restricting import restrict
from dashboard.settings import read_settings
from dashboard.store.database import Server
from tests.engine import sample_data

INSIDER = Viewer("ada@example.org", "Ada", permissions_of(Role.READER), frozenset({"map-sources"}))
OUTSIDER = Viewer("eve@example.org", "Eve", permissions_of(Role.EDITOR), frozenset({"others"}))
SEEN_BY = ("group:map-sources",)
SECRET, PUBLIC = "secret", "made"


def project_at(
    folder: Path, *, datasets: Collection[str] = (PUBLIC, SECRET), server: Server | None = None
) -> Project:
    """A project with the seeds of `folder`, if it has any, and made-up datasets.

    Its workspace is in `folder` or on a `server`.
    """
    folder.mkdir(exist_ok=True)
    environment = {
        "EVENT_MAP_WORKSPACE": server.url if server else str(folder / "w.sqlite"),
        "EVENT_MAP_WORKSPACE_FILES": str(folder),
        "EVENT_MAP_DATASETS": str(folder / "datasets"),
    }
    if (folder / "seeds").exists():
        environment["EVENT_MAP_SEEDS"] = str(folder / "seeds")
    project = Project(read_settings(environment))
    corpus = project.load().corpus
    for name in datasets:
        towns = 30 if name == SECRET else 12
        sample_data.write(project.library.datasets, corpus, 60, name, towns=towns)
    return project


def hide(project: Project, kind: RestrictedKind, thing_id: str) -> None:
    """Restrict a dataset or an article to the group of the insider."""
    session = EditSession(project.workspace, project.load().corpus, "Root")
    restrict(session, Restriction(kind, thing_id, thing_id.title(), SEEN_BY))


def seeds_without(articles: Collection[str], target: Path) -> None:
    """The seeds as if these articles had never been added: without their claims and all from them."""
    source = read_settings({}).seeds
    shutil.copytree(source, target)
    _keep(target / "articles.csv", lambda row: row["article_id"] not in articles)
    claims = _keep(target / "claims.csv", lambda row: row["article_id"] not in articles)
    ids, events = ({row[name] for row in claims} for name in ("claim_id", "event_id"))
    _keep(target / "estimates.csv", lambda row: row["claim_id"] in ids)
    _keep(target / "events.csv", lambda row: row["event_id"] in events)
    _keep(target / "event_actors.csv", lambda row: row["event_id"] in events)
    _keep(
        target / "event_places.csv",
        lambda row: row["event_id"] in events and row["article_id"] not in articles,
    )


def _keep(path: Path, wanted: Callable[[Mapping[str, str]], bool]) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = [row for row in reader if wanted(row)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, reader.fieldnames or ())
        writer.writeheader()
        writer.writerows(rows)
    return rows
