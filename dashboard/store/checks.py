"""Checks of the log, the records and the texts of a workspace, in a file and on a server.

Each yields its findings, one line each; its second argument is the version of the tables.
"""

import hashlib
from collections.abc import Iterator

from dashboard.store.codec import (
    StoredValueError,
    decode_fields,
    decode_stored,
    decode_text,
    read_time,
)
from dashboard.store.database import Connection
from dashboard.store.hash_chain import as_bytes, chain_findings
from dashboard.store.schema import CHAIN_VERSION, JSON_VERSION


def replay(connection: Connection, _version: int) -> Iterator[str]:
    """Records against the log."""
    yield from (
        f"replay: {kind} {record_id!r} is not what the log amounts to"
        for kind, record_id in connection.execute(
            "SELECT r.kind, r.record_id FROM record AS r LEFT JOIN change AS c "
            "ON c.seq = r.version AND c.kind = r.kind AND c.record_id = r.record_id "
            "WHERE c.seq IS NULL OR c.after IS DISTINCT FROM r.value "
            "UNION SELECT c.kind, c.record_id FROM change AS c LEFT JOIN record AS r "
            "ON c.kind = r.kind AND c.record_id = r.record_id "
            "WHERE r.version IS NULL OR c.seq > r.version"
        )
    )


def values_before(connection: Connection, _version: int) -> Iterator[str]:
    """Values before and after in the log."""
    yield from (
        f"log: entry {seq} has another value before {kind} {record_id!r} than the entry before it left"
        for seq, kind, record_id in connection.execute(
            "SELECT seq, kind, record_id FROM (SELECT seq, kind, record_id, before, "
            "lag(after) OVER w AS prior, row_number() OVER w AS place FROM change "
            "WINDOW w AS (PARTITION BY kind, record_id ORDER BY seq)) AS changes "
            "WHERE place > 1 AND before IS DISTINCT FROM prior"
        )
    )


def entries(connection: Connection, version: int) -> Iterator[str]:
    """Entries of the log."""
    is_json = version >= JSON_VERSION
    for seq, at, who, what, why in connection.execute(
        "SELECT seq, at, who, what, why FROM entry ORDER BY seq"
    ):
        try:
            read_time(at)
            if is_json:
                decode_text(what), decode_text(why)
            _expect_utf8(who, what, why)
        except (StoredValueError, UnicodeEncodeError) as error:
            yield f"log: entry {seq}: {error}"


def values(connection: Connection, _version: int) -> Iterator[str]:
    """Values of records."""
    for kind, record_id, value in connection.execute(
        "SELECT kind, record_id, value FROM record WHERE value IS NOT NULL"
    ):
        try:
            decode_stored(kind, record_id, value)
        except StoredValueError as error:
            yield f"value: {error}"


def logged_values(connection: Connection, _version: int) -> Iterator[str]:
    """Values in the log."""
    for seq, *values in connection.execute("SELECT seq, before, after FROM change"):
        try:
            for value in values:
                if value is not None:
                    decode_fields(value)
        except StoredValueError as error:
            yield f"value: entry {seq}: {error}"


def texts(connection: Connection, _version: int) -> Iterator[str]:
    """Hashes of texts."""
    for sha256, body in connection.execute("SELECT sha256, body FROM text"):
        if hashlib.sha256(as_bytes(body)).hexdigest() != sha256:
            yield f"text {sha256!r}: its hash is another, so it was changed outside of the program"


def article_texts(connection: Connection, _version: int) -> Iterator[str]:
    """Texts of articles."""
    stored = {row[0] for row in connection.execute("SELECT sha256 FROM text")}
    for record_id, value in connection.execute(
        "SELECT record_id, value FROM record WHERE kind = 'article' AND value IS NOT NULL"
    ):
        article = decode_fields(value).get("article")
        if isinstance(article, dict) and article.get("sha256") not in stored:
            yield f"article {record_id!r}: its text is missing"


def hash_chain(connection: Connection, version: int) -> Iterator[str]:
    """Hash chain of the log."""
    if version >= CHAIN_VERSION:
        yield from chain_findings(connection)


def _expect_utf8(*texts: object) -> None:
    for text in texts:
        str(text).encode("utf-8")
