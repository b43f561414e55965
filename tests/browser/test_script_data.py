"""What the map's scripts get is data: no template, string or script element ends or begins in it."""

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import folium
import pytest
import streamlit_folium
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dashboard.browser.event_map import EventLink, base_map, event_group, place_group
from dashboard.browser.script_data import encode_for_script
from dashboard.map.first_view import NOWHERE
from dashboard.model.corpus import Corpus
from dashboard.model.place import Place

TEXTS = st.text(max_size=40) | st.text(alphabet="{}%#-+ '\"\\/<>`$&()\n\ud800ع9*", max_size=20)
# Each would freeze or break the page, if it were ever part of a template.
BREAKING = (
    "{{9**(9**9)}}",
    "{% (",
    "{#1",
    "{{",
    "}}",
    "{% raw %}",
    "{%- for",
    "</script>",
    '");alert(1)//',
)


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Path]:
    """A folder that exists only after a text was run as a template."""
    yield tmp_path / "made_by_a_template"
    assert not (tmp_path / "made_by_a_template").exists()


def running(trap: Path) -> list[str]:
    """Texts that create the folder when run as a template, outside of and inside quotes."""
    template = f"cycler.__init__.__globals__.os.mkdir({str(trap)!r})"
    codes = ",".join(str(ord(letter)) for letter in str(trap))
    unquoted = f"cycler.__init__.__globals__.__builtins__.bytes([{codes}])"
    unquoted = f"cycler.__init__.__globals__.os.mkdir({unquoted})"
    return [f"{{{{{template}}}}}", f"{{{{{unquoted}}}}}", f"{{% if {unquoted} %}}{{% endif %}}"]


def scripts(place: Place, text: str) -> tuple[str, str]:
    """The scripts of a map and of its events with a text in every field, as the component gets them."""
    fmap = base_map({place.place_id: place}, NOWHERE, None, legend=True)
    link = EventLink({"q": [text], text: [text]}, text, 1)
    return sent(fmap, event_group(link, online=True))


def sent(fmap: folium.Map, group: folium.FeatureGroup) -> tuple[str, str]:
    """What st_folium sends of a map and a layer group; both are rendered to the end, as by folium."""
    with pytest.MonkeyPatch.context() as patch:
        received: dict[str, str] = {}
        patch.setattr(
            streamlit_folium, "_component_func", lambda **options: received.update(options)
        )
        streamlit_folium.st_folium(fmap, key="map", feature_group_to_add=group)
    fmap.get_root().render()
    return received["script"], received["feature_group"]


def decoded(script: str) -> list[object]:
    """What decodeData() of frontend/shared/format.js makes of each word of data in a script."""
    words = re.findall(r'eventMap\.\w+\((?:map_\w+, )?"([A-Za-z0-9+/=]*)"\)', script)
    return [json.loads(b64decode(word)) for word in words]


def texts_in(data: object) -> set[str]:
    if isinstance(data, str):
        return {data}
    if isinstance(data, dict):
        data = [*data, *data.values()]
    return set().union(*map(texts_in, data)) if isinstance(data, list) else set()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
@example(BREAKING[0])
@example(BREAKING[1])
@example(BREAKING[2])
@example("{{7*7}}")
def test_the_browser_gets_any_text_as_it_is(corpus: Corpus, text: str):
    place = corpus.gazetteer.places["ain_issa"]
    place = replace(place, place_id=f"x{text}", name_en=text, name_ar=text)
    for script in scripts(place, text):
        (data,) = decoded(script)
        assert text in texts_in(data)
        assert "{{" not in script
        assert "{%" not in script


def test_no_text_runs_on_the_server(corpus: Corpus, trap: Path):
    place = corpus.gazetteer.places["ain_issa"]
    for text in (*running(trap), *BREAKING):
        for script in scripts(replace(place, name_en=text, name_ar=text), text):
            assert text in texts_in(decoded(script))
        assert not trap.exists()


def test_the_trap_detects_a_template_that_runs(tmp_path: Path):
    """The texts do run where folium is given them as they are."""
    for text in running(tmp_path / "trap"):
        group = folium.FeatureGroup(name="x")
        group.add_child(folium.CircleMarker((36, 38), tooltip=text))
        # It is rendered several times, and the folder can be made once.
        with suppress(FileExistsError):
            sent(base_map({}, NOWHERE, None), group)
        (tmp_path / "trap").rmdir()


def test_points_alone_are_numbers():
    _, points = sent(base_map({}, NOWHERE, None), place_group([(36.5, 38.5, 100)]))
    assert "36.5" in points


@given(st.recursive(TEXTS | st.integers() | st.booleans() | st.none(), st.lists, max_leaves=5))
def test_encoded_data_are_decoded_and_have_no_character_of_a_template(data: object):
    encoded = encode_for_script(data)
    assert re.fullmatch(r"[A-Za-z0-9+/]*={0,2}", encoded)
    assert json.loads(b64decode(encoded)) == data


def test_what_json_cannot_hold_is_refused():
    with pytest.raises(ValueError, match="JSON compliant"):
        encode_for_script(float("nan"))
