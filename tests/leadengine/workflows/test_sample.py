"""The sample: made whole, repeated in seconds, kept fresh."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from billing.models import Membership, User
from leadengine.signins import SignIn
from leadengine.workflows.sample import SampleReport, load_sample
from leads.models import Dataset

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SIGN_INS = [SignIn(role, f"{role}@sample.example", f"{role}-of-the-sample") for role in ("rep", "manager", "ops")]


def load(now: datetime = NOW) -> SampleReport:
    return load_sample(SIGN_INS, companies=20, people=40, now=now)


def test_sample_has_directory_credits_and_three_people() -> None:
    report = load()

    assert (report.is_new, report.companies, report.people, report.credits) == (True, 20, 40, Decimal(500))
    roles = dict(Membership.objects.values_list("user__email", "role"))
    assert roles == {"rep@sample.example": "rep", "manager@sample.example": "manager", "ops@sample.example": "owner"}
    assert list(User.objects.filter(is_superuser=True).values_list("email", flat=True)) == ["ops@sample.example"]
    assert User.objects.get(email="rep@sample.example").check_password("rep-of-the-sample")


def test_sample_loaded_again_grants_nothing_and_leaves_the_directory(django_assert_max_num_queries) -> None:
    load()

    with django_assert_max_num_queries(60):
        again = load(NOW + timedelta(days=2))

    assert (again.is_new, again.companies, again.credits) == (False, 20, Decimal(500))
    assert set(Dataset.objects.values_list("loaded_at__date", flat=True)) == {NOW.date()}


def test_sample_of_last_month_is_moved_on() -> None:
    load()

    load(NOW + timedelta(days=30))

    assert {each.observed_at.date() for each in Dataset.objects.all()} == {(NOW + timedelta(days=30)).date()}
