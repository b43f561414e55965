"""Profiles that analysts saved: how tables of their own are read, each a file beside the datasets."""

from pathlib import Path

import msgspec

from dashboard.datasets.build.rows import stable_hash
from dashboard.datasets.formats.column_mapping import Profile
from dashboard.engine.datasets import slug


def load_profiles(folder: Path) -> dict[str, Profile]:
    """The profiles that analysts saved, by name; one that cannot be read is left out."""
    found = {}
    for path in sorted(folder.glob("profiles/*.json")):
        try:
            profile = msgspec.json.decode(path.read_bytes(), type=Profile)
        except msgspec.MsgspecError:
            continue
        found[profile.name] = profile
    return found


def save_profile(folder: Path, profile: Profile) -> None:
    """Keep a profile for the next file of its kind."""
    # Two names may have the same letters.
    path = folder / "profiles" / f"{slug(profile.name)}_{stable_hash(profile.name)}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(profile)))
