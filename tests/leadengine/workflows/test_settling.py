"""What the transaction of a batch sees that its judging could not: another source that was quicker, another payer."""

import pytest
from django.utils import timezone

from billing.limits import allowance
from billing.models import CreditEntry
from leadengine.workflows import lanes
from leadengine.workflows.dispatch import turn
from leadengine.workflows.generation import resume_generation, stop_generation
from leadengine.workflows.receipts import run_receipt
from leads.models import Exclusion, Lead, Run
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
