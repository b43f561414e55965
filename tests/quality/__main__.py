"""Prints the quality of reading: `make quality`; `--places FOLDER` adds lists of countries' places."""

from argparse import ArgumentParser
from pathlib import Path

from dashboard.extraction.reader import Reader
from dashboard.gazetteer.place_lists import with_lists
from dashboard.model.place import Gazetteer
from dashboard.place_lists.read import read_list
from dashboard.project.project import Project
from dashboard.settings import read_settings
from tests.quality.acts import acts_texts
from tests.quality.annotated import articles, outlets, unseen
from tests.quality.claims import claims_texts, measure_claims
from tests.quality.cross_datasets import measure_cross_pairs
from tests.quality.measure import Measured, measure
from tests.quality.measure_acts import ActsMeasured, measure_acts
from tests.quality.measure_parties import measure_parties
from tests.quality.measure_regions import RegionsMeasured, measure_regions
from tests.quality.parties import parties_texts
from tests.quality.regions import expected_places, regions
from tests.quality.same_events import measure_pairs

# Texts on denial and doubt that rules are written from.
DENIALS = ("denials", "denials_words", "denials2", "denials3", "denials4")

ACTS = ("acts", "acts2", "acts3", "acts4", "acts5")


def main() -> None:
    """Print a table for each set of texts, then what is confused in it."""
    parser = ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument("--places", type=Path, help="folder of lists as the page reads them")
    corpus = Project(read_settings()).seeds
    gazetteer = _with_lists(corpus.gazetteer, parser.parse_args().places)
    reader = Reader(gazetteer, corpus.lexicon.actors, corpus.lexicon.actor_names)
    everything = ("places", "dates", "actors", "events")
    for name, texts, parts in (
        ("articles", articles(corpus), everything),
        ("outlets", outlets(), everything),
        ("unseen", unseen(), ("places",)),
    ):
        _show(name, measure(texts, reader, *parts))
    for name in (*DENIALS, "denials_apart", "denials2_apart", "denials4_apart"):
        # What is confused in the texts kept apart is not shown: nobody tunes on them.
        apart = name.endswith("_apart")
        _show(name, measure_claims(claims_texts(f"{name}.txt"), reader), confusions=not apart)
    _show("pairs", measure_pairs(corpus, reader))
    _show("pairs_datasets", measure_cross_pairs(corpus, reader))
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
    for name in (*ACTS, "acts_apart", "acts3_apart", "acts4_apart", "acts5_apart"):
        acts = measure_acts(acts_texts(f"{name}.txt"), reader)
        _show(name, acts, confusions=not name.endswith("_apart"))
        _print_kinds(name, acts)
        _print_confidences(name, acts)


def _with_lists(gazetteer: Gazetteer, folder: Path | None) -> Gazetteer:
    """The gazetteer with all lists of a folder, as the page adds them; raises ListError."""
    if folder is None:
        return gazetteer
    paths = (path for path in sorted(folder.iterdir()) if path.suffix != ".md")
    return with_lists(gazetteer, [read_list(path, path.name) for path in paths])[0]


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


def _print_confidences(name: str, acts: ActsMeasured) -> None:
    """How many suggestions of a confidence are right: of those from 0.8 on, about 80 % should be."""
    for tenth, score in sorted(acts.confidences.items()):
        share = f"confidence {tenth / 10:.1f} on: {score.right} of {score.found} right"
        print(f"{name:13} {share} ({score.precision:.2f})")


if __name__ == "__main__":
    main()
