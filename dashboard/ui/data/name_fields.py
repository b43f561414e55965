"""A field for each of many names in a table, e.g. 200 names of kinds of event: a page at a time.

Names can be searched, and all that match can be answered at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard.language.messages import _, plural
from dashboard.language.numbers import number
from dashboard.text.normalise import fold
from dashboard.ui.state.session import choice_field

# Fields on a page: more of them make each run of the page slow.
_PAGE = 20


@dataclass(frozen=True, slots=True)
class NameFields:
    """What is asked about each name: `labels` of the fields, and `choices`, the possible answers.

    `show` is the text of an answer, `unknown` that of a field without one. `answers` is changed.
    `key` is that of all fields together; `common` are the choices that all names share, if any.
    """

    key: str
    labels: Mapping[str, str]
    choices: Callable[[str], Sequence[str]]
    show: Callable[[str], str]
    unknown: str
    answers: dict[str, str]
    common: Sequence[str] = ()

    def draw(self) -> None:
        """Show the fields, of more than a page with a search and the number of the page."""
        names = list(self.labels)
        if len(names) > _PAGE:
            names = self._page(self._search(names))
        for row in range(0, len(names), 2):
            for column, name in zip(st.columns(2), names[row : row + 2], strict=False):
                with column:
                    self._field(name)

    def _field(self, name: str) -> None:
        choices = self.choices(name)
        st.selectbox(
            self.labels[name],
            choices,
            index=None,
            format_func=self.show,
            placeholder=self.unknown,
            **choice_field(
                f"{self.key}_{name}", self.answers.get(name), partial(self._answer, name), choices
            ),
        )

    def _answer(self, name: str, answer: str | None) -> None:
        if answer:
            self.answers[name] = answer
        else:
            self.answers.pop(name, None)

    def _answer_all(self, names: Sequence[str], answer: str | None) -> None:
        # The browser also sends that the field is blank again, which is no answer.
        if answer:
            self.answers.update(dict.fromkeys(names, answer))

    def _search(self, names: Sequence[str]) -> list[str]:
        """Show the search and, of shared choices, a field that answers all names that it finds."""
        left, right = st.columns(2, vertical_alignment="bottom")
        text = fold(left.text_input(_("Find a value"), key=f"{self.key}_search"))
        matches = [name for name in names if text in fold(name)]
        if self.common and matches:
            label = plural("{n} value: take it for", "All {n} values: take them for", len(matches))
            right.selectbox(
                label,
                self.common,
                index=None,
                format_func=self.show,
                placeholder=_("choose"),
                **choice_field(
                    f"{self.key}_all", None, partial(self._answer_all, matches), self.common
                ),
            )
        return matches

    def _page(self, names: list[str]) -> list[str]:
        """Show which names are on the page and how many are answered; returns those of the page."""
        pages = max(1, -(-len(names) // _PAGE))
        left, right = st.columns(2, vertical_alignment="bottom")
        answered = sum(name in self.answers for name in self.labels)
        total = number(len(self.labels))
        left.caption(_("{n} of {total} answered").format(n=number(answered), total=total))
        if pages == 1:
            return names
        page = right.number_input(
            _("Page, of {n}").format(n=number(pages)), 1, pages, key=f"{self.key}_page_{pages}"
        )
        return names[(page - 1) * _PAGE : page * _PAGE]
