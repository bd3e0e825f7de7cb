"""Who was left out of a run stands the best first, with the grade that was judged then."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from leadengine.workflows.leftovers import include
from leads.models import Delivery, Exclusion, Lane, Run
from leads.suppressing import suppress
from tests.factories import people, runs
from tests.fakes.workers import provider, record, start, work_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return people.workspace(credits=50)


@pytest.fixture
def lane(client, workspace) -> Lane:
    client.force_login(people.rep(workspace))
    return runs.lane(runs.run(workspace, state="finished"))


def page_of(client, run: Run, reason: str) -> str:
    return client.get(reverse("leads:run-exclusions", args=[run.pk]), {"reason": reason}).content.decode()


def test_best_stand_first_and_who_was_not_graded_last_by_time(client, lane):
    for label, grade, total in (("Old", "", None), ("Fair", "C", 41), ("Older", "", None), ("Fine", "B", 66)):
        runs.exclusion(lane, label=label, grade=grade, total=total)

    body = page_of(client, lane.run, "below_grade").split("<tbody>")[1]

    assert re.findall(r"card-title\">(\w+)", body) == ["Fine", "Fair", "Old", "Older"]


def test_grade_is_shown_when_the_data_is_not_kept_any_more(client, lane):
    runs.exclusion(lane, grade="B", total=66, candidate=None)

    row = page_of(client, lane.run, "below_grade").split("<tbody>")[1]

    assert re.search(r'class="grade[^"]*"[^>]*>.*66', row, re.DOTALL)


def test_keyboard_goes_on_at_the_next_best(client, monkeypatch, workspace):
    with provider(monkeypatch, [record(number) for number in range(4)]):
        run = work_off(start(workspace, most_leads=1))
    client.force_login(run.started_by)
    first, second, third = run.exclusions.order_by("pk")
    for row, total in ((first, 10), (second, 60), (third, 35)):
        Exclusion.objects.filter(pk=row.pk).update(total=total)

    asked = {"reason": "limit_reached", "exclusion": third.pk}
    place = client.post(reverse("leads:exclusion-include", args=[run.pk]), asked).url

    assert place.endswith(f"#include-{first.pk}")


def test_run_keeps_the_grade_of_whom_it_leaves_out(monkeypatch, workspace):
    with provider(monkeypatch, [record(number) for number in range(4)]):
        run = work_off(start(workspace, most_leads=1))

    rows = run.exclusions.values_list("grade", "total")
    delivered = Delivery.objects.get(run=run).grade

    assert {grade for grade, _total in rows} == {delivered}
    assert all(0 < total <= 100 for _grade, total in rows)


def test_who_is_suppressed_has_no_grade(monkeypatch, workspace):
    from_list = record(0)
    suppress("email", from_list["email"], workspace=workspace, by=None, note="", now=timezone.now())

    with provider(monkeypatch, [from_list]):
        run = work_off(start(workspace, most_leads=1))

    row = run.exclusions.get()
    assert (row.reason, row.grade, row.total) == ("suppressed", "", None)


def test_one_click_takes_the_best_of_a_reason(monkeypatch, workspace):
    monkeypatch.setattr("leadengine.workflows.leftovers.MOST_AT_ONCE", 1)
    with provider(monkeypatch, [record(number) for number in range(4)]):
        run = work_off(start(workspace, most_leads=1))
    best = run.exclusions.order_by("pk").last()
    Exclusion.objects.filter(pk=best.pk).update(total=99)

    include(run, reason="limit_reached", by=run.started_by, now=timezone.now())

    best.refresh_from_db()
    assert best.included_at
