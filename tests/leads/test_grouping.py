"""Tags and lists: names, and leads put into them and taken out in sets."""

from __future__ import annotations

import pytest
from django.utils import timezone

from leads import grouping
from leads.models import Lead, LeadList, Tag
from tests.factories import groups, leads, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return people.workspace()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("  ", "Give the tag a name."),
        ("x" * 41, "at most 40 characters"),
        ("WARM ", "There is a tag “WARM” already."),
    ],
    ids=["empty", "long", "taken in another case"],
)
def test_unusable_name_is_refused_in_words(workspace, name, said):
    groups.tag(workspace, "Warm")

    with pytest.raises(grouping.UnusableName, match=said):
        grouping.create_tag(workspace, name)


def test_same_name_in_another_workspace_is_free(workspace):
    groups.tag(people.workspace(), "Warm")

    assert grouping.create_tag(workspace, " Warm ").name == "Warm"


def test_group_may_be_renamed_to_its_own_name_in_another_case(workspace):
    tag = groups.tag(workspace, "warm")

    before = grouping.rename(tag, "Warm")

    assert (before, Tag.objects.get(pk=tag.pk).name) == ("warm", "Warm")


@pytest.mark.parametrize("kind", [Tag, LeadList])
def test_name_that_is_there_finds_its_group_and_another_makes_one(workspace, kind):
    by, now = people.rep(workspace), timezone.now()
    first = grouping.named(workspace, kind, "Warm", by=by, now=now)

    again = grouping.named(workspace, kind, " warm ", by=by, now=now)
    other = grouping.named(workspace, kind, "Cold", by=by, now=now)

    assert again == first
    assert other != first


@pytest.mark.parametrize("make", [groups.tag, groups.lead_list], ids=["tag", "list"])
def test_leads_are_added_once_and_only_those_of_the_workspace(workspace, make):
    here, gone = leads.lead(workspace), leads.lead(workspace, erased_at=timezone.now())
    there = leads.lead(people.workspace())
    group = make(workspace)

    first = grouping.add_many(group, Lead.objects.filter(pk__in=[here.pk, gone.pk, there.pk]))
    again = grouping.add_many(group, Lead.objects.filter(pk=here.pk))

    assert (first, again) == (1, 0)
    assert list(grouping.members(group)) == [here]


def test_set_of_any_size_is_added_by_one_statement(workspace, django_assert_num_queries):
    company = leads.company(workspace)
    for _ in range(12):
        leads.lead(workspace, company=company)
    group = groups.lead_list(workspace)

    with django_assert_num_queries(1):
        number = grouping.add_many(group, Lead.objects.filter(company__name=company.name))

    assert number == 12


def test_nobody_is_added_where_nobody_is_meant(workspace):
    assert grouping.add_many(groups.tag(workspace), Lead.objects.filter(pk__in=[])) == 0


@pytest.mark.parametrize("make", [groups.tag, groups.lead_list], ids=["tag", "list"])
def test_leads_are_taken_out_and_others_stay(workspace, make):
    one, other = leads.lead(workspace), leads.lead(workspace)
    group = make(workspace, "", one, other)

    number = grouping.remove_many(group, Lead.objects.filter(pk=one.pk))

    assert number == 1
    assert list(grouping.members(group)) == [other]
