"""What the columns of the board show, in how many queries."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from leads import board
from leads.editing import Change, edit
from leads.models import EditedField, Lead, Stage
from tests.factories import leads, people, scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return people.workspace()


def columns(workspace, **options) -> dict[str, board.Column]:
    stages = Stage.objects.of(workspace).order_by("position")
    return {each.stage.key: each for each in board.columns(Lead.objects.of(workspace), stages, **options)}


def names(column) -> list[str]:
    return [lead.full_name for lead in column.cards]


def many(workspace, number: int, **fields) -> None:
    company = leads.company(workspace)
    for place in range(number):
        leads.lead(workspace, f"Person {place:02}", company=company, **fields)


def test_each_stage_has_a_column_though_nobody_is_in_it(workspace):
    found = columns(workspace)

    assert list(found) == ["new", "working", "meeting", "won", "lost", "disqualified"]
    assert {each.count for each in found.values()} == {0}


def test_best_score_stands_first_and_those_without_one_last(workspace):
    leads.lead(workspace, "Anna, not graded")
    for grade in ("C", "A+", "B"):
        scores.score(leads.lead(workspace, f"Grade {grade}"), grade)

    assert names(columns(workspace)["new"]) == ["Grade A+", "Grade B", "Grade C", "Anna, not graded"]


def test_column_shows_the_first_twenty_and_tells_the_rest(workspace):
    many(workspace, 23)

    column = columns(workspace)["new"]

    assert (column.count, column.shown, column.next_shown, column.is_cut) == (23, 20, 40, False)


def test_column_shows_more_where_it_is_asked(workspace):
    many(workspace, 23)

    column = columns(workspace, shown={"new": 40})["new"]

    assert (column.shown, column.next_shown) == (23, 0)


def test_more_cards_go_on_where_the_first_ended(workspace):
    many(workspace, 23)
    stage = Stage.objects.of(workspace).get(key="new")

    (column,) = board.columns(Lead.objects.of(workspace), [stage], shown={"new": 40}, skip=20)

    assert names(column) == ["Person 20", "Person 21", "Person 22"]
    assert column.shown == 23


@pytest.mark.parametrize(
    ("shown", "count", "next_shown", "is_cut"),
    [(20, 20, 0, False), (20, 21, 40, False), (190, 500, board.MOST, False), (board.MOST, 500, 0, True)],
)
def test_column_grows_by_steps_up_to_the_most(shown, count, next_shown, is_cut):
    column = board.Column(Stage(key="new"), count, (), (Lead(),) * shown)

    assert (column.next_shown, column.is_cut) == (next_shown, is_cut)


def test_deals_are_added_up_by_currency(workspace):
    for value, currency in ((1000, "EUR"), (500, "EUR"), (70, "USD"), (None, "")):
        leads.lead(workspace, deal_value=value, deal_currency=currency)

    assert columns(workspace)["new"].worth == (board.Worth(Decimal(1500), "EUR"), board.Worth(Decimal(70), "USD"))


def test_card_says_since_when_it_is_in_the_stage(workspace):
    now = timezone.now()
    moved = leads.lead(workspace, created_at=now - timedelta(days=9))
    stayed = leads.lead(workspace, created_at=now - timedelta(days=5))
    change = Change(EditedField.STAGE, Stage.objects.of(workspace).get(key="working"))
    edit(
        Lead.objects.filter(pk=moved.pk),
        change,
        workspace=workspace,
        by=people.rep(workspace),
        now=now - timedelta(days=2),
    )

    found = columns(workspace)

    assert found["working"].cards[0].in_stage_since == now - timedelta(days=2)
    assert found["new"].cards[0].in_stage_since == stayed.created_at


def test_number_of_queries_is_fixed(workspace, django_assert_num_queries):
    many(workspace, 25)
    stages = list(Stage.objects.of(workspace))
    for place in range(8):
        stages.append(Stage.objects.create(workspace=workspace, key=f"own-{place}", name=f"Own {place}", position=9))
        many(workspace, 2, stage=stages[-1])

    with django_assert_num_queries(3):
        found = board.columns(Lead.objects.of(workspace), stages)
        shown = [(lead.company.name, lead.owner, getattr(lead, "score", None)) for each in found for lead in each.cards]

    assert len(shown) == 36
