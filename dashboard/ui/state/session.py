"""Access to the session state of one browser: typed values, and the input fields of the page."""

import threading
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, Generic, ParamSpec, TypedDict, TypeVar

import streamlit as st
from streamlit.errors import StreamlitAPIException

T = TypeVar("T")
P = ParamSpec("P")
_CHANGES = threading.RLock()


def one_thread(function: Callable[P, T]) -> Callable[P, T]:
    """Decorator: only one thread at a time is in any of these functions; they may call each other.

    Streamlit stops an interrupted run only where it next uses the session, while the next run of the
    session has begun in another thread. What reads a value and sets another that depends on it needs
    this, or it may undo a click that the other thread has applied in between. Such functions are quick.
    """

    @wraps(function)
    def alone(*args: P.args, **kwargs: P.kwargs) -> T:
        with _CHANGES:
            return function(*args, **kwargs)

    return alone


@dataclass(frozen=True)
class SessionValue(Generic[T]):
    """A value of the session by its key; `default` until it is set."""

    key: str
    default: T

    def get(self) -> T:
        """The current value."""
        value: T = st.session_state.get(self.key, self.default)
        return value

    def set(self, value: T) -> None:
        """Set the value."""
        st.session_state[self.key] = value

    def clear(self) -> None:
        """Reset the value to its default."""
        st.session_state.pop(self.key, None)

    def stored(self) -> T:
        """The value; the first call stores the default, which later defaults do not replace."""
        value: T = st.session_state.setdefault(self.key, self.default)
        return value


class FieldOptions(TypedDict):
    """Options that every field of Streamlit takes."""

    key: str
    on_change: Callable[[], None]


def field(key: str, value: T, change: Callable[[T], None]) -> FieldOptions:
    """Options of a field that shows `value` and calls `change` with the input."""
    st.session_state[key] = value
    return {"key": key, "on_change": lambda: change(st.session_state[key])}


def choice_field(
    key: str, value: T, change: Callable[[T], None], choices: Collection[object]
) -> FieldOptions:
    """Options of a field of choices; an input that is none of them changes nothing.

    Browsers send the label of a choice. That of the language before comes after a switch of the
    language, and Streamlit gives a label that it does not know as the value.
    """

    def change_if_known(given: T) -> None:
        values = given if isinstance(given, list) else [given]
        if all(each is None or each in choices for each in values):
            change(given)

    return field(key, value, change_if_known)


def component_values(key: str) -> Mapping[str, Any]:
    """The last values that a component of the page has sent, by name."""
    return st.session_state.get(key) or {}


def forget(prefix: str) -> None:
    """Delete all values and fields whose keys begin with `prefix`."""
    for key in [key for key in st.session_state if str(key).startswith(prefix)]:
        del st.session_state[key]


def fields_of(prefix: str) -> dict[str, object]:
    """All values and fields whose keys begin with `prefix`, by the rest of the key."""
    items = st.session_state.items()
    return {str(key)[len(prefix) :]: value for key, value in items if str(key).startswith(prefix)}


def has_field(key: str) -> bool:
    """Whether the session has this value or field; Streamlit drops a field that a run did not draw."""
    return key in st.session_state


def restore_field(key: str, value: object) -> None:
    """Set a field before it is drawn, unless the session has it."""
    st.session_state.setdefault(key, value)


def leave_known(key: str, known: Collection[object]) -> None:
    """Remove from a field what is no longer one of its options, e.g. a claim that a draft has still."""
    value = st.session_state.get(key)
    if isinstance(value, list | tuple):
        st.session_state[key] = [each for each in value if each in known]
    elif value is not None and value not in known:
        st.session_state[key] = None


def keep_fields() -> None:
    """Preserve the input of fields that this run does not draw, which Streamlit would delete.

    Buttons and uploads cannot be set like this; booleans may be of buttons, so they are skipped.
    """
    for key, value in st.session_state.items():
        # A field that this run has drawn already is not deleted, and must not be set.
        with suppress(StreamlitAPIException):
            if _is_field(value):
                st.session_state[key] = value


def _is_field(value: object) -> bool:
    if isinstance(value, list | tuple):
        return bool(value) and all(isinstance(item, str) for item in value)
    return isinstance(value, str | int | float | date) and not isinstance(value, bool)
