"""Two managers who publish in the same moment: one is first, the other is told so in a sentence."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from leadengine.workflows.publishing import publish_profile
from scoring import profiles
from scoring.models import Profile
from scoring.versions import CannotPublish, drafted
from scoring.weighting import Weighting
from tests.factories import people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("industry", "seen", "version"), [("", 1, 2), ("retail", 0, 1)], ids=["default", "new"])
def test_one_of_two_is_first(industry, seen, version):
    workspace = people.workspace()
    profiles.ensure_default(workspace)
    users = [people.manager(workspace), people.manager(workspace)]
    start = Barrier(2)

    def publish(user) -> str:
        draft = drafted(workspace, industry, Weighting(), note="", by=user, now=timezone.now())
        start.wait(timeout=10)
        try:
            publish_profile(draft, seen=seen, by=user, now=timezone.now())
        except CannotPublish as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(publish, users))

    assert said[0] == ""
    assert f"published version {version}" in said[1]
    assert Profile.objects.of(workspace).filter(industry=industry, state="published").count() == 1
