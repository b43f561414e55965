"""The proof of claims in the workspace: links to their sources, and captured files."""

from collections.abc import Iterator

from dashboard.model.capture import Capture, Proof, SourceLinks, proof_of
from dashboard.model.records import Table
from dashboard.store.workspace import Workspace


def proof_in(workspace: Workspace) -> Proof:
    """The links and captures of all claims and articles."""
    return proof_of(
        (row for row in _values(workspace, Table.SOURCE_LINKS) if isinstance(row, SourceLinks)),
        (row for row in _values(workspace, Table.CAPTURE) if isinstance(row, Capture)),
    )


def _values(workspace: Workspace, kind: Table) -> Iterator[object]:
    return (stored.value for stored in workspace.all(kind).values())
