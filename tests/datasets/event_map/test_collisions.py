"""Files of this program whose ids mean something else here: nothing is merged, no words get lost."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pandas as pd
import pytest

from dashboard.datasets.build.recorded import record_tables
from dashboard.datasets.build.rows import RowSource
from dashboard.datasets.known_names import known_ids
from dashboard.engine.duckdb_engine import DuckDB
from dashboard.export.coarsen import Coarseness
from dashboard.export.selection import export_of
from dashboard.model.corpus import Corpus
from dashboard.model.estimate import Measure
from dashboard.model.exported_corpus import corpus_of, place_of
from dashboard.model.exported_event import ExportedEvent
from dashboard.model.local_ids import with_distinct_ids
from dashboard.model.selected import SelectedEvents
from dashboard.query.pages import all_numbers
from dashboard.query.query import Query
from tests.acled_file import write_acled
from tests.datasets.event_map.files import Analyst, export_file, records_of, without_events
from tests.oracle.select import EventIndex
from tests.oracle.selected import selected_events


@pytest.fixture(scope="module")
def selected(corpus: Corpus, index: EventIndex) -> SelectedEvents:
    return selected_events(corpus, index, Query(kinds=("arrest", "withdrawal", "demand")))


def _quotes_are_in_their_articles(selected: SelectedEvents) -> bool:
    articles = selected.corpus.articles
    return all(
        articles[claim.article_id].text[claim.start : claim.end] == claim.quote
        for claim in selected.corpus.events.claims
    )


def test_events_of_two_datasets_with_one_id_stay_two(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path
):
    path = export_file(tmp_path, selected, "csv")
    analyst = Analyst(tmp_path / "datasets", without_events(corpus))
    analyst.read(path, "one")
    second = analyst.read(path, "two")
    again = analyst.read(path, "two")
    assert second.written is not None
    assert again.written is not None
    assert (second.written.added, again.written.unchanged) == (15, 15)
    back, given = records_of(analyst.selected()), records_of(selected)
    assert len(DuckDB(analyst.datasets).ask(all_numbers, Query(), most=100)) == len(back) == 30
    assert {key: back[key] for key in given} == given
    for key, record in given.items():
        other = back[f"two:{key}"]
        assert [claim.quote for claim in other.claims] == [it.quote for it in record.claims]
        assert other.places == tuple(replace(row, event_id=f"two:{key}") for row in record.places)


def test_rows_of_acled_imported_twice_stay_two_with_their_own_cells(corpus: Corpus, tmp_path: Path):
    analyst = Analyst(tmp_path / "datasets", without_events(corpus))
    for name in ("one", "two"):
        analyst.read(write_acled(tmp_path / "acled.csv"), name)
    selected = analyst.selected()
    assert sorted(selected.corpus.events.events) == [
        "acled:SYR90001", "acled:SYR90002", "two:acled:SYR90001", "two:acled:SYR90002",
    ]  # fmt: skip
    assert all(len(record.claims) == 1 for record in records_of(selected).values())
    text = export_file(tmp_path, selected, "acled").read_text(encoding="utf-8")
    assert text.count("\nSYR90001,2021-01-19") == 2


def test_each_quote_is_in_the_text_of_its_article(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path
):
    """Several events quote one article; the analyst does not have the articles."""
    analyst = Analyst(tmp_path / "datasets", replace(without_events(corpus), articles={}))
    analyst.read(export_file(tmp_path, selected, "csv"))
    assert _quotes_are_in_their_articles(analyst.selected())


def test_invented_words_are_not_put_into_a_known_article(selected: SelectedEvents, corpus: Corpus):
    record = next(iter(records_of(selected).values()))
    (claim, *others) = record.claims
    invented = replace(claim, quote="x" * len(claim.quote))
    forged = msgspec.structs.replace(record, claims=(invented, *others))
    local = with_distinct_ids(forged, corpus.gazetteer.places, corpus.articles, "file")
    assert local.claims[0].article_id == f"file:{claim.article_id}"
    honest = with_distinct_ids(record, corpus.gazetteer.places, corpus.articles, "file")
    assert honest == record


def _moved(record: ExportedEvent, latitude: float) -> ExportedEvent:
    gazetteer = tuple(
        msgspec.structs.replace(place, latitude=latitude) for place in record.gazetteer
    )
    event = replace(record.event, event_id=f"moved_{latitude}")
    rows = tuple(replace(row, event_id=event.event_id) for row in record.places)
    claims = tuple(replace(row, event_id=event.event_id) for row in record.claims)
    actors = tuple(replace(row, event_id=event.event_id) for row in record.actors)
    return msgspec.structs.replace(
        record, event=event, places=rows, claims=claims, actors=actors, gazetteer=gazetteer
    )


def test_places_of_one_id_in_a_file_stay_where_each_is(
    selected: SelectedEvents, corpus: Corpus, tmp_path: Path
):
    record = next(it for it in records_of(selected).values() if it.places)
    moved = [_moved(record, latitude) for latitude in (10.0, 20.0, 30.0)]
    source = RowSource("file", 1, None)
    tables = record_tables(moved, source, 0, known_ids(without_events(corpus)))
    assert set(tables["event_places"]["lat"].to_pylist()) == {10.0, 20.0, 30.0}
    places: dict[str, object] = {}
    for each in moved:
        distinct = with_distinct_ids(each, places, {}, "file")
        places |= {row.place_id: place_of(row) for row in distinct.gazetteer}
    assert len(places) == 3 * len(record.gazetteer)


def test_an_offset_asks_for_no_more_text_than_is_read(selected: SelectedEvents, corpus: Corpus):
    """A few hundred bytes may name an offset of two million: not all texts fit in memory."""
    record = next(iter(records_of(selected).values()))
    (claim, *_others), (article, *_more) = record.claims, record.articles
    far = 2_000_000 - len(claim.quote)
    many = [
        msgspec.structs.replace(
            record,
            event=replace(record.event, event_id=str(number)),
            places=(),
            actors=(),
            claims=(
                replace(
                    claim, event_id=str(number), article_id=str(number), start=far, end=2_000_000
                ),
            ),
            articles=(replace(article, article_id=str(number)),),
        )
        for number in range(200)
    ]
    read = corpus_of(many, corpus.lexicon.kinds)
    assert sum(len(article.text) for article in read.articles.values()) <= 100_000_000
    assert len(read.events.claims) == 200


def test_figures_of_exports_are_those_of_the_list(corpus: Corpus, index: EventIndex):
    """Two groups that one source counts in two sentences are added."""
    export = export_of(selected_events(corpus, index, Query()), Coarseness.ORIGINAL, {})
    rows = export.events.set_index("event_id")
    for event_id, by_measure in corpus.figures().items():
        for measure in Measure:
            figure = by_measure.get(measure)
            for bound in ("low", "best", "high"):
                cell = rows.loc[event_id, f"{measure}_{bound}"]
                assert (None if pd.isna(cell) else cell) == getattr(figure, bound, None)


@pytest.mark.parametrize("column", ["file_terms", "event_map_record"])
def test_rows_of_acled_may_not_be_shared_whatever_column_was_deleted(
    corpus: Corpus, tmp_path: Path, column: str
):
    """Neither without the column of terms nor as a file of any size, which has no record."""
    analyst = Analyst(tmp_path / "datasets", without_events(corpus))
    analyst.read(write_acled(tmp_path / "acled.csv"))
    frame = pd.read_csv(export_file(tmp_path, analyst.selected(), "csv"))
    assert "file_terms" not in frame
    frame.drop(columns=[column], errors="ignore").to_csv(tmp_path / "edited.csv", index=False)
    another = Analyst(tmp_path / "others", without_events(corpus))
    another.read(tmp_path / "edited.csv")
    (card,) = another.datasets
    assert card.rows_may_be_shared is False
    assert "ACLED" in card.credit + card.licence


def test_a_second_file_adds_its_credit(selected: SelectedEvents, corpus: Corpus, tmp_path: Path):
    analyst = Analyst(tmp_path / "datasets", without_events(corpus))
    path = export_file(tmp_path, selected, "csv")
    rows = pd.read_csv(path)
    for part, credit in ((rows[:5], "Credit of A"), (rows[5:9], "Credit of B"), (rows[9:], "")):
        frame = part.assign(file_credits=credit)
        frame.to_csv(tmp_path / "edited.csv", index=False)
        analyst.read(tmp_path / "edited.csv", "one")
    (card,) = analyst.datasets
    assert card.credit == "Credit of A Credit of B"
