"""The whole corpus, read and checked together: gazetteer, lexicon, articles, events."""

from pathlib import Path

from dashboard.gazetteer.load import load_gazetteer
from dashboard.model.corpus import Corpus
from dashboard.model.errors import DataError
from dashboard.store.articles import load_articles
from dashboard.store.events import load_events
from dashboard.store.lexicon import load_lexicon


def load_corpus(seeds: Path, gazetteer: Path, lexicon: Path) -> Corpus:
    """Read the three data folders.

    Faulty rows are left out and reported in `Corpus.faults`; DataError is raised only if nothing
    can be shown: no place or no event could be read.
    """
    loaded = load_gazetteer(gazetteer)
    words, word_faults = load_lexicon(lexicon)
    articles, article_faults = load_articles(seeds, words.outlets)
    events, event_faults = load_events(seeds, words, loaded.gazetteer, articles)
    faults = (*loaded.faults, *word_faults, *article_faults, *event_faults)
    if not loaded.gazetteer.places or not events.events:
        raise DataError(faults)
    return Corpus(loaded.gazetteer, words, articles, events, faults)
