"""Results of a function of a word, computed once: a few thousand words are most of all articles."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
# Longer ones are no words, and are not cached; when so many are, the cache is emptied.
_LONGEST, _MOST = 40, 65_536


class ByWord(dict[str, T], Generic[T]):
    """The results of a function by word: those that are cached are found without a call."""

    def __init__(self, function: Callable[[str], T]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, word: str) -> T:
        result = self._function(word)
        if len(word) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
            self[word] = result
        return result


def cached_by_word(function: Callable[[str], T]) -> Callable[[str], T]:
    """The function of a word, with its results cached."""
    return ByWord(function).__getitem__


class ByKey(dict[K, ByWord[T]], Generic[K, T]):
    """The results of a function of a word and of one more value, of which there are few."""

    def __init__(self, function: Callable[[str, K], T]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, key: K) -> ByWord[T]:
        results = self[key] = ByWord(lambda word: self._function(word, key))
        return results
