"""How long loading the gazetteer takes, in processor seconds: `python -m benchmarks.gazetteer`."""

from collections.abc import Callable
from time import process_time

from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.load import load_gazetteer
from dashboard.gazetteer.tiers import add_tier, read_tier
from dashboard.settings import DATA

_FOLDER = DATA / "gazetteer"
_REPEATS = 7


def main() -> None:
    """Print the least time of each step; a page waits for the first three when the program starts."""
    curated, _ = load_gazetteer(_FOLDER)
    tier = read_tier(_FOLDER / "second_tier")
    gazetteer = add_tier(curated, tier)
    print(f"first tier   {_least(lambda: load_gazetteer(_FOLDER)):.3f} s")
    print(f"second tier  {_least(lambda: read_tier(_FOLDER / 'second_tier')):.3f} s")
    print(f"both         {_least(lambda: add_tier(curated, tier)):.3f} s")
    print(f"index        {_least(lambda: PlaceIndex(gazetteer).phrases):.3f} s")
    print(f"{len(gazetteer.places):,} places, {len(gazetteer.names):,} names")


def _least(step: Callable[[], object]) -> float:
    times = []
    for _ in range(_REPEATS):
        start = process_time()
        step()
        times.append(process_time() - start)
    return min(times)


if __name__ == "__main__":
    main()
