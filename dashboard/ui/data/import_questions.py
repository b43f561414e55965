"""Questions to the analyst about an ambiguous file, e.g. its encoding, or the order of its dates."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.datasets.files.errors import UnclearError
from dashboard.datasets.files.header import SAMPLE_ROWS
from dashboard.language.messages import N_, _
from dashboard.language.stored_text import translate
from dashboard.text.escape import escape_markdown_message
from dashboard.ui.state.session import SessionValue

# The last ambiguous file, and the possible values by option.
_OPEN = SessionValue[tuple[str, dict[str, Sequence[str]]]]("import_open", ("", {}))
_QUESTIONS = {
    "encoding": N_("Encoding of the file"),
    "delimiter": N_("Column delimiter"),
    "member": N_("File in the archive"),
    "layer": N_("Sheet or layer"),
    "crs": N_("Coordinate reference system"),
    "date_order": N_("Order of day (d), month (m) and year (y)"),
}
_FILE_OPTIONS = ("encoding", "delimiter", "member", "layer", "crs", "header_row")
# Tables whose first row may be a title.
_WITH_HEADER = frozenset((".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xls", ".ods", ".zip"))
_HEADER_ROW = "import_header_row"


class Questions:
    """The open options of one file and their answers, which are discarded with another file.

    `ending` is that of its name: tables that people write may have their header below a title.
    """

    def __init__(self, file: str, ending: str = "") -> None:
        if _OPEN.get()[0] != file:
            for option in _QUESTIONS:
                SessionValue(f"import_{option}", "").clear()
            SessionValue(_HEADER_ROW, "").clear()
            _OPEN.set((file, {}))
        self._open = _OPEN.get()[1]
        # Above what depends on the answers.
        self._container = st.container()
        with self._container:
            selected = {option: _choice(option, choices) for option, choices in self._open.items()}
            selected["header_row"] = _header_row() if ending in _WITH_HEADER else None
        self.answers: Mapping[str, str] = {key: value for key, value in selected.items() if value}

    def ask(self, error: UnclearError) -> None:
        """Show a question; it stays after the answer, so that this can be corrected."""
        with self._container:
            st.info(escape_markdown_message(translate(error.why)))
            if error.option in _QUESTIONS and error.option not in self._open:
                self._open[error.option] = error.choices
                _choice(error.option, error.choices)

    def about_file(self) -> dict[str, str]:
        """The answers about the file format by option of the command line."""
        return {key: self.answers[key] for key in _FILE_OPTIONS if key in self.answers}


def _choice(option: str, choices: Sequence[str]) -> str | None:
    return st.selectbox(
        _(_QUESTIONS[option]), choices, index=None, key=f"import_{option}", placeholder=_("choose")
    )


def _header_row() -> str | None:
    """The number of the row with the names of the columns, 0 if there is none; `None` is detected."""
    number = st.number_input(
        _("Row with the names of the columns"),
        min_value=0,
        max_value=SAMPLE_ROWS,
        value=None,
        step=1,
        key=_HEADER_ROW,
        placeholder=_("found by itself"),
        help=_("For a table below a title. 0: the table has no names of columns."),
    )
    return None if number is None else str(number)
