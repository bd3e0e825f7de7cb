"""An import from file to leads: counts that come true, redelivery, a worker that dies, charges, tenancy and suppression."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from billing import ledger
from billing.models import Price, PriceKind
from leadengine.workflows import import_saving, leases
from leadengine.workflows.erasing import erase
from leadengine.workflows.import_preparing import NotPossible, correct, start_check
from leadengine.workflows.import_sweeping import sweep_imports
from leadengine.workflows.imports import discard_import, import_turn, start_import, work_off
from leads.files import FileInUse, delete_file
from leads.importing import bad_rows, left_behind
from leads.models import (
    IMPORTED,
    Company,
    Import,
    ImportChange,
    ImportRow,
    ImportStep,
    ImportUpload,
    Lead,
    SourceFile,
    SourceFileRow,
)
from leads.suppressing import suppress
from tests.factories import imports, leads, people

pytestmark = pytest.mark.django_db
ROWS = [
    "Ana Novak,ana@harbour.example,CFO,Harbour,harbour.example,",
    "Bo Lind,bo@fjell.example,CEO,Fjell,fjell.example,+47 22 12 34 56",
    "Bo Lind,bo@fjell.example,,Fjell,fjell.example,",
    "Cy Young,cy@@nowhere,Buyer,Nowhere,,",
    ",,,,,",
    "=cmd|'/c calc'!A1,eve@formula.example,,Formula,,",
]


@pytest.fixture
def workspace():
    return people.workspace(credits=50)


def everybody(workspace):
    return Lead.objects.of(workspace).order_by("full_name")


def known_ana(workspace, **fields):
    made = leads.lead(workspace, "Ana Novak", email="ana@harbour.example", **fields)
    leads.evidence(made, "title", value=made.title)
    return made


def test_check_counts_new_updates_duplicates_and_errors(workspace):
    known_ana(workspace)

    job = imports.checked(workspace, ROWS)

    assert (job.step, job.counts) == ("check", {"new": 1, "update": 1, "duplicate": 1, "error": 2})
    assert Lead.objects.of(workspace).count() == 1


def test_import_makes_leads_with_company_evidence_owner_and_grade(workspace):
    job = imports.imported(workspace, ROWS)

    ana, bo = everybody(workspace)
    assert (job.step, job.state, job.counts["new"]) == (ImportStep.DONE, "done", 2)
    assert (ana.title, ana.company.domain, ana.source) == ("CFO", "harbour.example", IMPORTED)
    assert (ana.owner, bo.phone) == (job.started_by, "+4722123456")
    assert ana.score.grade
    assert "Our own trade fair list" in ana.activities.get().text


def test_leads_stay_without_a_grade_where_nobody_wants_one(workspace):
    imports.imported(workspace, ROWS, grades=False)

    assert [hasattr(lead, "score") for lead in everybody(workspace)] == [False, False]


def test_what_the_check_said_is_what_the_import_does(workspace):
    known_ana(workspace)

    job = imports.checked(workspace, ROWS)
    before = job.counts
    start_import(job, grades=True, shown_at_most=None, by=job.started_by, now=timezone.now())
    job.refresh_from_db()

    assert work_off(job).counts == before


@pytest.mark.parametrize(
    ("on_match", "title", "phone"),
    [("skip", "Head of Sales", ""), ("fill", "Head of Sales", "+4722123456"), ("overwrite", "CFO", "+4722123456")],
)
def test_known_lead_is_left_filled_or_overwritten(workspace, on_match, title, phone):
    ana = known_ana(workspace)

    imports.imported(workspace, ["Ana Novak,ana@harbour.example,CFO,,,+47 22 12 34 56", ROWS[1]], on_match=on_match)

    ana.refresh_from_db()
    assert (ana.title, ana.phone) == (title, phone)


def test_what_a_person_set_is_not_overwritten(workspace):
    ana = leads.lead(workspace, "Ana Novak", email="ana@harbour.example", title="Chair")

    imports.imported(workspace, ["Ana Novak,ana@harbour.example,CFO,,,"], on_match="overwrite")

    ana.refresh_from_db()
    assert ana.title == "Chair"


@pytest.mark.parametrize(
    ("match_by", "counts"), [("person", {"update": 1}), ("email", {"new": 1}), ("domain", {"update": 1})]
)
def test_what_counts_as_the_same_person_is_chosen(workspace, match_by, counts):
    imports.imported(workspace, ["Ana Novak,,CFO,Harbour,harbour.example,"])

    job = imports.checked(workspace, ["Ana Novak,,CFO,Harbour,harbour.example,+47 22 12 34 56"], match_by=match_by)

    assert job.counts == counts


def test_batch_that_comes_twice_is_written_once(workspace, monkeypatch):
    monkeypatch.setattr(import_saving, "BATCH", 1)
    job = started(workspace)
    first = leases.claim(Import, now=timezone.now(), pk=job.pk)
    stale = leases.claim(Import, now=timezone.now() + 2 * leases.LEASE, pk=job.pk)

    import_turn(stale, batches=1)
    with pytest.raises(leases.LeaseLost):
        import_turn(first, batches=1)

    assert Lead.objects.of(workspace).count() == 1


def test_worker_that_dies_in_a_batch_leaves_nothing_and_another_goes_on(workspace, monkeypatch):
    monkeypatch.setattr(import_saving, "BATCH", 1)
    job = started(workspace)
    with monkeypatch.context() as patch:
        patch.setattr(import_saving, "keep", dying)
        with pytest.raises(SystemExit):
            import_turn(leases.claim(Import, now=timezone.now(), pk=job.pk), batches=1)
    left = Lead.objects.of(workspace).count(), ImportRow.objects.filter(of=job, is_done=True, verdict="new").count()

    Import.objects.filter(pk=job.pk).update(due_at=timezone.now())
    job.refresh_from_db()
    work_off(job)

    assert left == (0, 0)
    assert (job.counts["new"], Lead.objects.of(workspace).count()) == (2, 2)


def dying(job):
    raise SystemExit


def started(workspace, rows=ROWS):
    job = imports.checked(workspace, rows)
    return start_import(job, grades=True, shown_at_most=None, by=job.started_by, now=timezone.now())


def test_second_click_starts_nothing(workspace):
    job = started(workspace)

    again = start_import(job, grades=False, shown_at_most=None, by=job.started_by, now=timezone.now())

    assert (again.epoch, again.grades) == (job.epoch, True)


def test_suppressed_person_is_not_imported_and_leaves_no_cell(workspace):
    suppress("email", "ana@harbour.example", workspace=workspace, by=None, note="", now=timezone.now())

    job = imports.imported(workspace, ROWS)

    told = [row for row in left_behind(job) if row[1] == "On the suppression list"]
    assert (job.counts["suppressed"], [lead.full_name for lead in everybody(workspace)]) == (1, ["Bo Lind"])
    assert told == [[2, "On the suppression list", "", "", "", "", "", ""]]
    assert SourceFileRow.objects.get(file=job.file, line=2).cells == []


def test_somebody_who_is_suppressed_after_the_check_is_not_imported(workspace):
    job = started(workspace)
    suppress("email", "bo@fjell.example", workspace=workspace, by=None, note="", now=timezone.now())

    assert work_off(job).counts["suppressed"] == 2
    assert [lead.full_name for lead in everybody(workspace)] == ["Ana Novak"]


def test_company_that_is_a_customer_is_left_out(workspace):
    imports.imported(workspace, ["Old Hand,old@harbour.example,,Harbour,harbour.example,"])
    Company.objects.of(workspace).update(relation="customer")

    job = imports.checked(workspace, ROWS)

    assert (job.counts["barred"], job.counts["new"]) == (1, 1)


def test_lead_of_another_workspace_is_not_met(workspace):
    known_ana(people.workspace())

    assert imports.checked(workspace, ROWS).counts["new"] == 2


def test_bad_cells_are_told_and_corrected(workspace):
    job = imports.checked(workspace, ROWS)
    found = bad_rows(job, 50)

    correct(job, {5: {"email": "cy@nowhere.example"}, 7: {"full_name": "Eve Form"}}, now=timezone.now())
    job.refresh_from_db()

    assert [(row.line, [cell.label for cell in row.cells]) for row in found] == [(5, ["E-mail"]), (7, ["Full name"])]
    assert found[0].cells[0].why == "is not a valid e-mail address"
    assert work_off(job).counts == {"new": 4, "duplicate": 1}


def test_price_of_a_lead_of_ones_own_is_held_and_charged_where_it_has_one(workspace):
    Price.objects.create(kind=PriceKind.DELIVERY, source="file", amount=Decimal("0.20"), valid_from=timezone.now())

    job = started(workspace)
    held = ledger.balance(workspace).held
    work_off(job)

    assert (held, ledger.balance(workspace)) == (Decimal("0.40"), ledger.Balance(Decimal("49.60"), Decimal(0)))


def test_own_leads_cost_nothing(workspace):
    imports.imported(workspace, ROWS)

    assert ledger.balance(workspace) == ledger.Balance(Decimal(50), Decimal(0))


def test_nothing_to_import_cannot_be_started(workspace):
    job = imports.checked(workspace, ROWS[3:])

    with pytest.raises(NotPossible, match="nothing to import"):
        start_import(job, grades=True, shown_at_most=None, by=job.started_by, now=timezone.now())


def test_import_under_way_is_not_checked_or_discarded(workspace):
    job = started(workspace)

    for act in (lambda: start_check(job, now=timezone.now()), lambda: discard_import(job)):
        with pytest.raises(NotPossible, match="imported already"):
            act()


def test_discarded_import_is_forgotten_with_its_file(workspace):
    job = imports.checked(workspace, ROWS)

    discard_import(job)

    assert not any(model.objects.of(workspace).exists() for model in (Import, ImportRow, ImportUpload, SourceFile))


def test_queries_of_a_batch_do_not_grow_with_its_rows(workspace, django_assert_max_num_queries):
    rows = [f"Person {n} Name{n},p{n}@harbour{n}.example,CFO,Harbour {n},harbour{n}.example," for n in range(40)]
    job = started(workspace, rows)

    with django_assert_max_num_queries(90):
        import_turn(leases.claim(Import, now=timezone.now(), pk=job.pk), batches=1)

    assert Lead.objects.of(workspace).count() == 40


def test_erasing_somebody_takes_them_out_of_imports_too(workspace):
    done = imports.imported(workspace, ROWS)
    imports.checked(workspace, ROWS, name="again.csv")
    manager = people.manager(workspace)

    erase(everybody(workspace).first(), by=manager, now=timezone.now())

    assert not ImportUpload.objects.exists()
    assert not ImportRow.objects.filter(of=done, line=2).exists()
    assert {tuple(row.cells) for row in SourceFileRow.objects.filter(line=2)} == {()}
    again = imports.checked(workspace, ROWS, name="third.csv")
    assert again.counts["suppressed"] == 1


def test_import_that_nobody_went_on_with_is_forgotten_after_a_week(workspace):
    imports.checked(workspace, ROWS)
    done = imports.imported(workspace, ROWS)

    early = sweep_imports(now=timezone.now() + timedelta(days=6))
    late = sweep_imports(now=timezone.now() + timedelta(days=8))

    assert (early, late) == (0, 1)
    assert list(Import.objects.all()) == [done]
    assert not ImportChange.objects.exists()


def test_file_of_an_unfinished_import_is_not_deleted(workspace):
    job = imports.checked(workspace, ROWS)

    with pytest.raises(FileInUse, match="is being imported"):
        delete_file(job.file)


def test_report_outlives_its_file(workspace):
    job = imports.imported(workspace, ROWS)

    delete_file(job.file)

    job.refresh_from_db()
    assert (job.file, job.counts["new"], list(left_behind(job))) == (None, 2, [])


def test_duplicate_is_told_with_the_line_that_it_repeats(workspace):
    job = imports.imported(workspace, [ROWS[0], ROWS[0]])

    assert list(left_behind(job)) == [[3, "The same person as line 2", *ROWS[0].split(",")]]


def test_duplicate_of_somebody_suppressed_shows_no_cell_at_the_check_either(workspace):
    suppress("email", "ana@harbour.example", workspace=workspace, by=None, note="", now=timezone.now())

    job = imports.checked(workspace, [ROWS[0], ROWS[0]])

    assert [row[0] for row in left_behind(job)] == [2, 3]
    assert not any("".join(map(str, row[2:])) for row in left_behind(job))


@pytest.mark.parametrize("match_by", ["email", "domain"])
def test_who_is_not_to_be_contacted_never_comes_in_again_whatever_counts_as_the_same(workspace, match_by):
    imports.imported(workspace, ["Ana Novak,ana@harbour.example,,Harbour,harbour.example,+47 22 12 34 56"])
    Lead.objects.of(workspace).update(do_not_contact=True)

    job = imports.checked(workspace, ["Ana Novak,,,Harbour,,+47 22 12 34 56", ROWS[1]], match_by=match_by)
    said = job.counts
    start_import(job, grades=True, shown_at_most=None, by=job.started_by, now=timezone.now())
    job.refresh_from_db()

    assert (said, work_off(job).counts) == ({"suppressed": 1, "new": 1}, {"suppressed": 1, "new": 1})


def test_more_new_leads_than_were_checked_are_charged_as_far_as_was_shown(workspace):
    imports.imported(workspace, ["Old Hand,old@harbour.example,,Harbour,harbour.example,"])
    Company.objects.of(workspace).update(relation="customer")
    Price.objects.create(kind=PriceKind.DELIVERY, source="file", amount=Decimal("0.20"), valid_from=timezone.now())
    job = started(workspace)
    Company.objects.of(workspace).update(relation="")

    work_off(job)

    assert (job.counts["new"], ledger.balance(workspace)) == (2, ledger.Balance(Decimal("49.80"), Decimal(0)))


@pytest.mark.parametrize("fault", ["=1+1,ana@harbour.example,,,,", "Ana Novak,ana@@x,,Harbour,harbour.example,"])
def test_suppressed_person_of_a_row_with_an_error_is_neither_shown_nor_kept(workspace, fault):
    for kind, value in (("email", "ana@harbour.example"), ("domain", "harbour.example")):
        suppress(kind, value, workspace=workspace, by=None, note="", now=timezone.now())
    job = imports.checked(workspace, [fault, ROWS[1]])
    shown = bad_rows(job, 50)

    start_import(job, grades=True, shown_at_most=None, by=job.started_by, now=timezone.now())
    job.refresh_from_db()
    done = work_off(job)

    assert (shown, done.counts) == ([], {"new": 1, "suppressed": 1})
    assert list(left_behind(done)) == [[2, "On the suppression list", "", "", "", "", "", ""]]
    assert SourceFileRow.objects.get(file=done.file, line=2).cells == []
