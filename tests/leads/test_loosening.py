"""Which condition keeps the most away when nothing matches."""

import pytest
from django.utils import timezone

from leads.loosening import loosenings
from leads.models import Lead
from leads.query.reading import read
from leads.query.scope import Scope
from tests.factories import leads, people, scores

pytestmark = pytest.mark.django_db


def found(workspace, text: str):
    scope = Scope(now=timezone.now())
    each = loosenings(Lead.objects.of(workspace), read(text, scope).query, scope)
    return [(one.label, one.rest, one.matches) for one in each]


def test_condition_that_removes_most_stands_first(django_assert_num_queries):
    workspace = people.workspace()
    for name, grade in (("Ada", "B"), ("Bo", "B"), ("Cem", "A")):
        scores.score(leads.lead(workspace, name, title="Founder"), grade)

    with django_assert_num_queries(1):
        answer = found(workspace, "grade:B title:founder cem")

    assert answer == [("“cem”", "grade:B title:founder", 2), ("Grade: B", "title:founder cem", 1)]


def test_two_conditions_too_many_have_no_single_way_out():
    workspace = people.workspace()
    leads.lead(workspace, "Ada")

    assert found(workspace, "nobody nowhere") == []


def test_no_condition_has_nothing_to_loosen():
    assert found(people.workspace(), "") == []
