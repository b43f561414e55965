"""The interface in Arabic: from right to left, stored in the link, on every page."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import app
from tests.e2e.conftest import Open

pytestmark = pytest.mark.e2e
PAGES = {
    "/": "أحداث",
    "/?tab=evidence&event=agreement_hand_over_ain_issa": "أكده",
    "/?tab=shelf": "تاريخه غير معروف",
    "/?tab=figure": "نزّل الشكل",
    "/compare": "أين تختلف الروايات",
    "/article?id=a000_arabi21": "نُشر|بلا تاريخ",
    "/articles?id=a000_arabi21": "اقرأ النص",
    "/review": "المراجعة",
    "/gazetteer?place=ain_issa": "معجم الأماكن",
    "/history": "كل تغيير مسجَّل",
}
_LEFT = re.compile(r"[A-Za-z]{4,}")
# What has no Arabic: formats, endings of files, the other name of a place, the names of icons.
_KEPT = re.compile(r"GeoJSON|\.\w+|·.*|^\w+\n")


def _direction(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("dir", "rtl", timeout=app.SLOW_MS)
    expect(page.locator("html")).to_have_attribute("lang", "ar")


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_arabic_and_right_to_left(open_app: Open, path: str):
    with open_app(path + ("&" if "?" in path else "?") + "lang=ar") as visit:
        page = visit.page
        _direction(page)
        expect(page.get_by_text(re.compile(PAGES[path])).first).to_be_visible(timeout=app.SLOW_MS)
        labels = page.locator(
            ".stApp button p, .stApp label p, .stApp h1, .stApp h2, .stApp h3, .stApp summary"
        ).all_inner_texts()
        english = {text for text in labels if _LEFT.search(_KEPT.sub("", text))}
        assert english <= {"English"}
        for field in page.get_by_test_id("stFileUploader").all():
            expect(field).not_to_contain_text(re.compile("Upload|per file"))
            names = field.locator("[aria-label]").evaluate_all("n => n.map(it => it.ariaLabel)")
            assert not any(_LEFT.search(_KEPT.sub("", name)) for name in names), names
        assert visit.errors == []
        assert visit.outside == []


def test_the_sidebar_is_on_the_right_and_the_map_stays(open_app: Open):
    with open_app("/?lang=ar") as visit:
        page = visit.page
        app.ready(page)
        box = page.get_by_test_id("stSidebar").bounding_box()
        assert box
        assert box["x"] > 1366 / 2
        assert app.the_map(page).locator("[data-basemap]").get_attribute("dir") == "ltr"
        app.marks(page).first.hover()
        tip = app.the_map(page).locator(".event-tip")
        expect(tip).to_have_attribute("dir", "rtl")
        expect(tip).to_contain_text(re.compile("حدث|أحداث"))
        assert app.tooltip_faults(page, app.marks(page).first) == []
        app.filter_row(page, "متنازع عليه").click()
        expect(app.caption(page)).to_contain_text("متنازع عليه", timeout=app.SLOW_MS)
        expect(page).to_have_url(re.compile("lang=ar"))


def test_switching_keeps_the_selection_and_follows_to_other_pages(open_app: Open):
    with open_app("/?kind=arrest") as visit:
        page = visit.page
        app.ready(page)
        page.get_by_role("button", name="العربية").click()
        page.get_by_role("radio", name="العربية").click()
        _direction(page)
        expect(app.caption(page)).to_contain_text("اعتقال", timeout=app.SLOW_MS)
        expect(page).to_have_url(re.compile("lang=ar"), timeout=app.SLOW_MS)
        assert app.link(page)["kind"] == ["arrest"]
        page.locator(".st-key-pages").get_by_role("link", name="المقالات").click()
        expect(page.get_by_label("نص المقال")).to_be_visible(timeout=app.SLOW_MS)
        expect(page).to_have_url(re.compile("lang=ar"), timeout=app.SLOW_MS)
        page.reload()
        _direction(page)
        page.get_by_role("button", name="English").click()
        page.get_by_role("radio", name="English").click()
        expect(page.locator("html")).to_have_attribute("dir", "ltr", timeout=app.SLOW_MS)
        expect(page.get_by_label("Article text")).to_be_visible(timeout=app.SLOW_MS)


def test_digits_and_dates_as_the_reader_chooses(open_app: Open):
    with open_app("/?lang=ar&digits=arab&dates=iso&from=2020-12-27") as visit:
        page = visit.page
        app.ready(page)
        expect(app.caption(page)).to_contain_text(re.compile("[٠-٩]+ من ٤٦"))
        # The hyphens are marked, or the date would be turned round.
        day = "٢٠٢٠-١٢-٢٧".replace("-", "\u200e-\u200e")
        assert day in app.caption(page).inner_text()
        assert day in page.locator(".dates").inner_text()
        assert re.fullmatch("[٠-٩]+", app.marks(page).first.locator("text").inner_html())


def test_an_arabic_browser_gets_arabic_without_being_asked(browser, address):
    context = browser.new_context(locale="ar-SY", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(address)
    _direction(page)
    expect(app.caption(page)).to_contain_text("حدث", timeout=app.SLOW_MS)
    context.close()
