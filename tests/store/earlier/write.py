"""Writes the files of an earlier program and their expected content; see README.md beside it.

Runs with the modules of commit 7e26538, not with those of today: python write.py FOLDER
"""

import csv
import json
import shutil
import sqlite3
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.dataset as ds
from dashboard.columnar.datasets import Datasets
from dashboard.columnar.library import Library
from dashboard.columnar.records import records_of
from dashboard.columnar.vocabulary import count_all
from dashboard.ingest.datasets.own import Profile
from dashboard.ingest.datasets.profiles import save_profile
from dashboard.ingest.datasets.run import Importer
from dashboard.ingest.datasets.way import Asked
from dashboard.language.kept import told
from dashboard.query.select import index_events
from dashboard.review.desk import Desk
from dashboard.store.tables import build_tables
from dashboard.views.paper.content import Content, figure_content
from dashboard.views.paper.options import Area, FigureOptions, Tongues
from tests.ingest.formats import make

from dashboard.figure.manifest import manifest_of
from dashboard.ingest.run import How, ingest
from dashboard.ingest.work import File
from dashboard.language.language import ARABIC, speaking
from dashboard.model.event import PlaceRole
from dashboard.model.place import FeatureClass, PlacePrecision
from dashboard.model.records import Correction, Held, Table
from dashboard.query.query import Query
from dashboard.review.actions import accept, edit_event, merge, reject
from dashboard.review.draft import draft
from dashboard.review.naming import dismiss_unknown, edit_place, name_known, place_unknown
from dashboard.review.pending import with_pending
from dashboard.review.places import PlaceDraft, edited_place, held_place, new_place, with_name
from dashboard.review.rereading import correct_mention, reread, set_published
from dashboard.settings import Settings, read_settings
from dashboard.store.codec import encode
from dashboard.store.corpus import load_corpus
from dashboard.store.merge import event_record, with_workspace
from dashboard.store.workspace import Workspace

FIRST = (
    "قصفت القوات التركية أمس بلدة عين عيسى بقذائف المدفعية، وفق ما أفاد المرصد السوري لحقوق الإنسان.\n"
    "وقال مصدر محلي إن اشتباكات اندلعت اليوم في قرية زنوبيا بين قوات سوريا الديمقراطية "
    "والجيش الوطني السوري.\n"
    "وانفجرت عبوة ناسفة قرب قرية أم الزيتونات، واعتقلت قوات سوريا الديمقراطية شاباً في الرقة.\n"
)
SECOND = (
    "قصفت القوات التركية أمس بلدة عين عيسى بقذائف المدفعية وأصيب مدنيان، "
    "ونفت قوات سوريا الديمقراطية ذلك.\n"
)
THIRD = "سقطت قذيفة قرب قرية تل الغزلان يوم 3 كانون الثاني 2021، واندلعت اشتباكات في عين عيسى.\n"
ROWS = [
    ["رقم", "when", "Y", "X", "place", "type", "actor1", "actor2", "source", "notes"],
    [
        "1",
        "18/01/2021",
        "36,38",
        "38,86",
        "عين عيسى",
        "اشتباك",
        "قسد",
        "لواء",
        "وكالة; نشرة",
        "ملاحظة",
    ],
    ["2", "03/02/2021", "36.10", "38.00", "Tall", "Shelling", "", "", "", "Made-up note"],
    ["3", "", "35.95", "39.01", "Ar-Raqqa", "other", "A; B", "", "Made-up News", ""],
    ["4", "30/02/2021", "36.0", "38.0", "no such day", "", "", "", "", ""],
]
# Of the files beside the workspace; the tables that were imported are left out.
_SUFFIXES = frozenset({".sqlite", ".json", ".parquet", ".csv"})
_LEFT_OUT = frozenset({"expected.json", "field.csv", "acled.csv"})


class Writer:
    """An analyst's work with the program of then, step by step."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folders = (settings.seeds, settings.gazetteer, settings.lexicon, settings.places)
        self.seeds = load_corpus(*self.folders)
        self.workspace = Workspace(settings.workspace)

    def session(self, who: str = "Rana") -> Desk:
        return Desk(self.workspace, with_workspace(self.seeds, self.workspace), who)

    def read(self, name: str, text: str) -> str:
        """Add an article; returns its id."""
        corpus = self.session().corpus
        *_, report = ingest(self.workspace, corpus, [File(name, text.encode())], How(), "Rana")
        (article_id,) = report.article_ids
        return article_id

    def pending(self, article_id: str, kind: str) -> Held[Any]:
        records = self.workspace.of_article(Table.SUGGESTION, article_id).values()
        return next(
            r for r in records if r.value.status == "pending" and r.value.suggestion.kind == kind
        )

    def queued(self, name: str) -> Mapping[str, Held[Any]]:
        records = self.workspace.all(Table.UNKNOWN_PLACE, status="queued")
        return {key: r for key, r in records.items() if name in r.value.name}

    def undo(self, who: str, why: str) -> None:
        self.workspace.undo(self.workspace.version(), who=who, why=why)

    def review(self) -> str:
        """Accept, reject, merge, edit, place, correct, undo; returns the id of the accepted event."""
        first = self.read("first.txt", FIRST)
        second = self.read("second.txt", SECOND)
        third = self.read("ثالث.txt", THIRD)
        session = self.session()
        set_published(
            session, session.corpus.articles[first], date(2021, 1, 10), why="the printed page"
        )
        seed = next(iter(self.seeds.articles.values()))
        set_published(self.session("Omar"), seed, date(2020, 12, 30), why="the archive")
        self.name_places()
        session = self.session()
        shelling = self.pending(first, "shelling")
        corrected = replace(
            draft(shelling.value, session.corpus), title_en="Artillery fire on Ain Issa"
        )
        corrected = replace(corrected, places=(*corrected.places, ("m4", PlaceRole.NEAR)))
        accept(session, shelling, corrected, why="two reports")
        self.undo("Omar", "too soon")
        self.undo("Rana", "not too soon")
        session = self.session()
        self.workspace.undo(self.workspace.version(), who="Rana", why="once more")
        shelling = self.pending(first, "shelling")
        event_id = accept(self.session(), shelling, corrected, why="سبب بالعربية")
        self.change(first, second, third, event_id)
        return event_id

    def name_places(self) -> None:
        place = new_place(_zenobia(), "زنوبيا")
        place_unknown(self.session(), self.queued("زنوبيا"), place, why="a resident")
        before = held_place(self.seeds.gazetteer, "jahbal")
        named = with_name(before, "أم الزيتونات", "a resident")
        name_known(self.session(), self.queued("الزيتونات"), before, named, version=0, why="a map")
        dismiss_unknown(self.session(), self.queued("الغزلان"), name="تل الغزلان", why="no place")
        record = held_place(self.seeds.gazetteer, "ain_issa")
        given = record.place
        moved = PlaceDraft(
            "Ain Issa (town)", given.name_ar, given.feature_class, given.within, 36.39, 38.87,
            1500, given.precision, "a survey", "the centre is disputed",
        )  # fmt: skip
        edit_place(
            self.session(), record, edited_place(record, moved, record.names), version=0, why="x"
        )

    def change(self, first: str, second: str, third: str, event_id: str) -> None:
        session = self.session()
        further = self.pending(second, "shelling")
        corrected = draft(further.value, session.corpus)
        version = session.version(Table.EVENT, event_id)
        merge(session, further, corrected, event_id, version=version, why="the same shelling")
        reject(
            self.session("Omar"),
            self.pending(first, "arrest"),
            title="an arrest",
            why="background only",
        )
        start = THIRD.index("عين عيسى")
        span = (start, start + len("عين عيسى"))
        correction = Correction(third, *span, "place", "qamishli")
        correct_mention(self.session(), correction, surface="عين عيسى", why="the letter says so")
        nothing = Correction(first, 0, 4, "actor", None)
        correct_mention(self.session(), nothing, surface="قصفت", why="no party")
        corpus = self.session().corpus
        seed_id = next(iter(self.seeds.events.events))
        before = event_record(corpus, seed_id)
        after = replace(before, event=replace(before.event, title_en="Another title"))
        edit_event(self.session("Omar"), before, after, version=0, why="clearer")
        reread(self.session(), third, why="asked for")

    def tables(self) -> None:
        """Import a custom table by a saved mapping and a second table; hide the second."""
        folder = self.settings.datasets
        importer = Importer(Datasets(folder), self.session().corpus, self.settings.lexicon)
        columns = {
            "event_id": "رقم", "date": "when", "lat": "Y", "lon": "X", "place": "place",
            "kind": "type", "initiator": "actor1", "target": "actor2", "outlet": "source",
            "notes": "notes",
        }  # fmt: skip
        profile = Profile(name="Field list", columns=columns, precision=PlacePrecision.VICINITY)
        save_profile(folder, profile)
        table = folder.parent / "field.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(ROWS)
        request = Asked(
            "قائمة الميدان", profile=profile, licence="CC BY 4.0", credit="The field team"
        )
        *_, last = importer.read(table, request)
        assert (last.good, last.faults.total) == (3, 1), last
        acled = make.write(folder.parent / "acled.csv", [make.BATTLE, make.SHELLING])
        *_, _last = importer.read(acled, Asked())
        Library(folder, "duckdb://").show("acled", shown=False)

    def content(self, query: Query) -> Content:
        """What a figure of the query shows, as dashboard/figure/__main__.py had it."""
        every, _ids = with_pending(self.session().corpus, self.workspace)
        library = Library(self.settings.datasets, "duckdb://")
        library.curate("earlier", lambda: (every, build_tables(every)))
        opened = library.open()
        index = index_events(build_tables(every))
        records = records_of(opened.engine, every, index, opened.datasets, query)
        assert records is not None
        created, count = date(2021, 3, 4), count_all(opened.engine, unreviewed=True)
        return figure_content(
            records.corpus, records.index, query, records.selection, created, count
        )


def _zenobia() -> PlaceDraft:
    return PlaceDraft(
        "Zenobia", "زنوبيا", FeatureClass.VILLAGE, ("ain_issa_subdistrict",), 36.41, 38.91, 1000,
        PlacePrecision.SETTLEMENT, "a resident", None,
    )  # fmt: skip


def expected(writer: Writer, manifests: Mapping[str, object]) -> dict[str, object]:
    workspace, corpus = writer.workspace, writer.session().corpus
    records = {
        kind.value: {
            key: [record.version, _plain(record.value)]
            for key, record in workspace.all(kind).items()
        }
        for kind in Table
    }
    log = [msgspec.to_builtins(entry) for entry in workspace.log()]
    seqs = sorted(entry["seq"] for entry in log)
    events = {key: _plain(event_record(corpus, key)) for key in records["event"]}
    return {
        "log": log,
        "differences": {seq: [_plain(item) for item in workspace.differences(seq)] for seq in seqs},
        "deleted": sorted(
            [kind.value, key, seq] for (kind, key), seq in workspace.deleted().items()
        ),
        "records": records,
        "texts": dict(sorted(workspace.texts().items())),
        "events": events,
        "arabic": dict(sorted(_arabic(log, records))),
        "cards": [msgspec.to_builtins(card) for card in _imported(writer.settings)],
        "rows": _rows(writer.settings),
        "shown": _shown(writer),
        "manifests": manifests,
    }


def _plain(record: object) -> Any:
    return json.loads(encode(record))


def _arabic(log: list[Any], records: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each sentence that is stored in English, as an Arabic reader was shown it."""
    sentences = {entry["what"] for entry in log}
    for record in (record for _, record in records["suggestion"].values() if record):
        sentences |= {record["suggestion"]["date_reason"], *record["suggestion"]["reasons"]}
    for record in (record for _, record in records["article"].values() if record):
        sentences.add(record["article"]["published_reason"])
    for record in (record for _, record in records["event"].values() if record):
        sentences.add(record["event"]["date_reason"])
    with speaking(ARABIC):
        for sentence in sentences - {None, ""}:
            yield sentence, told(sentence)


def _imported(settings: Settings) -> Iterator[Any]:
    return (card for card in Datasets(settings.datasets) if card.dataset_id != "curated")


def _rows(settings: Settings) -> dict[str, object]:
    """All rows of the tables of the imported datasets, as they are in the Parquet files."""
    datasets, rows = Datasets(settings.datasets), {}
    for card in _imported(settings):
        for folder in sorted(datasets.tables(card).iterdir()):
            table = ds.dataset(folder, partitioning="hive").to_table()
            cells = sorted(table.to_pylist(), key=repr)
            rows[f"{card.dataset_id}/{folder.name}"] = json.loads(
                json.dumps(cells, default=lambda v: v.hex() if isinstance(v, bytes) else str(v))
            )
    return rows


def _shown(writer: Writer) -> dict[str, object]:
    """The events of the shown dataset as figures and exports had them."""
    corpus = writer.content(Query(datasets=("قائمة_الميدان",))).corpus
    return {key: _plain(event_record(corpus, key)) for key in sorted(corpus.events.events)}


def main(folder: Path) -> None:
    settings = read_settings({"EVENT_MAP_WORKSPACE": str(folder / "workspace.sqlite")})
    writer = Writer(settings)
    event_id = writer.review()
    writer.tables()
    both = FigureOptions(
        tongues=Tongues.BOTH, area=Area.ALL, title_en="Made earlier", digits="arab"
    )
    queries = {
        "event": (Query(text="Artillery", event_id=event_id), both),
        "dataset": (Query(datasets=("قائمة_الميدان",)), FigureOptions("slide", dates="iso")),
        "pending": (
            Query(unreviewed=True, text="Clash: SDF"),
            FigureOptions(tongues=Tongues.ARABIC),
        ),
    }
    manifests = {}
    for name, (query, options) in queries.items():
        manifest = manifest_of(writer.content(query), options).as_json()
        # The form in which the page offered it.
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        (folder / f"figure_{name}.json").write_text(text + "\n", encoding="utf-8")
        manifests[name] = json.loads(text)
    result = json.dumps(expected(writer, manifests), ensure_ascii=False, indent=1)
    (folder / "expected.json").write_text(result + "\n", encoding="utf-8")
    with closing(sqlite3.connect(settings.workspace)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    pack(folder)


def pack(folder: Path) -> None:
    """Put the files into files.zip, without the curated dataset, which is derived."""
    shutil.rmtree(folder / "workspace_datasets" / "curated")
    with zipfile.ZipFile(folder / "files.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _SUFFIXES and path.name not in _LEFT_OUT:
                archive.write(path, path.relative_to(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
