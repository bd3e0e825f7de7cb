"""An import in the browser, from the upload to the report: each step good in both themes at both widths."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page, expect

from leadengine.workflows import dispatch
from leads.models import Lead
from tests.factories import people

pytestmark = pytest.mark.django_db(transaction=True)
CSV = (
    "Kontakt;E-Mail;Firma;Notiz\nZoë Jürgen;zoe@hafen.example;Hafen;Stand 12\nBo Lind;bo@@fjell;Fjell;\n"
    "=1+1;x@quai.example;Quai;\nZoë Jürgen;zoe@hafen.example;Hafen;\n"
)


@pytest.fixture
def rep(login):
    user = people.rep(people.workspace("Northern Sales", credits=50))
    login(user)
    return user


def work() -> None:
    """Turns of a worker, in a thread of its own: this one has the browser's event loop."""

    def turns() -> None:
        try:
            while dispatch.turn(now=timezone.now()):
                pass
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as worker:
        worker.submit(turns).result()


def bring(ui: Page) -> None:
    file = {"name": "messe.csv", "mimeType": "text/csv", "buffer": CSV.encode("cp1252")}
    ui.get_by_label("CSV file").set_input_files(file)
    ui.get_by_role("button", name="Upload and look at it").click()
    expect(ui.get_by_role("heading", name="What are these columns?")).to_be_visible()


def correct(ui: Page) -> None:
    ui.get_by_label("E-mail in line 3").fill("bo@fjell.example")
    ui.get_by_role("button", name="Correct and check again").click()
    work()


def test_file_goes_from_the_upload_to_the_report(ui: Page, rep, assert_good_everywhere):
    ui.goto("/imports/new/")
    assert_good_everywhere(ui)
    bring(ui)
    ui.get_by_label("Column 1, Kontakt, is").select_option(label="Full name")
    expect(ui.locator("#mark-0")).to_contain_text("Sure")
    ui.get_by_label("Where the data is from").fill("Cards from our stand in May")
    assert_good_everywhere(ui)
    ui.get_by_role("button", name="Check 4 rows").click()
    expect(ui.get_by_text("You may leave this page")).to_be_visible()
    work()

    expect(ui.locator(".import-counts")).to_contain_text("2 errors")
    assert_good_everywhere(ui)
    correct(ui)
    ui.get_by_role("button", name="Import 2 rows · free").click()
    work()

    expect(ui.get_by_role("heading", name="What became of the rows")).to_be_visible()
    assert_good_everywhere(ui)
    assert set(Lead.objects.values_list("full_name", flat=True)) == {"Zoë Jürgen", "Bo Lind"}
