"""The whole corpus, read and checked together: gazetteer, lexicon, articles, events."""

from pathlib import Path

from dashboard.gazetteer.load import load_gazetteer
from dashboard.gazetteer.tiers import add_tier
from dashboard.model.corpus import Corpus
from dashboard.model.errors import DataError
from dashboard.store.articles import load_articles
from dashboard.store.events import load_events
from dashboard.store.lexicon import load_lexicon
from dashboard.store.merged_lists import gazetteer_with_lists
from dashboard.store.place_lists import PlaceLists
from dashboard.store.second_tier import load_second_tier


def load_corpus(
    seeds: Path,
    gazetteer: Path,
    lexicon: Path,
    places: Path | None = None,
    lists: Path | None = None,
) -> Corpus:
    """Read the three data folders, and `places`, a folder of second-tier places, if there is one.

    `lists` is the folder of the lists that analysts added (`PlaceLists`).

    Faulty rows are left out and reported in `Corpus.faults`; DataError is raised only if nothing
    can be shown: no place or no event could be read.
    """
    curated, place_faults = load_gazetteer(gazetteer)
    tier = load_second_tier(places) if places else None
    words, word_faults = load_lexicon(lexicon)
    articles, article_faults = load_articles(seeds, words.outlets)
    events, event_faults = load_events(seeds, words, curated, articles)
    faults = (*place_faults, *word_faults, *article_faults, *event_faults)
    if not curated.places or not events.events:
        raise DataError(faults)
    merged = add_tier(curated, tier) if tier else curated
    found = [*faults, *(tier.faults if tier else ())]
    if lists is not None:
        merged, list_faults = gazetteer_with_lists(merged, PlaceLists(lists))
        found += list_faults
    return Corpus(merged, words, articles, events, tuple(found))
