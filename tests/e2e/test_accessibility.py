"""axe-core on every page in both languages, and the keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect

from tests.e2e import app
from tests.e2e.conftest import Open

pytestmark = pytest.mark.e2e
PLEDGE = "agreement_hand_over_ain_issa"
PAGES = {
    "/": "button.event",
    f"/?tab=evidence&event={PLEDGE}": ".claim",
    "/?tab=shelf": "button.event",
    "/?tab=table": "tbody tr",
    "/?tab=trends&split=actor": ".trend-key",
    "/?tab=figure": "[data-testid=stImage] img",
    "/?view=presentation": "footer.presented",
    f"/compare?event={PLEDGE}": ".account",
    "/compare?parties=aanes": ".fields",
    "/article?id=a000_arabi21": "article",
    "/articles?id=a000_arabi21": "article.reading",
    "/review": ".st-key-pages",
    f"/review?event={PLEDGE}": ".st-key-event_log, [data-testid=stTextInput]",
    "/gazetteer?place=ain_issa": "[data-testid=stTextInput]",
    "/history": "h2",
    "/data": ".st-key-dataset_curated",
}
# Findings in what Streamlit itself makes, each with its reason; none is of our own making.
_OF_STREAMLIT: frozenset[str] = frozenset()


def findings(place: Page | Frame) -> list[str]:
    """What axe takes for serious or critical there, with the element."""
    result = Axe().run(place)
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in result.response["violations"]
        if violation["impact"] in {"serious", "critical"} and violation["id"] not in _OF_STREAMLIT
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious(open_app: Open, path: str, language: str):
    with open_app(path + ("&" if "?" in path else "?") + f"lang={language}") as visit:
        page = visit.page
        expect(page.locator(PAGES[path]).first).to_be_visible(timeout=app.SLOW_MS)
        page.wait_for_timeout(700)
        # What a run of the page has not drawn yet is faded by Streamlit.
        app.settled(page)
        assert findings(page) == []
        for frame in page.frames:
            if "streamlit_folium" in frame.url:
                expect(frame.locator("[data-basemap]")).to_be_attached(timeout=app.SLOW_MS)
                assert findings(frame) == []


_WHERE = """() => {
  let node = document.activeElement;
  while (node && node.shadowRoot && node.shadowRoot.activeElement) node = node.shadowRoot.activeElement;
  if (!node || node === document.body) return null;
  const style = getComputedStyle(node);
  const seen = style.outlineStyle !== "none" || style.boxShadow !== "none"
    || node.tagName === "IFRAME" || node.matches("input, [data-handle]")
    || getComputedStyle(node.parentElement).borderColor !== "";
  return { what: node.dataset.event ? "event" : node.dataset.handle ? "handle"
    : node.closest(".facets") ? "filter" : node.tagName.toLowerCase(),
    name: (node.getAttribute("aria-label") || node.textContent || "").slice(0, 40), seen };
}"""


def test_the_keyboard_reaches_everything(open_app: Open):
    with open_app() as visit:
        page = visit.page
        app.ready(page)
        reached: dict[str, int] = {}
        in_map = 0
        for _step in range(160):
            page.keyboard.press("Tab")
            at = page.evaluate(_WHERE)
            if at is None:
                continue
            reached[at["what"]] = reached.get(at["what"], 0) + 1
            assert at["seen"], at
            if at["what"] == "iframe":
                frame = next(f for f in page.frames if "streamlit_folium" in f.url)
                on = frame.evaluate("document.activeElement.className")
                in_map += "event-mark" in str(on)
        assert in_map >= 3
        assert reached["filter"] >= 20
        assert reached["handle"] == 2
        assert reached["event"] >= 10


def test_the_table_has_the_same_events_as_the_map(open_app: Open):
    with open_app("/?attestation=contested&tab=table") as visit:
        page = visit.page
        expect(app.marks(page).first).to_be_visible(timeout=app.SLOW_MS)
        app.wait_shown(page, 4)
        expect(app.table_rows(page)).to_have_count(4, timeout=app.SLOW_MS)


def test_the_keys_are_shown_but_not_while_somebody_types(open_app: Open):
    with open_app("/history") as visit:
        page = visit.page
        app.settled(page)
        shown = page.get_by_role("dialog", name="Keys")
        page.locator("body").press("?")
        expect(shown).to_be_visible()
        assert findings(page) == []
        page.keyboard.press("Escape")
        expect(shown).to_be_hidden()
        field = page.get_by_label("Your name")
        field.press("?")
        expect(shown).to_be_hidden()
        expect(field).to_have_value("?")
        page.get_by_role("button", name="Keys").click()
        page.get_by_role("button", name="Close").click()
        expect(shown).to_be_hidden()
        assert not visit.errors
