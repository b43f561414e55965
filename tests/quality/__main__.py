"""Prints the quality of reading: `make quality`; `--places FOLDER` adds a country's list of places."""

from argparse import ArgumentParser
from pathlib import Path

from dashboard.extraction.reader import Reader
from dashboard.gazetteer.tiers import add_tier
from dashboard.project.project import Project
from dashboard.settings import read_settings
from dashboard.store.second_tier import load_second_tier
from tests.quality.acts import acts_texts
from tests.quality.annotated import articles, outlets, unseen
from tests.quality.claims import claims_texts, measure_claims
from tests.quality.measure import Measured, measure
from tests.quality.measure_acts import ActsMeasured, measure_acts
from tests.quality.measure_parties import measure_parties
from tests.quality.measure_regions import RegionsMeasured, measure_regions
from tests.quality.parties import parties_texts
from tests.quality.regions import expected_places, regions


def main() -> None:
    """Print a table for each set of texts, then what is confused in it."""
    parser = ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("--places", type=Path, help="folder of lists: GeoNames' format, or CSV")
    corpus = Project(read_settings()).seeds
    gazetteer, folder = corpus.gazetteer, parser.parse_args().places
    if folder is not None:
        tier = load_second_tier(folder)
        print("".join(f"{fault}\n" for fault in tier.faults), end="")
        gazetteer = add_tier(gazetteer, tier)
    reader = Reader(gazetteer, corpus.lexicon.actors, corpus.lexicon.actor_names)
    everything = ("places", "dates", "actors", "events")
    for name, texts, parts in (
        ("articles", articles(corpus), everything),
        ("outlets", outlets(), everything),
        ("unseen", unseen(), ("places",)),
    ):
        _show(name, measure(texts, reader, *parts))
    for name in ("denials", "denials_words", "denials_apart"):
        # What is confused in the texts kept apart is not shown: nobody tunes on them.
        apart = name == "denials_apart"
        _show(name, measure_claims(claims_texts(f"{name}.txt"), reader), confusions=not apart)
    for name in ("parties", "parties_apart"):
        _show(
            name,
            measure_parties(parties_texts(f"{name}.txt"), reader),
            confusions=name == "parties",
        )
    for name, apart in (("regions", False), ("regions_apart", True)):
        measured = measure_regions(regions(apart=apart), expected_places(), reader)
        _show(name, measured, confusions=not apart)
        _print_countries(name, measured)
    for name in ("acts", "acts_apart"):
        acts = measure_acts(acts_texts(f"{name}.txt"), reader)
        _show(name, acts, confusions=name == "acts")
        _print_kinds(name, acts)


def _show(name: str, measured: Measured, *, confusions: bool = True) -> None:
    for what, score in measured.scores.items():
        print(
            f"{name:13} {what:13} precision {score.precision:.3f}  recall {score.recall:.3f}  "
            f"F1 {score.f1:.3f}  ({score.right} of {score.expected}, {score.found} found)"
        )
    if confusions:
        print("\n".join(f"  {line}" for line in measured.confusions))


def _print_countries(name: str, measured: RegionsMeasured) -> None:
    for country, count in sorted(measured.countries.items()):
        print(
            f"{name:13} {country}: {count.found} of {count.mentions} mentions found, "
            f"{count.identified} of {count.locations} event places identified"
        )


def _print_kinds(name: str, measured: ActsMeasured) -> None:
    for kind, score in sorted(measured.kinds.items()):
        print(f"{name:13} {kind}: {score.right} of {score.expected} right, {score.found} found")


if __name__ == "__main__":
    main()
