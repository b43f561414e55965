"""Where an analyst works: the workspace, what it holds, and in whose name it is changed."""

from dataclasses import dataclass

from dashboard.model.corpus import Corpus
from dashboard.model.records import Table
from dashboard.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Desk:
    """A workspace, the corpus as it makes it, and the name for the record of changes."""

    workspace: Workspace
    corpus: Corpus
    who: str

    def version(self, kind: Table, record_id: str) -> int:
        """The version of a record as it is now; 0 if the workspace does not hold it."""
        found = self.workspace.get(kind, record_id)
        return found.version if found else 0
