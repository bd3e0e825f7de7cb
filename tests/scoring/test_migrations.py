"""What migrations of scoring put right in databases that exist."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from scoring.models import Profile, Rescoring
from tests.factories import people, scores

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 1, 20, tzinfo=UTC)  # before migration 0008 was applied to the tests' database
WAS, EARLIER, OWN = {"places": ["DE"]}, {"places": ["AT"]}, {"places": ["CH"]}


def version(industry: str, ideal: dict, number: int = 1, *, since: int | None = 9, until: int | None = None) -> dict:
    """In force from so many days before the draft was made, until so many before it."""
    ends = {"published_at": since and MADE - timedelta(since), "retired_at": until and MADE - timedelta(until)}
    return {
        "industry": industry,
        "ideal": ideal,
        "version": number,
        "state": "retired" if until else "published",
    } | ends


STILL = version("", EARLIER)
ABOVE = [STILL, version("retail", WAS)]
WITHDRAWN = [version("", WAS), version("retail-groceries", EARLIER, until=1)]
FIRST = [version("", WAS, since=None)]


@pytest.mark.parametrize(
    ("versions", "ideal", "found", "expected"),
    [
        (ABOVE, WAS, True, False),
        (ABOVE, EARLIER, False, True),
        (WITHDRAWN, WAS, True, False),
        (FIRST, OWN, False, True),
        (FIRST, WAS, False, False),
        ([STILL], OWN, True, True),
        ([STILL], EARLIER, False, False),
        (ABOVE, OWN, True, True),
        (ABOVE, EARLIER, True, True),
    ],
    ids=[
        "follows an industry above",
        "as the default, not as above",
        "its industry's was withdrawn",
        "beside a first version",
        "follows a first version",
        "set",
        "follows",
        "set beside one above",
        "set since 0008",
    ],
)
def test_whether_an_older_draft_has_an_ideal_customer_of_its_own(versions, ideal, found, expected) -> None:
    workspace = people.workspace()
    Profile.objects.of(workspace).delete()
    Profile.objects.bulk_create(Profile(workspace=workspace, **each) for each in versions)
    draft = scores.draft(workspace, "retail-groceries", ideal=ideal, has_own_ideal=found, version=7, created_at=MADE)

    import_module("scoring.migrations.0009_ideals_of_older_drafts").put_right(apps, None)

    draft.refresh_from_db()
    assert draft.has_own_ideal is expected


def test_what_was_drafted_since_is_left_alone() -> None:
    draft = scores.draft(people.workspace(), "retail", ideal=OWN, has_own_ideal=False)

    import_module("scoring.migrations.0009_ideals_of_older_drafts").put_right(apps, None)

    draft.refresh_from_db()
    assert draft.has_own_ideal is False


def test_rescoring_that_measured_a_version_in_force_begins_anew() -> None:
    old = {"measure": [7], "measured": 50_000, "after": "b", "sums": {}}
    Rescoring.objects.create(workspace=people.workspace(), cursor=old)
    going_on = Rescoring.objects.create(workspace=people.workspace(), cursor={"after": "b"})

    import_module("scoring.migrations.0010_measured_before_publishing").begin_anew(apps, None)

    assert [each.cursor for each in Rescoring.objects.order_by("pk")] == [{}, going_on.cursor]


def test_only_the_newest_open_rescoring_of_a_workspace_goes_on() -> None:
    end_older = import_module("scoring.migrations.0011_one_open_rescoring").end_older
    workspace, other = people.workspace(), people.workspace()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX rescoring_one_open")
    made = [
        Rescoring.objects.create(workspace=of, why="Rates", created_at=MADE + timedelta(hours=hours))
        for of, hours in [(workspace, 2), (workspace, 1), (other, 0)]
    ]

    end_older(apps, None)

    states = [Rescoring.objects.get(pk=each.pk).state for each in made]
    assert states == ["queued", "stopped", "queued"]
