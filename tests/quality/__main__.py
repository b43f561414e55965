"""Prints the quality of reading: `make quality`."""

from dashboard.extraction.reader import Reader
from dashboard.project.project import Project
from dashboard.settings import read_settings
from tests.quality.annotated import articles, outlets, unseen
from tests.quality.claims import claims_texts, measure_claims
from tests.quality.measure import Measured, measure


def main() -> None:
    """Print a table for each set of texts, then what is confused in it."""
    settings = read_settings()
    corpus = Project(settings).seeds
    reader = Reader(corpus.gazetteer, corpus.lexicon.actors, corpus.lexicon.actor_names)
    everything = ("places", "dates", "actors", "events")
    for name, texts, parts in (
        ("articles", articles(corpus), everything),
        ("outlets", outlets(), everything),
        ("unseen", unseen(), ("places",)),
    ):
        _show(name, measure(texts, reader, *parts))
    _show("denials", measure_claims(claims_texts("denials.txt"), reader))


def _show(name: str, measured: Measured) -> None:
    for what, score in measured.scores.items():
        print(
            f"{name:9} {what:13} precision {score.precision:.3f}  recall {score.recall:.3f}  "
            f"F1 {score.f1:.3f}  ({score.right} of {score.expected}, {score.found} found)"
        )
    print("\n".join(f"  {line}" for line in measured.confusions))


if __name__ == "__main__":
    main()
