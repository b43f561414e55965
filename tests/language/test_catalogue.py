"""The catalogues have all messages of the interface, with the same placeholders."""

import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from dashboard.language.language import CODES
from dashboard.language.messages import CATALOGUES
from tests.language.messages import messages

OTHERS = [code for code in CODES if code != "en"]
_ARABIC = re.compile("[\u0621-\u064a]")
# Names of formats and programs, the same in every language.
_SAME = frozenset({"GeoJSON"})


def _catalogue(code: str) -> Catalog:
    with (CATALOGUES / f"{code}.po").open("rb") as source:
        return read_po(source, locale=code)


def _placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"{\w+}", text))


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_translated(code: str):
    catalogue = _catalogue(code)
    missing = [
        english
        for context, english, _many in messages()
        if not (found := catalogue.get(english, context=context)) or not found.string
    ]
    assert missing == []


@pytest.mark.parametrize("code", OTHERS)
def test_no_message_is_unused(code: str):
    used = {(context, english) for context, english, _many in messages()}
    translated = {
        (m.context, m.id[0] if isinstance(m.id, tuple) else m.id) for m in _catalogue(code) if m.id
    }
    assert translated - used == set()


@pytest.mark.parametrize("code", OTHERS)
def test_nothing_is_fuzzy_and_placeholders_agree(code: str):
    for message in _catalogue(code):
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        if isinstance(message.id, tuple):
            wanted = _placeholders(message.id[1])
            for form in message.string:
                assert form, message.id
                # "One event" and "two events" are words in Arabic: the number may be left out.
                left_out = [name for name in wanted if name not in _placeholders(form)]
                assert left_out in ([], ["{n}"], ["{events}"], ["{events}", "{n}"]), form
        else:
            assert _placeholders(message.id) == _placeholders(message.string), message.id


def test_arabic_is_arabic():
    for message in _catalogue("ar"):
        forms = message.string if isinstance(message.string, tuple | list) else [message.string]
        if message.id and re.search(r"[a-z]{3}", re.sub(r"{\w+}", "", str(message.id))):
            assert message.id in _SAME or all(_ARABIC.search(form) for form in forms), message.id


def test_each_plural_has_the_six_forms_of_arabic():
    catalogue = _catalogue("ar")
    assert catalogue.num_plurals == 6
    assert all(len(m.string) == 6 for m in catalogue if isinstance(m.id, tuple))
