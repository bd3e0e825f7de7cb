"""The pictures of one's own file on its way into the workspace, and of an enrichment: before, under way and after."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.pictures.camera import Camera, Shot, settle

FILE = """Name,E-mail,Position,Firm,Web,Tel,Remark
Zoë Jürgens,zoe.juergens@hafenwerk.example,Head of Purchasing,Hafenwerk GmbH,hafenwerk.example,+49 30 23125001,Stand 12
Bo Lind,bo@@fjell,CTO,Fjell AS,fjell.example,,
=SUM(A1),x@quai.example,CFO,Quai SA,quai.example,,
Zoë Jürgens,zoe.juergens@hafenwerk.example,Head of Purchasing,Hafenwerk GmbH,hafenwerk.example,,again
Ana Novak,ana.novak@harbour.example,Chief Financial Officer,Harbour Logistics Ltd,harbour.example,+44 20 7946 0123,
Tomáš Beneš,tomas.benes@vltava.example,Plant Manager,Vltava Steel a.s.,vltava.example,,met in May
"""


def shots(camera: Camera, windows: dict[str, Page]) -> None:
    """Costs at most 8 credits; the import is taken back."""
    page = next(iter(windows.values()))
    for name, job in {"import-": brought, "enrichment": enrichment}.items():
        if camera.wants(name):
            with camera.told(name):
                job(camera, windows, page)


def brought(camera: Camera, windows: dict[str, Page], page: Page) -> None:
    """A file step by step: its columns, the check, the report, and the leads it brought."""
    page.goto("/imports/new/")
    content = {"name": "trade-fair.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    page.get_by_label("CSV file").set_input_files(content)
    page.get_by_role("button", name="Upload and look at it").click()
    page.wait_for_url(re.compile("/columns/"))
    camera.take(windows, Shot("import-columns", page.url))
    camera.take(windows, Shot("import-wrong", page.url, nothing_said))
    page.goto(page.url)
    page.get_by_label("Where the data is from").fill("Cards from our stand at the fair in May")
    page.get_by_role("button", name=re.compile("^Check")).click()
    expect(page.get_by_role("heading", name="As they come in")).to_be_visible()
    camera.take(windows, Shot("import-check", page.url))
    page.get_by_role("button", name=re.compile("^Import .* row")).click()
    expect(page.get_by_role("heading", name="What became of the rows")).to_be_visible()
    camera.take(windows, Shot("import-done", page.url))
    page.get_by_role("button", name="Undo this import").click()
    page.get_by_role("button", name="Yes, undo it").click()
    expect(page.get_by_text("Undone by")).to_be_visible()


def nothing_said(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Check")).click()
    settle(page)
    page.evaluate("scrollTo(0, 0)")


def enrichment(camera: Camera, windows: dict[str, Page], page: Page) -> None:
    """A test on five leads: under way, and what it found."""
    page.goto("/leads/enrich/")
    for kind in ("verify", "company"):
        page.locator(f"#kind-{kind}").set_checked(True)
    settle(page)
    page.get_by_role("button", name=re.compile("^Test on")).click()
    page.wait_for_url(re.compile("/enrichment/.+"))
    camera.shoot(page, "enrichment-live")
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    camera.take(windows, Shot("enrichment", page.url))
    camera.take(windows, Shot("enrichments", "/enrichment/"))
