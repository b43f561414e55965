"""What every action of an analyst needs: the workspace, the corpus and the author's name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.model.corpus import Corpus
from dashboard.model.message import StoredText
from dashboard.model.records import Table
from dashboard.store.workspace import Change, Workspace


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

    def change(self, kind: Table, record_id: str, value: object) -> Change:
        """A change of the record from its current version."""
        return Change(kind, record_id, value, self.version(kind, record_id))

    def commit(
        self,
        changes: Iterable[Change],
        what: StoredText,
        why: StoredText,
        texts: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Write the changes as one log entry of this author, or none if one is a conflict."""
        self.workspace.commit(list(changes), who=self.who, what=what, why=why, texts=texts)
