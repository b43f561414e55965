"""What the server remembers for one browser session: values of ours, and the fields of the page."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypedDict, TypeVar

import streamlit as st
from streamlit.errors import StreamlitAPIException

T = TypeVar("T")


@dataclass(frozen=True)
class SessionValue(Generic[T]):
    """A value of the session by its key; `default` until it is set."""

    key: str
    default: T

    def get(self) -> T:
        """The value as it is now."""
        value: T = st.session_state.get(self.key, self.default)
        return value

    def set(self, value: T) -> None:
        """Another value from here on."""
        st.session_state[self.key] = value

    def clear(self) -> None:
        """The default again."""
        st.session_state.pop(self.key, None)

    def stored(self) -> T:
        """The value; from the first call on it is the default of that call, until it is set."""
        value: T = st.session_state.setdefault(self.key, self.default)
        return value


class FieldOptions(TypedDict):
    """Options that every field of Streamlit takes."""

    key: str
    on_change: Callable[[], None]


def field(key: str, value: T, change: Callable[[T], None]) -> FieldOptions:
    """Options of a field that shows `value` and gives `change` what the reader enters."""
    st.session_state[key] = value
    return {"key": key, "on_change": lambda: change(st.session_state[key])}


def component_values(key: str) -> Mapping[str, Any]:
    """What a component of the page has sent so far, by name."""
    return st.session_state.get(key) or {}


def forget(prefix: str) -> None:
    """Forget every value and field whose key begins so."""
    for key in [key for key in st.session_state if str(key).startswith(prefix)]:
        del st.session_state[key]


def keep_fields() -> None:
    """Keep what was typed and chosen: Streamlit forgets the fields that a run does not draw.

    Buttons and uploads cannot be set this way; a true or false may be a button's, so it is left out.
    """
    for key, value in st.session_state.items():
        # A field that this run has drawn already is not forgotten, and must not be set.
        with suppress(StreamlitAPIException):
            if _is_field(value):
                st.session_state[key] = value


def _is_field(value: object) -> bool:
    if isinstance(value, list | tuple):
        return bool(value) and all(isinstance(item, str) for item in value)
    return isinstance(value, str | int | float | date) and not isinstance(value, bool)
