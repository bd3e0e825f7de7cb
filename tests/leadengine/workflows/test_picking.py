"""A person decides between sources: the value is used, checked, above every source, and can be put back."""

import pytest
from django.utils import timezone

from leadengine.workflows.picking import NotPickable, pick
from leads.conflicts import conflicts
from leads.models import Activity, Authority, Evidence, FieldChange
from leads.suppressing import suppress
from tests.factories import leads, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return leads.lead(people.workspace(), "Ada Lovelace", email="ada@bright.example", title="CTO", seniority="c-level")


@pytest.fixture
def by(lead):
    return people.rep(lead.workspace)


def other(lead, field: str, value: str) -> Evidence:
    """What the file says, beside what the directory says and is in use."""
    leads.evidence(lead, field)
    return leads.evidence(lead, field, value=value, source="file", is_current=False)


def rows(lead):
    return Evidence.objects.filter(lead=lead)


def test_picked_title_is_used_with_what_it_means_and_nothing_overrules_it(lead, by):
    row = other(lead, "title", "Junior Sales Representative")

    pick(lead, row, by=by, now=timezone.now())

    lead.refresh_from_db()
    assert (lead.title, lead.seniority != "c-level") == ("Junior Sales Representative", True)
    assert rows(lead).get(is_current=True).authority == Authority.PERSON
    assert [each.is_settled for each in conflicts(rows(lead))] == [True]


def test_picked_address_is_checked(lead, by):
    row = other(lead, "email", "info@bright.example")

    pick(lead, row, by=by, now=timezone.now())

    lead.refresh_from_db()
    assert (lead.email, lead.email_flags) == ("info@bright.example", "role")


def test_picking_is_told_and_kept_as_a_change(lead, by):
    pick(lead, other(lead, "title", "CIO"), by=by, now=timezone.now())

    change = FieldChange.objects.get(lead=lead, field="title")
    assert (change.before, change.after, change.by) == ("CTO", "CIO", by)
    assert Activity.objects.get(lead=lead).text == "CIO (Your file) was picked"


def test_choice_is_put_back_as_if_it_had_not_been_made(lead, by):
    row = other(lead, "title", "CIO")
    made = pick(lead, row, by=by, now=timezone.now())

    pick(lead, made.before, by=by, now=timezone.now(), restores=made.choice.pk)

    lead.refresh_from_db()
    assert lead.title == "CTO"
    assert rows(lead).get(is_current=True) == made.before
    assert [each.is_settled for each in conflicts(rows(lead))] == [False]


def test_second_choice_is_put_back_to_the_first(lead, by):
    row = other(lead, "title", "CIO")
    first = pick(lead, row, by=by, now=timezone.now())
    second = pick(lead, first.before, by=by, now=timezone.now())

    pick(lead, second.before, by=by, now=timezone.now(), restores=second.choice.pk)

    lead.refresh_from_db()
    assert lead.title == "CIO"
    assert rows(lead).get(is_current=True) == first.choice


def test_choice_is_not_put_back_after_somebody_chose_again(lead, by):
    first = pick(lead, other(lead, "title", "CIO"), by=by, now=timezone.now())
    pick(lead, first.before, by=people.rep(lead.workspace), now=timezone.now())

    with pytest.raises(NotPickable, match="chosen again since"):
        pick(lead, first.before, by=by, now=timezone.now(), restores=first.choice.pk)

    lead.refresh_from_db()
    assert rows(lead).get(is_current=True).value == first.before.value


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [("email", "not an address", "not valid"), ("company.city", "Ulm", "about the person")],
    ids=["unusable", "of the company"],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(lead, by, field, value, why):
    row = leads.evidence(lead, field, value=value, source="file", is_current=False)

    with pytest.raises(NotPickable, match=why):
        pick(lead, row, by=by, now=timezone.now())

    assert not FieldChange.objects.filter(lead=lead).exists()


def test_address_on_the_suppression_list_is_refused(lead, by):
    row = other(lead, "email", "quiet@bright.example")
    suppress("email", row.value, workspace=lead.workspace, by=by, note="", now=timezone.now())

    with pytest.raises(NotPickable, match="suppression list"):
        pick(lead, row, by=by, now=timezone.now())
