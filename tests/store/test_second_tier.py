"""The second tier is read in a separate process, without loss, whatever its files contain."""

from pathlib import Path

import pytest

from dashboard.gazetteer.tiers import read_tier
from dashboard.sandbox.limits import Limits
from dashboard.settings import Settings
from dashboard.store import second_tier
from dashboard.store.second_tier import load_second_tier


def test_the_tier_is_that_of_its_lists(settings: Settings):
    assert load_second_tier(settings.places) == read_tier(settings.places)


def test_faults_of_lists_are_reported(tmp_path: Path):
    (tmp_path / "XX.txt").write_text("too\tfew\n", encoding="utf-8")
    (tmp_path / "b.csv").write_bytes(
        b"name_ar,name_en,lat,lon,feature_class,source\n\xff,x,1,1,x,x\n"
    )
    tier = load_second_tier(tmp_path)
    assert tier == read_tier(tmp_path)
    assert tier.faults


def test_a_list_that_is_too_large_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(second_tier, "_LIMITS", Limits(memory=700 << 20))
    (tmp_path / "XX.txt").write_text("\t".join(["x"] * 19) * 20_000_000, encoding="utf-8")
    tier = load_second_tier(tmp_path)
    assert tier.places == {}
    assert "memory" in tier.faults[0].found or "size" in tier.faults[0].found


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path):
    folder = tmp_path / "places"
    folder.mkdir()
    hidden = tmp_path / "hidden.csv"
    hidden.write_text("name_ar,name_en,lat,lon,feature_class,source\nx,hidden,1,1,city,x\n")
    (folder / "a.csv").symlink_to(hidden)
    tier = load_second_tier(folder)
    assert tier.places == {}
    assert tier.faults
