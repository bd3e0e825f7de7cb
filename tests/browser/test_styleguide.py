"""The style guide, which holds every component in every state, is clean, accessible and usable by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import people


@pytest.fixture
def staff(transactional_db):
    return people.membership(people.workspace(credits=500, is_sample=True), user=people.user(is_staff=True)).user


@pytest.fixture
def guide(ui: Page, login, staff) -> Page:
    login(staff)
    ui.goto("/styleguide/")
    return ui


def test_styleguide_is_good_in_both_themes_and_widths(guide: Page, assert_good_everywhere):
    assert_good_everywhere(guide)


def test_pipeline_and_runs_are_good_in_both_themes_and_widths(guide: Page, assert_good_everywhere):
    guide.goto("/styleguide/work/")
    guide.get_by_label("Name of the workspace").fill("Cobalt Foods AG")
    expect(guide.get_by_text("You have unsaved changes.")).to_be_visible()

    assert_good_everywhere(guide)

    guide.get_by_role("button", name="Discard").click()
    expect(guide.get_by_text("You have unsaved changes.")).to_be_hidden()


def test_search_is_good_in_both_themes_and_widths(guide: Page, assert_good_everywhere, assert_accessible):
    guide.goto("/styleguide/search/")
    industries = guide.get_by_role("combobox", name="Other industries").first
    industries.press_sequentially("mach")
    expect(guide.get_by_role("listbox", name="Suggestions").get_by_role("option").first).to_be_visible()

    assert_good_everywhere(guide)

    industries.press("Escape")
    industries.fill("")
    guide.get_by_role("button", name="See the bill").click()
    expect(guide.locator("#bill-sheet")).to_be_visible()
    assert_accessible(guide)


def test_peek_and_votes_are_good_in_both_themes_and_widths(guide: Page, assert_good_everywhere):
    guide.goto("/styleguide/scores/?state=refused")
    guide.get_by_text("Peek: beside its list").click()
    expect(guide.get_by_role("heading", name="Hannah Schmidt")).to_be_visible()

    assert_good_everywhere(guide)


CONTRAST = """
([border, ground]) => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((each) => each / 255)
      .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low, high] = [light(border), light(ground)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
"""


def style(page: Page, selector: str, name: str) -> str:
    return page.locator(selector).first.evaluate(f"each => getComputedStyle(each).{name}")


SETTLED = """
() => Promise.all(document.getAnimations().filter((each) => each instanceof CSSTransition)
  .map((each) => each.finished.catch(() => null)))
"""
UNDER_THE_POINTER = [
    ("#empty_name", "form.card"),
    (".option input:not(:checked)", ".option:has(input:not(:checked))"),
    (".segmented .chip > input:checked + span", ".segmented"),
]


def settled(page: Page) -> None:
    """Every change of colour has come to its end."""
    page.evaluate(SETTLED)


def contrast(page: Page, control: str, ground: str) -> float:
    """Of the control's border, with the pointer on it, with what lies behind."""
    page.locator(control).first.hover(force=True)
    settled(page)
    return page.evaluate(CONTRAST, [style(page, control, "borderTopColor"), style(page, ground, "backgroundColor")])


def test_controls_under_the_pointer_stand_out_from_their_ground(guide: Page):
    found = {}
    for theme in ("light", "dark"):
        guide.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        found |= {(theme, control): contrast(guide, control, ground) for control, ground in UNDER_THE_POINTER}

    assert len(found) == 6
    assert {what: ratio for what, ratio in found.items() if ratio < 3} == {}


def see_what_is_chosen_in_forced_colours(guide: Page) -> None:
    guide.emulate_media(forced_colors="active")

    chosen, other = ".chip > input:checked + span", ".chip > input:not(:checked) + span"
    assert style(guide, chosen, "borderTopWidth") == "2px"
    assert style(guide, other, "borderTopWidth") == "1px"
    assert style(guide, ".tabs a[aria-current]", "borderBottomColor") != style(
        guide, ".tabs a:not([aria-current])", "borderBottomColor"
    )
    guide.emulate_media(forced_colors="null")


def see_tables_and_no_controls_on_paper(guide: Page) -> None:
    guide.emulate_media(media="print")

    expect(guide.locator("#trend [data-chart-table]")).to_be_visible()
    for selector in ("#sidebar", ".button", ".pager", ".segmented", ".toasts"):
        expect(guide.locator(selector).first).to_be_hidden()
    guide.set_viewport_size({"width": 718, "height": 1000})  # A4 without its margins
    assert style(guide, ".as-cards thead tr", "display") == "table-row"
    assert style(guide, ".as-cards tbody tr", "display") == "table-row"
    assert guide.locator(".as-cards").first.evaluate("(table) => table.offsetWidth <= table.parentElement.offsetWidth")
    guide.set_viewport_size({"width": 1440, "height": 900})
    guide.emulate_media(media="null")


def test_theme_stays_after_a_reload(guide: Page):
    guide.get_by_role("button", name="account and theme").click()
    with guide.expect_response("**/theme/"):
        guide.get_by_role("button", name="Dark").click()

    guide.reload()

    expect(guide.locator("html")).to_have_attribute("data-theme", "dark")


def test_theme_works_without_script(bare: Page, login, staff):
    login(staff)
    bare.goto("/styleguide/")

    bare.get_by_role("button", name="account and theme").click()
    bare.get_by_role("button", name="Light").click()

    expect(bare.locator("html")).to_have_attribute("data-theme", "light")


def tick_rows_and_read_the_bulk_bar(guide: Page) -> None:
    guide.get_by_label("Select all").check()

    bar = guide.get_by_role("region", name="With the selected leads")
    expect(bar).to_contain_text("2 selected")

    guide.get_by_label("Select Tern Payments").uncheck()

    expect(bar).to_contain_text("1 selected")
    assert guide.get_by_label("Select all").evaluate("box => box.indeterminate")


def walk_rows_with_j_and_k(guide: Page) -> None:
    rows = guide.locator("[data-rows]")
    rows.get_by_role("link", name="Ostrava Steelworks").focus()

    guide.keyboard.press("j")
    expect(rows.get_by_role("link", name="Tern Payments")).to_be_focused()

    guide.keyboard.press("k")
    expect(rows.get_by_role("link", name="Ostrava Steelworks")).to_be_focused()


def read_the_tooltip_of_the_chart(guide: Page) -> None:
    area = guide.locator("#trend .hit").last
    area.scroll_into_view_if_needed()

    area.hover()

    expect(guide.locator("#trend .tooltip")).to_have_text("W43A58B78C39")


def open_and_close_the_dialog(guide: Page) -> None:
    guide.get_by_role("button", name="Dialog").click()
    dialog = guide.get_by_role("dialog", name="Stop run 7?")
    expect(dialog).to_be_visible()

    guide.keyboard.press("Escape")

    expect(dialog).to_be_hidden()


def open_the_sidebar_of_a_phone(guide: Page) -> None:
    guide.set_viewport_size({"width": 390, "height": 844})
    sidebar = guide.locator("#sidebar")
    expect(sidebar).to_be_hidden()

    guide.get_by_role("button", name="Menu", exact=True).first.click()

    expect(sidebar).to_be_visible()


def test_components_work_by_keyboard_and_pointer(guide: Page, assert_accessible):
    expect(guide.locator(".error-summary")).to_be_focused()

    walk_rows_with_j_and_k(guide)
    tick_rows_and_read_the_bulk_bar(guide)
    read_the_tooltip_of_the_chart(guide)
    assert_accessible(guide)
    open_and_close_the_dialog(guide)


def test_components_suit_forced_colours_paper_and_a_phone(guide: Page):
    see_what_is_chosen_in_forced_colours(guide)
    see_tables_and_no_controls_on_paper(guide)
    open_the_sidebar_of_a_phone(guide)
