"""A file of one's own: brought, its columns confirmed, used in a search."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse

from leads.models import RunState, SourceFile
from tests.factories import people, runs

pytestmark = pytest.mark.django_db

UPLOAD = reverse("leads:file-upload")
CSV = (
    b"Full name,E-mail,Firm,Notes\nAna Novak,ana@harbour.example,Harbour,met in May\nBo Lind,bo@fjell.example,Fjell,\n"
)


@pytest.fixture
def workspace():
    return people.workspace(credits=50)


@pytest.fixture(autouse=True)
def rep(client, workspace):
    client.force_login(people.rep(workspace))


def upload(content: bytes = CSV, name: str = "contacts.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/csv")


def bring(client, content: bytes = CSV, **fields: str):
    return client.post(UPLOAD, {"upload": upload(content), **fields})


def test_upload_keeps_the_file_and_asks_for_its_columns(client, workspace):
    answer = bring(client)

    file = SourceFile.objects.of(workspace).get()
    assert (file.name, file.row_count) == ("contacts.csv", 2)
    assert answer.status_code == 303
    assert answer["Location"].startswith(reverse("leads:file-columns", args=[file.pk]))


def test_upload_from_the_builder_keeps_the_search(client, workspace):
    answer = bring(client, asked="1", titles="CFO", sources="directory", most_leads="7")

    query = QueryDict(answer["Location"].split("?")[1])
    assert (query["titles"], query["most_leads"]) == ("CFO", "7")
    assert query.getlist("sources") == ["directory", "file"]
    assert query["file"] == str(SourceFile.objects.of(workspace).get().pk)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"   \n ", "The file is empty."),
        (b"name,email\n", "no rows"),
        (b"\x00\x01" * 500, "no text at all"),
        (b'name,email\n"Ana,ana@harbour.example\n', "never closed"),
        (b"name,email\n" + b"\x81\x8d" * 40 + b",x\n", "not cp1252"),
    ],
    ids=["empty", "blank", "header only", "no text", "open quote", "encoding"],
)
def test_file_that_cannot_be_read_gets_a_sentence(client, workspace, content: bytes, sentence: str):
    answer = bring(client, content)

    assert answer.status_code == 422
    assert sentence in answer.context["form"].errors["upload"][0]
    assert not SourceFile.objects.of(workspace).exists()


def test_file_that_is_too_large_gets_a_sentence(client, settings):
    settings.UPLOAD_MAX_BYTES = 50

    answer = bring(client)

    assert answer.status_code == 422
    assert "split it" in answer.context["form"].errors["upload"][0]


def test_upload_without_a_file_says_so(client):
    answer = client.post(UPLOAD)

    assert answer.status_code == 422
    assert answer.context["form"].errors["upload"] == ["Choose a CSV file first."]


def test_bad_file_from_the_builder_is_refused_there(client):
    answer = bring(
        client, b"name,email\n", asked="1", titles="CFO", sources="directory", most_leads="7", lowest_grade="D"
    )

    assert answer.status_code == 422
    assert "no rows" in answer.context["form"].errors["file"][0]
    assert 'value="CFO"' in answer.content.decode()


def test_columns_are_guessed_and_shown_with_their_first_values(client, workspace):
    answer = client.get(bring(client)["Location"])

    rows = [(column.header, field.value(), column.samples) for column, field in answer.context["form"].rows]
    assert rows[0] == ("Full name", "full_name", ("Ana Novak", "Bo Lind"))
    assert rows[1][1] == "email"
    assert rows[3] == ("Notes", "", ("met in May",))


def test_confirmed_columns_are_kept_and_lead_back_to_the_search(client, workspace):
    columns = bring(client, asked="1", titles="CFO", sources="directory", most_leads="7")["Location"]

    answer = client.post(columns, {"column_0": "full_name", "column_1": "email", "column_2": "company"})

    file = SourceFile.objects.of(workspace).get()
    assert file.mapping == {"full_name": 0, "email": 1, "company": 2}
    form = client.get(answer["Location"]).context["form"]
    assert (form["titles"].value(), form["file"].value()) == ("CFO", str(file.pk))


def test_a_file_brought_by_itself_begins_a_search_that_can_start(client, workspace):
    columns = bring(client)["Location"]

    answer = client.post(columns, {"column_0": "full_name", "column_1": "email", "column_2": "company"}, follow=True)

    form = answer.context["form"]
    assert not answer.context["problems"]
    assert answer.context["can_start"]
    assert (form.brief().sources, form.brief().new_only) == (("file",), True)


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"column_0": "email", "column_1": "email"}, "is already the e-mail"),
        ({"column_3": "title"}, "no row is a lead"),
        ({"column_0": "nonsense"}, "Select a valid choice"),
    ],
)
def test_columns_that_cannot_be_are_refused(client, workspace, chosen: dict, sentence: str):
    columns = bring(client)["Location"]

    answer = client.post(columns, chosen)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_columns_of_a_file_that_a_run_reads_stay(client, workspace):
    file = runs.source_file(workspace)
    runs.run(workspace, source_file=file, state=RunState.RUNNING)

    answer = client.post(reverse("leads:file-columns", args=[file.pk]), {"column_0": "email"})

    assert answer.status_code == 422
    assert "when the run has ended" in answer.content.decode()


def test_file_of_another_workspace_is_not_found(client):
    theirs = runs.source_file(people.workspace())

    assert client.get(reverse("leads:file-columns", args=[theirs.pk])).status_code == 404
    assert client.post(reverse("leads:file-columns", args=[theirs.pk])).status_code == 404


def test_files_are_listed_in_a_fixed_number_of_queries(client, workspace, query_count):
    runs.source_file(workspace)
    few = query_count(lambda: client.get(UPLOAD))
    for number in range(9):
        runs.source_file(workspace, name=f"more-{number}.csv")

    assert query_count(lambda: client.get(UPLOAD)) == few
    assert len(client.get(UPLOAD).context["files"]) == 10


def test_own_file_is_deleted_with_its_rows(client, workspace):
    rep = people.rep(workspace)
    client.force_login(rep)
    file = runs.source_file(workspace, rows=[["Ana Novak", "ana@harbour.example", "Harbour"]], uploaded_by=rep)
    ended = runs.run(workspace, source_file=file, state="finished")
    saved = runs.saved_search(workspace, source_file=file)

    answer = client.post(reverse("leads:file-delete", args=[file.pk]))

    assert answer.status_code == 303
    assert not SourceFile.objects.exists()
    for record in (ended, saved):
        record.refresh_from_db()
        assert record.source_file is None


@pytest.mark.parametrize("state", ["queued", "running", "paused"])
def test_file_that_a_run_reads_is_not_deleted(client, workspace, state):
    client.force_login(people.manager(workspace))
    file = runs.source_file(workspace)
    run = runs.run(workspace, source_file=file, state=state)

    page = client.post(reverse("leads:file-delete", args=[file.pk]), follow=True)

    assert SourceFile.objects.filter(pk=file.pk).exists()
    assert f"is read by run {run.number}" in page.content.decode()


def test_file_of_somebody_else_is_for_managers(client, workspace):
    file = runs.source_file(workspace)
    client.force_login(people.rep(workspace))

    assert client.post(reverse("leads:file-delete", args=[file.pk])).status_code == 404


HEADLESS = b"Ana Novak,Head of Sales,Harbour\nBo Lind,Buyer,Fjell\n"


def test_first_row_that_may_be_no_header_is_shown_and_can_be_data(client, workspace):
    address = bring(client, HEADLESS)["Location"]
    shown = client.get(address).content.decode()

    answer = client.post(address, {"header_is_data": "1"})

    file = SourceFile.objects.of(workspace).get()
    assert "This row is taken for the header: <strong>Ana Novak · Head of Sales · Harbour</strong>" in shown
    assert (answer["Location"], file.row_count, file.header[0]) == (address, 2, "Column\N{NO-BREAK SPACE}1")
    assert file.rows.order_by("line").first().cells[0] == "Ana Novak"
    assert "is taken for the header" not in client.get(address).content.decode()


def test_header_that_is_known_is_not_doubted(client):
    address = bring(client)["Location"]

    assert "is taken for the header" not in client.get(address).content.decode()


def test_header_that_is_known_is_never_data(client, workspace):
    address = bring(client)["Location"]

    client.post(address, {"header_is_data": "1"})

    assert SourceFile.objects.of(workspace).get().row_count == 2


def test_first_row_that_was_taken_for_data_can_be_the_heading(client, workspace):
    address = bring(client, b"Ana Novak,ana@harbour.example\nBo Lind,bo@fjell.example\n")["Location"]
    shown = client.get(address).content.decode()

    client.post(address, {"row_is_header": "1"})

    file = SourceFile.objects.of(workspace).get()
    assert "The first row is taken for data" in shown
    assert (file.row_count, file.header, file.mapping) == (1, ["Ana Novak", "ana@harbour.example"], {"email": 1})


def test_header_of_a_file_that_a_run_reads_stays(client, workspace):
    address = bring(client, HEADLESS)["Location"]
    runs.run(workspace, source_file=SourceFile.objects.of(workspace).get(), state=RunState.RUNNING)

    answer = client.post(address, {"header_is_data": "1"})

    assert answer.status_code == 422
    assert "A run reads this file now." in answer.content.decode()


def test_linkedin_file_is_a_source_of_its_own_that_costs_what_a_file_costs(client, workspace):
    content = (
        b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\nAna,Novak,,,Harbour,CFO,12 Mar 2024\n"
    )

    answer = bring(client, content, asked="1", sources="directory")
    query = QueryDict(answer["Location"].split("?")[1])
    page = client.get(f"{reverse('leads:search-new')}?{query.urlencode()}")

    assert query.getlist("sources") == ["directory", "file:connections"]
    line = next(each for each in page.context["sources"] if each.name == "file:connections")
    assert (line.title, line.price, line.box.data["selected"]) == ("LinkedIn: connections", "free", True)
    assert "Get a copy of your data" in page.content.decode()
