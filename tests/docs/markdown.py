"""The documents, and what the tests ask of them: code blocks, code in the text, links, headings."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = tuple(
    str(path.relative_to(ROOT))
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/**/*.md")))
)


@dataclass(frozen=True)
class Block:
    """A block of code: the document, the line on which it begins, its language and its text.

    `language` is "" for a block that names none, and for one that is only indented.
    """

    document: str
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


@cache
def _tokens(document: str) -> tuple[Token, ...]:
    text = (ROOT / document).read_text(encoding="utf-8")
    return tuple(MarkdownIt("commonmark").enable("table").parse(text))


def _inline(document: str) -> list[Token]:
    """The parts of the running text, of headings and of tables."""
    return [part for token in _tokens(document) for part in token.children or ()]


def blocks(document: str) -> list[Block]:
    """The code blocks of a document, in its order."""
    return [
        Block(document, (token.map or [0])[0] + 1, token.info.strip(), token.content)
        for token in _tokens(document)
        if token.type in {"fence", "code_block"}
    ]


def code_in_text(document: str) -> list[str]:
    """The texts between single backticks."""
    return [token.content for token in _inline(document) if token.type == "code_inline"]


def links(document: str) -> list[str]:
    """The targets of links and pictures."""
    targets = [token.attrGet("href") or token.attrGet("src") for token in _inline(document)]
    return [str(target) for target in targets if target]


def anchors(document: str) -> set[str]:
    """What a link may name after "#": each heading as GitHub writes it."""
    tokens = _tokens(document)
    headings = [
        tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open"
    ]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def sections(document: str) -> dict[str, str]:
    """The text of a document by heading; what precedes the first heading is under ""."""
    texts, heading = {"": ""}, ""
    for line in (ROOT / document).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("#").strip()
        texts[heading] = f"{texts.get(heading, '')}{line}\n"
    return texts
