"""The keys of the fields of this session's forms that have drafts.

The keys begin with the form's prefix and a number, which grows when the form is emptied: a field with a
new key is a new one for the browser, which otherwise would go on showing, and sending, what was typed.
"""

from collections.abc import Mapping

from dashboard.ui.state.session import SessionValue, forget

# Prefix by name of the form.
_DRAWN = SessionValue[Mapping[str, str]]("forms_drawn", {})


def form_key(prefix: str) -> str:
    """The beginning of the keys of a form's fields."""
    number = _emptied(prefix).get()
    return f"{prefix}{number}" if number else prefix


def empty_fields(prefix: str) -> None:
    """Empty the fields with this prefix."""
    forget(prefix)
    _emptied(prefix).set(_emptied(prefix).get() + 1)


def add_drawn(name: str, prefix: str) -> None:
    """Note that a form was drawn; if another form had these fields before, they are emptied."""
    before = SessionValue(f"form_of_{prefix}", name)
    if before.stored() != name:
        empty_fields(prefix)
        before.set(name)
    _DRAWN.set({**_DRAWN.get(), name: prefix})


def empty_form(name: str) -> None:
    """Empty the fields of a form, if this session drew it."""
    prefix = _DRAWN.get().get(name)
    if prefix is not None:
        empty_fields(prefix)


def empty_forms() -> None:
    """Empty the fields of all forms that this session drew; their drafts stay on the server."""
    for name in _DRAWN.get():
        empty_form(name)


def _emptied(prefix: str) -> SessionValue[int]:
    return SessionValue(f"times_emptied_{prefix}", 0)
