"""Real words of forty letters: on the narrowest phone no page scrolls sideways or stacks letters; the sidebar stays."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import at_rest
from tests.factories import groups, leads, people, runs, scores

WORD = "Rechtsschutzversicherungsgesellschaften"
NARROW = {"width": 320, "height": 700}
TOO_WIDE = """
() => {
  const edge = document.documentElement.clientWidth;
  const sticksOut = (each) => each.getBoundingClientRect().right > edge + 1 && each.getBoundingClientRect().width > 1;
  const scrolls = ".scroll, .board, .tabs, svg, [popover], .sr-only";
  const wide = [...document.querySelectorAll("main *, header *")].filter(sticksOut);
  const culprits = wide.filter((each) => !each.closest(scrolls)).map((each) => `${each.tagName}.${each.className}`);
  return document.documentElement.scrollWidth > edge || culprits.length ? culprits.slice(0, 9).concat("page") : [];
}
"""
SQUEEZED = """
() => {
  const said = (each) => [...each.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
  const isLetters = (box) => box.width < 24 && box.width !== 1 && box.height > 60;
  const texts = [...document.querySelectorAll("main *")].filter((each) => said(each) && !each.closest("svg, thead"));
  return texts.filter((each) => isLetters(each.getBoundingClientRect())).map((each) => each.outerHTML).slice(0, 3);
}
"""


@pytest.fixture
def pages(transactional_db, login) -> list[str]:
    workspace = people.workspace(f"{WORD} of Germany", is_sample=True, credits=100_000)
    user = people.owner(workspace, user=people.user(first_name="Rosa", last_name=f"Lindqvist-{WORD}", is_staff=True))
    company = leads.company(workspace, name=WORD, domain=f"{WORD.lower()}.example")
    lead = leads.lead(workspace, f"Ada {WORD}", title=f"Head of {WORD}", owner=user, company=company)
    scores.score(lead, "A", 80)
    leads.signal(company, detail=WORD)
    leads.evidence(lead)
    leads.evidence(lead, "title", value=WORD, source="file")
    leads.activity(lead, text=WORD)
    groups.tag(workspace, WORD, lead)
    named = groups.lead_list(workspace, WORD, lead, by=user)
    runs.saved_search(workspace, created_by=user, name=WORD, criteria={"keywords": {"values": [WORD], "level": "must"}})
    leads.saved_view(workspace, owner=user, name=WORD, query="grade:A", is_shared=True)
    run = runs.run(workspace, state="running", started_by=user, name=WORD)
    failed = runs.run(workspace, state="failed", started_by=user)
    runs.lane(failed, state="failed")
    login(user)
    fixed = ["/", "/leads/", "/lists/", "/tags/", "/companies/", "/searches/", "/runs/", "/pipeline/", "/members/"]
    asked = [f"/searches/new/?sentence=CTOs {WORD}", f"/searches/new/?asked=1&sources=directory&keywords={WORD}"]
    lead_pages = [f"/leads/{lead.pk}/{rest}" for rest in ("", "?tab=data", "?tab=activity", "?tab=signals", "score/")]
    others = [f"/leads/?peek={lead.pk}", f"/companies/{company.pk}/", f"/lists/{named.pk}/", f"/runs/{run.pk}/"]
    others += [f"/runs/{failed.pk}/"]
    return fixed + asked + lead_pages + others


def test_no_page_scrolls_sideways_or_stacks_letters_at_320_px(ui: Page, pages: list[str]):
    ui.set_viewport_size(NARROW)

    found = {path: _too_wide(ui, path) for path in pages}

    assert [f"{path}: {culprits}" for path, culprits in found.items() if culprits] == []


def _too_wide(ui: Page, path: str) -> list[str]:
    ui.goto(path)
    at_rest(ui)
    return ui.evaluate(TOO_WIDE) + ui.evaluate(SQUEEZED)


def test_the_sidebar_keeps_its_width(ui: Page, pages: list[str]):
    ui.goto("/")

    too_wide = ui.locator(".sidebar").evaluate("(bar) => bar.scrollWidth - bar.clientWidth")

    assert too_wide <= 0
