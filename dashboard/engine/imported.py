"""Rows of imported datasets as records, e.g. an ACLED row -> event, place, actors, claims.

Each outlet of a row gives a claim, whose quote is the row's notes.
"""

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

import msgspec
import pandas as pd
import shapely

from dashboard.engine.datasets import Dataset
from dashboard.model.actor import Actor
from dashboard.model.article import CODER, Article, Outlet, Speaker
from dashboard.model.capture import ExportedProof
from dashboard.model.corpus import Corpus, Events
from dashboard.model.estimate import Estimate
from dashboard.model.event import (
    ActorRole,
    Claim,
    Event,
    EventActor,
    EventPlace,
    EventRelation,
    PlaceRole,
    Stance,
)
from dashboard.model.exported_corpus import article_texts, corpus_of
from dashboard.model.exported_event import ExportedEvent
from dashboard.model.local_ids import with_distinct_ids, with_event_id
from dashboard.model.message import message
from dashboard.model.place import FeatureClass, Place, PlacePrecision
from dashboard.model.verification import Judgements
from dashboard.model.when import DatePrecision, When

# The type of outlets and actors of which only the name is known.
_UNKNOWN = "unknown"

Row = Mapping[str, Any]
T = TypeVar("T")


def to_records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame as dicts, with `None` for missing values."""
    known = frame.astype(object).where(frame.notna(), None)
    return [
        {str(key): value for key, value in row.items()} for row in known.to_dict(orient="records")
    ]


@dataclass
class ImportedRecords:
    """Builds records from rows of datasets; `rows` are those of `events`, by event number.

    `datasets` are cards by id. After `add`, `place_ids` has all places that the events refer to.
    """

    corpus: Corpus
    datasets: Mapping[str, Dataset]
    rows: Mapping[int, Row]
    place_ids: set[str] = field(default_factory=set)
    event_places: list[EventPlace] = field(default_factory=list)
    event_actors: list[EventActor] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    articles: dict[str, Article] = field(default_factory=dict)
    unreviewed: frozenset[str] = frozenset()
    relations: list[EventRelation] = field(default_factory=list)
    judged: list[Judgements] = field(default_factory=list)
    proof: dict[str, ExportedProof] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = dict(self.corpus.gazetteer.places)
        self.actors = dict(self.corpus.lexicon.actors)
        self.outlets = dict(self.corpus.lexicon.outlets)
        self.speakers = dict(self.corpus.lexicon.speakers)
        # Those of the events before the corpus's own.
        self._all_articles = ChainMap(self.articles, dict(self.corpus.articles))
        self._add: Mapping[str, Any] = {
            "event_places": self._add_place,
            "event_actors": self._add_actor,
            "claims": self._add_claim,
            "containment": lambda _event, row: self.place_ids.add(row["place"]),
        }

    def add(self, table: str, rows: Sequence[Row]) -> None:
        """Add records for rows of `event_places`, `event_actors`, `claims` or `containment`.

        Those of an event with a whole record are in it.
        """
        for row in rows:
            if not self.rows[row["event"]].get("record"):
                self._add[table](self.rows[row["event"]], row)

    def _add_whole(self, row: Row) -> Event:
        """Add the records of an event with a whole record, and return the event."""
        known = self.corpus
        record = msgspec.json.decode(row["record"], type=ExportedEvent)
        if record.event.event_id != row["event_id"]:
            record = with_event_id(record, row["event_id"], row["dataset"])
        whole = with_distinct_ids(record, self.places, self._all_articles, row["dataset"])
        part = corpus_of([whole], known.lexicon.kinds)
        _add_missing(self.places, part.gazetteer.places)
        _add_missing(self.actors, part.lexicon.actors)
        _add_missing(self.outlets, part.lexicon.outlets)
        _add_missing(self.speakers, part.lexicon.speakers)
        for article in whole.articles:
            key = article.article_id
            self.articles.setdefault(key, known.articles.get(key, article))
        self.event_places += part.events.places
        self.event_actors += part.events.actors
        self.claims += part.events.claims
        self.unreviewed |= part.unreviewed
        self.relations += part.relations
        self.judged.append(part.judgements)
        self.proof |= part.proof
        return whole.event

    def merged_with(self, curated: Corpus) -> Corpus:
        """A corpus of these events and those of `curated`, with the records that they refer to."""
        events = {
            row["event_id"]: self._add_whole(row) if row.get("record") else self._event(row)
            for row in self.rows.values()
        }
        events |= curated.events.events
        self._add_texts()
        lexicon = replace(
            curated.lexicon, actors=self.actors, outlets=self.outlets, speakers=self.speakers
        )
        return replace(
            curated,
            gazetteer=replace(curated.gazetteer, places=self.places),
            lexicon=lexicon,
            articles={**curated.articles, **self.articles},
            unreviewed=curated.unreviewed | self.unreviewed,
            relations=(*curated.relations, *self.relations),
            judgements=self._judgements(curated.judgements),
            proof={**curated.proof, **self.proof},
            events=Events(
                events,
                (*curated.events.places, *self.event_places),
                (*curated.events.actors, *self.event_actors),
                (*curated.events.claims, *self.claims),
            ),
        )

    def _judgements(self, curated: Judgements) -> Judgements:
        """The judgements of curated and imported events."""
        verifications, claims = dict(curated.verifications), dict(curated.claims)
        imported, lapsed = dict(curated.imported), dict(curated.lapsed)
        for judged in self.judged:
            verifications.update(judged.verifications)
            lapsed.update(judged.lapsed)
            claims.update(judged.claims)
            imported.update(judged.imported)
        return replace(
            curated,
            verifications=verifications,
            claims=claims,
            lapsed=lapsed,
            imported=imported,
        )

    def _add_texts(self) -> None:
        """Give the articles without a text the quotes of all claims on them."""
        blank = {key for key, article in self.articles.items() if not article.text}
        texts = article_texts(claim for claim in self.claims if claim.article_id in blank)
        for key, text in texts.items():
            self.articles[key] = replace(self.articles[key], text=text)

    def _name(self, dataset_id: str) -> str:
        card = self.datasets.get(dataset_id)
        return card.name if card else dataset_id

    def _event(self, row: Row) -> Event:
        precision = row["date_precision"]
        return Event(
            event_id=row["event_id"],
            kind=row["kind"],
            title_en=row["title_en"],
            title_ar=row["title_ar"],
            when=When(
                _day(row["date_start"]),
                _day(row["date_end"]),
                DatePrecision(precision) if precision else None,
            ),
            date_reason=message("as dated in {dataset}", dataset=self._name(row["dataset"])),
            summary_en="",
            source_columns=_pairs(row.get("source_columns")),
        )

    def _add_place(self, event: Row, row: Row) -> None:
        self.place_ids.add(row["place_id"])
        self.event_places.append(
            EventPlace(event["event_id"], row["place_id"], PlaceRole(row["role"]), None, None, None)
        )

    def _add_actor(self, event: Row, row: Row) -> None:
        name, source = row["actor"], self._name(event["dataset"])
        self.actors.setdefault(name, Actor(name, name, "", _UNKNOWN, None, None, source))
        self.event_actors.append(EventActor(event["event_id"], name, ActorRole(row["role"]), None))

    def _add_claim(self, event: Row, row: Row) -> None:
        words = event["notes"] or event["title_en"]
        source = self._name(event["dataset"])
        self.outlets.setdefault(
            row["outlet"], Outlet(row["outlet"], row["outlet"], "", _UNKNOWN, source)
        )
        self.articles[row["article_id"]] = Article(
            article_id=row["article_id"],
            file=f"{source}: {event['event_id']}",
            sha256="",
            outlet_id=row["outlet"],
            headline=event["title_en"],
            lang="",
            published=None,
            published_earliest=None,
            published_latest=None,
            published_reason="",
            text=words,
            url=event["url"] or None,
        )
        self.claims.append(
            Claim(
                claim_id=row["claim_id"],
                event_id=event["event_id"],
                article_id=row["article_id"],
                via_id=None,
                speaker_id=self._coder(event["dataset"]),
                stance=Stance(row["stance"]),
                start=0,
                end=len(words),
                quote=words,
                gloss_en="",
                note=None,
                estimates=_estimates(event["estimates"]),
            )
        )

    def _coder(self, dataset_id: str) -> str | None:
        """The id of the speaker behind all claims of the dataset; `None` if each outlet is an origin."""
        card = self.datasets.get(dataset_id)
        if card is None or card.origin is None:
            return None
        coder = Speaker(card.origin, card.origin, "", CODER, None, None, card.name)
        self.speakers.setdefault(card.origin, coder)
        return card.origin


def _add_missing(records: dict[str, T], more: Mapping[str, T]) -> None:
    for key, record in more.items():
        records.setdefault(key, record)


def _pairs(source_columns: str | None) -> tuple[tuple[str, str], ...]:
    return (
        tuple(msgspec.json.decode(source_columns, type=dict[str, str]).items())
        if source_columns
        else ()
    )


def _estimates(estimates: str | None) -> tuple[Estimate, ...]:
    return msgspec.json.decode(estimates, type=tuple[Estimate, ...]) if estimates else ()


def _day(value: Any) -> date | None:
    return None if value is None else pd.Timestamp(value).date()


def place_of(row: Row) -> Place:
    """The place of a row of `places`; its geometry is empty if it has no coordinates."""
    lat, lon = row["lat"], row["lon"]
    return Place(
        place_id=row["place_id"],
        name_en=row["name_en"],
        name_ar=row["name_ar"] or "",
        feature_class=FeatureClass(row["feature_class"]),
        within=(row["within"],) if row["within"] else (),
        geometry=shapely.Point() if lat is None else shapely.Point(lon, lat),
        lat=0.0 if lat is None else lat,
        lon=0.0 if lon is None else lon,
        uncertainty_m=int(row["uncertainty_m"]),
        precision=PlacePrecision(row["precision"] or PlacePrecision.REGION),
        sources=row["source"],
        doubt=None,
        tier=2,
    )
