"""What a list has and what it adds to the gazetteer, before it is added, in the reader's language."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import msgspec
from babel import Locale

from dashboard.gazetteer.place_lists import MergeCounts, with_lists
from dashboard.language.labels import label
from dashboard.language.language import current
from dashboard.language.messages import N_, _, plural
from dashboard.language.numbers import number
from dashboard.language.words import comma, isolate
from dashboard.model.listed_places import ListedNames, checked_places
from dashboard.model.place import FeatureClass, Gazetteer
from dashboard.model.place_list import ListCard, PlaceList
from dashboard.store.place_lists import PlaceLists

# The names of the formats, and the credit that their licences ask for.
_FORMATS = {
    "geonames": N_("GeoNames, places"),
    "geonames_names": N_("GeoNames, further names"),
    "wof": "Who's On First",
    "cod_ab": N_("OCHA, areas with P-codes (COD-AB)"),
    "osm": N_("OpenStreetMap, places"),
}
_CREDITS = {
    "geonames": "GeoNames, CC BY 4.0",
    "geonames_names": "GeoNames, CC BY 4.0",
    "wof": "Who's On First",
    "cod_ab": "OCHA, CC BY-IGO",
    "osm": "OpenStreetMap contributors, ODbL",
}
# Countries of a list that are named; extracts may have places of their neighbours.
_MOST_COUNTRIES = 5


@dataclass(frozen=True, slots=True)
class AddReport:
    """A list that was read, and what it adds; `replaced` is the list that it replaces, if any."""

    listed: PlaceList
    counts: MergeCounts
    replaced: ListCard | None


def add_report(listed: PlaceList, gazetteer: Gazetteer, lists: PlaceLists) -> AddReport:
    """What the list adds to the gazetteer with the other lists; nothing is changed.

    A list of the same format and file name is replaced.
    """
    before = {card.list_id: card for card in lists.cards()}
    replaced = before.get(listed.card.list_id)
    if replaced is None:
        counts = with_lists(gazetteer, [listed])[1][0]
        return AddReport(listed, counts, None)
    since = replaced.since or replaced.added
    listed = replace(listed, card=msgspec.structs.replace(listed.card, since=since))
    others = [each for each in lists.read()[0] if each.card.list_id != listed.card.list_id]
    # Further names are for lists of any position; its places are compared with those of all others.
    counts = with_lists(_without_lists(gazetteer), [*others, listed])[1][-1]
    return AddReport(listed, counts, replaced)


def _without_lists(gazetteer: Gazetteer) -> Gazetteer:
    names = gazetteer.names
    return Gazetteer(
        checked_places(gazetteer.places),
        names.checked if isinstance(names, ListedNames) else names,
    )


def report_lines(report: AddReport) -> list[str]:
    """The report as lines of text: what is in the file, what is new, merged and left out."""
    counts = report.counts
    lines = [*card_lines(report.listed.card)]
    if report.listed.card.places:
        lines.append(
            _("New: {places}, {arabic} with an Arabic name").format(
                places=_places(counts.new), arabic=number(counts.new_arabic)
            )
        )
    lines.append(
        _("In the gazetteer already: {places}; they get {names}").format(
            places=_places(counts.merged),
            names=plural("{n} further name", "{n} further names", counts.added_names),
        )
    )
    if counts.unplaced:
        message = _("Left out: {places} without a point, in no known area")
        lines.append(message.format(places=_places(counts.unplaced)))
    if counts.unknown:
        message = _("Left out: names of {places} that no list has; add the list of places too")
        lines.append(message.format(places=_places(counts.unknown)))
    if report.replaced is not None:
        message = _("It replaces the list of the same name that was added on {day}")
        lines.append(message.format(day=isolate(report.replaced.added[:10])))
    return lines


def card_lines(card: ListCard) -> list[str]:
    """What is in a list, and what was left out of its file."""
    lines = [comma([isolate(format_name(card.format)), *_contents(card)])]
    if card.classes:
        lines.append(comma(list(_counted(card.classes, _class_label))))
    lines += [
        _("Left out of the file: {number} × {reason}").format(
            number=number(each.number), reason=_(each.reason)
        )
        for each in card.left_out
    ]
    return lines


def format_name(format_: str) -> str:
    """The name of a format, in the reader's language."""
    return _(_FORMATS[format_]) if format_ in _FORMATS else format_


def credit_of(card: ListCard) -> str:
    """The credit that the source of a list asks for."""
    return _CREDITS.get(card.format, "")


def _contents(card: ListCard) -> list[str]:
    contents = []
    if card.places:
        contents.append(_places(card.places))
    if card.named:
        contents.append(_("names of {places}").format(places=_places(card.named)))
    message = _("{number} with an Arabic name")
    contents.append(message.format(number=number(card.arabic)))
    countries = {code: count for code, count in card.countries.items() if code}
    return [*contents, *list(_counted(countries, _country))[:_MOST_COUNTRIES]]


def _places(count: int) -> str:
    return plural("{n} place", "{n} places", count)


def _counted(counts: Mapping[str, int], show: Callable[[str], str]) -> Iterable[str]:
    """Each with its number, the most frequent first; `show` gives its name."""
    for key, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"{isolate(show(key))}: {number(count)}"


def _class_label(value: str) -> str:
    return label(FeatureClass(value))


def _country(code: str) -> str:
    return str(Locale(current().code).territories.get(code, code))
