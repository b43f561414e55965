"""Prints the quality of place reading: `make quality`."""

from dashboard.gazetteer.index import PlaceIndex
from dashboard.settings import read_settings
from dashboard.store.corpus import load_corpus
from tests.quality.measure import articles, measure, unseen


def main() -> None:
    """Print a table for the five articles and for the unseen texts, then the confusions."""
    settings = read_settings()
    corpus = load_corpus(settings.seeds, settings.gazetteer, settings.lexicon, settings.places)
    index = PlaceIndex(corpus.gazetteer)
    for name, texts in (("articles", articles(corpus)), ("unseen", unseen())):
        scores, confusions = measure(texts, index)
        for what, score in scores.items():
            print(
                f"{name:9} {what:13} precision {score.precision:.3f}  recall {score.recall:.3f}  "
                f"F1 {score.f1:.3f}  ({score.right} of {score.expected}, {score.found} found)"
            )
        print("\n".join(f"  {line}" for line in confusions))


if __name__ == "__main__":
    main()
