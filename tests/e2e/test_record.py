"""The record put right by hand, as an analyst does it: from paste to map, and each action undone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e import app
from tests.e2e.browser import visit
from tests.e2e.server import serve
from tests.e2e.test_work import go

pytestmark = pytest.mark.e2e

ASSERTED = (
    "قصف على عين عيسى\n\nالأحد 10 كانون الثاني 2021\n\n"
    "قصفت القوات التركية أمس بلدة عين عيسى بقذائف المدفعية، وفق ما أفاد المرصد السوري لحقوق الإنسان.\n"
)
DENIED = (
    "تركيا تنفي قصف عين عيسى\n\nالأحد 10 كانون الثاني 2021\n\n"
    "نفت وزارة الدفاع التركية أن تكون قواتها قصفت أمس بلدة عين عيسى شمالي الرقة.\n"
)
# What an analyst may need at most for two articles on one disputed act, in clicks and keys.
MOST_ACTIONS = 25
EVENT = "agreement_observation_points"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server with a workspace of its own, empty."""
    with serve({"EVENT_MAP_WORKSPACE": str(tmp_path / "workspace.sqlite")}) as url:
        yield url


class Analyst:
    """Counts the clicks and keys; text that is filled in is pasted by one key."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def click(self, target: Locator) -> None:
        expect(target).to_be_enabled(timeout=app.SLOW_MS)
        app.settled(self.page)
        target.click()
        self.actions += 1

    def enter(self, field: Locator, text: str, key: str = "Enter") -> None:
        """A click into a field, the text, and the key that confirms it."""
        expect(field).to_be_visible(timeout=app.SLOW_MS)
        app.settled(self.page)
        field.fill(text)
        field.press(key)
        self.actions += 3
        app.settled(self.page)

    def press(self, key: str, button: str) -> None:
        app.press_shortcut(self.page, key, button)
        self.actions += 1

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=app.SLOW_MS)


def test_two_articles_on_one_disputed_act_are_on_the_map_in_few_actions(
    browser: Browser, address: str
):
    with visit(browser, f"{address}/articles") as seen:
        page = seen.page
        analyst = Analyst(page)
        analyst.enter(page.get_by_label("Your name"), "Rana")
        for number, text in enumerate((ASSERTED, DENIED), start=1):
            analyst.enter(page.get_by_label("Article text"), text, "Control+Enter")
            analyst.click(analyst.button("Read the text"))
            analyst.sees("1 new article")
            # The form is empty for the next text.
            field = page.locator(f".st-key-paste_form{number or ''}_text textarea")
            expect(field).to_have_value("", timeout=app.SLOW_MS)
            expect(page.get_by_label("Article text")).to_have_count(1, timeout=app.SLOW_MS)
        go(page, "Review")
        analyst.actions += 1
        analyst.sees("2 suggestions to review")
        analyst.press("a", "Accept Shortcut")
        analyst.sees("✓ Accepted: Shelling")
        analyst.sees("1 suggestion to review")
        analyst.press("1", "Shelling: Turkish forces; Ain Issa (9 January 2021)")
        # The suggestion's map, and that of the event that was chosen.
        expect(page.locator("iframe[title='streamlit_folium.st_folium']")).to_have_count(
            2, timeout=app.SLOW_MS
        )
        analyst.press("m", "Add to the event")
        analyst.sees("✓ Added as a claim on: Shelling")
        go(page, "Explore")
        analyst.actions += 1
        expect(page.locator(".st-key-decide")).to_have_count(0, timeout=app.SLOW_MS)
        app.ready(page)
        listed = page.locator("button.event").filter(has_text="Shelling: Turkish forces; Ain Issa")
        analyst.click(listed)
        expect(page.locator(".chip.contested")).to_be_visible(timeout=app.SLOW_MS)
        expect(page.locator(".claims .against")).to_contain_text("نفت وزارة الدفاع التركية")
        assert analyst.actions <= MOST_ACTIONS
        assert seen.errors == []


def test_a_claim_gets_the_words_that_are_selected_in_the_article(browser: Browser, address: str):
    with visit(browser, f"{address}/review?event={EVENT}") as seen:
        page = seen.page
        analyst = Analyst(page)
        analyst.enter(page.get_by_label("Your name"), "Rana")
        analyst.click(analyst.button("Change").first)
        analyst.click(page.get_by_text("Other words: select them in the article"))
        article = page.locator('[class*="st-key-claim_work"][class*="_text"], article.reading').last
        expect(article).to_be_visible(timeout=app.SLOW_MS)
        word = page.locator("article.reading mark.place").first
        word.scroll_into_view_if_needed()
        selected = word.inner_text()
        word.evaluate(
            """mark => {
              const range = document.createRange();
              range.selectNodeContents(mark);
              const selection = document.getSelection();
              selection.removeAllRanges();
              selection.addRange(range);
              mark.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true }));
            }"""
        )
        app.settled(page)
        quoted = page.locator("blockquote.reading mark.quote").first
        expect(quoted).to_contain_text(selected.split()[0], timeout=app.SLOW_MS)
        why = page.get_by_label("Reason for the change").last
        analyst.enter(why, "these are the words")
        analyst.click(analyst.button("Save the claim"))
        analyst.sees("✓ Changed the claim")
        expect(page.locator(".claim blockquote mark.quote").first).to_contain_text(
            selected.split()[0], timeout=app.SLOW_MS
        )
        analyst.click(page.get_by_role("button", name="Undo Shortcut"))
        analyst.sees("✓ Undone")


def test_a_merged_event_is_found_by_its_old_link_and_a_withdrawn_one_says_why(
    browser: Browser, address: str
):
    with visit(browser, f"{address}/review?event={EVENT}") as seen:
        page = seen.page
        analyst = Analyst(page)
        analyst.enter(page.get_by_label("Your name"), "Rana")
        analyst.click(analyst.button("Merge with another event"))
        fields = page.locator(".st-key-event_action_fields")
        analyst.enter(fields.get_by_label("Find an event"), "green light")
        analyst.click(fields.get_by_text("SDF accuse Russia", exact=False).first)
        # The small map shows the place of the event that was chosen.
        expect(fields.locator("iframe")).to_be_visible(timeout=app.SLOW_MS)
        analyst.enter(fields.get_by_label("Reason for the change"), "one statement")
        analyst.click(analyst.button("Merge the events"))
        analyst.sees("✓ Merged")
    with visit(browser, f"{address}/?event=sdf_accuses_russia&tab=evidence") as seen:
        expect(seen.page.locator(".event-head h3")).to_contain_text(
            "joint observation points", timeout=app.SLOW_MS
        )
        expect(seen.page).to_have_url(re.compile(f"event={EVENT}"), timeout=app.SLOW_MS)
    with visit(browser, f"{address}/review?event={EVENT}") as seen:
        page = seen.page
        analyst = Analyst(page)
        analyst.enter(page.get_by_label("Your name"), "Rana")
        analyst.click(analyst.button("Withdraw"))
        fields = page.locator(".st-key-event_action_fields")
        analyst.enter(fields.get_by_label("Reason for the change"), "a hoax")
        analyst.click(analyst.button("Withdraw the event"))
        analyst.sees("✓ Withdrawn")
        analyst.sees("This event was withdrawn")
        page.get_by_text("Rana · withdrew SDF announces").click()
        analyst.sees("Why: a hoax")
        analyst.click(page.get_by_role("button", name="Undo Shortcut"))
        analyst.sees("✓ Undone")
        title = page.get_by_label("Title in English", exact=True)
        expect(title).to_be_visible(timeout=app.SLOW_MS)
        # The link to the page that is open leaves the event for good, not for one run.
        page.locator(".st-key-pages").get_by_text("Review").click()
        expect(title).to_have_count(0, timeout=app.SLOW_MS)
        expect(page).to_have_url(f"{address}/review", timeout=app.SLOW_MS)
        app.settled(page)
        page.go_back()
        expect(title).to_be_visible(timeout=app.SLOW_MS)
        expect(page).to_have_url(f"{address}/review?event={EVENT}")


def test_an_event_by_hand_from_a_note_is_on_the_map(browser: Browser, address: str):
    with visit(browser, f"{address}/review") as seen:
        page = seen.page
        analyst = Analyst(page)
        analyst.enter(page.get_by_label("Your name"), "Rana")
        analyst.click(analyst.button("New event by hand"))
        note = page.get_by_label("Note", exact=True)
        analyst.enter(note, "A video of 3 January shows shelling of the silos.", "Control+Enter")
        title = page.get_by_label("Title in English", exact=True)
        analyst.enter(title, "Shelling of the silos on a video")
        box = page.get_by_role("combobox", name="Places: at")
        app.add_choice(page, box, "Ain Issa · عين عيسى")
        analyst.enter(page.get_by_label("Reason for the change"), "seen today")
        analyst.click(analyst.button("Create the event"))
        analyst.sees("✓ Created: Shelling of the silos on a video")
    with visit(browser, f"{address}/?q=silos+on+a+video") as seen:
        page = seen.page
        listed = page.locator("button.event").filter(has_text="Shelling of the silos on a video")
        listed.click(timeout=app.SLOW_MS)
        expect(page.locator(".claim blockquote")).to_contain_text("A video of 3 January")
        expect(page.locator(".claim .who")).to_contain_text("Analysts' notes")


def test_a_point_of_the_map_becomes_a_place_with_an_event(browser: Browser, address: str):
    with visit(browser, address) as seen:
        page = seen.page
        app.ready(page)
        container = app.the_map(page).locator(".leaflet-container")
        container.click(button="right", position={"x": 250, "y": 350})
        analyst = Analyst(page)
        analyst.click(page.get_by_role("link", name="New event here"))
        analyst.enter(page.get_by_label("Your name"), "Rana")
        note = page.get_by_label("Note", exact=True)
        analyst.enter(note, "A resident saw smoke.", "Control+Enter")
        analyst.click(page.get_by_text("a new place at this point"))
        for label, text in (
            ("Name in English", "East farm"),
            ("Name in Arabic", "المزرعة الشرقية"),
            ("Source of the coordinates", "a resident"),
        ):
            analyst.enter(page.get_by_label(label), text)
        title = page.get_by_label("Title in English", exact=True)
        expect(title).to_have_value(re.compile("East farm"), timeout=app.SLOW_MS)
        analyst.enter(title, "Smoke at the farm")
        analyst.enter(page.get_by_label("Reason for the change"), "seen today")
        analyst.click(analyst.button("Create the event"))
        analyst.sees("✓ Created: Smoke at the farm")
    with visit(browser, f"{address}/?q=smoke") as seen:
        page = seen.page
        app.wait_shown(page, 1)
        expect(app.marks(page)).to_have_count(1, timeout=app.SLOW_MS)
        expect(app.marks(page)).to_have_attribute("aria-label", re.compile("East farm"))


def test_an_event_is_split(browser: Browser, address: str):
    with visit(browser, f"{address}/review?event={EVENT}") as seen:
        page = seen.page
        analyst = Analyst(page)
        analyst.enter(page.get_by_label("Your name"), "Rana")
        analyst.click(analyst.button("Split"))
        fields = page.locator(".st-key-event_action_fields")
        claims = fields.get_by_role("combobox", name="Claims of the new event")
        app.add_choice(page, claims, "سرعان ماعادت الميليشيا لنفي أي اتفاق")
        title = fields.get_by_label("Title in English", exact=True)
        analyst.enter(title, "SDF deny the agreement")
        analyst.enter(fields.get_by_label("Title in Arabic", exact=True), "قسد تنفي الاتفاق")
        analyst.enter(fields.get_by_label("Reason for the change"), "a second statement")
        analyst.click(analyst.button("Split the event"))
        analyst.sees("✓ Split")
        analyst.click(page.get_by_role("link", name="Open the new event"))
        analyst.sees("Edit: SDF deny the agreement")
    with visit(browser, f"{address}/?q=deny+the+agreement") as seen:
        page = seen.page
        page.locator("button.event").filter(has_text="SDF deny").click(timeout=app.SLOW_MS)
        expect(page.locator(".claim blockquote")).to_have_count(1, timeout=app.SLOW_MS)
        expect(page.locator(".claim blockquote")).to_contain_text("سرعان ماعادت الميليشيا")


def test_a_pair_of_events_is_recorded_as_two(browser: Browser, address: str):
    again = ASSERTED.replace("وفق ما أفاد المرصد السوري لحقوق الإنسان", "بحسب مصادر محلية")
    with visit(browser, f"{address}/articles") as seen:
        page = seen.page
        analyst = Analyst(page)
        analyst.enter(page.get_by_label("Your name"), "Rana")
        for number, text in enumerate((ASSERTED, again), start=1):
            analyst.enter(page.get_by_label("Article text"), text, "Control+Enter")
            analyst.click(analyst.button("Read the text"))
            analyst.sees("1 new article")
            # The form is empty for the next text.
            field = page.locator(f".st-key-paste_form{number}_text textarea")
            expect(field).to_have_value("", timeout=app.SLOW_MS)
            expect(page.get_by_label("Article text")).to_have_count(1, timeout=app.SLOW_MS)
        go(page, "Review")
        for left in ("1 suggestion to review", "No suggestions to review"):
            analyst.press("a", "Accept Shortcut")
            analyst.sees(left)
        analyst.click(analyst.button("Pairs of events"))
        analyst.sees("1 pair")
        pair = page.locator("[class*='st-key-pair_']").first
        expect(pair).to_contain_text("For: the same place")
        analyst.enter(page.get_by_label("Reason, if they are two"), "two hours apart")
        analyst.click(analyst.button("They are two"))
        analyst.sees("No pair of events looks like one event reported twice.")
        analyst.click(page.get_by_role("button", name="Undo Shortcut"))
        analyst.sees("1 pair")
        analyst.click(analyst.button("Merge them"))
        expect(page.get_by_label("Find an event")).to_be_visible(timeout=app.SLOW_MS)
