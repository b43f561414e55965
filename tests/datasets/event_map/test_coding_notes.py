"""What ACLED's and UCDP's columns cannot say of an event is in a note."""

from dashboard.datasets.event_map.coding_notes import place_notes, span_note


def test_a_note_says_which_places_the_one_of_the_row_leaves_out():
    event = {"places_en": "from: Raqqa; to: Ain Issa"}
    assert place_notes(event, []) == ["not located"]
    assert place_notes(event, [{"place_id": "raqqa"}]) == []
    assert place_notes(event, [{}, {}]) == ["places: from: Raqqa; to: Ain Issa"]


def test_a_span_has_both_days_or_says_that_one_is_unknown():
    assert span_note({"date_start": "2021-01-18", "date_end": None}) == "2021-01-18 to unknown"
