"""Every module of the program is imported by at least one test."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Scripts that Streamlit runs: tests start them as a page or as a server.
RUN_BY_PATH = {"dashboard.app", "dashboard.main"}
RUN_BY_NAME = {"__init__", "__main__"}


def _modules() -> set[str]:
    paths = (ROOT / "dashboard").rglob("*.py")
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths}
    return {name for name in names if name.rpartition(".")[2] not in RUN_BY_NAME}


def _imported() -> set[str]:
    """All names that a file below tests/ imports, in a test's own body too."""
    names: set[str] = set()
    for path in (ROOT / "tests").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_every_module_is_imported_by_a_test():
    """A new module comes with a test of what it does; the import alone is none."""
    assert sorted(_modules() - RUN_BY_PATH - _imported()) == []


def test_scripts_are_run_by_tests_by_their_path():
    sources = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "tests").rglob("*.py"))
    for name in RUN_BY_PATH:
        assert (
            f'"{name.rpartition(".")[2]}.py"' in sources
            or f"{name.replace('.', '/')}.py" in sources
        )
        assert (ROOT / f"{name.replace('.', '/')}.py").is_file()
