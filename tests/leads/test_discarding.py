"""Deleting and merging, and taking both back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from leads import discarding, grouping
from leads.models import DiscardedGroup, Lead, LeadList, Tag
from tests.factories import groups, leads, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return people.workspace()


def held(group) -> set[Lead]:
    return set(grouping.members(group))


@pytest.mark.parametrize("make", [groups.tag, groups.lead_list], ids=["tag", "list"])
def test_deleted_group_comes_back_with_its_leads(workspace, make):
    one = leads.lead(workspace)
    kept = discarding.discard(make(workspace, "Warm", one), now=timezone.now())
    assert not Tag.objects.exists()
    assert not LeadList.objects.exists()

    back = discarding.restore(kept)

    assert (back.name, held(back)) == ("Warm", {one})
    assert not DiscardedGroup.objects.exists()


def test_list_comes_back_as_its_makers(workspace):
    by = people.rep(workspace)
    kept = discarding.discard(groups.lead_list(workspace, "Fair", by=by), now=timezone.now())

    back = discarding.restore(kept)

    assert (back.created_by, back.created_at) == (by, kept.created_at)


def test_group_whose_name_is_taken_by_now_does_not_come_back(workspace):
    kept = discarding.discard(groups.tag(workspace, "Warm"), now=timezone.now())
    groups.tag(workspace, "warm")

    with pytest.raises(discarding.CannotRestore, match="another tag “Warm” by now"):
        discarding.restore(kept)

    assert DiscardedGroup.objects.filter(pk=kept.pk).exists()


def test_merged_tag_leaves_its_leads_to_the_other(workspace):
    both, one = leads.lead(workspace), leads.lead(workspace)
    tag, into = groups.tag(workspace, "Hot", both, one), groups.tag(workspace, "Warm", both)

    discarding.merge(tag, into, now=timezone.now())

    assert held(into) == {both, one}
    assert not Tag.objects.filter(name="Hot").exists()


def test_merge_is_taken_back_to_the_lead(workspace):
    both, one = leads.lead(workspace), leads.lead(workspace)
    tag, into = groups.tag(workspace, "Hot", both, one), groups.tag(workspace, "Warm", both)
    kept = discarding.merge(tag, into, now=timezone.now())

    back = discarding.restore(kept)

    assert held(back) == {both, one}
    assert held(into) == {both}


def test_merge_comes_back_though_the_other_tag_is_gone(workspace):
    one = leads.lead(workspace)
    tag, into = groups.tag(workspace, "Hot", one), groups.tag(workspace, "Warm")
    kept = discarding.merge(tag, into, now=timezone.now())
    into.delete()

    assert held(discarding.restore(kept)) == {one}


def test_what_was_deleted_long_ago_is_forgotten(workspace):
    now = timezone.now()
    discarding.discard(groups.tag(workspace, "Old"), now=now - discarding.KEPT - timedelta(minutes=1))
    young = discarding.discard(groups.tag(workspace, "Young"), now=now - discarding.KEPT + timedelta(minutes=1))

    assert discarding.sweep_discarded(now=now) == 1
    assert list(DiscardedGroup.objects.all()) == [young]
