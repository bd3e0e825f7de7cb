"""The builder in a browser: the estimate follows, by keyboard, on a phone, in the dark, and without script."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from leads.models import Run, SavedSearch
from tests.factories import directory, people, runs

SEARCH = "/searches/new/"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def workspace(transactional_db):
    directory.people(12)
    directory.people(3, country="FR")
    return people.workspace(credits=50)


@pytest.fixture
def rep(workspace, login):
    user = people.rep(workspace)
    login(user)
    return user


@pytest.fixture
def builder(ui: Page, rep) -> Page:
    ui.goto(SEARCH)
    return ui


@pytest.fixture
def bare(browser, live_server, rep, context) -> Iterator[Page]:
    """The builder in a browser without script."""
    made = browser.new_context(java_script_enabled=False, storage_state=context.storage_state())
    page = made.new_page()
    page.goto(f"{live_server.url}{SEARCH}")
    yield page
    made.close()


def matches(page: Page):
    return page.locator("#estimate .huge")


def test_builder_is_good_in_both_themes_and_widths(ui: Page, rep, assert_good_everywhere):
    ui.goto(SEARCH)
    assert_good_everywhere(ui)

    ui.goto(f"{SEARCH}?asked=1&industries_text=blurgh&sources=file&most_leads=0&lowest_grade=B&keywords=zzqq")
    assert_good_everywhere(ui)


def test_estimate_counts_and_address_follow_the_ticks(builder: Page):
    expect(matches(builder)).to_have_text("15")

    builder.get_by_role("checkbox", name="France").check()

    expect(matches(builder)).to_have_text("3")
    expect(builder).to_have_url(re.compile("places=FR"))
    expect(builder.locator("#count-industries-manufacturing")).to_have_text("3")
    expect(builder.locator("#live")).to_have_text("3 match, at most 3 credits")


def test_estimate_that_does_not_come_takes_start_off_sale(page: Page, rep):
    page.goto(SEARCH)
    page.route("**/searches/estimate/**", lambda route: route.abort())
    page.get_by_role("checkbox", name="France").check()
    rail = page.get_by_role("complementary", name="Estimate")
    expect(rail).to_contain_text("The cost is not known")
    expect(page.locator("#builder button[name=start]")).to_have_count(0)
    expect(page.locator(".toast")).to_have_count(0)
    page.unroute_all()

    rail.get_by_role("button", name="Try again").click()

    expect(matches(page)).to_have_text("3")
    expect(rail.get_by_role("button", name="Start run")).to_be_focused()


def test_estimate_follows_typing_to_a_dead_end_and_out_of_it(builder: Page):
    keywords = builder.get_by_label("Any of these words")
    keywords.press_sequentially("zzqq")
    expect(matches(builder)).to_have_text("0")
    expect(keywords).to_be_focused()

    builder.get_by_role("link", name="Keywords only nice to have").click()

    expect(matches(builder)).to_have_text("15")


def test_mistake_is_shown_beside_the_estimate_of_the_rest(builder: Page):
    builder.get_by_label("Employees, from").fill("many")

    expect(builder.locator("#obstacles")).to_contain_text("many")
    expect(matches(builder)).to_have_text("15")
    expect(builder.get_by_role("button", name="Start run")).to_have_attribute("aria-disabled", "true")


def test_list_is_completed_by_keyboard(builder: Page):
    industries = builder.get_by_role("combobox", name="Other industries")
    suggestions = builder.get_by_role("listbox", name="Suggestions")
    industries.press_sequentially("chem")
    expect(suggestions.get_by_role("option").first).to_contain_text("Chemical Manufacturing")
    industries.press("Escape")
    expect(suggestions).to_be_hidden()

    industries.press_sequentially("i")
    expect(suggestions).to_be_visible()
    industries.press("ArrowDown")
    industries.press("Enter")
    expect(builder.get_by_role("button", name="Remove Chemical Manufacturing")).to_be_visible()
    expect(matches(builder)).to_have_text("0")

    industries.press("Backspace")
    expect(builder.get_by_role("button", name="Remove Chemical Manufacturing")).to_have_count(0)
    expect(matches(builder)).to_have_text("15")


def test_typed_words_and_a_click_make_chips(builder: Page):
    titles = builder.get_by_role("combobox", name="Any of these titles")
    titles.press_sequentially("Lighthouse Keeper,head")
    builder.get_by_role("option", name="Head of Sales").click()

    expect(builder.get_by_role("button", name="Remove Lighthouse Keeper")).to_be_visible()
    expect(builder).to_have_url(re.compile("titles=Lighthouse\\+Keeper%2C\\+Head\\+of\\+Sales"))


def test_sentence_fills_the_form_and_is_edited(builder: Page, assert_good_everywhere):
    builder.get_by_label("Most leads").fill("7")
    builder.get_by_label("Leave out leads that we know already").uncheck()
    builder.get_by_label("Describe whom you want").fill("Heads of sales in Frnace or Germany, not banks, xyzzy")
    builder.keyboard.press("Enter")

    expect(builder.get_by_label("What was understood").get_by_role("listitem")).to_have_count(4)
    expect(builder.get_by_label("Most leads")).to_have_value("7")
    expect(builder.get_by_label("Leave out leads that we know already")).not_to_be_checked()
    expect(builder.get_by_role("checkbox", name="France")).to_be_checked()
    assert_good_everywhere(builder)

    builder.get_by_role("link", name="as a keyword").click()
    expect(matches(builder)).to_have_text("0")
    builder.get_by_role("link", name="Remove Place: Germany").click()
    expect(builder.get_by_role("checkbox", name="Germany")).not_to_be_checked()
    builder.wait_for_load_state()
    builder.get_by_label("Any of these words").fill("")
    expect(matches(builder)).to_have_text("3")


def test_search_starts_from_a_template(builder: Page):
    builder.get_by_role("button", name="A template").click()
    builder.get_by_role("link", name="Owners and founders").click()

    expect(builder.locator("#estimate .described")).to_contain_text("Founder")


def test_search_is_saved_and_started_by_keyboard(builder: Page, workspace):
    builder.keyboard.press("Control+s")
    builder.keyboard.type("Pumps")
    builder.keyboard.press("Enter")
    expect(builder.get_by_text("“Pumps” is saved.")).to_be_visible()
    builder.wait_for_load_state()
    assert SavedSearch.objects.of(workspace).get().name == "Pumps"

    builder.keyboard.press("Control+Enter")

    builder.wait_for_url("**/runs/*/")
    assert Run.objects.of(workspace).get().name == "Pumps"


def test_phone_has_the_count_and_start_at_hand(builder: Page, workspace):
    builder.set_viewport_size(PHONE)
    builder.reload()
    dock = builder.locator(".dock")
    expect(dock).to_contain_text("15 match")
    expect(builder.get_by_role("heading", name="Departments")).to_be_hidden()

    dock.get_by_role("button", name="See the bill").click()
    sheet = builder.locator("#bill-sheet")
    expect(sheet).to_contain_text("15 credits")
    sheet.get_by_role("button", name="Close").click()

    dock.get_by_role("button", name="Start").click()

    builder.wait_for_url("**/runs/*/")


def test_search_works_without_script(bare: Page, workspace):
    bare.get_by_role("checkbox", name="France").check()
    bare.get_by_role("button", name="Update estimate").click()
    expect(matches(bare)).to_have_text("3")

    bare.locator("#estimate").get_by_role("button", name="Start run").click()

    bare.wait_for_url("**/runs/*/")
    assert Run.objects.of(workspace).get().most_credits == 3


def test_sentence_works_without_script(bare: Page):
    bare.get_by_label("Describe whom you want").fill("sales people in France")
    bare.get_by_role("button", name="Fill in").click()

    expect(matches(bare)).to_have_text("3")
    expect(bare.get_by_label("What was understood").get_by_role("listitem")).to_have_count(2)


def test_file_becomes_a_source(builder: Page, tmp_path, assert_good_everywhere):
    path = tmp_path / "contacts.csv"
    path.write_text("Name,E-mail,Company\nAna Novak,ana@harbour.example,Harbour\n", encoding="utf-8")
    builder.get_by_role("checkbox", name="Your file").check()
    builder.get_by_label("Bring a CSV file").set_input_files(path)
    builder.get_by_role("button", name="Upload").click()
    expect(builder.get_by_role("heading", name="What are these columns?")).to_be_visible()
    assert_good_everywhere(builder)

    builder.get_by_role("button", name="Use this file in a search").click()

    expect(builder.get_by_text("“contacts.csv” is ready: 1 row.")).to_be_visible()
    expect(matches(builder)).to_have_text("16")


def test_saved_searches_are_good_and_come_back(ui: Page, rep, workspace, assert_good_everywhere):
    saved = runs.saved_search(workspace, created_by=rep, criteria={"titles": {"values": ["CFO"]}}, is_shared=True)
    runs.delivery(runs.lane(runs.run(workspace, name=saved.name, state="finished", delivered=1)))
    ui.goto("/searches/")
    expect(ui.get_by_text("Nothing new now")).to_be_visible()
    assert_good_everywhere(ui)

    ui.get_by_role("button", name=f"More about {saved.name}").click()
    ui.get_by_role("button", name="Delete").click()
    expect(ui.get_by_role("heading", name="No saved searches yet")).to_be_visible()
    ui.get_by_role("button", name="Undo").click()

    ui.get_by_role("link", name=saved.name).click()
    expect(ui.get_by_role("heading", name="Its runs")).to_be_visible()
    assert_good_everywhere(ui)


def test_search_is_shared_in_a_dialog_and_its_row_follows(ui: Page, rep, workspace, assert_good_everywhere):
    saved = runs.saved_search(workspace, created_by=rep)
    ui.goto("/searches/")
    more = ui.get_by_role("button", name=f"More about {saved.name}")
    more.click()
    ui.get_by_role("link", name="Share…").click()
    dialog = ui.get_by_role("dialog", name=f"Share “{saved.name}”")
    expect(dialog.get_by_label("Its link")).to_have_value(re.compile(f"/searches/{saved.pk}/$"))
    assert_good_everywhere(ui)

    dialog.get_by_label("Shared with the workspace").check()
    dialog.get_by_role("button", name="Save").click()

    row = ui.locator(f"#search-{saved.pk}")
    expect(row.get_by_text("Shared", exact=True)).to_be_visible()
    expect(dialog).to_be_hidden()
    expect(more).to_be_focused()
    ui.keyboard.press("Tab")
    ui.keyboard.press("Enter")
    expect(row.get_by_text("Shared", exact=True)).to_have_count(0)


def test_other_pages_are_good_when_there_is_nothing_yet(ui: Page, rep, assert_good_everywhere):
    for path in ("/", "/files/upload/", "/searches/"):
        ui.goto(path)
        assert_good_everywhere(ui)


def test_home_with_work_is_good(ui: Page, rep, workspace, assert_good_everywhere):
    runs.run(workspace, started_by=rep, state="paused", reason="Too many errors.")
    runs.run(workspace, started_by=rep, state="running", delivered=4)

    ui.goto("/")

    assert_good_everywhere(ui)
