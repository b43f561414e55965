"""The content of reports of the real corpus, and that nothing else is in their files."""

import io
import re
from dataclasses import replace
from datetime import date

import docx
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dashboard.export.coarsen import Coarseness
from dashboard.export.formats import REPORT_FORMATS
from dashboard.export.report.content import report_of
from dashboard.export.report.docx_file import to_docx
from dashboard.export.report.docx_styles import LOOKS
from dashboard.export.report.events import language_of
from dashboard.export.report.facts import facts_of
from dashboard.export.report.footnotes_part import reference_run
from dashboard.export.report.key_figures import key_figures
from dashboard.export.report.options import MOST_EVENTS, MOST_TEXT, ReportOptions
from dashboard.export.report.parts import Paragraph, Picture, Report, Role
from dashboard.export.report.pdf_file import to_pdf
from dashboard.export.report.pdf_pages import _size
from dashboard.export.report.pictures import map_picture
from dashboard.export.report.sources import source_words
from dashboard.export.report.trend import trend_picture
from dashboard.export.report.words import described_words, report_words
from dashboard.export.report.write_report import report_language, write_report
from dashboard.language.language import ARABIC, ENGLISH, Language, using_language
from dashboard.model.capture import Capture, CaptureMethod, Proof, SourceLinks
from dashboard.model.corpus import Corpus
from dashboard.model.event import Stance
from dashboard.model.selected import SelectedEvents
from dashboard.project.linked import Linked, open_link
from dashboard.project.project import Project
from dashboard.query.query import Query
from dashboard.settings import read_settings
from tests.export.report.reports import (
    LINK,
    parts_of,
    pdf_text,
    report_with,
    reporting_of,
    words_of,
)
from tests.export.single_file.events import BASEMAP, HOSTILE, copies, hostile
from tests.oracle.select import EventIndex
from tests.oracle.selected import selected_by_id, selected_events

_DOCUMENT, _FOOTNOTES = "word/document.xml", "word/footnotes.xml"


@pytest.fixture(scope="module")
def selected(corpus: Corpus, index: EventIndex) -> SelectedEvents:
    return selected_events(corpus, index, Query())


@pytest.fixture(scope="module")
def arrests(corpus: Corpus, index: EventIndex) -> SelectedEvents:
    return selected_events(corpus, index, Query(kinds=("arrest",)))


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Linked:
    settings_ = read_settings(
        {"EVENT_MAP_WORKSPACE": str(tmp_path_factory.mktemp("w") / "w.sqlite")}
    )
    return open_link(Project(settings_), "kind=arrest")


def paragraphs(report: Report, role: Role) -> list[Paragraph]:
    return [it for it in report.blocks if isinstance(it, Paragraph) and it.role is role]


def bare(text: str) -> str:
    return re.sub("[\u2066-\u2069]", "", text)


def test_each_claim_has_its_sentence_and_its_footnote(selected: SelectedEvents, corpus: Corpus):
    report = report_of(reporting_of(selected, corpus))
    claims = corpus.events.claims
    assert len(report.notes) == len(paragraphs(report, Role.QUOTE)) == len(claims)
    assert len(paragraphs(report, Role.EVENT)) == len(selected.events)
    quotes = [it.text for it in paragraphs(report, Role.QUOTE)]
    for claim in claims:
        assert any(" ".join(claim.quote.split()) in quote for quote in quotes)
    stances = {bare(it.spans[0].text) for it in paragraphs(report, Role.CLAIM)}
    assert {"Asserted: ", "Denied: "} <= stances
    cited = [span.note for it in paragraphs(report, Role.CLAIM) for span in it.spans]
    assert [note for note in cited if note is not None] == list(range(len(claims)))


def test_events_stand_by_date_and_undated_ones_last(selected: SelectedEvents, corpus: Corpus):
    reporting = reporting_of(selected, corpus)
    dated = [event for event in reporting.events if not event.when.undated]
    assert list(reporting.events[: len(dated)]) == dated
    days = [event.when.start or event.when.end or date.max for event in dated]
    assert days == sorted(days)
    assert len(dated) < len(reporting.events)


def test_it_says_what_is_known_of_an_event(arrests: SelectedEvents, corpus: Corpus):
    event = arrests.events[0]
    facts = {it.name: it.text for it in facts_of(arrests, arrests.corpus, event, lambda text: text)}
    assert {"When", "Where", "Kind", "Who", "Attestation"} <= set(facts)
    assert "precision" in facts["When"]
    assert "within" in facts["Where"]


def test_the_key_figures_are_never_more_than_the_sums_of_events(
    selected: SelectedEvents, corpus: Corpus
):
    summary = reporting_of(selected, corpus).summary(selected)
    lines = list(key_figures(summary))
    assert lines[0] == "46 events"
    assert "Detained: 3 in 1 of 46 events; 45 without a figure" in lines
    dates = replace(summary, query=Query(start=date(2021, 1, 1), end=date(2021, 1, 31)))
    assert any("for certain" in line for line in key_figures(dates))
    assert list(key_figures(replace(summary, selected=selected_by_id(corpus, [])))) == []


def test_nothing_in_a_file_is_outside_of_the_selection(
    arrests: SelectedEvents, selected: SelectedEvents, corpus: Corpus
):
    report = report_of(reporting_of(arrests, corpus))
    word = parts_of(to_docx(report))
    texts = [
        "\n".join(it.decode("utf-8", errors="replace") for it in word.values()),
        "\n".join(words_of(word[name]) for name in (_DOCUMENT, _FOOTNOTES)),
        pdf_text(to_pdf(report)),
    ]
    cited = {claim.article_id for claim in arrests.corpus.events.claims}
    others = selected.positions.keys() - arrests.positions.keys()
    for text in texts:
        assert "Asayish detain" in text or "Asayish arrest" in text
        for key in others:
            assert corpus.events.events[key].title_en not in text
            assert not re.search(rf"\b{re.escape(key)}\b", text)
        for key, article in corpus.articles.items():
            assert key in cited or article.headline not in text


def test_less_precise_places_are_the_only_ones(arrests: SelectedEvents, corpus: Corpus):
    options = ReportOptions(pictures=False)
    query = Query(kinds=("arrest",), place_ids=("qamishli_security_square",), text="square")
    coarse = reporting_of(arrests, corpus, options, level=Coarseness.DISTRICT, query=query)
    text = "\n".join(it.text for it in report_of(coarse).blocks if isinstance(it, Paragraph))
    facts = [it.text for it in paragraphs(report_of(coarse), Role.FACT)]
    assert not any("Security Square" in fact for fact in facts)
    assert "less precise than in the data" in text
    assert "qamishli_security_square" not in text


def test_picked_events_are_described_and_it_says_so(selected: SelectedEvents, corpus: Corpus):
    chosen = tuple(event.event_id for event in selected.events[:2])
    options = ReportOptions(pictures=False, event_ids=chosen)
    report = report_of(reporting_of(selected, corpus, options))
    assert len(paragraphs(report, Role.EVENT)) == 2
    assert any("2 of 46 events" in it.text for it in paragraphs(report, Role.TEXT))


def test_at_most_two_hundred_events_are_described_and_it_says_so(
    selected: SelectedEvents, corpus: Corpus
):
    many = copies(selected, MOST_EVENTS + 30)
    report = report_of(reporting_of(many, corpus))
    assert len(paragraphs(report, Role.EVENT)) == MOST_EVENTS
    assert any("The first 200 of 230" in it.text for it in paragraphs(report, Role.TEXT))
    assert described_words(3, 3, picked=False) == ""
    assert len(docx.Document(io.BytesIO(to_docx(report))).paragraphs) > MOST_EVENTS
    assert len(pypdf.PdfReader(io.BytesIO(to_pdf(report))).pages) > 20


def test_a_selection_without_events_says_so(corpus: Corpus):
    report = report_of(reporting_of(selected_by_id(corpus, []), corpus, ReportOptions()))
    assert any("No event matches" in it.text for it in paragraphs(report, Role.TEXT))
    assert not report.notes
    assert "No event matches" in pdf_text(to_pdf(report))
    assert "No event matches" in words_of(parts_of(to_docx(report))[_DOCUMENT])


def test_titles_and_texts_of_analysts_stand_first(arrests: SelectedEvents, corpus: Corpus):
    options = ReportOptions("عنوان", "One.\n\nاثنان", pictures=False)
    report = report_of(reporting_of(arrests, corpus, options))
    assert report.title == "عنوان"
    one, two, *_ = paragraphs(report, Role.TEXT)
    assert (one.text, one.direction) == ("One.", "ltr")
    assert (two.text, two.direction) == ("اثنان", "rtl")


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_a_long_paragraph_of_an_analyst_is_written_to_its_end(
    arrests: SelectedEvents, corpus: Corpus, ending: str
):
    text = ("and so on, " * 450) + "to the END."
    assert len(text) < MOST_TEXT
    options = ReportOptions("Long", text, pictures=False)
    report = report_of(reporting_of(arrests, corpus, options))
    file = to_docx(report) if ending == "docx" else to_pdf(report)
    read = words_of(parts_of(file)["word/document.xml"]) if ending == "docx" else pdf_text(file)
    assert "to the END." in read


def test_pictures_have_words_and_count_what_they_leave_out(
    selected: SelectedEvents, corpus: Corpus
):
    summary = reporting_of(selected, corpus).summary(selected)
    drawn = map_picture(summary, BASEMAP)
    assert drawn.png.startswith(b"\x89PNG")
    assert "2 events have no place" in drawn.caption
    report = report_of(reporting_of(selected, corpus, ReportOptions()))
    (picture,) = [it for it in report.blocks if isinstance(it, Picture)]
    assert bare(drawn.caption) in bare(picture.alt)


def test_footnotes_name_outlet_headline_date_addresses_and_captures(
    arrests: SelectedEvents, corpus: Corpus
):
    claim = arrests.corpus.events.claims[0]
    capture = Capture(
        claim.article_id, None, "ab" * 32, 10, "text/html", "x.html", date(2021, 3, 4), None,
        CaptureMethod.SAVED_PAGE, "", "Somebody", "", graphic=False,
    )  # fmt: skip
    links = SourceLinks(claim.article_id, None, "https://example.org/a", "javascript:alert(1)")
    proof = Proof({(claim.article_id, None): links}, {claim.article_id: (capture,)})
    reporting = replace(reporting_of(arrests, corpus), proof=proof)
    report = report_of(reporting)
    article = corpus.articles[claim.article_id]
    full = next(it for it in report.notes if "example.org" in it.text)
    assert article.headline in full.text
    assert "captured 4 March 2021" in full.text
    assert "Somebody" not in full.text
    assert [span.url for span in full.spans if span.url] == ["https://example.org/a"]
    assert any("as above" in it.text for it in report.notes)
    assert article.headline in source_words(article, corpus.lexicon.outlets[article.outlet_id])


def test_word_opens_it_with_real_footnotes(arrests: SelectedEvents, corpus: Corpus):
    with using_language(ARABIC):
        report = report_of(reporting_of(arrests, corpus))
    file = to_docx(report)
    parts = parts_of(file)
    footnotes = parts[_FOOTNOTES].decode()
    text = parts[_DOCUMENT].decode()
    ids = re.findall(r'<w:footnote [^>]*w:id="(-?\d+)"', footnotes)
    assert ids[:2] == ["-1", "0"]
    assert re.findall(r'<w:footnoteReference w:id="(\d+)"', text) == ids[2:]
    assert len(ids) - 2 == len(report.notes) > 0
    assert "footnotes+xml" in parts["[Content_Types].xml"].decode()
    document = docx.Document(io.BytesIO(file))
    assert document.core_properties.title == report.title
    assert document.core_properties.language == "ar-SY"
    styles = {it.style.name for it in document.paragraphs if it.style}
    assert {LOOKS[Role.TITLE].style, LOOKS[Role.EVENT].style} <= styles
    assert not {"Footnote Text"} - {style.name for style in document.styles}
    assert "thumbnail" not in "".join(parts)
    assert reference_run(None).xml.count("footnoteRef") == 1


def test_arabic_paragraphs_and_runs_read_from_right(arrests: SelectedEvents, corpus: Corpus):
    with using_language(ARABIC):
        text = parts_of(to_docx(report_of(reporting_of(arrests, corpus))))[_DOCUMENT].decode()
    runs = re.findall(r"<w:r>(?:(?!</w:r>).)*</w:r>", text, re.DOTALL)
    arabic = [run for run in runs if re.search("[\u0621-\u064a]", run)]
    assert len(arabic) > 50
    assert all("<w:rtl/>" in run and 'w:bidi="ar-SY"' in run for run in arabic)
    assert not any("<w:rtl/>" in run for run in runs if re.search("[a-zA-Z]</w:t>", run))
    assert text.count("<w:bidi/>") > 50


def test_a_pdf_has_title_language_and_bookmarks(arrests: SelectedEvents, corpus: Corpus):
    with using_language(ARABIC):
        report = report_of(reporting_of(arrests, corpus))
    reader = pypdf.PdfReader(io.BytesIO(to_pdf(report)))
    assert reader.metadata
    assert reader.metadata.title == report.title
    assert reader.root_object["/Lang"] == "ar-SY"
    headings = [it.text for it in paragraphs(report, Role.HEADING)]
    outlined = [it.title for it in reader.outline if not isinstance(it, list)]
    assert outlined == headings
    text = pdf_text(to_pdf(report))
    assert "المصادر" in text
    assert "الأحداث" in text


def test_footnotes_are_on_the_page_that_cites_them(selected: SelectedEvents, corpus: Corpus):
    report = report_of(reporting_of(selected, corpus))
    pages = pypdf.PdfReader(io.BytesIO(to_pdf(report))).pages
    texts = [page.extract_text() for page in pages]
    first = bare(report.notes[0].text).split(",")[0]
    page = next(text for text in texts if "Asserted:" in text)
    assert page.rindex(first) > page.rindex("Asserted:")


def test_equal_reports_are_equal_files(arrests: SelectedEvents, corpus: Corpus):
    report = report_of(reporting_of(arrests, corpus))
    assert to_docx(report) == to_docx(report)
    assert to_pdf(report) == to_pdf(report)


def test_hostile_texts_are_text(arrests: SelectedEvents, corpus: Corpus):
    report = report_of(reporting_of(hostile(arrests), corpus))
    parts = parts_of(to_docx(report))
    assert HOSTILE in words_of(parts[_DOCUMENT])
    whole = "".join(it.decode("utf-8", errors="replace") for it in parts.values())
    assert "<script" not in whole
    assert "javascript:" not in whole
    assert not re.search("instrText|fldChar|fldSimple|attachedTemplate|altChunk|oleObject", whole)
    external = re.findall(r'Target="([^"]*)"[^>]*TargetMode="External"', whole)
    assert all(it.startswith(("http://", "https://")) for it in external)
    raw = to_pdf(report)
    assert b"/JavaScript" not in raw
    assert b"/Launch" not in raw
    for page in pypdf.PdfReader(io.BytesIO(raw)).pages:
        for note in page.get("/Annots", ()):
            action = note.get_object()["/A"]
            assert str(action["/URI"]).startswith("http")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.text(max_size=80), min_size=1, max_size=3),
    st.lists(st.text(max_size=80), max_size=2),
    st.sampled_from([ENGLISH, ARABIC]),
)
def test_any_text_is_written_to_both_formats(
    texts: list[str], notes: list[str], language: Language
):
    from dashboard.export.report.clean import plain

    cleaned, said = [plain(text) for text in texts], tuple(plain(text) for text in notes)
    report = report_with(*cleaned, language=language, notes=said)
    parts = parts_of(to_docx(report))
    found = words_of(parts[_DOCUMENT])
    for text in cleaned:
        assert text in found
    for text in said:
        assert text in words_of(parts[_FOOTNOTES])
    assert to_pdf(report).startswith(b"%PDF")


def test_its_language_is_the_chosen_one(linked: Linked, selected: SelectedEvents, corpus: Corpus):
    options = ReportOptions(language="ar", pictures=False)
    assert report_language(options).code == "ar"
    reporting = reporting_of(selected, corpus, options)
    file = write_report("report-docx", linked.catalog, reporting)
    assert "المصادر" in words_of(parts_of(file)[_DOCUMENT])
    assert LINK in words_of(parts_of(file)[_DOCUMENT])
    assert set(REPORT_FORMATS) == {"report-docx", "report-pdf"}
    assert "footnotes" in report_words()


def test_the_trend_is_drawn_and_divided_by_no_place_where_places_are_coarse(linked: Linked):
    query = replace(linked.query, trend=replace(linked.query.trend, split="district"))
    by_place = trend_picture(linked.catalog, query, Coarseness.ORIGINAL)
    coarse = trend_picture(linked.catalog, query, Coarseness.DISTRICT)
    assert by_place
    assert coarse
    assert "by district" in by_place.caption
    assert "by group of kinds" in coarse.caption
    nothing = replace(query, text="no such words anywhere")
    assert trend_picture(linked.catalog, nothing, Coarseness.ORIGINAL) is None


def test_denials_stand_after_assertions(selected: SelectedEvents, corpus: Corpus):
    denied = next(it for it in corpus.events.claims if it.stance is Stance.DENIES)
    options = ReportOptions(pictures=False, event_ids=(denied.event_id,))
    claims = paragraphs(report_of(reporting_of(selected, corpus, options)), Role.CLAIM)
    stances = [it.spans[0].text.startswith("Asserted") for it in claims]
    assert stances == sorted(stances, reverse=True)


def test_a_tall_picture_is_no_taller_than_a_page():
    buffer = io.BytesIO()
    Image.new("L", (10, 400)).save(buffer, "PNG")
    width, height = _size(Picture(buffer.getvalue(), "tall"))
    assert width < height < 700


def test_an_analyst_s_own_paragraph_has_the_direction_of_its_text():
    assert language_of("نص NATO").direction == "rtl"
    assert language_of("NATO نص").direction == "ltr"
