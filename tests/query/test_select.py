"""Selections over the real events, checked against the plain meaning of each filter."""

from datetime import date

import numpy as np
import pytest

from dashboard.model.corpus import Corpus
from dashboard.query.counts import Totals
from dashboard.query.describe import describe, places_in_words, what_to_loosen
from dashboard.query.facets import FACETS
from dashboard.query.query import Query
from tests.oracle.select import EventIndex, select


def _ids(index: EventIndex, mask) -> set[str]:
    return set(index.tables.events.loc[mask, "event_id"])


def test_no_filter_shows_everything(index: EventIndex):
    assert select(index, Query()).shown.all()


@pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.field)
def test_a_count_is_what_choosing_the_value_gives(index: EventIndex, facet):
    start = Query(attestations=("single_source",))
    for value, count in select(index, start).counts[facet.field].items():
        values = (*getattr(start, facet.field), value)
        if facet.field == "attestations":
            values = (value,)
        query = Query(**{"attestations": ("single_source",)} | {facet.field: values})
        assert int(select(index, query).shown.sum()) == count, value


def test_actor_and_role_filter_the_same_row(index: EventIndex, corpus: Corpus):
    query = Query(actors=("russian_forces",), roles=("mediator",))
    expected = {
        row.event_id
        for row in corpus.events.actors
        if (row.actor_id, row.role.value) == ("russian_forces", "mediator")
    }
    assert _ids(index, select(index, query).shown) == expected


def test_a_governorate_includes_places_within_it(index: EventIndex, corpus: Corpus):
    shown = _ids(index, select(index, Query(places=("raqqa_governorate",))).shown)
    expected = {
        row.event_id
        for row in corpus.events.places
        if "raqqa_governorate" in (row.place_id, *corpus.gazetteer.containers(row.place_id))
    }
    assert shown == expected
    assert any(row.place_id == "ain_issa" for row in corpus.events.places)


def test_dates_filter_by_overlap_and_undated_events_are_on_the_shelf(
    index: EventIndex, corpus: Corpus
):
    window = date(2021, 1, 18), date(2021, 2, 21)
    selection = select(index, Query(start=window[0], end=window[1]))
    expected = {
        event.event_id for event in corpus.events.events.values() if event.when.overlaps(*window)
    }
    assert _ids(index, selection.shown) == expected
    undated = {e.event_id for e in corpus.events.events.values() if e.when.undated}
    assert undated
    assert undated <= _ids(index, selection.shelf)


def test_every_event_is_shown_or_on_the_shelf_whatever_the_dates(index: EventIndex):
    selection = select(index, Query(start=date(1990, 1, 1), end=date(2050, 1, 1)))
    assert np.all(selection.shown | selection.shelf)


@pytest.mark.parametrize(
    "pair", [("القامشلي", "القامشلى"), ("عين عيسى", "عَيْنُ عيســى"), ("Ain Issa", "AIN ISSA")]
)
def test_search_ignores_spelling_variants(index: EventIndex, pair):
    one, other = (select(index, Query(text=text)).shown for text in pair)
    assert one.any()
    assert np.array_equal(one, other)


def test_records_of_one_place_are_named_once():
    names = {"a": "Ain Issa", "b": "Ain Issa", "c": "Suluk"}
    assert places_in_words(("a", "b"), lambda _, value: names[value]) == "Ain Issa"
    assert places_in_words(("a", "b", "c"), lambda _, value: names[value]) == "Ain Issa, Suluk"


def test_the_sentence_says_what_is_shown():
    query = Query(actors=("russian_forces",), start=date(2021, 1, 18), end=date(2021, 2, 21))
    totals = Totals(all=46, shown=7, possible=0, unreviewed=0, undated=2, unlocated=1, uncertain=3)
    sentence = describe(query, totals, lambda _, value: value.replace("_", " "))
    assert sentence.startswith(
        "7 of 46 events, killed: no figure, 18 January 2021 to 21 February 2021, involving "
        "russian forces; "
    )
    assert "2 undated events and 1 unlocated event" in sentence
    assert what_to_loosen(query) == ["Actor", "Dates"]
