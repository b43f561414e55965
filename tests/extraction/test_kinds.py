"""The table of kinds: every kind has every trait, the cues fit it, and the code names no kind."""

import ast
import csv
import shutil
from pathlib import Path

import pytest

from dashboard.extraction.cues import load_cues
from dashboard.model.corpus import Corpus
from dashboard.model.errors import DataError
from dashboard.model.event import EventGroup, FollowingAct, PartyRoles
from dashboard.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
CODEBOOK = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
TRAITS = (
    "parties", "movement", "of_words", "at_last_event", "following_act", "yields_to", "refers_to",
)  # fmt: skip


def test_every_kind_has_every_trait_and_the_traits_agree(corpus: Corpus):
    kinds = corpus.lexicon.kinds
    assert len(kinds) == 24
    assert {kind.parties for kind in kinds.values()} == set(PartyRoles)
    assert {kind.following_act for kind in kinds.values()} == set(FollowingAct)
    for kind in kinds.values():
        assert {kind.movement, kind.of_words, kind.at_last_event} <= {True, False}
        assert not kind.movement or kind.group is EventGroup.MOVEMENT
        # Acts of words are no violence, and refer to events that were reported before.
        assert not kind.of_words or (kind.group is not EventGroup.VIOLENCE and kind.at_last_event)
        assert kind.following_act is FollowingAct.SEPARATE or kind.of_words
        assert kind.kind not in {*kind.yields_to, *kind.refers_to}
        assert not any(kind.kind in kinds[other].yields_to for other in kind.yields_to)


def test_a_release_is_no_act_of_words_but_is_where_the_arrest_was(corpus: Corpus):
    differ = [
        kind.kind for kind in corpus.lexicon.kinds.values() if kind.of_words != kind.at_last_event
    ]
    assert differ == ["release"]


def test_the_codebook_explains_every_trait_and_shows_every_kind(corpus: Corpus):
    for trait in TRAITS:
        assert f"| `{trait}` | " in CODEBOOK
    for value in (*PartyRoles, *FollowingAct):
        assert f"`{value}`:" in CODEBOOK
    for kind in corpus.lexicon.kinds.values():
        plover = ", ".join(filter(None, (kind.plover_type, kind.plover_mode))) or "none"
        acled = " / ".join(filter(None, (kind.acled_event_type, kind.acled_sub_event_type)))
        assert f"| {kind.kind} | {plover} | {acled or 'none'} |" in CODEBOOK


def test_every_kind_of_our_articles_has_cues_and_every_cue_a_kind(corpus: Corpus):
    cued = {form.cue.kind.kind for forms in load_cues().events.values() for form in forms}
    assert {event.kind for event in corpus.events.events.values()} <= cued
    assert cued <= corpus.lexicon.kinds.keys()


@pytest.mark.parametrize(
    ("file", "column", "value", "expected"),
    [
        ("event_kinds.csv", "parties", "both", "one of one_sided, mutual, crowd"),
        ("event_kinds.csv", "movement", "yes", "0 or 1"),
        ("event_kinds.csv", "at_last_event", "", "0 or 1"),
        ("event_kinds.csv", "kind", "reinforcement", "a value not used before"),
        ("event_cues.csv", "kind", "picnic", "a kind of event"),
        ("event_cues.csv", "li_agent", "maybe", "0 or 1"),
        ("event_cues.csv", "first_party", "who", "initiator, target or either"),
        ("claim_cues.csv", "role", "song", "one of denial"),
    ],
)
def test_a_damaged_row_is_named(
    tmp_path: Path, settings: Settings, file: str, column: str, value: str, expected: str
):
    folder = shutil.copytree(settings.lexicon, tmp_path / "lexicon")
    with (folder / file).open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    rows[2][column] = value
    with (folder / file).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(DataError) as raised:
        load_cues(folder)
    fault = raised.value.faults[0]
    assert (fault.file, fault.row, fault.field) == (file, 4, column)
    assert fault.expected.startswith(expected)
    assert fault.found == (repr(value) if value else "nothing")


def test_cues_of_the_same_spelling_agree_on_the_party_after_them():
    """Unvocalised, a verb and its noun may be one word: what ل after it means cannot differ."""
    agents: dict[str, set[bool]] = {}
    for forms in load_cues().events.values():
        for form in forms:
            agents.setdefault(form.cue.word, set()).add(form.cue.li_agent)
    assert [word for word, values in agents.items() if len(values) > 1] == []
    assert sum(values == {True} for values in agents.values()) == 20


def _literals(path: Path) -> set[str]:
    """The strings of a module's code; docstrings, which are statements, are none."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    }


def test_no_kind_is_named_in_code(corpus: Corpus):
    """A rule about a kind is a trait of its row."""
    modules = list((ROOT / "dashboard").rglob("*.py"))
    assert len(modules) > 200
    # "unknown" is also what outlets, actors and numbers of the dead are.
    kinds = corpus.lexicon.kinds.keys() - {"unknown"}
    named = {p.name: found for p in modules if (found := _literals(p) & kinds)}
    # The rule for rows of old workspaces is as old as they are, whatever the table says today.
    # One word for what did not happen is the id of a kind too.
    assert named == {"old_figures.py": {"arrest"}, "crosswalk.py": {"threat"}}
