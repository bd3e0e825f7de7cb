"""What the audit says of versions that were put in force."""

from __future__ import annotations

import pytest
from django.utils import timezone

from billing.models import AuditEvent
from leadengine.workflows.publishing import publish_profile
from leadengine.workflows.scoring import publish_ideal
from scoring.ideal import IdealCustomer
from scoring.profiles import ensure_default
from scoring.versions import drafted
from scoring.weighting import Weighting
from tests.factories import people

pytestmark = pytest.mark.django_db
IDEAL = {"industries": ["retail"]}
WEIGHTS = Weighting().weights
OTHER = (WEIGHTS[0] + 1, WEIGHTS[1] - 1, *WEIGHTS[2:])


def last() -> tuple[str, dict[str, object]]:
    event = AuditEvent.objects.order_by("pk").last()
    return event.verb, event.after


def publish(workspace, weights: tuple[int, ...], ideal: dict[str, object]) -> None:
    draft = drafted(workspace, "", Weighting(weights), note="", by=None, now=timezone.now(), ideal=ideal)
    publish_profile(draft, by=None, now=timezone.now())


@pytest.fixture
def workspace():
    made = people.workspace()
    ensure_default(made)
    return made


def test_saving_the_ideal_customer_is_called_that(workspace) -> None:
    publish_ideal(workspace, IdealCustomer.from_json(IDEAL), by=people.rep(workspace), now=timezone.now())

    assert last() == ("profile.ideal_saved", {"version": 2})


@pytest.mark.parametrize(
    ("weights", "ideal", "told"),
    [
        (OTHER, {}, {"version": 2}),
        (OTHER, IDEAL, {"version": 2, "other_ideal": True}),
        (WEIGHTS, {}, {"version": 2}),
    ],
    ids=["weights", "weights and ideal customer", "nothing"],
)
def test_publishing_says_whether_the_ideal_customer_changed_too(workspace, weights, ideal, told) -> None:
    publish(workspace, weights, ideal)

    assert last() == ("profile.published", told)
