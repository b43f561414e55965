"""What every action of an analyst needs: the workspace, the corpus and the author's name."""

from dataclasses import dataclass

from dashboard.model.corpus import Corpus
from dashboard.model.records import Table
from dashboard.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class EditSession:
    """A workspace, the corpus built from it, and the author recorded with each change."""

    workspace: Workspace
    corpus: Corpus
    who: str

    def version(self, kind: Table, record_id: str) -> int:
        """The current version of a record; 0 if it is not in the workspace."""
        stored = self.workspace.get(kind, record_id)
        return stored.version if stored else 0
