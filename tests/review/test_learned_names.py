"""Corrections propose names; accepted ones are read in the next article, and travel as a file."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.ingest.run import Workers, ingest
from dashboard.ingest.work import File
from dashboard.model.article import Outlet, Speaker
from dashboard.model.corpus import Corpus
from dashboard.model.event import Stance
from dashboard.model.learned import LearnedKind, LearnedName, LearnedStatus
from dashboard.model.records import Correction, SuggestionRecord, Table
from dashboard.review import learned_rereading
from dashboard.review.actions import reject
from dashboard.review.claims import ClaimDraft, Opened, add_claim, edit_claim, new_speaker
from dashboard.review.draft import event_draft
from dashboard.review.edit_session import EditSession
from dashboard.review.events import create_event
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
from dashboard.review.learned_rereading import articles_with, renew, renew_all, renewal
from dashboard.review.rereading import correct_mention, reader_of, set_source, source_of
from dashboard.review.source_words import outlet_correction, outlet_wordings, speaker_correction
from dashboard.store.merge import event_record, with_workspace
from dashboard.store.workspace import Workspace
from tests.store.sample_workspaces import replayed, stored

ARTICLE = "a003_orient_net"
SHELLING = "قصفت القوات التركية أمس بلدة عين عيسى بالمدفعية."
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


def read_here(session: EditSession, corpus: Corpus, *texts: str) -> EditSession:
    """The session with articles that were read in this workspace."""
    files = [File(f"{number}.txt", text.encode()) for number, text in enumerate(texts)]
    list(ingest(session.workspace, session.corpus, files, Workers(), "test"))
    return again(session, corpus)


def claim_by(session: EditSession, speaker: Speaker, *, edited: Speaker | None = None) -> None:
    """Add a claim with a speaker to an event, and correct it to another one."""
    event_id = next(iter(session.corpus.events.events))
    draft = ClaimDraft(ARTICLE, 0, 20, Stance.ASSERTS, speaker)
    claim_id = add_claim(session, opened(session, event_id), draft, why="said there")
    if edited is not None:
        after = replace(session, corpus=with_workspace(session.corpus, session.workspace))
        corrected = replace(draft, speaker=edited)
        edit_claim(after, opened(after, event_id), claim_id, corrected, why="it is he")


def opened(session: EditSession, event_id: str) -> Opened:
    record = event_record(session.corpus, event_id)
    assert record is not None
    return Opened(record, session.version(Table.EVENT, event_id))


def test_a_corrected_speaker_is_proposed_with_its_party(session: EditSession, corpus: Corpus):
    start, end = words(session, 12)
    wording = corpus.articles[ARTICLE].text[start:end]
    found = new_speaker(wording, None, ARTICLE)
    general = new_speaker("General Samir", "sdf", ARTICLE)
    claim_by(session, found, edited=general)
    after = again(session, corpus)
    # The correction takes the place of what the words were entered for first.
    (proposal,) = proposals(after.workspace, after.corpus)
    assert (proposal.kind, proposal.meaning_id) == (LearnedKind.SPEAKER, general.speaker_id)
    assert proposal.wording == wording
    decide(after, proposal, ACCEPTED, wording=wording, why="he is called so")
    (name,) = learned(after.workspace)
    assert (name.meaning, name.affiliation) == ("General Samir", "sdf")
    text = f"وأعلن {wording} أن القوات التركية قصفت أمس بلدة عين عيسى."
    (suggestion,) = reader_of(again(session, corpus).corpus).read(text, None).suggestions
    assert [claim.speaker_id for claim in suggestion.claims] == [general.speaker_id]
    (before,) = reader_of(corpus).read(text, None).suggestions
    assert [claim.speaker_id for claim in before.claims] != [general.speaker_id]


def test_a_new_speaker_of_an_event_by_hand_is_proposed_if_the_article_has_its_name(
    session: EditSession, corpus: Corpus
):
    start, end = words(session, 12)
    name = corpus.articles[ARTICLE].text[start:end]
    speaker = new_speaker(name, "sdf", ARTICLE)
    absent = new_speaker("Somebody Else", None, ARTICLE)
    claims = [
        ClaimDraft(ARTICLE, 0, 20, Stance.ASSERTS, speaker),
        ClaimDraft(ARTICLE, 0, 30, Stance.ASSERTS, speaker),
        ClaimDraft(ARTICLE, 0, 40, Stance.ASSERTS, absent),
    ]
    record = event_record(corpus, next(iter(corpus.events.events)))
    assert record is not None
    create_event(session, event_draft(record), claims, why="by hand")
    after = again(session, corpus)
    (proposal,) = proposals(after.workspace, after.corpus)
    assert (proposal.wording, proposal.meaning_id) == (name, speaker.speaker_id)


def test_a_source_without_a_name_is_no_proposal(session: EditSession, corpus: Corpus):
    session = read_here(session, corpus, f"قال مصدر طبي إن {SHELLING}")
    (article_id,) = (key for key in session.corpus.articles if key not in corpus.articles)
    unnamed = new_speaker("مصدر طبي", None, article_id)
    known = session.corpus.lexicon.speakers["sohr"]
    assert speaker_correction(session.corpus, article_id, 0, unnamed, known) is None
    assert speaker_correction(session.corpus, article_id, 0, None, None) is None
    assert speaker_correction(session.corpus, article_id, 0, None, known) is None


def test_an_outlet_s_own_wording_is_read_in_the_next_dateline(session: EditSession, corpus: Corpus):
    session = read_here(session, corpus, f"الحسكة - نجمة الشرق: {SHELLING}")
    (article_id,) = (key for key in session.corpus.articles if key not in corpus.articles)
    article = session.corpus.articles[article_id]
    reading = reader_of(session.corpus).read(article.text)
    assert outlet_wordings(article.text, reading) == ("نجمة الشرق",)
    outlet = Outlet("east_star", "East Star", "نجمة الشرق", "unknown", "an analyst")
    named = outlet_correction(article.text, article_id, "نجمة الشرق", "east_star")
    assert outlet_correction(article.text, article_id, "another", "east_star") is None
    source = replace(source_of(session.corpus, article), outlet=outlet)
    set_source(session, article, source, why="its page", outlet_words=named)
    session = again(session, corpus)
    (proposal,) = proposals(session.workspace, session.corpus)
    assert (proposal.kind, proposal.meaning_id) == (LearnedKind.OUTLET, "east_star")
    decide(session, proposal, ACCEPTED, wording=proposal.wording, why="its dateline")
    session = again(session, corpus)
    after = read_here(session, corpus, f"دمشق - نجمة الشرق: {SHELLING} واندلعت حرائق.")
    new = set(after.corpus.articles) - set(session.corpus.articles)
    assert [after.corpus.articles[key].outlet_id for key in new] == ["east_star"]


def test_a_team_without_the_speaker_or_the_outlet_gets_them(session: EditSession, corpus: Corpus):
    rows = [
        LearnedName(
            LearnedKind.SPEAKER, "سمير", "s_1", ACCEPTED, "ar", "x", "سمير", "Samir", "sdf"
        ),
        LearnedName(LearnedKind.OUTLET, "نجمة", "o_1", DECLINED, "ar", "x", "نجمة", "East Star"),
    ]
    names, faults = from_csv("n.csv", to_csv(rows), corpus)
    assert (names, faults) == (rows, [])
    add_names(session, names, why="a team's file")
    after = again(session, corpus)
    assert after.corpus.lexicon.speakers["s_1"].affiliation == "sdf"
    assert after.corpus.lexicon.outlets["o_1"].name_en == "East Star"
    assert [name.wording for name in after.corpus.lexicon.learned] == ["سمير"]
    session.workspace.undo(session.workspace.version(), who="Rana", why="no")
    assert again(session, corpus).corpus == with_workspace(corpus, session.workspace)
    assert "s_1" not in again(session, corpus).corpus.lexicon.speakers
    wrong = [
        replace(rows[0], meaning=""),
        replace(rows[0], affiliation="no_such"),
        replace(rows[1], meaning_id="no id"),
    ]
    names, faults = from_csv("n.csv", to_csv(wrong), corpus)
    assert names == []
    assert [fault.field for fault in faults] == ["meaning", "affiliation", "meaning_id"]


def test_articles_with_an_accepted_name_are_read_again(session: EditSession, corpus: Corpus):
    texts = [
        f"{SHELLING}\n\nوقصفت القوات التركية بلدة الزنبقية بالمدفعية.",
        "قصفت القوات التركية أمس بلدة الزنبقية بالمدفعية.",
        SHELLING,
    ]
    session = read_here(session, corpus, *texts)
    first = next(each for each in session.corpus.articles.values() if each.text == texts[0])
    row = LearnedName(LearnedKind.PLACE, "الزنبقية", "qamishli", ACCEPTED, "ar", "x", "الزنبقية")
    start = first.text.index("الزنبقية")
    correction = Correction(first.article_id, start, start + len("الزنبقية"), "place", "qamishli")
    correct_mention(session, correction, surface="الزنبقية", why="so it is called")
    session = again(session, corpus)
    (proposal,) = proposals(session.workspace, session.corpus)
    assert proposal.wording == row.wording
    decide(session, proposal, ACCEPTED, wording=row.wording, why="so it is called")
    session = again(session, corpus)
    ids = articles_with(session.workspace, session.corpus, proposal, row.wording)
    assert ids[0] == first.article_id
    assert len(ids) == 2
    found = renewal(session, ids)
    # The first was read with its correction already.
    assert (found.read, found.changed) == (2, 1)
    renew(session, found, wording=row.wording)
    session = again(session, corpus)
    assert renewal(session, ids).changes == ()
    places = {
        place.place_id
        for item in session.workspace.of_article(Table.SUGGESTION, ids[1]).values()
        if isinstance(item.value, SuggestionRecord)
        for place in item.value.suggestion.places
    }
    assert places == {"qamishli"}
    session.workspace.undo(session.workspace.version(), who="Rana", why="no")
    assert renewal(session, ids).changed == 1
    assert replayed(session.workspace) == stored(session.workspace)


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


def _waiting(session: EditSession, corpus: Corpus, number: int) -> tuple[EditSession, list[str]]:
    """Articles with a name that was learned after they were read."""
    texts = [f"قصفت القوات التركية أمس بلدة الزنبقية بـ{at} قذائف." for at in range(number)]
    session = read_here(session, corpus, *texts)
    row = LearnedName(LearnedKind.PLACE, "الزنبقية", "qamishli", ACCEPTED, "ar", "x", "الزنبقية")
    add_names(session, [row], why="a file")
    session = again(session, corpus)
    ids = [key for key, each in session.corpus.articles.items() if each.text in texts]
    assert len(ids) == number
    return session, ids


def test_all_articles_are_read_again_some_at_a_time(
    session: EditSession, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(learned_rereading, "TOGETHER", 2)
    session, ids = _waiting(session, corpus, 5)
    before = session.workspace.version()
    assert list(renew_all(session, ids, wording="الزنبقية")) == [(2, 2), (4, 4), (5, 5)]
    assert session.workspace.version() == before + 3
    assert list(renew_all(session, ids, wording="الزنبقية"))[-1] == (5, 0)
    assert replayed(session.workspace) == stored(session.workspace)


def test_articles_whose_suggestion_was_decided_meanwhile_are_read_once_more(
    session: EditSession, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
):
    session, ids = _waiting(session, corpus, 2)
    whole = learned_rereading.renewal

    def renewal_and_decision(using: EditSession, article_ids: object) -> object:
        """What is found; the first time somebody rejects a suggestion before it is written."""
        found = whole(using, article_ids)
        monkeypatch.setattr(learned_rereading, "renewal", whole)
        waiting = session.workspace.of_article(Table.SUGGESTION, ids[0])
        reject(session, next(iter(waiting.values())), title="t", why="no event")
        return found

    monkeypatch.setattr(learned_rereading, "renewal", renewal_and_decision)
    ((read, _changed),) = renew_all(session, ids, wording="الزنبقية")
    assert read == 2
    statuses = [
        item.value.status.value
        for item in session.workspace.of_article(Table.SUGGESTION, ids[0]).values()
        if isinstance(item.value, SuggestionRecord)
    ]
    assert "rejected" in statuses
    assert replayed(session.workspace) == stored(session.workspace)
