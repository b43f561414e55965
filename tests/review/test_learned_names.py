"""Corrections propose names; accepted ones are read in the next article, and travel as a file."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model.corpus import Corpus
from dashboard.model.learned import LearnedKind, LearnedName, LearnedStatus
from dashboard.model.records import Correction, Table
from dashboard.review.edit_session import EditSession
from dashboard.review.learned_file import MAX_BYTES, from_csv, to_csv
from dashboard.review.learned_names import (
    LearnedNameError,
    add_names,
    can_be_name,
    decide,
    forget_name,
    learned,
    proposals,
    undecided_here,
)
from dashboard.review.rereading import correct_mention, reader_of
from dashboard.store.merge import with_workspace
from dashboard.store.workspace import Workspace
from tests.store.sample_workspaces import replayed, stored

ARTICLE = "a003_orient_net"
ACCEPTED, DECLINED = LearnedStatus.ACCEPTED, LearnedStatus.DECLINED


@pytest.fixture
def session(tmp_path: Path, corpus: Corpus) -> EditSession:
    return EditSession(Workspace(tmp_path / "w.sqlite"), corpus, "Rana")


def again(session: EditSession, corpus: Corpus) -> EditSession:
    return replace(session, corpus=with_workspace(corpus, session.workspace))


def correct(session: EditSession, start: int, end: int, kind: str, value: str | None) -> str:
    text = session.corpus.articles[ARTICLE].text
    correction = Correction(ARTICLE, start, end, kind, value)
    correct_mention(session, correction, surface=text[start:end], why="a local name")
    return " ".join(text[start:end].split())


def words(session: EditSession, number: int) -> tuple[int, int]:
    """The span of a word of the article that is no name: the text after a space."""
    text = session.corpus.articles[ARTICLE].text
    start = 0
    for _ in range(number):
        start = text.index(" ", start) + 1
    return start, text.index(" ", start)


def test_a_correction_proposes_a_name_until_it_is_decided(session: EditSession, corpus: Corpus):
    assert proposals(session.workspace, corpus) == ()
    wording = correct(session, *words(session, 12), "place", "ain_issa")
    correct(session, *words(session, 30), "place", None)
    (proposal,) = proposals(session.workspace, corpus)
    assert (proposal.wording, proposal.meaning_id) == (wording, "ain_issa")
    assert proposal.article_ids == (ARTICLE,)
    decide(session, proposal, DECLINED, wording=wording, why="a common word")
    assert proposals(session.workspace, corpus) == ()
    assert with_workspace(corpus, session.workspace).gazetteer is corpus.gazetteer
    session.workspace.undo(session.workspace.version(), who="Rana", why="no")
    assert proposals(session.workspace, corpus) == (proposal,)


@pytest.mark.parametrize(
    ("kind", "meaning"), [("place", "ain_issa"), ("actor", "sdf")], ids=["place", "party"]
)
def test_an_accepted_name_is_read_in_the_next_article(
    session: EditSession, corpus: Corpus, kind: str, meaning: str
):
    text = "قصفت القوات التركية أمس بلدة الزنبقية بالمدفعية، وقالت جبهة السوسن إنها ردت على القصف."
    name = {"place": "الزنبقية", "actor": "جبهة السوسن"}[kind]

    def ids(of: Corpus) -> set[str]:
        reading = reader_of(of).read(text, None)
        if kind == "place":
            return {mention.place_id for mention in reading.places if mention.place_id}
        return {mention.actor_id for mention in reading.actors}

    assert meaning not in ids(corpus)
    row = LearnedName(LearnedKind(kind), name, meaning, ACCEPTED, "ar", "an article", name)
    assert undecided_here(session.workspace, [row, row]) == (row,)
    add_names(session, [row], why="a team's file")
    assert undecided_here(session.workspace, [row]) == ()
    after = again(session, corpus)
    assert meaning in ids(after.corpus)
    assert after.corpus.faults == corpus.faults
    forget_name(after, row, why="wrong")
    assert meaning not in ids(again(session, corpus).corpus)
    assert replayed(session.workspace) == stored(session.workspace)


def test_two_meanings_of_the_same_words_are_shown_as_rivals(session: EditSession, corpus: Corpus):
    text = corpus.articles[ARTICLE].text
    start, end = words(session, 12)
    word = text[start:end]
    correct(session, start, end, "place", "ain_issa")
    other = next(
        article
        for article in corpus.articles.values()
        if article.article_id != ARTICLE and f" {word} " in article.text
    )
    at = other.text.index(f" {word} ") + 1
    correction = Correction(other.article_id, at, at + len(word), "place", "qamishli")
    correct_mention(session, correction, surface=word, why="here it is the other")
    found = {each.meaning_id: each.rivals for each in proposals(session.workspace, corpus)}
    assert found == {"ain_issa": ("qamishli",), "qamishli": ("ain_issa",)}


def test_only_a_part_of_the_words_can_be_learned(session: EditSession, corpus: Corpus):
    wording = correct(session, *words(session, 12), "place", "ain_issa")
    (proposal,) = proposals(session.workspace, corpus)
    for wrong in ("", "x", "another word", f"{wording} and more"):
        with pytest.raises(LearnedNameError):
            decide(session, proposal, ACCEPTED, wording=wrong, why="x")
    decide(session, proposal, ACCEPTED, wording=wording[1:], why="without the particle")
    assert proposals(session.workspace, corpus) == ()
    (name,) = learned(session.workspace)
    assert (name.wording, name.proposed) == (wording[1:], wording)


def test_a_name_of_a_place_that_is_gone_is_a_fault(session: EditSession, corpus: Corpus):
    row = LearnedName(LearnedKind.PLACE, "قرية", "no_such", ACCEPTED, "ar", "x", "قرية")
    session.commit([session.change(Table.LEARNED_NAME, "x", row)], "x", "x")
    (fault,) = set(again(session, corpus).corpus.faults) - set(corpus.faults)
    assert fault.found == "no_such"


# Words, also such as a spreadsheet would run.
WORDS = st.builds(
    str.__add__,
    st.sampled_from(["", "=", "+", "-1", "@", "'=", "''"]),
    st.text(st.sampled_from('abcxyzعينسى ١٢3,;"'), min_size=1).map(lambda text: f"عي{text}ن"),
)
NAMES = st.builds(
    LearnedName,
    st.just(LearnedKind.PLACE),
    WORDS,
    st.sampled_from(["ain_issa", "qamishli"]),
    st.sampled_from(LearnedStatus),
    st.sampled_from(["ar", "en"]),
    WORDS,
    WORDS,
)


@given(names=st.lists(NAMES.filter(lambda name: can_be_name(name.wording)), max_size=5))
def test_a_file_has_the_names_again(corpus: Corpus, names: list[LearnedName]):
    content = to_csv(names)
    for line in content.decode("utf-8-sig").splitlines()[1:]:
        assert not line.startswith(("=", "+", "-", "@"))
    assert from_csv("names.csv", content, corpus) == (names, [])


@given(content=st.binary(max_size=300))
def test_any_file_is_read_or_has_a_fault(corpus: Corpus, content: bytes):
    names, faults = from_csv("names.csv", content, corpus)
    assert names == []
    assert faults


def test_a_row_that_is_not_understood_is_a_line(corpus: Corpus):
    header = "kind,wording,meaning_id,status,lang,source,proposed\n"
    good = "place,xy,ain_issa,accepted,ar,s,xy\n"
    bad = "place,xy,no_such,accepted,ar,s,xy\nriver,xy,ain_issa,accepted,ar,s,xy\n"
    bad += f"place,x,ain_issa,accepted,ar,s,x\nplace,{'x' * 200},ain_issa,accepted,ar,s,x\n"
    names, faults = from_csv("n.csv", f"{header}{good}{bad}".encode(), corpus)
    assert len(names) == 1
    assert [(fault.row, fault.field) for fault in faults] == [
        (3, "meaning_id"),
        (4, "kind"),
        (5, "wording"),
        (6, "wording"),
    ]
    _names, (fault,) = from_csv("n.csv", b"x" * (MAX_BYTES + 1), corpus)
    assert "bytes" in str(fault.expected)
