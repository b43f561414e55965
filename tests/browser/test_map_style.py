"""What the scripts of the map and the timeline get with them: colours, labels, roads, elements."""

from dashboard.browser.map_style import ground_colours, map_style, place_labels, road_lines
from dashboard.browser.timeline_html import TIMELINE_HTML
from dashboard.legend.palette import css_colour
from dashboard.model.corpus import Corpus
from dashboard.model.event import Attestation
from dashboard.model.place import FeatureClass


def test_colours_are_those_of_the_palette():
    colours = map_style()["colours"]
    assert isinstance(colours, dict)
    every = {**colours, **ground_colours()}
    assert {"contested", "area", "ink", "sea", "land", "inner_border"} <= set(every)
    for name, colour in every.items():
        assert colour == f"var(--event-map-{name.replace('_', '-')})" == css_colour(colour[16:-1])


def test_settlements_have_labels_and_numbered_roads_are_lines(corpus: Corpus):
    places = corpus.gazetteer.places
    labels = {label["id"]: label for label in place_labels(places)}
    assert labels["ain_issa"]["name_ar"] == places["ain_issa"].name_ar
    assert not any(places[key].feature_class is FeatureClass.DISTRICT for key in labels)
    (road,) = (road for road in road_lines(places) if road["label"] == "M4")
    assert road["shields"]


def test_the_timeline_has_a_key_for_each_attestation_and_no_inline_style():
    for kind in Attestation:
        assert f'<i class="{kind.value}"></i>' in TIMELINE_HTML
    assert "style=" not in TIMELINE_HTML
