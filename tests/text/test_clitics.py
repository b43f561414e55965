"""Clitics are defined in one module; proclitics are stripped from words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import dashboard
from dashboard.text.clitics import (
    CHAINS,
    DEFINITE_CHAINS,
    FUTURE,
    PROCLITICS,
    PRONOUNS,
    bases,
    definite_base,
)

ROOT = Path(dashboard.__file__).parent
# "ه" alone is the folded ending of feminine nouns too.
CLITICS = {*PROCLITICS, *DEFINITE_CHAINS, *PRONOUNS, FUTURE} - {"", "ه"}
# Single letters that variants of them fold to.
LETTERS = ROOT / "text" / "normalise.py"
MODULES = sorted({*ROOT.rglob("*.py")} - {ROOT / "text" / "clitics.py", LETTERS})


def clitics_in(source: str) -> Iterator[str]:
    """Yield each string of the source that is a clitic, or a pattern for several.

    The end of an f-string is none: a verb's ending may have the same letter.
    """
    nodes = list(ast.walk(ast.parse(source)))
    endings = {node.values[-1] for node in nodes if isinstance(node, ast.JoinedStr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in endings:
            classes = re.findall(r"\[([^\]]+)\]", node.value)
            groups = (re.split(r"\||\?:", group) for group in re.split(r"[()]", node.value))
            sets = [*classes, *groups]
            if node.value in CLITICS or any(len(CLITICS.intersection(each)) > 1 for each in sets):
                yield node.value


def test_no_other_module_has_clitics():
    clitics = {path: list(clitics_in(path.read_text(encoding="utf-8"))) for path in MODULES}
    assert {path: strings for path, strings in clitics.items() if strings} == {}


@pytest.mark.parametrize(
    "source", ['("", "و", "ف")', 'r"[وف]?[بكل]?"', 'rf"(?:وال|بال|لل){x}"', '"ب" in prefix']
)
def test_sets_of_clitics_are_seen(source: str):
    assert list(clitics_in(source))


def test_a_chain_has_its_clitics_in_order():
    assert len(set(CHAINS)) == len(set(DEFINITE_CHAINS)) == 12
    assert {"وب", "فل", "ك"} <= set(CHAINS)
    assert {"ال", "وال", "وبال", "لل", "ولل"} <= set(DEFINITE_CHAINS)
    assert not {"بو", "لال"} & {*CHAINS, *DEFINITE_CHAINS}


def test_proclitics_are_stripped():
    assert list(bases("وبقريه")) == ["وبقريه", "بقريه", "قريه"]
    assert list(bases("قريه")) == ["قريه"]
    words = ("القريه", "وبالقريه", "للقريه", "وللقريه", "قريه")
    assert [definite_base(word) for word in words] == ["قريه"] * 4 + [None]
