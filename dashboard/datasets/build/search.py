"""The text of each curated event for full text search: titles, quotes, glosses and names, folded."""

from collections import defaultdict

from dashboard.model.corpus import Corpus
from dashboard.model.listed_places import names_of_places
from dashboard.text.normalise import fold


def search_texts(corpus: Corpus) -> dict[str, str]:
    """The folded search text of each event by its id: titles, summaries, quotes, glosses and names."""
    words: dict[str, list[str]] = defaultdict(list)
    for event in corpus.events.events.values():
        kind = corpus.lexicon.kinds[event.kind]
        words[event.event_id] += [event.title_en, event.title_ar]
        words[event.event_id] += [event.summary_en, event.summary_ar]
        words[event.event_id] += [kind.name_en, kind.name_ar]
    for claim in corpus.events.claims:
        outlet = corpus.lexicon.outlets[corpus.articles[claim.article_id].outlet_id]
        words[claim.event_id] += [claim.quote, claim.gloss_en, outlet.name_en, outlet.name_ar]
        for speaker_id in (claim.speaker_id, claim.via_id):
            if speaker_id:
                speaker = corpus.lexicon.speakers[speaker_id]
                words[claim.event_id] += [speaker.name_en, speaker.name_ar]
    place_names = defaultdict(list)
    ids = {row.place_id for row in corpus.events.places}
    for place_name in names_of_places(corpus.gazetteer, ids):
        place_names[place_name.place_id].append(place_name.name)
    for place in corpus.events.places:
        words[place.event_id] += place_names[place.place_id]
    actor_names = defaultdict(list)
    for actor_name in corpus.lexicon.actor_names:
        actor_names[actor_name.actor_id].append(actor_name.name)
    for actor in corpus.events.actors:
        named = corpus.lexicon.actors[actor.actor_id]
        words[actor.event_id] += [named.name_en, named.name_ar, *actor_names[actor.actor_id]]
    return {event_id: fold(" \n ".join(texts)) for event_id, texts in words.items()}
