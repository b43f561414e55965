"""One package owns the session state and the address bar."""

import ast
from pathlib import Path

DASHBOARD = Path(__file__).resolve().parents[2] / "dashboard"
OWNER = DASHBOARD / "ui" / "state"


def _uses(path: Path) -> set[str]:
    """What a module takes of Streamlit's state, by attribute or by import.

    A request's own `query_params` (Starlette's) are another matter.
    """
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in {"st", "streamlit"}
    }
    names |= {
        alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    return names & {"session_state", "query_params"}


def test_only_the_state_package_touches_session_state_and_query_params():
    using = {path for path in DASHBOARD.rglob("*.py") if _uses(path)}
    assert using == {OWNER / "session.py", OWNER / "address_bar.py"}
