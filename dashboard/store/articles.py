"""The articles as received, e.g. seeds/articles.csv and the files it names, hashes checked."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from dashboard.model.article import Article, Outlet
from dashboard.model.errors import Fault
from dashboard.model.rows import Row, build_records, columns_of, read_table, unique_rows

_COLUMNS = tuple(name for name in columns_of(Article) if name not in {"text", "url"})


def load_articles(
    folder: Path, outlets: Mapping[str, Outlet]
) -> tuple[dict[str, Article], list[Fault]]:
    """Read `folder`/articles.csv and the texts in `folder`/articles/ that it names.

    A text that is missing, changed since it was registered, or not UTF-8 is a fault.
    """
    table = unique_rows(read_table(folder / "articles.csv", _COLUMNS), "article_id")
    articles = build_records(table, lambda row: _article(row, folder / "articles", outlets))
    return {article.article_id: article for article in articles}, table.faults


def _article(row: Row, folder: Path, outlets: Mapping[str, Outlet]) -> Article:
    row.known("outlet_id", outlets)
    article = row.record(Article, text=_text(row, folder))
    earliest, latest = article.published_earliest, article.published_latest
    if earliest and latest and earliest > latest:
        row.fault("published_latest", f"a day not before {earliest}", str(latest))
    return article


def _text(row: Row, folder: Path) -> str | None:
    name = row.text("file")
    if Path(name).name != name:
        row.fault("file", "a bare file name", repr(name))
        return None
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        row.fault("file", "a readable file in articles/", f"{name}: {error.strerror}")
        return None
    if hashlib.sha256(content).hexdigest() != row.text("sha256"):
        row.fault("sha256", "the hash of the file", "another one: the file has changed")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        row.fault("file", "UTF-8 text", str(error))
        return None
