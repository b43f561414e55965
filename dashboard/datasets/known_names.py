"""What the names in a table mean in this project, e.g. "Raqqa" is the area raqqa_governorate."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from dashboard.datasets.build.rows import SEPARATOR, KnownIds
from dashboard.datasets.formats.crosswalk import Crosswalk, load_crosswalks, load_kind_names
from dashboard.datasets.formats.generic_names import organisation_name
from dashboard.datasets.formats.kind_codes import CAMEO
from dashboard.datasets.formats.registry import CUSTOM, FORMATS
from dashboard.model.corpus import Corpus
from dashboard.model.event import EventKind
from dashboard.model.listed_places import checked_places
from dashboard.text.normalise import fold

_LEVELS = {"country": 0, "governorate": 1, "district": 2, "subdistrict": 3}


# The sub-type that says nothing without its type: in other tables it may be an attack.
_GENERAL = "Other"


def crosswalks_of(lexicon: Path, kinds: Mapping[str, EventKind]) -> dict[str, Crosswalk]:
    """The crosswalk of each format by its key; that of custom tables has our names and ACLED's."""
    crosswalks = load_crosswalks(lexicon, [*FORMATS, CUSTOM], kinds)
    custom = crosswalks[CUSTOM]
    names = [(name, kind.kind) for kind in kinds.values() for name in _names(kind)]
    acled = [
        (sub_type, kind)
        for (_type, sub_type), kind in crosswalks["acled"].kinds.items()
        if sub_type != _GENERAL
    ]
    by_name = {
        **_unambiguous([(fold(name), kind) for name, kind in acled]),
        **load_kind_names(lexicon, kinds),
        **_unambiguous([(fold(name), kind) for name, kind in names]),
    }
    cameo = {(CAMEO, code): kind for (code, _), kind in crosswalks["gdelt"].kinds.items()}
    known = {(name, ""): kind for name, kind in by_name.items()}
    return crosswalks | {CUSTOM: replace(custom, kinds={**custom.kinds, **cameo, **known})}


def _names(kind: EventKind) -> tuple[str, ...]:
    return kind.kind, kind.kind.replace("_", " "), kind.name_en, kind.name_ar


def known_ids(corpus: Corpus) -> KnownIds:
    """The ids of a corpus by folded name, without names that have several ids."""
    lexicon = corpus.lexicon
    actors = [
        (fold(name), actor.actor_id)
        for actor in lexicon.actors.values()
        for name in (actor.name_en, actor.name_ar, organisation_name(actor.acled_name))
        if name
    ]
    outlets = [
        (fold(name), outlet.outlet_id)
        for outlet in lexicon.outlets.values()
        for name in (outlet.name_en, outlet.name_ar)
        if name
    ]
    # Areas of added lists are of the second tier.
    places = checked_places(corpus.gazetteer.places)
    areas = [
        (f"{_LEVELS[place.feature_class]}{SEPARATOR}{fold(name.name)}", place.place_id)
        for name in corpus.gazetteer.names
        if (place := places.get(name.place_id)) is not None
        and place.feature_class in _LEVELS
        and place.tier == 1
    ]
    groups = {kind.kind: kind.group.value for kind in lexicon.kinds.values()}
    return KnownIds(
        _unambiguous(actors),
        _unambiguous(outlets),
        _unambiguous(areas),
        groups,
        dict(lexicon.kinds),
        frozenset(corpus.events.events),
        frozenset(fold(row.name) for row in lexicon.actor_names),
    )


def _unambiguous(pairs: list[tuple[str, str]]) -> Mapping[str, str]:
    ids: dict[str, set[str]] = {}
    for name, key in pairs:
        ids.setdefault(name, set()).add(key)
    return {name: next(iter(keys)) for name, keys in ids.items() if len(keys) == 1}
