"""The messages in the source, extracted from its syntax trees, also inside f-strings."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "dashboard"
_PLURALS = frozenset({"plural", "plural_forms"})
Message = tuple[str | None, str, str | None]


def messages() -> Iterator[Message]:
    """Each message as (context, English, English plural)."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield from _of(node.func.id, node.args)


def _of(name: str, arguments: list[ast.expr]) -> Iterator[Message]:
    texts = [a.value for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if name in {"_", "N_", "message"} and texts:
        yield None, texts[0], None
    elif name in _PLURALS and len(texts) == 2:
        yield None, texts[0], texts[1]
    elif name == "pgettext" and len(texts) == 2:
        yield texts[0], texts[1], None
