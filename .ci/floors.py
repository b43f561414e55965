"""Compares the floors of `tests/quality/floors.csv` with all earlier versions of the file: `make lint`.

Ends with 1 and a line for each floor that sank or is gone. Where git or an earlier version is not
at hand it says so and ends with 0.
"""

import csv
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

FILE = "tests/quality/floors.csv"
Key = tuple[str, str, str]


def main(root: Path) -> int:
    """Print what was compared; the exit status."""
    versions = _versions(root)
    if not versions:
        print(f"floors not compared: no earlier version of {FILE} (no git, or no history)")
        return 0
    highest = highest_floors(versions)
    sunk = sunk_floors(floors((root / FILE).read_text(encoding="utf-8")), highest)
    print("\n".join(sunk) or f"no floor sank: {len(highest)} compared, {len(versions)} versions")
    return 1 if sunk else 0


def floors(text: str) -> dict[Key, float]:
    """The floors of a version of the file, by set of texts, measure and score."""
    rows = csv.DictReader(text.splitlines())
    return {(row["texts"], row["measure"], row["score"]): float(row["floor"]) for row in rows}


def highest_floors(versions: Iterable[str]) -> dict[Key, float]:
    """The highest floor that any version records for each key."""
    highest: dict[Key, float] = {}
    for version in versions:
        for key, floor in floors(version).items():
            highest[key] = max(floor, highest.get(key, floor))
    return highest


def sunk_floors(now: dict[Key, float], highest: dict[Key, float]) -> list[str]:
    """A line for each floor that is lower than the highest one recorded, or that is gone."""
    lines = []
    for key, floor in highest.items():
        if key not in now:
            lines.append(f"{', '.join(key)}: the floor {floor} is gone")
        elif now[key] < floor:
            lines.append(f"{', '.join(key)}: the floor sank from {floor} to {now[key]}")
    return lines


def _versions(root: Path) -> list[str]:
    """The texts of the file in each commit behind the one that is checked out."""
    commits = _git(root, "log", "--format=%H", "--diff-filter=AM", "--", FILE).split()
    return [_git(root, "show", f"{commit}:./{FILE}") for commit in commits]


def _git(root: Path, *arguments: str) -> str:
    """What git prints, or "" where it fails."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, text=True, check=True, timeout=60
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent.parent))
