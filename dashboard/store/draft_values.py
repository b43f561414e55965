"""Values of input fields as JSON and back, e.g. date(2021, 1, 9) -> {"day": "2021-01-09"}.

Texts, numbers, days, options of our enumerations, and lists of them. A value of another kind (a button,
a table) has no such form, and is left out of a draft.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec

from dashboard.model.errors import DashboardError

# The modules whose enumerations are options of fields.
_OPTIONS = "dashboard.model."
_DEEPEST = 4
Fields = Mapping[str, object]


class DraftValueError(DashboardError):
    """A value without a form in a draft, or a form that is none."""


def encode_fields(fields: Fields) -> str:
    """The fields as JSON. Raises DraftValueError for a value that a draft cannot keep."""
    return msgspec.json.encode({name: _out(value) for name, value in fields.items()}).decode()


def decode_fields(text: str) -> dict[str, object]:
    """The fields of a draft; one that cannot be read is left out. Raises DraftValueError."""
    try:
        stored = msgspec.json.decode(text, type=dict[str, object])
    except (msgspec.MsgspecError, RecursionError) as error:
        raise DraftValueError(f"a draft cannot be read ({error})") from error
    fields: dict[str, object] = {}
    for name, value in stored.items():
        try:
            fields[name] = _in(value)
        except DraftValueError:
            continue
    return fields


def can_be_stored(value: object) -> bool:
    """Whether a draft can have this value. Buttons and check boxes are left out."""
    try:
        _out(value)
    except DraftValueError:
        return False
    return True


def _out(value: object, depth: int = 0) -> object:
    if depth < _DEEPEST:
        if isinstance(value, StrEnum) and type(value).__name__ in _enumerations():
            return {"option": [type(value).__name__, value.value]}
        if isinstance(value, list | tuple):
            items = [_out(item, depth + 1) for item in value]
            return {"tuple": items} if isinstance(value, tuple) else items
        # A time is a day too, but no field has one.
        if type(value) is date:
            return {"day": value.isoformat()}
        if value is None or type(value) in (str, int, float):
            return value
    raise DraftValueError(f"no draft can keep a {type(value).__name__}")


def _in(value: object) -> object:
    match value:
        case {"option": [str(name), str(option)], **rest} if not rest:
            return _option(name, option)
        case {"tuple": list(items), **rest} if not rest:
            return tuple(_in(item) for item in items)
        case {"day": str(day), **rest} if not rest:
            try:
                return date.fromisoformat(day)
            except ValueError as error:
                raise DraftValueError(f"no day: {day}") from error
        case list(items):
            return [_in(item) for item in items]
        case None | str() | float():
            return value
        case int() if not isinstance(value, bool):
            return value
    raise DraftValueError(f"no value of a field: {value!r}")


def _option(name: str, option: str) -> StrEnum:
    try:
        return _enumerations()[name](option)
    except (KeyError, ValueError) as error:
        raise DraftValueError(f"no option of a field: {name} {option}") from error


def _enumerations() -> dict[str, type[StrEnum]]:
    """The enumerations of the model by name."""
    return {
        each.__name__: each
        for each in StrEnum.__subclasses__()
        if each.__module__.startswith(_OPTIONS)
    }
