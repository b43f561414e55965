"""The Gazetteer page's list of what corrections propose, through AppTest."""

import pytest

from dashboard.ingest.run import Workers, ingest
from dashboard.ingest.work import File
from dashboard.model.corpus import Corpus
from dashboard.model.learned import LearnedKind, LearnedName, LearnedStatus
from dashboard.model.records import Correction
from dashboard.review import learned_rereading
from dashboard.review.edit_session import EditSession
from dashboard.review.learned_names import add_names, learned
from dashboard.review.rereading import correct_mention
from dashboard.store.merge import with_workspace
from dashboard.store.workspace import Workspace
from dashboard.ui.gazetteer import learned_list, proposals_panel, reread_job, reread_offer
from tests.ui.running import click, panel, texts

_MODULES = (learned_list, proposals_panel, reread_job, reread_offer)
HOSTILE = "=1+1 <b>عين</b>"


def _page() -> None:
    from dashboard.ui.gazetteer.learned_list import learned_list
    from dashboard.ui.gazetteer.proposals_panel import proposals_panel
    from dashboard.ui.project import load
    from tests.ui.running import register_pages

    register_pages()
    loaded = load()
    learned_list(loaded)
    proposals_panel(loaded)


def test_a_proposal_is_accepted_with_a_reason_and_removed(workspace: Workspace, corpus: Corpus):
    app = panel(_page, "Rana")
    assert "No proposal is waiting." in texts(app)
    assert "Nothing was learned yet." in texts(app)
    article = next(iter(corpus.articles.values()))
    word = article.text[:6].strip()
    session = EditSession(workspace, corpus, "Rana")
    correction = Correction(article.article_id, 0, 6, "place", "ain_issa")
    correct_mention(session, correction, surface=word, why="so it is called")
    app = panel(_page, "Rana")
    assert "1 proposal" in texts(app)
    assert "corrected in 1 article" in texts(app)
    click(app, "Accept")
    assert "Still needed: a reason" in texts(app)
    reason = next(field for field in app.text_input if str(field.key).endswith("_why"))
    reason.set_value("the locals say so").run()
    click(app, "Accept")
    (name,) = learned(workspace)
    assert (name.wording, name.status) == (word, LearnedStatus.ACCEPTED)
    assert workspace.log(limit=1)[0].why == "the locals say so"
    app = panel(_page, "Rana")
    assert "No proposal is waiting." in texts(app)
    click(app, "Remove")
    assert learned(workspace) == ()


def test_articles_with_the_name_are_read_again_when_asked(workspace: Workspace, corpus: Corpus):
    name = "الزنبقية"
    articles = [
        f"قصفت القوات التركية أمس بلدة {name} بالمدفعية.",
        f"واندلعت اشتباكات في {name} بين قوات سوريا الديمقراطية والجيش الوطني السوري.",
    ]
    files = [File(f"{at}.txt", text.encode()) for at, text in enumerate(articles)]
    *_, _report = ingest(workspace, corpus, files, Workers(), "Rana")
    session = EditSession(workspace, with_workspace(corpus, workspace), "Rana")
    article = next(each for each in session.corpus.articles.values() if each.text == articles[0])
    start = article.text.index(name)
    correction = Correction(article.article_id, start, start + len(name), "place", "qamishli")
    correct_mention(session, correction, surface=name, why="so it is called")
    app = panel(_page, "Rana")
    reason = next(field for field in app.text_input if str(field.key).endswith("_why"))
    reason.set_value("the locals say so").run()
    click(app, "Accept")
    assert "2 articles that were read before have" in texts(app)
    click(app, "Read 2 articles again")
    # On a busy machine the reading may go on after the click.
    app.session_state["learned_reread_job"].thread.join(timeout=60)
    app.run()
    assert "2 articles were read again. 1 changed." in texts(app)
    entry = workspace.log(limit=1)[0]
    assert (str(entry.what), entry.who) == (f"read articles again with “{name}”", "Rana")


def test_a_stranger_s_name_is_text_only(workspace: Workspace, corpus: Corpus):
    row = LearnedName(
        LearnedKind.PLACE, HOSTILE, "ain_issa", LearnedStatus.ACCEPTED, "ar", HOSTILE, HOSTILE
    )
    add_names(EditSession(workspace, corpus, "Rana"), [row], why="a file")
    app = panel(_page, "Rana")
    assert not app.exception
    assert all("<b>" not in item.value for item in app.markdown)


def test_reading_again_goes_on_in_the_background_and_can_be_cancelled(
    workspace: Workspace, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(learned_rereading, "TOGETHER", 1)
    monkeypatch.setattr(reread_job, "_PATIENCE", 0.0)
    name = "الزنبقية"
    texts_ = [f"قصفت القوات التركية أمس بلدة {name} بـ{at} قذائف." for at in range(3)]
    files = [File(f"{at}.txt", text.encode()) for at, text in enumerate(texts_)]
    *_, _report = ingest(workspace, corpus, files, Workers(), "Rana")
    row = LearnedName(LearnedKind.PLACE, name, "qamishli", LearnedStatus.ACCEPTED, "ar", "x", name)
    add_names(EditSession(workspace, corpus, "Rana"), [row], why="a file")
    session = EditSession(workspace, with_workspace(corpus, workspace), "Rana")
    ids = [key for key, each in session.corpus.articles.items() if each.text in texts_]
    job = reread_job.start_rereading(session, ids, name)
    job.thread.join(timeout=60)
    assert (job.read, job.changed, job.running, job.error) == (3, 3, False, None)
    cancelled = reread_job.RereadJob(name, 3)
    cancelled.cancelled.set()
    cancelled.run(session, ids)
    assert (cancelled.read, cancelled.running) == (1, False)
    assert "Cancelled; 2 stay as they were read." in texts(
        panel(_page, "Rana", learned_reread_job=cancelled)
    )


def test_an_error_of_reading_again_is_said(
    workspace: Workspace, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
):
    def failing(*_args: object, **_options: object) -> None:
        raise ZeroDivisionError("what no reader expects")

    monkeypatch.setattr(reread_job, "renew_all", failing)
    job = reread_job.start_rereading(EditSession(workspace, corpus, "Rana"), ["a"], "x")
    job.thread.join(timeout=60)
    assert isinstance(job.error, ZeroDivisionError)
    assert "what no reader expects" in texts(panel(_page, "Rana", learned_reread_job=job))
