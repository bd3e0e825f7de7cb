"""The steps of an import as pages: each has its own address, says what is wrong, and keeps what was typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from billing.models import AuditEvent
from leadengine.workflows.imports import fail_import, start_import, undo_import, work_off
from leads.models import Import, ImportStep, Lead
from leads.views import import_steps
from tests.factories import imports, people

pytestmark = pytest.mark.django_db
NEW = reverse("leads:import-new")
CSV = b"Full name,E-mail,Notes\nAna Novak,ana@harbour.example,met in May\nBo Lind,bo@@fjell,\n"
MAPPED = {"column_0": "full_name", "column_1": "email", "column_2": ""}
TERMS = {"match_by": "person", "on_match": "fill", "source_note": "Our stand in May"}


@pytest.fixture
def workspace():
    return people.workspace(credits=50)


@pytest.fixture(autouse=True)
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    return user


def url(name: str, job: Import) -> str:
    return reverse(f"leads:import-{name}", args=[job.pk])


def bring(client, content: bytes = CSV, name: str = "contacts.csv") -> Import:
    client.post(NEW, {"upload": SimpleUploadedFile(name, content)})
    return Import.objects.get()


def test_upload_leads_to_the_columns_with_how_sure_we_are(client):
    job = bring(client)

    answer = client.get(url("columns", job))

    marks = [(column.header, str(mark.certainty)) for column, _, mark in answer.context["rows"]]
    assert marks == [("Full name", "Sure"), ("E-mail", "Guess"), ("Notes", "Ignored")]
    assert b'aria-current="step"' in answer.content


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "empty"), (b"\x00\x01" * 500, "no text at all"), (b"name,email\n", "no rows")],
    ids=["empty", "no csv", "header only"],
)
def test_file_that_is_none_is_refused_in_words(client, content, sentence):
    answer = client.post(NEW, {"upload": SimpleUploadedFile("x.csv", content)})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Import.objects.exists()


def test_letters_of_an_unknown_encoding_are_taken_and_another_can_be_picked(client):
    job = bring(client, "Name,Email\nJiří Ťapka,jiri@brno.example\n".encode("cp1250"))
    before = client.get(url("columns", job)).context["encoding"]

    client.post(url("read", job), {"encoding": "cp1250", "delimiter": ","})

    page = client.get(url("columns", job))
    assert (before, page.context["encoding"]) == ("Mac Roman", "Windows-1250 (Central Europe)")
    assert "Jiří" in page.content.decode()


def test_mark_of_one_column_is_no_page_of_its_own(client):
    job = bring(client)

    answer = client.get(url("column", job), {"position": "0"})

    assert (answer.status_code, answer["Location"]) == (303, url("columns", job))


def test_another_delimiter_changes_the_columns(client):
    job = bring(client)

    client.post(url("read", job), {"encoding": "utf-8", "delimiter": ";"})

    assert len(client.get(url("columns", job)).context["rows"]) == 1


def test_columns_without_a_name_or_a_note_are_refused_and_keep_what_was_typed(client):
    job = bring(client)

    answer = client.post(url("columns", job), {"column_2": "title", "match_by": "email", "on_match": "skip"})

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Say which column has the name" in said
    assert "Write a few words: you must be able to tell each person." in said
    assert "Needed. For example" in said
    assert answer.context["form"]["on_match"].value() == "skip"


def test_one_column_is_marked_anew_as_it_is_chosen(client):
    job = bring(client)

    answer = client.get(url("column", job), {"position": 2, "column_2": "email"}, headers={"HX-Request": "true"})

    assert "Guess" in answer.content.decode()
    assert "1 of the first 1 values does not look like an e-mail address" in answer.content.decode()


def test_whole_way_without_script(client, workspace):
    job = bring(client)

    client.post(url("columns", job), MAPPED | TERMS)
    checking = client.get(url("check", job)).content.decode()
    job.refresh_from_db()
    work_off(job)
    checked = client.get(url("check", job))
    client.post(url("start", job), {"grades": "on", "shown_at_most": checked.context["at_most"]})
    job.refresh_from_db()
    work_off(job)
    report = client.get(url("detail", job)).content.decode()

    assert "Refresh" in checking
    assert checked.context["counts"] == {"new": 1, "error": 1}
    assert "Is not a valid e-mail address" in checked.content.decode()
    assert Lead.objects.of(workspace).get().full_name == "Ana Novak"
    assert "Undo this import" in report


def test_bad_cell_is_corrected_in_place(client, workspace, rep):
    job = imports.checked(workspace, ["Bo Lind,bo@@fjell,,,,"], by=rep)
    bad = client.get(url("check", job)).context["form"].lines[0][1][0][1]

    client.post(url("check", job), {bad.html_name: "bo@fjell.example"})

    job.refresh_from_db()
    assert work_off(job).counts == {"new": 1}


def test_region_asks_for_itself_only_while_a_worker_is_at_it(client, workspace):
    job = imports.checked(workspace)
    job = start_import(job, grades=True, shown_at_most=None, by=job.started_by, now=timezone.now())
    region = {"HX-Request": "true"}

    under_way = client.get(url("detail", job), headers=region).content.decode()
    work_off(job)
    ended = client.get(url("detail", job), headers=region).content.decode()

    assert "every 2s" in under_way
    assert "<html" not in under_way
    assert "hx-trigger" not in ended


def test_frame_is_renewed_once_it_has_ended(client, workspace):
    job = imports.checked(workspace)
    job = start_import(job, grades=True, shown_at_most=None, by=job.started_by, now=timezone.now())
    region = {"HX-Request": "true"}
    under_way = client.get(url("detail", job), headers=region)
    work_off(job)

    ended = client.get(url("detail", job), headers=region)

    assert "HX-Trigger" not in under_way
    assert "frame-due" in ended["HX-Trigger"]


def test_unfinished_import_is_listed_and_gone_on_with(client, workspace, rep):
    job = imports.checked(workspace, by=rep)

    page = client.get(NEW)

    assert list(page.context["waiting"]) == [job]
    assert client.get(url("detail", job))["Location"] == url("check", job)
    assert client.post(url("discard", job))["Location"] == NEW
    assert not Import.objects.exists()


def test_what_was_not_imported_is_a_file_with_neutral_cells(client, workspace):
    job = imports.imported(workspace, ["Ana Novak,ana@harbour.example,,,,", "=1+1,x@y.example,,,,"])

    lines = b"".join(client.post(url("errors", job))).decode().splitlines()

    assert lines[1].startswith('3,"Full name is a formula')
    assert "'=1+1" in lines[1]


def test_what_was_not_imported_is_apart_by_what_the_file_was(client, workspace):
    job = imports.imported(workspace, ["Ana Novak;ana@harbour.example"] * 2, header="Full name;E-mail")

    lines = b"".join(client.post(url("errors", job))).decode("utf-8-sig").splitlines()

    assert "What was not imported" in client.get(url("detail", job)).content.decode()
    assert lines == [
        "Line;Not imported because;Full name;E-mail",
        "3;The same person as line 2;Ana Novak;ana@harbour.example",
    ]


def test_template_is_a_file_whose_columns_are_known(client):
    content = b"".join(client.get(reverse("leads:import-template")))

    job = bring(client, content + b"Ana,Novak,ana@harbour.example,,,,,,,,,\n")

    assert len(job.file.mapping) == 12


def test_undo_is_offered_to_its_maker_for_a_day(client, workspace, rep):
    theirs, mine = imports.imported(workspace), imports.imported(workspace, by=rep, name="mine.csv")

    offered = [client.get(url("detail", job)).context["may_undo"] for job in (theirs, mine)]
    answer = client.post(url("undo", mine))

    mine.refresh_from_db()
    assert (offered, answer["Location"], mine.step) == ([False, True], url("detail", mine), ImportStep.UNDO)


def test_undo_is_recorded_with_how_many_leads_it_takes_back(client, workspace, rep):
    job = imports.imported(workspace, by=rep)

    client.post(url("undo", job))

    assert AuditEvent.objects.get(verb="import.undone").after == {"leads": 1}


def test_report_of_an_undo_names_what_was_left(client, workspace, rep):
    job = imports.imported(workspace, by=rep)
    Lead.objects.get().activities.create(workspace=workspace, kind="note", text="Called", by=rep)
    work_off(undo_import(job, by=rep, now=timezone.now()))

    assert "Ana Novak" in client.get(url("detail", job)).content.decode()


def test_report_of_an_undo_says_what_was_removed_and_leads_to_no_imported_leads(client, workspace, rep):
    job = imports.imported(workspace, by=rep)
    before = client.get(url("detail", job)).content.decode()
    work_off(undo_import(job, by=rep, now=timezone.now()))

    after = client.get(url("detail", job)).content.decode()

    assert "Show this lead" in before
    assert "Show this lead" not in after
    assert "<strong>1</strong> new, 1 of them removed" in after


def test_pages_take_few_queries(client, workspace, query_count):
    job = imports.checked(workspace, [f"Bo {n},bo@@{n},,,," for n in range(60)] + ["Ana Novak,,,,,"])

    counts = [query_count(lambda name=name: client.get(url(name, job))) for name in ("columns", "check")]
    counts.append(query_count(lambda: client.get(NEW)))

    assert max(counts) < 20, counts


def test_lead_that_is_not_graded_yet_has_its_pages(client, workspace):
    imports.imported(workspace, grades=False)
    lead = Lead.objects.get()

    pages = [client.get(reverse("leads:lead-list")), client.get(reverse("leads:lead-detail", args=[lead.pk]))]

    assert [page.status_code for page in pages] == [200, 200]
    assert all("Ana Novak" in page.content.decode() for page in pages)


def test_columns_of_an_import_are_not_changed_as_those_of_a_file_to_search(client, workspace, rep):
    job = imports.checked(workspace, by=rep)

    answer = client.post(reverse("leads:file-columns", args=[job.file.pk]), {"column_0": "title", "column_1": "email"})

    job.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (303, url("columns", job))
    assert (job.is_checked, job.file.mapping["full_name"]) == (True, 0)


def test_first_row_is_data_after_all_and_the_file_is_to_be_checked_again(client, workspace, rep):
    job = imports.checked(workspace, ["Bo Lind,bo@fjell.example"], header="Ana Novak,Harbour", by=rep)

    client.post(url("columns", job), {"header_is_data": "1"})

    job.refresh_from_db()
    assert (job.step, job.file.row_count) == (ImportStep.MAP, 2)


def test_whether_the_first_row_is_a_heading_is_guessed_and_can_be_changed(client, workspace, rep):
    job = imports.brought(workspace, ["Bo Lind,bo@fjell.example"], header="Ana Novak,ana@harbour.example", by=rep)
    page = client.get(url("columns", job))

    client.post(url("read", job), {"encoding": "utf-8", "delimiter": ",", "heading": "on"})

    job.file.refresh_from_db()
    assert "The first row is taken for data" in page.content.decode()
    assert page.context["reading"]["heading"].value() is False
    assert (job.file.header[0], job.file.row_count) == ("Ana Novak", 1)


def test_check_that_another_tab_left_behind_is_refused_in_words(client, workspace, rep, monkeypatch):
    job = imports.checked(workspace, by=rep)
    real = import_steps.start_check

    def late(job, terms, **more):
        start_import(job, grades=True, shown_at_most=None, by=rep, now=timezone.now())
        return real(job, terms, **more)

    monkeypatch.setattr(import_steps, "start_check", late)

    answer = client.post(url("columns", job), MAPPED | TERMS)

    assert answer.status_code == 422
    assert "This file is imported already." in answer.content.decode()


def test_long_cell_stops_no_correction_and_what_is_too_long_is_said(client, workspace, rep):
    long = f"{'x' * 1_500}@@fjell"
    job = imports.checked(workspace, [f"Bo Lind,{long},,,,", "Cy Young,cy@@nowhere,,,,"], by=rep)

    refused = client.post(url("check", job), {"cell_2_email": long + "x", "cell_3_email": "cy@nowhere.example"})
    client.post(url("check", job), {"cell_2_email": long, "cell_3_email": "cy@nowhere.example"})

    job.refresh_from_db()
    assert refused.status_code == 422
    assert "at most 1507 characters" in refused.content.decode()
    assert work_off(job).counts == {"new": 1, "error": 1}


def test_failed_undo_is_told_as_one_that_can_be_asked_for_again(client, workspace, rep):
    job = undo_import(imports.imported(workspace, by=rep), by=rep, now=timezone.now())
    fail_import(job)

    said = client.get(url("detail", job)).content.decode()

    assert "Its undo came to no end" in said
    assert "Undone by" not in said
    assert "Undo this import" in said


@pytest.mark.parametrize("name", ["columns", "read", "check", "start"])
def test_import_of_a_colleague_is_looked_at_and_not_changed(client, workspace, name):
    job = imports.checked(workspace, ["Bo Lind,bo@@fjell,,,,", "Ana Novak,ana@harbour.example,,,,"])

    answer = client.post(url(name, job), MAPPED | TERMS | {"cell_2_email": "bo@fjell.example", "shown_at_most": "0"})
    page = client.get(url("check", job)).content.decode()

    now = Import.objects.get()
    assert (answer.status_code, now.step, now.epoch) == (303, ImportStep.CHECK, job.epoch)
    assert f"Only {job.started_by.name} or a manager can go on with it." in page
    assert "Correct and check again" not in page


def test_manager_goes_on_with_the_import_of_a_colleague(client, workspace):
    job = imports.checked(workspace)
    client.force_login(people.manager(workspace))

    client.post(url("start", job), {"shown_at_most": "0"})

    assert Import.objects.get().step == ImportStep.IMPORT


def test_file_of_what_was_not_imported_is_recorded(client, workspace, rep):
    job = imports.imported(workspace, ["Ana Novak,ana@harbour.example,,,,", "=1+1,x@y.example,,,,"])

    client.post(url("errors", job))

    event = AuditEvent.objects.get(verb="import.downloaded")
    assert (event.actor_id, event.object_id, event.after) == (rep.pk, str(job.pk), {"rows": 1})


def test_report_leads_to_the_leads_of_this_import_alone(client, workspace, rep):
    imports.imported(workspace, ["Bo Berg,bo@fjell.example,CTO,Fjell,fjell.example,"], by=rep, name="other.csv")
    job = imports.imported(workspace, by=rep)

    page = client.get(url("detail", job)).content.decode()
    found = client.get(reverse("leads:lead-list"), {"q": f"import:{job.pk}"})

    assert f'href="/leads/?q=import:{job.pk}">Show this lead</a>' in page
    assert [lead.full_name for lead in found.context["page"]] == ["Ana Novak"]
    assert "Import: contacts.csv" in found.content.decode()


@pytest.mark.parametrize("others", [0, 1], ids=["alone", "namesakes"])
def test_search_box_names_the_file_of_an_import_where_that_names_one_only(client, workspace, rep, others):
    job = imports.imported(workspace, by=rep)
    for _ in range(others):
        imports.checked(workspace, by=rep)

    found = client.get(reverse("leads:lead-list"), {"q": f"import:{job.pk}"})

    named = f"import:{job.pk}" if others else "import:contacts.csv"
    assert f'name="q" value="{named}" maxlength' in found.content.decode()
    assert found.context["browsing"].text == f"import:{job.pk}"


def test_check_shows_the_first_rows_as_they_come_in(client, workspace, rep):
    job = imports.checked(workspace, by=rep)

    page = client.get(url("check", job)).content.decode()

    shown = page.split('id="good-title"')[1]
    assert all(text in shown for text in ("Ana Novak", "CFO", "Harbour", "ana@harbour.example", "New"))


def test_upload_without_a_file_says_what_is_missing(client, rep):
    answer = client.post(reverse("leads:import-new"))

    assert answer.status_code == 422
    assert "Choose a CSV file first." in answer.content.decode()


def test_countries_that_are_not_understood_are_listed_and_written_anew(client, workspace, rep):
    rows = ["Ana Novak,Sweeden", "Bo Lind,Sweeden", "Cy Abe,Atlantis", "Di Oh,Norway", "Ed Fox,n/a"]
    job = imports.checked(workspace, rows, header="Full name,Country", by=rep)
    strange = client.get(url("check", job)).context["countries"].strange
    sent = {each.key: each.likely for each in strange}

    answer = client.post(url("countries", job), sent)

    assert [(each.text, each.rows, each.likely) for each in strange] == [("Sweeden", 2, "Sweden"), ("Atlantis", 1, "")]
    assert (answer.status_code, answer["Location"]) == (303, url("check", job))
    cells = job.file.rows.order_by("line").values_list("cells", flat=True)
    assert [country for _name, country in cells] == ["Sweden", "Sweden", "Atlantis", "Norway", "n/a"]


def test_page_says_how_many_countries_it_does_not_list(client, workspace, rep):
    rows = [f"Person {at},Mordor {at}" for at in range(23)]
    job = imports.checked(workspace, rows, header="Full name,Country", by=rep)

    page = client.get(url("check", job))

    assert len(page.context["countries"].rows) == 20
    assert "Not listed yet: 3 more." in page.content.decode()


def test_answers_to_countries_are_not_lost_without_a_word(client, workspace, rep):
    job = imports.checked(workspace, ["Ana Novak,Sweeden"], header="Full name,Country", by=rep)
    before = client.get(url("columns", job)).content.decode()

    read = client.post(url("read", job), {"encoding": "utf-8", "delimiter": ",", "heading": "on"}, follow=True)

    assert "said of its countries, is lost" in before
    assert "correct its cells and say its countries again" in read.content.decode()
    assert "said of its countries, is lost" not in read.content.decode()


def test_country_that_is_meant_must_be_one(client, workspace, rep):
    job = imports.checked(workspace, ["Ana Novak,Sweeden"], header="Full name,Country", by=rep)
    (each,) = client.get(url("check", job)).context["countries"].strange

    answer = client.post(url("countries", job), {each.key: "Mordor"})

    assert answer.status_code == 422
    assert "“Mordor” is no country that we know." in answer.content.decode()
    assert 'value="Mordor"' in answer.content.decode()


def test_check_tells_a_country_that_is_not_understood_and_a_row_without_a_name(client, workspace):
    rows = [",Director,Noname AG,Sweeden", "Ana Novak,CFO,Harbour,Sweden"]
    job = imports.checked(workspace, rows, header="Full name,Job title,Company,Country")

    shown = client.get(url("check", job)).content.decode().split('id="good-title"')[1]

    assert "Country “Sweeden” is not understood: left empty" in shown
    assert (shown.count("is not understood"), shown.count("No known person")) == (1, 1)


def test_column_of_addresses_without_a_name_for_it_is_a_guess(client):
    job = bring(client, b"Full name,Kontaktweg\nAna Novak,ana@harbour.example\n")

    answer = client.get(url("columns", job))

    marks = [(column.field, str(mark.certainty)) for column, _, mark in answer.context["rows"]]
    assert marks == [("full_name", "Sure"), ("email", "Guess")]


def test_upload_by_script_leaves_for_the_columns(client):
    file = SimpleUploadedFile("contacts.csv", CSV)

    answer = client.post(reverse("leads:import-new"), {"upload": file}, headers={"hx-request": "true"})

    assert answer["HX-Redirect"] == url("columns", Import.objects.get())
