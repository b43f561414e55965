"""The list of keys says what the pages do."""

import re
from pathlib import Path

from dashboard.ui.components import keyboard_help
from tests.ui.running import components, panel

UI = Path(keyboard_help.__file__).parents[1]


def _script() -> None:
    from dashboard.ui.components.keyboard_help import keyboard_help

    keyboard_help()


def test_the_keys_of_the_review_page_are_those_of_its_buttons():
    (data,) = components(panel(_script)).values()
    (review,) = (group for group in data["groups"] if group["name"] == "On the Review page")
    letters = {key for row in review["keys"] for key in row["keys"] if key.isalpha()}
    sources = "".join(path.read_text(encoding="utf-8") for path in (UI / "review").glob("*.py"))
    assert letters == set(re.findall(r'shortcut="([A-Z])"', sources))
