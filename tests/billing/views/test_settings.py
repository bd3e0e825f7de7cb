"""The settings: one's own for everybody, the workspace's for its managers."""

import pytest
from django.test import Client
from django.urls import reverse

from billing.models import AuditEvent
from tests.factories import people

pytestmark = pytest.mark.django_db

OVERVIEW, PROFILE, DISPLAY, PRIVACY, DAYS = (
    reverse(f"billing:{name}")
    for name in ("settings", "settings-profile", "settings-display", "settings-privacy", "reuse-days")
)


@pytest.fixture
def workspace():
    return people.workspace(name="North")


@pytest.fixture
def rep(client: Client, workspace):
    user = people.rep(workspace, user=people.user(first_name="Rosa", last_name="Lindqvist"))
    client.force_login(user)
    return user


@pytest.fixture
def manager(client: Client, workspace):
    user = people.manager(workspace)
    client.force_login(user)
    return user


def test_overview_leads_managers_to_the_audit_and_reps_not(client: Client, workspace, rep) -> None:
    assert reverse("billing:audit") not in client.get(OVERVIEW).content.decode()

    client.force_login(people.manager(workspace))

    assert reverse("billing:audit") in client.get(OVERVIEW).content.decode()


def test_name_is_changed_and_the_address_is_not(client: Client, rep) -> None:
    answer = client.post(PROFILE, {"first_name": "Rosalind", "last_name": "Berg", "email": "x@evil.example"})

    before = rep.email
    rep.refresh_from_db()
    assert (answer.status_code, rep.name, rep.email) == (303, "Rosalind Berg", before)


def test_name_without_letters_gets_the_form_back(client: Client, rep) -> None:
    answer = client.post(PROFILE, {"first_name": "", "last_name": "Berg"})

    assert answer.status_code == 422
    assert b"Rosa Lindqvist" in answer.content  # the frame still names the person


def test_display_follows_the_person(client: Client, rep) -> None:
    client.post(DISPLAY, {"theme": "dark", "density": "compact"})
    client.cookies.pop("theme")

    page = client.get(OVERVIEW).content.decode()

    assert 'data-theme="dark" data-density="compact"' in page
    assert "data-keys" not in page


def test_odd_display_gets_the_form_back_and_changes_nothing(client: Client, rep) -> None:
    answer = client.post(DISPLAY, {"theme": "pink", "density": "compact", "has_keys": "on"})

    rep.refresh_from_db()
    assert (answer.status_code, rep.density) == (422, "roomy")


def test_manager_sets_how_long_a_lead_stays_known(client: Client, workspace, manager) -> None:
    answer = client.post(DAYS, {"days": "90"})

    workspace.refresh_from_db()
    event = AuditEvent.objects.get(verb="workspace.reuse_days")
    assert (answer.status_code, workspace.reuse_days) == (303, 90)
    assert (event.before, event.after, event.actor_id) == ({"reuse_days": 365}, {"reuse_days": 90}, manager.pk)


@pytest.mark.parametrize("days", ["0", "-1", "x", "4000", ""])
def test_bad_number_of_days_is_refused(client: Client, workspace, manager, days: str) -> None:
    answer = client.post(DAYS, {"days": days})

    workspace.refresh_from_db()
    assert (answer.status_code, workspace.reuse_days) == (422, 365)


def test_rep_reads_how_long_a_lead_stays_known(client: Client, rep) -> None:
    page = client.get(PRIVACY).content.decode()

    assert "within 365 days" in page
    assert DAYS not in page


def test_forms_of_limits_and_members_say_what_is_not_saved(client):
    workspace = people.workspace()
    client.force_login(people.owner(workspace))
    member = people.membership(workspace, "rep")

    pages = [
        client.get(place).content.decode()
        for place in (reverse("billing:settings-limits"), reverse("billing:member-edit", args=[member.pk]))
    ]

    assert all("data-watch" in page and "data-unsaved" in page for page in pages)
