"""`manage.py schedule_search` does what the page of a schedule does."""

import pytest

from leads.models import SearchSchedule
from tests.commands import data, refused, words
from tests.factories import people, runs

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved():
    workspace = people.workspace()
    return runs.saved_search(workspace, created_by=people.manager(workspace), name="Pumps")


def asked(saved, *arguments: object) -> tuple[object, ...]:
    return ("schedule_search", "--workspace", saved.workspace.slug, "--by", saved.created_by.email, *arguments)


def test_sets_lists_pauses_and_resumes(saved):
    made = data(*asked(saved, "--set", "Pumps", "--every", "daily", "--hour", 9, "--time-zone", "Europe/Madrid"))

    (schedule,) = made["schedules"]
    assert (made["time_zone"], schedule["when"], schedule["state"]) == ("Europe/Madrid", "Daily at 09:00", "on")
    assert "Pumps: Daily at 09:00, on" in words(*asked(saved))
    assert data(*asked(saved, "--pause", "Pumps"))["schedules"][0]["state"] == "paused"
    assert data(*asked(saved, "--resume", "Pumps"))["schedules"][0]["state"] == "on"


def test_removes(saved):
    data(*asked(saved, "--set", "Pumps"))

    assert data(*asked(saved, "--remove", "Pumps"))["schedules"] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--set", "Valves"], "has no saved search “Valves” to schedule"),
        (["--set", "Pumps", "--hour", "24"], "hour: Ensure this value is less than or equal to 23."),
        (["--set", "Pumps", "--most-leads", "many"], "most leads: “many” value must be an integer."),
        (["--set", "Pumps", "--most-credits-a-month", "0"], "greater than or equal to 1"),
        (["--pause", "Pumps"], "“Pumps” has no schedule"),
        (["--remove", "Pumps"], "“Pumps” has no schedule"),
        (["--time-zone", "Mars/Olympus"], "There is no time zone"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_mistakes_are_refused_with_a_sentence(saved, arguments, told):
    assert told in refused(*asked(saved, *arguments))
    assert not SearchSchedule.objects.exists()
