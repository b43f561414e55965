"""The filter lists as data, e.g. "Arrest 4" under "Kind of event"; places as a tree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from dashboard.language.labels import meaning, verification_meaning
from dashboard.language.messages import _
from dashboard.language.names import either, name_of, other_name_of
from dashboard.legend import palette
from dashboard.model.event import ActorRole, Attestation
from dashboard.model.place import Place
from dashboard.model.verification import Verification, VerifiedPart
from dashboard.query.colouring import LIMITED
from dashboard.query.counts import MOST_VALUES
from dashboard.query.facets import FACETS, VERIFICATIONS, Facet
from dashboard.query.names import Names, facet_label
from dashboard.query.query import Query
from dashboard.query.splits import OTHERS

_OPEN_AT_FIRST = frozenset({"attestations", "kinds", "actors"})


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter; `count` says how many events choosing it would give."""

    value: str
    label: str
    other_label: str
    count: int
    selected: bool
    depth: int = 0
    colour: str | None = None
    hatched: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One filter with its values in the order to show them; `partial` if there are further values.

    `field` names it in the query, `key` in the link.
    """

    field: str
    key: str
    label: str
    open: bool
    options: tuple[Option, ...]
    partial: bool


def facet_groups(
    names: Names,
    query: Query,
    counts: Mapping[str, Mapping[str, int]],
    colours: Mapping[str, str] = MappingProxyType({}),
) -> tuple[FacetGroup, ...]:
    """All filters that have values, with counts for the current query.

    `colours` are those of values on the map, if it is coloured by a column that is a filter too
    (`LIMITED`); other values of that filter have the colour of `OTHERS`.
    """
    coloured = LIMITED[query.colour].field if colours and query.colour in LIMITED else ""
    return tuple(
        FacetGroup(
            field=facet.field,
            key=facet.key,
            label=_(facet.label),
            open=facet.field in _OPEN_AT_FIRST or bool(getattr(query, facet.field)),
            options=tuple(
                replace(option, colour=colours.get(option.value, colours.get(OTHERS)))
                if facet.field == coloured
                else option
                for option in _options(names, facet, query, counts[facet.field])
            ),
            partial=len(counts[facet.field]) >= MOST_VALUES,
        )
        for facet in FACETS
        if facet.field != "datasets" or len(names.datasets) > 1
    )


def _options(
    names: Names, facet: Facet, query: Query, counts: Mapping[str, int]
) -> Sequence[Option]:
    selected = frozenset(getattr(query, facet.field))
    if facet.field == "places":
        return _place_options(names, counts, selected)
    values = sorted(counts, key=lambda value: (-counts[value], value))
    if facet.field == "attestations":
        values = [value.value for value in Attestation if value.value in counts]
    if facet.field in VERIFICATIONS:
        values = [state.value for state in Verification if state.value in counts]
    if facet.field == "roles":
        values = [role.value for role in ActorRole if role.value in counts]
    return [
        _option(names, facet.field, value, counts[value], selected=value in selected)
        for value in values
    ]


def _option(names: Names, field: str, value: str, count: int, *, selected: bool) -> Option:
    named, other_named = facet_label(names, field, value)
    colour, hatched, note = None, False, ""
    if field == "kinds":
        kind = names.lexicon.kinds[value]
        colour, note = palette.GROUPS[kind.group], either(kind.definition, kind.definition_ar)
    if field == "attestations":
        attestation = Attestation(value)
        colour, note = palette.ATTESTATIONS[attestation], meaning(attestation)
        hatched = attestation is Attestation.CONTESTED
    if field in VERIFICATIONS:
        part = VerifiedPart.EVENT if field == "verifications" else VerifiedPart.PLACE
        note = verification_meaning(Verification(value), part)
    return Option(value, named, other_named, count, selected, 0, colour, hatched, note)


def _place_options(
    names: Names, counts: Mapping[str, int], selected: frozenset[str]
) -> list[Option]:
    """The places that events lie in as a tree: each under its first container."""
    places = names.places
    counts = {place_id: n for place_id, n in counts.items() if place_id in places}
    children: dict[str | None, list[str]] = {}
    for place_id in counts:
        parent = next((up for up in places[place_id].within if up in counts), None)
        children.setdefault(parent, []).append(place_id)
    options: list[Option] = []

    def descend(parent: str | None, depth: int) -> None:
        below = children.get(parent, [])
        for place_id in sorted(below, key=lambda value: (-counts[value], value)):
            place: Place = places[place_id]
            options.append(
                Option(
                    place_id,
                    name_of(place),
                    other_name_of(place),
                    counts[place_id],
                    place_id in selected,
                    depth,
                )
            )
            descend(place_id, depth + 1)

    descend(None, 0)
    return options
