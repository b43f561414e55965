"""Figures of the documents are those of the program and its data, or of a command that prints them."""

import csv
import re
from collections.abc import Callable

import pytest

from dashboard.browser import captures, packed_counts
from dashboard.datasets.files import archive as tables
from dashboard.datasets.files import chunks, read, workbook
from dashboard.datasets.formats import days
from dashboard.dates import find
from dashboard.documents import archive, mail
from dashboard.documents.read import MAX_ARTICLE_BYTES, MAX_ARTICLE_CHARACTERS
from dashboard.engine import duckdb_access, duckdb_engine, postgresql
from dashboard.engine.load import MOST_RECORDS
from dashboard.export import captures as exported
from dashboard.export.report import options as report_options
from dashboard.export.single_file.words import MOST_EVENTS
from dashboard.export.workbook import MOST_IN_CELL
from dashboard.extraction.join import MOST_ACTS
from dashboard.ingest import feeds
from dashboard.layers import check as layer_check
from dashboard.layers import read as layer_read
from dashboard.layers.shapes import DECIMALS
from dashboard.model import shared_work
from dashboard.model.corpus import Corpus
from dashboard.model.layer_style import LABEL_COLOURS, MOST_SHOWN
from dashboard.place_lists import geonames
from dashboard.project import catalog, new_events
from dashboard.project.cross_pairs import MOST_CANDIDATES
from dashboard.query import near_pairs
from dashboard.query.counts import MOST_VALUES
from dashboard.query.map_counts import MOST_PLACES
from dashboard.review import same_event
from dashboard.sandbox.limits import Limits
from dashboard.sandbox.process import MOST_READERS
from dashboard.server import limits as server_limits
from dashboard.server.ogc import requests
from dashboard.store import alerts, capture_files, daily, presence, problems, restore, second_tier
from dashboard.store.backup import BACKUPS_KEPT
from dashboard.store.drafts import KEPT_DAYS, MAX_BYTES, MAX_DRAFTS
from dashboard.text import sentences
from tests.docs.markdown import DOCUMENTS, ROOT, sections
from tests.export.single_file.events import MANY, MOST_MEGABYTES


def _rows(path: str) -> list[dict[str, str]]:
    with (ROOT / path).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _kilo(number: int) -> str:
    return str(number // 1000)


def _share(percent: str) -> str:
    return {"50%": "half", "25%": "quarter"}[percent]


def _places_memory() -> str:
    return str(second_tier._LIMITS.memory // _GIB)


def _text(document: str) -> str:
    return " ".join((ROOT / document).read_text(encoding="utf-8").split())


_WORDS = {5: "five", 8: "eight", 12: "twelve"}
_GIB, _KIB = 1 << 30, 1 << 10
# Document, words before the figure, the figure by the program, words after it.
FIGURES: tuple[tuple[str, str, Callable[[], str], str], ...] = (
    ("docs/own-layers.md", "At most ", lambda: str(layer_check.MOST_BYTES // 1_000_000), " MB"),
    ("docs/own-layers.md", " MB, ", lambda: f"{layer_read.MOST_FEATURES:,}", " features"),
    ("docs/own-layers.md", " features and ", lambda: f"{layer_read.MOST_VERTICES:,}", " vertices"),
    ("docs/own-layers.md", "up to ", lambda: str(MOST_SHOWN), " at once"),
    ("docs/own-layers.md", "of its ", lambda: str(len(LABEL_COLOURS)), " most frequent"),
    ("docs/own-layers.md", "to ", lambda: _WORDS[DECIMALS], " decimals"),
    ("docs/layers.md", "A page has at most ", lambda: f"{requests.MOST:,}", " rows"),
    (
        "docs/report.md",
        "At most ",
        lambda: str(report_options.MOST_EVENTS),
        " events are described",
    ),
    ("docs/single-file.md", "A file of ", lambda: str(MANY), " events has"),
    ("docs/single-file.md", "events has less than ", lambda: str(MOST_MEGABYTES), " MB"),
    ("docs/single-file.md", "A file has at most ", lambda: f"{MOST_EVENTS:,}", " events"),
    ("README.md", "first corpus is ", lambda: _WORDS[len(_rows("seeds/articles.csv"))], " Arabic"),
    ("docs/workspace.md", "discarded, and after ", lambda: str(KEPT_DAYS), " days"),
    ("docs/workspace.md", "has at most ", lambda: str(MAX_DRAFTS), " drafts"),
    ("docs/workspace.md", "a form at most ", lambda: str(MAX_BYTES / 1_000_000), " MB"),
    ("docs/architecture.md", "filter gets its ", lambda: str(MOST_VALUES), " most frequent"),
    ("docs/architecture.md", "in chunks of ", lambda: f"{read.CHUNK_ROWS:,}", " rows"),
    ("docs/architecture.md", "With more than ", lambda: str(MOST_PLACES), " places in view"),
    ("docs/architecture.md", "at most ", lambda: _kilo(packed_counts.MOST_BYTES), " kB"),
    ("docs/architecture.md", "cached (", lambda: str(catalog._MAPS), " per server"),
    ("docs/scaling.md", "as now, ", lambda: str(catalog._MAPS), " per server"),
    ("docs/scaling.md", "at most ", lambda: _kilo(packed_counts.MOST_BYTES), " kB of counts"),
    (
        "docs/scaling.md",
        "with at most ",
        lambda: f"{duckdb_engine._MOST_COPIED:,}",
        " events a copy",
    ),
    ("docs/scaling.md", "it may use ", lambda: _share(duckdb_access._ANSWERS), " of the"),
    (
        "docs/scaling.md",
        "settings are locked too; a ",
        lambda: _share(duckdb_access._IMPORT),
        " of the",
    ),
    ("docs/scaling.md", "end after ", lambda: {"120s": "two"}[postgresql._TIMEOUT], " minutes"),
    ("docs/security.md", "memory, ", lambda: str(Limits().memory // _GIB), " GB"),
    ("docs/security.md", "lists of places ", _places_memory, " GB"),
    ("docs/security.md", "At most ", lambda: _WORDS[MOST_READERS], " processes"),
    ("docs/security.md", "has at most ", lambda: str(chunks.MOST_ROWS // 10**6), " million rows"),
    ("docs/security.md", "rows and ", lambda: f"{chunks.MOST_COLUMNS:,}", " columns"),
    ("docs/security.md", "a workbook ", lambda: str(workbook._MOST_BYTES // 10**9), " GB unpacked"),
    ("docs/security.md", "of articles ", lambda: str(archive._MAX_TOTAL // 10**9), " GB unpacked"),
    ("docs/security.md", "up to ", lambda: str(tables._MOST_BYTES // _GIB), " GB"),
    ("docs/security.md", "GB (", lambda: str(tables._MOST_IN_MEMORY // 10**6), " MB if"),
    ("docs/security.md", "tables ", lambda: f"{tables._MOST_FILES:,}", " files"),
    ("docs/security.md", "memory) and ", lambda: str(tables._MOST_RATIO), " times"),
    ("docs/security.md", "an article ", lambda: f"{MAX_ARTICLE_CHARACTERS:,}", " characters"),
    ("docs/security.md", "has at most ", lambda: f"{MAX_ARTICLE_CHARACTERS:,}", " characters"),
    ("docs/security.md", "address ", lambda: str(server_limits._MAX_ADDRESS_BYTES // _KIB), " kB"),
    ("docs/security.md", "headers ", lambda: str(server_limits._MAX_HEADER_BYTES // _KIB), " kB"),
    ("docs/security.md", "kB and ", lambda: str(server_limits._MAX_HEADERS), ","),
    ("docs/place-lists.md", "`SY.txt`, ", lambda: str(geonames._PLACE_COLUMNS), " columns"),
    ("docs/place-lists.md", "", lambda: str(geonames._NAME_COLUMNS[-1]), " columns"),
    ("docs/security.md", "body ", lambda: str(server_limits._MAX_SMALL_BODY_BYTES // _KIB), " kB"),
    ("docs/codebook.md", "a day apart, at most ", lambda: str(near_pairs.FAR_KM), " km apart (or"),
    ("docs/codebook.md", "in common, or at most ", lambda: str(near_pairs.CLOSE_KM), " km)"),
    ("docs/codebook.md", "only (at most ", lambda: str(near_pairs.LONG_DAYS), " days), if"),
    ("docs/codebook.md", "if they are at most ", lambda: str(near_pairs.CLOSE_KM), " km"),
    ("docs/codebook.md", "figure of at least ", lambda: str(same_event._MANY), ";"),
    ("docs/codebook.md", "The best ", lambda: f"{MOST_CANDIDATES:,}", " are compared"),
    ("docs/codebook.md", "together at most ", lambda: str(exported.MOST_GIGABYTES), " GB"),
    ("docs/workspace.md", "at most ", lambda: str(capture_files.MOST_MEGABYTES), " MB, and"),
    ("docs/workspace.md", "a workspace ", lambda: f"{capture_files.MOST_FILES:,}", " files"),
    (
        "docs/codebook.md",
        "cannot be stored (above ",
        lambda: str(capture_files.MOST_MEGABYTES),
        " MB)",
    ),
    ("docs/deploy.md", "A mail has at most ", lambda: str(mail.MAX_MAIL_BYTES // 10**6), " MB, "),
    ("docs/deploy.md", "reads at most ", lambda: str(MAX_ARTICLE_BYTES // 10**6), " MB in"),
    ("docs/deploy.md", " MB in ", lambda: f"{feeds._LONGEST_S:.0f}", " s; what"),
    ("docs/deploy.md", " MB, ", lambda: str(mail.MAX_PARTS), " parts"),
    ("docs/deploy.md", "parts, ", lambda: str(mail.MAX_DEPTH), " of them"),
    ("docs/deploy.md", "in them, and ", lambda: f"{mail.MAX_HEADER:,}", " characters"),
    ("docs/security.md", "up to ", lambda: str(captures._MOST_SHOWN >> 20), " MB each"),
    ("docs/workspace.md", "the newest ", lambda: str(BACKUPS_KEPT), " ("),
    ("docs/workspace.md", "`daily` the newest ", lambda: str(BACKUPS_KEPT), " |"),
    ("docs/workspace.md", "locked for more than ", lambda: f"{problems.WAIT_S:.0f}", " s"),
    ("docs/workspace.md", "others who save, at most ", lambda: f"{problems.WAIT_S:.0f}", " s"),
    ("docs/workspace.md", "each of the last ", lambda: str(new_events.MOST_NAMED), ";"),
    ("docs/workspace.md", "notified of at most ", lambda: str(alerts.MOST_ALERTS), " views"),
    ("docs/workspace.md", "is forgotten after ", lambda: str(presence.FORGOTTEN_AFTER_S), " s"),
    (
        "docs/workspace.md",
        "typed, at most ",
        lambda: f"{shared_work.MOST_COMMENT:,}",
        " characters",
    ),
    ("docs/workspace.md", "for more than ", lambda: _WORDS[int(restore._LOCK_WAIT_S)], " seconds"),
    ("docs/workspace.md", "again after ", lambda: {600: "ten"}[int(daily._AGAIN_AFTER_S)], " minu"),
    ("docs/codebook.md", "of more than ", lambda: f"{sentences.MAX_LENGTH:,}", " characters"),
    ("docs/codebook.md", "A text of more than ", lambda: f"{MOST_IN_CELL:,}", " characters"),
    ("docs/codebook.md", "at most ", lambda: str(MOST_ACTS), " suggestions of one kind"),
    ("docs/codebook.md", "of more than ", lambda: _WORDS[find._MAX_DATES_IN_RANGE], " dates"),
    ("docs/codebook.md", "A year before ", lambda: str(days.YEARS[0]), " or"),
    ("docs/codebook.md", "or after ", lambda: str(days.YEARS[-1]), " is a fault"),
    ("docs/decisions/2026-11-23-squares-that-nest.md", "Beyond ", lambda: str(MOST_PLACES), " pla"),
    (
        "docs/decisions/2026-11-26-events-live-once.md",
        "at most ",
        lambda: f"{MOST_RECORDS:,}",
        " of",
    ),
)
# Sections with figures that were measured or computed once, and the command that prints them again.
MEASURED = {
    ("docs/scaling.md", "When to move"): "`make bench` prints",
    (
        "docs/scaling.md",
        "A plan for 1,000,000,000 events",
    ): "it is calculated from the figures above",
    ("docs/security.md", "What was tried"): "`make hostile` (",
    ("docs/workspace.md", "Tried"): "`python -m benchmarks.backup` prints",
}
# Quantities that are no measure of this program, each with its reason.
OTHER = {
    ("docs/scaling.md", "150 km"): "the width of a tile, derived from the grid's zoom",
    ("docs/shading.md", "4 km"): "the side of the smallest squares, tests/map/test_shading.py",
}
_QUANTITY = re.compile(
    r"(?<![\w.,-])\d[\d,.]*(?: million)? ?(?:rows|columns|places|events|articles|claims|characters"
    r"|processes|payloads|pages|values|parties|outlets|names|aliases|[kMG]B|km|ms|s|seconds|minutes)\b"
)


@pytest.mark.parametrize(
    ("document", "before", "figure", "after"),
    FIGURES,
    # A function's text has its address, which differs between the processes that share the tests.
    ids=lambda part: getattr(part, "__name__", part)[:40],
)
def test_a_figure_is_what_the_program_has(
    document: str, before: str, figure: Callable[[], str], after: str
):
    assert f"{before}{figure()}{after}" in _text(document)


@pytest.mark.parametrize("document", [name for name in DOCUMENTS if "decisions" not in name])
def test_every_quantity_is_compared_or_measured_by_a_command(document: str):
    compared = [f"{figure()}{after}" for name, _, figure, after in FIGURES if name == document]
    for heading, text in sections(document).items():
        if (document, heading) in MEASURED:
            continue
        for quantity in _QUANTITY.findall(" ".join(text.split())):
            known = (document, quantity) in OTHER
            assert known or any(one.startswith(quantity) for one in compared), quantity


@pytest.mark.parametrize(("where", "command"), MEASURED.items())
def test_measured_figures_say_where_they_come_from(where: tuple[str, str], command: str):
    document, heading = where
    assert command in " ".join(sections(document)[heading].split())


def test_no_exception_is_left_that_no_document_needs():
    assert all(quantity in _text(document) for document, quantity in OTHER)


def _table(document: str, heading: str) -> list[list[str]]:
    """The body of the first table below a heading."""
    lines = [line for line in sections(document)[heading].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_codebook_lists_the_kinds_of_the_lexicon():
    kinds = _rows("data/lexicon/event_kinds.csv")
    listed = _table("docs/codebook.md", "Kinds: `data/lexicon/event_kinds.csv`")
    assert [row[0] for row in listed] == [row["kind"] for row in kinds]
    for row, kind in zip(listed, kinds, strict=True):
        plover = ", ".join(filter(None, (kind["plover_type"], kind["plover_mode"])))
        acled = " / ".join(filter(None, (kind["acled_event_type"], kind["acled_sub_event_type"])))
        assert row[1:] == [plover or "none", acled or "none"], row
    assert len(kinds) == 14 + 10


def test_the_codebook_lists_the_precisions_of_the_lexicon():
    listed = _table("docs/codebook.md", "Place")
    precisions = _rows("data/lexicon/place_precision.csv")
    assert [(row[0], row[2], row[3], row[4]) for row in listed] == [
        (row["precision"], row["radius_m"], row["acled_geo_precision"], row["ucdp_where_prec"])
        for row in precisions
    ]


def test_two_articles_of_the_seeds_state_their_time(corpus: Corpus):
    assert "Two of the five articles state a time" in _text("docs/codebook.md")
    published = [article.published for article in corpus.articles.values()]
    assert (sum(time is not None for time in published), len(published)) == (2, 5)
