"""Write readings to the workspace, e.g. an article with four suggestions and an unknown name."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dashboard.documents.duplicates import Duplicate, DuplicateIndex
from dashboard.documents.read import Document
from dashboard.ingest.originals import Originals
from dashboard.ingest.work import ArticleReading, FileReading
from dashboard.model.article import Article, Outlet
from dashboard.model.corpus import Corpus
from dashboard.model.errors import Fault
from dashboard.model.message import Message, message
from dashboard.model.records import ArticleRecord, FileRecord, Table
from dashboard.review.captures import web_link
from dashboard.review.rereading import pending_suggestion, unknown_place_records
from dashboard.store.capture_files import CaptureError
from dashboard.store.workspace import Change, Workspace
from dashboard.text.normalise import fold

UNKNOWN_OUTLET = "unknown_outlet"
# Articles per log entry: if the process is killed, at most that many readings are lost.
_BATCH = 100
_ID_LENGTH = 12


@dataclass(slots=True)
class Report:
    """The counts of a run; `duplicates` has articles that were not read, with what they repeat.

    `known` counts articles that were read before; `unknown` counts names that the gazetteer lacks.
    """

    files: int = 0
    articles: int = 0
    known: int = 0
    suggestions: int = 0
    unknown: int = 0
    article_ids: list[str] = field(default_factory=list)
    duplicates: list[tuple[str, Duplicate]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class WorkspaceWriter:
    """Writes readings to a workspace in batches, and counts them in `report`.

    `who` is the author in the record of changes.
    """

    def __init__(self, workspace: Workspace, corpus: Corpus, who: str) -> None:
        self._workspace = workspace
        self._who = who
        self._outlets = _outlet_ids(corpus.lexicon.outlets)
        self._duplicates = DuplicateIndex()
        for article in corpus.articles.values():
            self._duplicates.add(article.article_id, article.text)
        # A hidden article is known too: it is there once, whoever adds it.
        self._articles = {*corpus.articles, *workspace.hidden.articles}
        self._files = finished_files(workspace)
        # Articles whose reading was undone may be read again.
        self._deleted = workspace.deleted()
        self._changes: list[Change] = []
        self._texts: list[tuple[str, str]] = []
        self._waiting = 0
        self._originals = Originals(workspace.captures, who)
        self.report = Report()

    def add(self, reading: FileReading) -> None:
        """Add the reading of one file; it is written when a batch is full, or by `flush`."""
        self.report.files += 1
        self.report.known += reading.known
        self.report.faults.extend(reading.faults)
        for article in reading.articles:
            self._add_article(article, reading.content)
        complete = bool(reading.articles) and not reading.faults
        if complete and reading.sha256 not in self._files:
            self._files.add(reading.sha256)
            record = FileRecord(reading.name, len(reading.articles))
            self._put(Table.FILE, reading.sha256, record)
        if self._waiting >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write all changes that are not yet written, as one log entry."""
        if self._changes:
            # A file that is twice in one batch is one record.
            unique = {(change.kind, change.record_id): change for change in self._changes}
            self._workspace.commit(
                list(unique.values()),
                who=self._who,
                what=_read_articles(self._waiting),
                why="",
                texts=self._texts,
            )
        self._changes, self._texts, self._waiting = [], [], 0

    def _add_article(self, reading: ArticleReading, content: bytes) -> None:
        document = reading.document
        article_id = f"a_{document.sha256[:_ID_LENGTH]}"
        if article_id in self._articles:
            self.report.known += 1
            return
        duplicate = self._duplicates.add(article_id, document.text)
        if duplicate is not None:
            self.report.duplicates.append((document.name, duplicate))
            # Reported, not read: the same text under another name adds nothing.
            return
        self._articles.add(article_id)
        self._add_original(article_id, document, content)
        outlet_id = self._outlet(document.outlet, reading.outlet_id)
        self._texts.append((document.sha256, document.text))
        self._put(Table.ARTICLE, article_id, _article(reading, article_id, outlet_id))
        for number, suggestion in enumerate(reading.suggestions, start=1):
            key = f"{article_id}_s{number:03}"
            self._put(Table.SUGGESTION, key, pending_suggestion(key, article_id, suggestion))
        for key, record in unknown_place_records(reading.unknown, article_id, document.text):
            self._put(Table.UNKNOWN_PLACE, key, record)
        self._waiting += 1
        self.report.articles += 1
        self.report.article_ids.append(article_id)
        self.report.suggestions += len(reading.suggestions)
        self.report.unknown += len(reading.unknown)

    def _add_original(self, article_id: str, document: Document, content: bytes) -> None:
        original = document.original or content
        capture = self._originals.store(article_id, document.name, original)
        if isinstance(capture, Fault):
            self.report.faults.append(capture)
        else:
            self._put(Table.CAPTURE, capture.capture_id, capture)

    def _put(self, kind: Table, record_id: str, value: object) -> None:
        version = self._deleted.get((kind, record_id), 0)
        self._changes.append(Change(kind, record_id, value, version))

    def _outlet(self, name: str | None, stated_id: str | None) -> str:
        """The id of the outlet of that name; adds a new outlet to the workspace if there is none.

        Without a name it is the outlet that the text itself names, `stated_id`, if the corpus has it.
        """
        if not name or not name.strip():
            known = stated_id in self._outlets.values()
            return stated_id if stated_id and known else UNKNOWN_OUTLET
        key = fold(name).strip()
        if key not in self._outlets:
            outlet = new_outlet(name, "as its articles name it")
            self._outlets[key] = outlet.outlet_id
            self._put(Table.OUTLET, outlet.outlet_id, outlet)
        return self._outlets[key]


def _read_articles(number: int) -> Message:
    if number == 1:
        return message("read {number} article", number=number)
    return message("read {number} articles", number=number)


def finished_files(workspace: Workspace) -> set[str]:
    """The SHA-256 of the files that were read without faults, and whose reading was not undone."""
    return {key for key, record in workspace.all(Table.FILE).items() if record.value}


def _outlet_ids(outlets: Mapping[str, Outlet]) -> dict[str, str]:
    return {
        fold(name).strip(): outlet.outlet_id
        for outlet in outlets.values()
        for name in (outlet.name_en, outlet.name_ar)
    }


def new_outlet(name: str, source: str) -> Outlet:
    """An outlet that the lexicon lacks; names that differ in spelling only give the same id."""
    outlet_id = _slug(name, fold(name).strip())
    return Outlet(outlet_id, name.strip(), name.strip(), "unknown", source)


def _slug(name: str, key: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    digest = hashlib.sha256(key.encode()).hexdigest()[:8]
    return f"outlet_{words}_{digest}" if words else f"outlet_{digest}"


def _article(reading: ArticleReading, article_id: str, outlet_id: str) -> ArticleRecord:
    document = reading.document
    published: datetime | None = reading.published
    article = Article(
        article_id=article_id,
        file=document.name,
        sha256=document.sha256,
        outlet_id=outlet_id,
        headline=reading.headline,
        lang="ar",
        published=published,
        published_earliest=None,
        published_latest=None,
        published_reason=reading.published_reason,
        text="",
        url=_web_link(document.url),
    )
    return ArticleRecord(article, document.url or document.name)


def _web_link(url: str | None) -> str | None:
    """The link that an article states, `None` if pages may not show it as one."""
    try:
        return web_link(url)
    except CaptureError:
        return None
