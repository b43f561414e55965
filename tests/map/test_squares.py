"""Squares of the grid: one of a single site is named as its mark would be."""

import pandas as pd

from dashboard.map.marks import Selection, place_mark
from dashboard.map.squares import square_marks
from dashboard.model.corpus import Corpus
from dashboard.model.grid import box_of


def test_a_square_of_one_site_is_named_after_the_places_with_events(corpus: Corpus):
    box = box_of(30.0, 30.0, 40.0, 45.0, 6)
    site = "shahba_region.tell_rifaat"
    squares = pd.DataFrame({"events": [2, 5], "x": [2, 10], "y": [4, 20], "site": [site, ""]})
    places = {"shahba_region": corpus.gazetteer.places["shahba_region"]}
    one, several = square_marks(squares, box, places, Selection(frozenset({"shahba_region"})))
    mark = place_mark(site, ["shahba_region"], places, Selection())
    assert (one.name_en, one.hollow, one.radius_m) == (mark.name_en, True, mark.radius_m)
    assert one.selected
    assert (several.id, several.name_en, several.hollow) == ("", "", False)
