"""The names of filter values, e.g. ("kinds", "arrest") -> "Arrest"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.gazetteer.nearest import place_at
from dashboard.language.labels import label, sentence_case
from dashboard.language.messages import _
from dashboard.language.names import Named, name_of, other_name_of
from dashboard.model.corpus import Corpus, Lexicon
from dashboard.model.event import ActorRole, Attestation
from dashboard.model.event_tables import CURATED
from dashboard.model.place import Gazetteer, Place
from dashboard.model.verification import Verification
from dashboard.query.facets import VERIFICATIONS
from dashboard.text.normalise import fold


@dataclass(frozen=True, slots=True)
class Names:
    """The records that have the names of filter values; `datasets` are names by id.

    `gazetteer` names the points of areas.
    """

    lexicon: Lexicon
    places: Mapping[str, Place]
    datasets: Mapping[str, str]
    gazetteer: Gazetteer | None = None

    def of(self, field: str) -> Mapping[str, Named]:
        """The records by id whose ids are the values of a filter."""
        tables: Mapping[str, Mapping[str, Named]] = {
            "kinds": self.lexicon.kinds,
            "actors": self.lexicon.actors,
            "outlets": self.lexicon.outlets,
            "speakers": self.lexicon.speakers,
            "places": self.places,
        }
        return tables[field]


def names_of(corpus: Corpus) -> Names:
    """The names in a corpus, without datasets."""
    return Names(corpus.lexicon, corpus.gazetteer.places, {}, corpus.gazetteer)


def ids_named(names: Names, field: str, words: Sequence[str]) -> tuple[str, ...]:
    """The ids of records whose name, in either language, contains every folded word."""
    if field == "roles":
        return ()
    folded = {key: fold(f"{it.name_en} {it.name_ar}") for key, it in names.of(field).items()}
    return tuple(key for key, name in folded.items() if all(word in name for word in words))


def facet_label(names: Names, field: str, value: str) -> tuple[str, str]:
    """A filter value's name in the reader's language, and in the other if it has one.

    A value without a record, which a dataset brought along, is its own name.
    """
    if field == "areas":
        return _name_at(names, *map(float, value.split(","))), ""
    if field == "datasets":
        return dataset_label(names.datasets.get(value, value), value), ""
    if field == "attestations":
        return label(Attestation(value)), ""
    if field in VERIFICATIONS:
        return label(Verification(value)), ""
    if field == "roles":
        return sentence_case(label(ActorRole(value))), ""
    record = names.of(field).get(value)
    return (name_of(record), other_name_of(record)) if record else (value, "")


def _name_at(names: Names, lat: float, lon: float) -> str:
    """The name of the place at a point, "" if there is none."""
    if names.gazetteer is None:
        return ""
    place = place_at(names.gazetteer, lat, lon)
    return name_of(place) if place else ""


def dataset_label(name: str, dataset_id: str) -> str:
    """A dataset's name; that of the curated events is translated."""
    return _("Curated events") if dataset_id == CURATED else name
