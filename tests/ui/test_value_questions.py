"""What a check did not understand is asked, and stays asked after its answer."""

from dashboard.datasets.formats.notices import OTHER_VALUES
from dashboard.ui.data.value_questions import Asked


def test_questions_are_those_of_all_checks_of_a_file():
    asked = Asked("a.csv")
    notices = [
        ["unknown_kind", "type", "Kinetic event", "", 3],
        ["kind", "type", "Armed clash", "clash", 2],
        ["several_places", "place", "عين عيسي", "ain_issa ain_issa_lattakia", 1],
        ["unknown_kind", "type", OTHER_VALUES, "", 900],
        ["number_as_date", "date", "44214", "", 1],
    ]
    written = {"changed_ids_added": 2, "examples": {"changed_ids_added": ["t:1", "t:2"]}}
    asked.add({"notices": notices, "written": written})
    asked.add({"notices": [["kind", "type", "Kinetic event", "shelling", 3]], "written": None})
    assert asked.kinds == {"Kinetic event": 3}
    assert asked.places == {"عين عيسي": ("ain_issa", "ain_issa_lattakia")}
    assert asked.options == {"date_numbers": "44214", "changed_ids": "t:1, t:2"}
