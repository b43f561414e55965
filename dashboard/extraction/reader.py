"""Reading one article whole, e.g. text -> its places, parties, dates and suggested events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from dashboard.actors.choose import CIVILIAN_TYPE, CROWD_TYPE, OBSERVER_TYPES
from dashboard.actors.countries import named_countries
from dashboard.actors.find import ActorMention, find_actors
from dashboard.actors.index import ActorIndex
from dashboard.dates.find import DateMention, find_dates
from dashboard.dates.published import Published, find_published
from dashboard.extraction.about import About, about
from dashboard.extraction.attribution import SpeakerIndex
from dashboard.extraction.corrections import corrected
from dashboard.extraction.cues import load_cues
from dashboard.extraction.estimates import with_estimates
from dashboard.extraction.figures import FigureMention, find_figures
from dashboard.extraction.scene import Article
from dashboard.extraction.suggest import Suggester, readable_sentences
from dashboard.gazetteer.index import PlaceIndex
from dashboard.gazetteer.resolve import PlaceMention, find_places
from dashboard.gazetteer.unknown import UnknownPlace, find_unknown
from dashboard.model.actor import Actor, ActorName
from dashboard.model.learned import LearnedKind, LearnedName
from dashboard.model.place import Gazetteer
from dashboard.model.records import Correction
from dashboard.model.suggestion import Suggestion
from dashboard.text.prepared import PreparedText, prepare
from dashboard.text.stated_outlet import OutletIndex, StatedOutlet
from dashboard.text.zones import FURNITURE, Zone


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one article; offsets are into its text.

    `published` is the date that its dateline states, `outlet` the publisher that its dateline, header or
    footer names, `None` if there is none; `left_out` the number of candidates for events beyond those
    that one text may have of a kind.
    """

    zones: tuple[Zone, ...]
    places: tuple[PlaceMention, ...]
    actors: tuple[ActorMention, ...]
    dates: tuple[DateMention, ...]
    unknown: tuple[UnknownPlace, ...]
    suggestions: tuple[Suggestion, ...]
    published: Published | None
    left_out: int = 0
    outlet: StatedOutlet | None = None
    figures: tuple[FigureMention, ...] = ()


class Reader:
    """All rules with their lexicon, loaded once and used for every article.

    `learned` are further wordings of speakers and outlets.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        actors: Mapping[str, Actor],
        names: Sequence[ActorName],
        learned: Sequence[LearnedName] = (),
    ) -> None:
        self.places = PlaceIndex(gazetteer)
        self._actors = ActorIndex(actors, names)
        self._outlets = OutletIndex(further=_ids(learned, LearnedKind.OUTLET))
        speakers = SpeakerIndex(further=_ids(learned, LearnedKind.SPEAKER))
        civilians = {key for key, actor in actors.items() if actor.type == CIVILIAN_TYPE}
        crowds = {key for key, actor in actors.items() if actor.type == CROWD_TYPE}
        observers = {key for key, actor in actors.items() if actor.type in OBSERVER_TYPES}
        self._suggester = Suggester(
            self.places, load_cues(), speakers, civilians, crowds, observers
        )

    def about(self, text: str) -> About:
        """What a text says about itself, before it is read."""
        return about(text, self.places.context.furniture, self._outlets)

    def read(
        self,
        original: str,
        published: date | None = None,
        corrections: Sequence[Correction] = (),
    ) -> Reading:
        """Read one article, given as it was written; `published` overrides what its dateline states.

        `corrections` are what analysts read in it instead: suggestions follow them.
        """
        context = self.places.context
        text = prepare(original, context.furniture)
        stated = find_published(text)
        day = published or (stated.value.date() if stated else None)
        places = corrected(find_places(text, self.places), "place", corrections, original)
        dates = corrected(find_dates(text.folded, day, text.words), "date", corrections, original)
        dates = _outside_furniture(dates, text)
        countries = named_countries(text, places, self.places)
        on = day or _latest(dates)
        actors = find_actors(text, self._actors, places, context, on, countries)
        actors = _outside_furniture(corrected(actors, "actor", corrections, original), text)
        unknown = find_unknown(text, self.places, places)
        outlet = self._outlets.find(text.folded)
        figures = find_figures(text, readable_sentences(text))
        article = Article(text, places, actors, dates, unknown, day, outlet, figures)
        suggestions, left_out = self._suggester.suggest(article)
        return Reading(
            zones=text.zones,
            places=places,
            actors=actors,
            dates=dates,
            unknown=unknown,
            suggestions=with_estimates(suggestions, figures, actors, text),
            published=stated,
            left_out=left_out,
            outlet=outlet,
            figures=figures,
        )


def _ids(learned: Sequence[LearnedName], kind: LearnedKind) -> Mapping[str, str]:
    """The ids of what the learned wordings of a kind mean."""
    return {name.wording: name.meaning_id for name in learned if name.kind is kind}


def _latest(dates: Sequence[DateMention]) -> date | None:
    """The latest day that a text names: it decides who "the government" is if nothing else does."""
    return max((m.when.end for m in dates if m.when and m.when.end), default=None)


M = TypeVar("M", ActorMention, DateMention)


def _outside_furniture(mentions: Sequence[M], text: PreparedText) -> tuple[M, ...]:
    return tuple(m for m in mentions if text.zone_at(m.start) not in FURNITURE)
