"""HTML of this program as data that a script draws with textContent, each distinct part once.

`Nodes.add('<p>Two <b>claims</b></p>')` gives the numbers of the parts; `Nodes.parts` has them, a text as
a string, an element as [tag, attributes, number of each child]. Both languages have most parts in
common (quotes, names, links), so each is in the file once.
"""

import re
from collections.abc import Iterator, Mapping

import lxml.html
from lxml.html import HtmlElement

Part = str | list[object]
# What the script creates; other elements are left out with all that is in them.
_TAGS = frozenset(
    {
        *(
            "article",
            "b",
            "bdi",
            "blockquote",
            "br",
            "code",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "em",
        ),
        *("footer", "h1", "h2", "h3", "h4", "header", "li", "mark", "ol", "p", "section", "span"),
        *("strong", "summary", "table", "tbody", "td", "th", "tr", "ul", "a"),
    }
)
_ATTRIBUTES = frozenset({"class", "dir", "lang", "title", "scope"})
_WEB = ("http://", "https://")


_WORD = re.compile(r"[\w.:-]*\w")
LEFT_OUT = "…"


def with_names(text: str, names: Mapping[str, str]) -> str:
    """The text with each id that stands in it as a word replaced by its name."""
    return _WORD.sub(lambda it: names.get(it.group(), it.group()), text)


class Nodes:
    """The distinct parts of all HTML that was added; no text has one of the ids in `foreign`.

    Those are ids of what is not in the file, e.g. of an event that the note of another one names.
    """

    def __init__(self, foreign: frozenset[str] = frozenset()) -> None:
        self.foreign = foreign
        self._names = dict.fromkeys(foreign, LEFT_OUT)
        self.parts: list[Part] = []
        self._numbers: dict[object, int] = {}

    def add(self, html: str) -> list[int]:
        """The numbers of the outermost parts of a piece of HTML."""
        if not html:
            return []
        # libxml2 takes no half of a surrogate pair.
        whole = html.encode("utf-8", errors="replace").decode("utf-8")
        root = lxml.html.fragment_fromstring(whole, create_parent="div")
        return list(self._children(root))

    def text(self, text: str) -> int:
        """The number of a text."""
        shown = self._without_foreign(text) if self.foreign else text
        return self._number(shown, shown)

    def _without_foreign(self, text: str) -> str:
        return with_names(text, self._names)

    def _children(self, element: HtmlElement) -> Iterator[int]:
        if element.text:
            yield self.text(element.text)
        for child in element:
            yield from self._element(child)
            if child.tail:
                yield self.text(child.tail)

    def _element(self, element: HtmlElement) -> Iterator[int]:
        """The number of an element; those of its children if it says nothing itself."""
        tag = element.tag
        if tag not in _TAGS:
            return
        if tag == "a" and not _is_web(element):
            # A link to another event is its title here; one to a page of the program is left out.
            if element.attrib.get("target") == "_self":
                yield from self._children(element)
            return
        attributes = {
            key: self._without_foreign(text)
            for key, text in element.attrib.items()
            if key in _ATTRIBUTES
        }
        if tag == "a":
            attributes["href"] = element.attrib["href"]
        children = tuple(self._children(element))
        if tag == "span" and not attributes:
            yield from children
            return
        key = (tag, tuple(sorted(attributes.items())), children)
        yield self._number(key, [tag, attributes or 0, *children])

    def _number(self, key: object, part: Part) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self.parts)
            self.parts.append(part)
        return self._numbers[key]


def _is_web(link: HtmlElement) -> bool:
    """Whether a link leads to the web; pages of this program are not there without it."""
    return str(link.attrib.get("href", "")).startswith(_WEB)
