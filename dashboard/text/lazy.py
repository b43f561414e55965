"""A property that is computed when it is first asked for, then a plain attribute of its object."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class LazyProperty(Generic[T]):
    """As `functools.cached_property`, without the lock that makes that slow in Python 3.11.

    If two threads ask at once, both compute the same value.
    """

    def __init__(self, function: Callable[[Any], T]) -> None:
        self._function = function
        self.__doc__ = function.__doc__

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, _owner: type | None = None) -> T:
        value: T = self._function(instance)
        instance.__dict__[self._name] = value
        return value


lazy_property = LazyProperty
