"""How the parts of a link are read, one key at a time."""

from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")


class ReadOne(Protocol):
    """Reads the value of a key; `None` where it is missing, or raises ValueError and is dropped."""

    def __call__(self, key: str, read: Callable[[str], T]) -> T | None:
        """The value of the key."""
