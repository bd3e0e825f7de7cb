"""What the hourly sweep forgets."""

from datetime import timedelta

import pytest
from django.utils import timezone

from leadengine.workflows.sweeping import sweep
from leads.discarding import KEPT, discard
from leads.models import DiscardedGroup
from tests.factories import groups, people

pytestmark = pytest.mark.django_db


def test_deleted_tags_and_lists_are_forgotten_after_a_while():
    discard(groups.tag(people.workspace()), now=timezone.now())

    forgotten = sweep(now=timezone.now() + KEPT + timedelta(seconds=1))

    assert forgotten["groups"] == 1
    assert not DiscardedGroup.objects.exists()
