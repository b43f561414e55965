"""What a file does not tell, asked of the analyst, e.g. its encoding, or whether 1/2 is in January."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.datasets.files.chunks import FileOptions, UnclearError
from dashboard.language.messages import N_, _
from dashboard.text.escape import escape_markdown
from dashboard.ui.state.session import SessionValue

# The file that was asked about last, and the choices that it left open.
_OPEN = SessionValue[tuple[str, dict[str, Sequence[str]]]]("import_open", ("", {}))
_QUESTIONS = {
    "encoding": N_("Encoding of the file"),
    "delimiter": N_("What stands between cells"),
    "layer": N_("Sheet or layer"),
    "crs": N_("Coordinate reference system"),
    "date_order": N_("Order of day (d), month (m) and year (y)"),
}
_OPENED_BY = ("encoding", "delimiter", "layer", "crs")
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}


class Questions:
    """What one file left open, and what was answered; an answer for one file is none for another."""

    def __init__(self, file: str) -> None:
        if _OPEN.get()[0] != file:
            for option in _QUESTIONS:
                SessionValue(f"import_{option}", "").clear()
            _OPEN.set((file, {}))
        self._open = _OPEN.get()[1]
        # Above all that follows from them, where they are seen.
        self._place = st.container()
        with self._place:
            chosen = {option: _choice(option, choices) for option, choices in self._open.items()}
        self.answers: Mapping[str, str] = {key: value for key, value in chosen.items() if value}

    def ask(self, error: UnclearError) -> None:
        """Ask what the file does not tell; the question stays, so that an answer can be mended."""
        with self._place:
            st.info(escape_markdown(error.why))
            if error.option in _QUESTIONS and error.option not in self._open:
                self._open[error.option] = error.choices
                _choice(error.option, error.choices)

    def as_options(self) -> list[str]:
        """The answers that a file is opened by, as options of the command line."""
        told = ((key, self.answers.get(key)) for key in _OPENED_BY)
        return [f"--{key}={value}" for key, value in told if value]


def how(answers: Mapping[str, str]) -> FileOptions:
    """The answers that a file is opened by."""
    delimiter = _DELIMITERS.get(answers.get("delimiter", ""))
    told = (answers.get(key) for key in ("layer", "crs"))
    return FileOptions(answers.get("encoding"), delimiter, *told)


def _choice(option: str, choices: Sequence[str]) -> str | None:
    return st.selectbox(
        _(_QUESTIONS[option]),
        choices,
        index=None,
        key=f"import_{option}",
        placeholder=_("choose"),
    )
