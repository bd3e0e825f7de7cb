"""What the transaction of a batch sees that its judging could not: another source that was quicker, another payer."""

from contextlib import closing
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from billing.limits import allowance
from billing.models import CreditEntry
from leadengine.workflows import lanes, saving, stop_notice
from leadengine.workflows.dispatch import turn
from leadengine.workflows.generation import resume_generation, stop_generation
from leadengine.workflows.receipts import run_receipt
from leads.models import Activity, Delivery, Exclusion, Lead, Run
from scoring.models import LeadScore
from tests.conftest import app_parameters
from tests.factories import people
from tests.factories.runs import source_file
from tests.fakes.workers import credits, provider, record, start, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.db]
WANTED = {
    "industries": {"values": ["manufacturing"], "level": "nice"},
    "employees": {"min": 100, "max": 500, "level": "nice"},
    "seniorities": {"values": ["c_level"], "level": "nice"},
}


def person_of_two_sources(workspace) -> dict:
    """Good enough only with what both sources know: the file has the title, the provider the company."""
    header, mapping = ["name", "e-mail", "company", "title"], {"full_name": 0, "email": 1, "company": 2, "title": 3}
    row = ["Bela Ackroyd", "p1@brightwater1.example", "Brightwater 1 Works", "CEO"]
    file = source_file(workspace, [row], header=header, mapping=mapping)
    return {"sources": ("sandbox", "file"), "file_id": file.pk, "criteria": WANTED, "new_only": False}


def judge_while_another_source_settles(run: Run, monkeypatch) -> None:
    judge, done = lanes.judge, []

    def slow(*args, **options):
        judged = judge(*args, **options)
        if not done:
            done.append(True)
            turn(now=timezone.now(), run=run)
        return judged

    monkeypatch.setattr(lanes, "judge", slow)


@pytest.mark.parametrize("is_race", [False, True], ids=["one after the other", "both at once"])
def test_person_refused_by_another_source_meanwhile_is_judged_again(monkeypatch, is_race):
    workspace = people.workspace(credits=50)
    company = {"industry": "manufacturing", "employees_min": 200, "employees_max": 300}
    with provider(monkeypatch, [record(1, title="", company=company)]):
        run = start(workspace, lowest_grade="B", **person_of_two_sources(workspace))
        if is_race:
            judge_while_another_source_settles(run, monkeypatch)
        done = work_off(run)

    assert (done.delivered, Lead.objects.of(workspace).count()) == (1, 1)
    assert [row.reason for row in Exclusion.objects.filter(run=run)] == ["duplicate_in_run"]
    assert run_receipt(done, now=timezone.now()).adds_up


COLLEAGUE = {
    "company": {"name": "Brightwater 1 Works", "domain": "brightwater1.example"},
    "email": "p2@brightwater1.example",
}
KNOWN = {"industry": "manufacturing", "employees_min": 200, "employees_max": 300}


@pytest.mark.parametrize("is_of_one_batch", [False, True], ids=["known before", "told with a colleague"])
def test_delivery_has_the_grade_that_the_lead_has_with_what_is_known_of_the_company(monkeypatch, is_of_one_batch):
    workspace, asked = people.workspace(credits=50), {"criteria": WANTED, "lowest_grade": "B"}
    first, second = record(1, title="CEO", company=KNOWN), record(2, title="CEO", **COLLEAGUE)
    for batch in [[first, second]] if is_of_one_batch else [[first], [second]]:
        with provider(monkeypatch, batch):
            run = work_off(start(workspace, **asked))

    told = {each.lead_id: each.grade for each in Delivery.objects.of(workspace)}
    assert len(told) == 2
    assert told == dict(LeadScore.objects.of(workspace).values_list("pk", "grade"))
    assert {each.detail["grade"] for each in Activity.objects.filter(kind="delivered")} == set(told.values())
    assert run_receipt(run, now=timezone.now()).adds_up


def test_who_has_too_low_a_grade_by_what_is_known_of_the_company_is_not_delivered(monkeypatch):
    workspace = people.workspace(credits=50)
    elsewhere = {**KNOWN, "industry": "education", "employees_min": 9000, "employees_max": 9999}
    with provider(monkeypatch, [record(1, title="CEO", company=elsewhere, confidence=1.0)]):
        work_off(start(workspace, criteria=WANTED))
    said = {"company": {**COLLEAGUE["company"], **KNOWN}, "email": COLLEAGUE["email"], "confidence": 0.2}
    with provider(monkeypatch, [record(2, title="CEO", **said)]):
        run = work_off(start(workspace, criteria=WANTED, lowest_grade="B"))

    assert [(row.reason, row.detail) for row in Exclusion.objects.filter(run=run)] == [
        ("below_grade", "Grade D, you asked for B or better")
    ]


OF_BOTH = {**KNOWN, **COLLEAGUE["company"]}
ELSEWHERE = {"industry": "education", "employees_min": 9000, "employees_max": 9999}


def test_who_moves_up_into_the_place_of_one_with_too_low_a_grade_is_delivered_only_if_good_enough(monkeypatch):
    workspace, numbers, good = people.workspace(credits=50), (1, 2, 3), 3
    with provider(monkeypatch, [record(each, title="CEO", company=KNOWN, confidence=0.2) for each in numbers]):
        work_off(start(workspace, criteria=WANTED))
    Delivery.objects.update(delivered_at=timezone.now() - timedelta(days=1000))
    now_at = {each: KNOWN if each == good else ELSEWHERE for each in numbers}
    with provider(monkeypatch, [record(each, title="CEO", company=now_at[each], confidence=1.0) for each in numbers]):
        run = work_off(start(workspace, criteria=WANTED, lowest_grade="B", new_only=False, most_leads=1))

    assert not Delivery.objects.filter(run=run, grade__in=["C", "D"]).exists()
    assert (run.delivered, run.spent) == (1, credits(1))
    assert run_receipt(run, now=timezone.now()).adds_up


def test_page_of_known_leads_that_turn_out_too_low_is_judged_in_few_goes(monkeypatch):
    """One by one they would outlast the lease."""
    workspace, goes, save = people.workspace(credits=50), [], saving.save
    with provider(monkeypatch, [record(each, title="CEO", company=KNOWN, confidence=0.2) for each in range(8)]):
        work_off(start(workspace, criteria=WANTED))
    Delivery.objects.update(delivered_at=timezone.now() - timedelta(days=1000))
    monkeypatch.setattr(saving, "save", lambda *args, **options: goes.append(1) or save(*args, **options))
    with provider(monkeypatch, [record(each, title="CEO", company=ELSEWHERE, confidence=1.0) for each in range(8)]):
        run = work_off(start(workspace, criteria=WANTED, lowest_grade="B", new_only=False, most_leads=1))

    assert (run.delivered, run.spent, len(goes)) == (0, 0, 3)
    assert {row.reason for row in Exclusion.objects.filter(run=run)} == {"below_grade"}
    assert Exclusion.objects.filter(run=run).count() == 8
    assert run_receipt(run, now=timezone.now()).adds_up


VAGUE = {"title": "", "company": {"industry": "manufacturing"}}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (VAGUE, {"title": "CEO", "phone": "+4915112345678", "company": KNOWN}),
        (
            {"title": "CEO", "company": KNOWN, "confidence": 0.2},
            {"title": "Owner", "company": KNOWN, "confidence": 1.0},
        ),
    ],
    ids=["better", "worse"],
)
def test_delivery_has_the_grade_that_another_record_of_the_same_address_gives_the_lead(monkeypatch, first, second):
    workspace, address = people.workspace(credits=50), "p1@brightwater1.example"
    with provider(monkeypatch, [record(1, **first, email=address), record(3, **second, email=address)]):
        run = work_off(start(workspace, criteria=WANTED))

    told = dict(Delivery.objects.filter(run=run).values_list("lead", "grade"))
    assert len(told) == 1
    assert told == dict(LeadScore.objects.of(workspace).values_list("pk", "grade"))


def test_who_is_good_enough_only_by_what_a_colleague_says_is_not_delivered_without_the_colleague(monkeypatch):
    workspace = people.workspace(credits=50)
    with provider(monkeypatch, [record(2, title="CEO", **COLLEAGUE), record(1, title="CEO", company=KNOWN)]):
        run = work_off(start(workspace, criteria=WANTED, lowest_grade="B", most_leads=1))

    told = dict(Delivery.objects.filter(run=run).values_list("lead", "grade"))
    assert told == dict(LeadScore.objects.of(workspace).values_list("pk", "grade"))
    assert set(told.values()) <= {"A+", "A", "B"}
    assert (run.delivered, run.spent) == (1, credits(1))


def test_stop_that_is_clicked_while_a_batch_is_written_gives_the_batch_up(monkeypatch):
    workspace, written, save = people.workspace(credits=50), [], saving.save

    def write_while_somebody_stops(*args, **options):
        marks = save(*args, **options)
        written.append(Delivery.objects.count())
        other.execute(stop_notice.RAISE, [run.pk.int & stop_notice.BITS])
        return marks

    with closing(psycopg.connect(**app_parameters())) as other, provider(monkeypatch, [record(1)]):
        run = start(workspace)
        monkeypatch.setattr(saving, "save", write_while_somebody_stops)
        turn(now=timezone.now(), run=run)
        other.rollback()
        stopped = stop_generation(run, by=run.started_by, now=timezone.now())
        is_free = other.execute("SELECT pg_try_advisory_lock(%s)", [run.pk.int & stop_notice.BITS]).fetchone()

    assert written == [1]
    assert (stopped.state, stopped.delivered, stopped.spent) == ("stopped", 0, credits(0))
    assert is_free == (False,)


def test_who_resumes_a_run_pays_for_what_it_delivers_then(monkeypatch):
    workspace = people.workspace(credits=100)
    resumer = people.membership(workspace, monthly_limit=credits(40)).user
    with provider(monkeypatch, [record(number) for number in range(60)], batch=5):
        run = start(workspace, most_leads=35)
        turn(now=timezone.now(), run=run)
        stopped = stop_generation(run, by=run.started_by, now=timezone.now())
        done = work_off(resume_generation(stopped, by=resumer, now=timezone.now()))

    captures = CreditEntry.objects.of(workspace).filter(kind="capture")
    for member, spent in ((run.started_by, stopped.spent), (resumer, done.spent - stopped.spent)):
        assert -sum(entry.posted for entry in captures.filter(actor_id=member.pk)) == spent > 0
        assert allowance(workspace.pk, member.pk, now=timezone.now()).used == spent


def test_scores_of_the_batch_and_of_colleagues_are_locked_by_key_before_the_first_is_written(monkeypatch):
    """They are scored in several goes: a rescoring of all that goes by key would wait for one, and be waited for."""
    workspace = people.workspace(credits=50)
    asked = {"criteria": WANTED, "new_only": False}
    with provider(monkeypatch, [record(number, title="CEO", company=OF_BOTH, confidence=0.2) for number in (1, 2)]):
        work_off(start(workspace, **asked))

    moved = record(2, title="CEO", company={**OF_BOTH, **ELSEWHERE}, confidence=1.0)
    with provider(monkeypatch, [moved]), CaptureQueriesContext(connection) as said:
        work_off(start(workspace, **asked))

    goes = [each["sql"] for each in said if "scoring_leadscore" in each["sql"]]
    first = next(sql for sql in goes if "FOR NO KEY UPDATE" in sql or "INSERT INTO" in sql)
    assert all(lead.pk.hex in first for lead in Lead.objects.of(workspace))
    assert "ORDER BY" in first
    assert sum("INSERT INTO" in sql for sql in goes) == 2
