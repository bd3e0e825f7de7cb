"""An import before it begins: what was checked counts only for the file as it was checked."""

import pytest
from django.utils import timezone

from leadengine.workflows import leases
from leadengine.workflows.import_preparing import NotPossible, correct, read_again, start_check
from leadengine.workflows.imports import import_turn, start_import, work_off
from leads.file_columns import Unusable
from leads.file_heading import take_header_for_data
from leads.files import read_csv, store_again
from leads.importing import bad_rows
from leads.models import Import, ImportRow, ImportStep, SourceFile, SourceFileRow
from tests.factories import imports, people, runs

pytestmark = pytest.mark.django_db
SEMICOLONS = b"Full name;E-mail\nAna Novak;ana@harbour.example\nBo Lind;bo@fjell.example\n"


@pytest.fixture
def workspace():
    return people.workspace(credits=50)


def by_semicolons(file: SourceFile) -> None:
    store_again(file, read_csv(SEMICOLONS, "contacts.csv", delimiter=";"))


def start(job: Import) -> Import:
    return start_import(job, grades=True, shown_at_most=None, by=job.started_by, now=timezone.now())


def test_check_of_a_file_that_is_read_another_way_counts_no_more(workspace):
    job = imports.checked(workspace)

    read_again(job, by_semicolons)

    job.refresh_from_db()
    assert (job.step, job.counts, job.is_working) == (ImportStep.MAP, {}, False)
    assert not ImportRow.objects.filter(of=job).exists()
    with pytest.raises(NotPossible):
        start(job)


def test_check_under_way_ends_where_its_file_is_read_another_way(workspace):
    job = start_check(imports.brought(workspace), now=timezone.now())
    worker = leases.claim(Import, now=timezone.now(), pk=job.pk)

    read_again(job, take_header_for_data)

    with pytest.raises(leases.LeaseLost):
        import_turn(worker, batches=1)


def test_file_that_is_imported_now_is_not_read_another_way(workspace):
    job = imports.checked(workspace)
    start(job)

    with pytest.raises(NotPossible, match="imported already"):
        read_again(job, by_semicolons)

    assert SourceFile.objects.get().delimiter == ","


def test_file_that_a_run_reads_is_not_read_another_way(workspace):
    job = imports.brought(workspace)
    runs.run(workspace, source_file=job.file, state="running")

    with pytest.raises(NotPossible, match="A run reads this file now"):
        read_again(job, by_semicolons)


def test_columns_are_read_as_confirmed_only_with_a_check(workspace):
    job = imports.checked(workspace)

    start_check(job, mapping={"full_name": 0}, now=timezone.now())

    job.refresh_from_db()
    assert (job.file.mapping, job.counts) == ({"full_name": 0}, {})
    start_again = work_off(job)
    start(start_again)
    with pytest.raises(NotPossible, match="imported already"):
        start_check(job, mapping={"email": 1}, now=timezone.now())
    assert SourceFile.objects.get().mapping == {"full_name": 0}


def test_columns_that_make_no_lead_leave_the_check_as_it_was(workspace):
    job = imports.checked(workspace)

    with pytest.raises(Unusable):
        start_check(job, mapping={"title": 2}, now=timezone.now())

    job.refresh_from_db()
    assert job.is_checked


def test_row_that_was_blanked_since_is_neither_shown_nor_corrected(workspace):
    job = imports.checked(workspace, ["Cy Young,cy@@nowhere,,,,", "Bo Lind,bo@@fjell,,,,"])
    SourceFileRow.objects.filter(file=job.file, line=2).update(cells=[])

    changed = correct(job, {2: {"email": "cy@nowhere.example"}, 3: {"email": "bo@fjell.example"}}, now=timezone.now())

    assert changed == 1
    assert [row.line for row in bad_rows(job, 50)] == [3]
