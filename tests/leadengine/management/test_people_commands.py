"""Workspaces and their people from the command line: what pages do, with JSON out and mistakes as sentences."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from billing.models import Membership, User, Workspace
from leadengine.signins import read_or_create
from tests.commands import data, refused, words
from tests.factories import people

pytestmark = pytest.mark.django_db

LONG = "x" * 250


@pytest.fixture
def workspace() -> Workspace:
    made = people.workspace("Ostra Sales")
    people.membership(made, "owner", user=people.user("owner@ostra.example"))
    people.membership(made, "rep", user=people.user("rep@ostra.example"))
    return made


@pytest.fixture
def at(workspace: Workspace) -> tuple[str, str]:
    """The option that names the workspace."""
    return "--workspace", workspace.slug


def test_workspace_is_opened_with_its_owner():
    people.user("owner@ostra.example")

    told = data("create_workspace", "Ostra Sales", "--owner", "OWNER@ostra.example", "--country", "Germany")

    made = Workspace.objects.get(slug=told["workspace"])
    assert (told["workspace"], told["name"], made.country) == ("ostra-sales", "Ostra Sales", "DE")
    assert made.memberships.get().role == "owner"


def test_second_workspace_of_a_name_gets_another_slug():
    slugs = [data("create_workspace", "Ostra Sales")["workspace"] for _ in range(2)]

    assert slugs == ["ostra-sales", "ostra-sales-2"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("New", "--slug", "taken"), "There is a workspace “taken” already."),
        (("New", "--owner", "nobody@ostra.example"), "Nobody has the e-mail address nobody@ostra.example."),
        (("New", "--slug", "Ostra Sales!"), "The slug is made of letters, digits, hyphens and underscores"),
        (("New", "--slug", "s" * 51), "The slug is made of letters, digits, hyphens and underscores, at most 50."),
        (("New", "--country", "Atlantis"), "“Atlantis” is no country: write two letters, such as DE."),
        (("New", "--country", "XX"), "“XX” is no country:"),
        ((LONG,), "The name has 1 to 100 characters."),
        (("  ",), "The name has 1 to 100 characters."),
    ],
)
def test_workspace_that_cannot_be_opened(arguments: tuple[str, ...], sentence: str):
    people.workspace("Old", slug="taken")

    assert sentence in refused("create_workspace", *arguments)
    assert Workspace.objects.count() == 1


def test_members_are_listed_with_invitations(at):
    data("invite_member", *at, "--email", "New@ostra.example", "--role", "manager")

    told = data("members", *at)

    assert [(each["email"], each["role"]) for each in told["members"]] == [
        ("owner@ostra.example", "owner"),
        ("rep@ostra.example", "rep"),
    ]
    assert [(each["email"], each["role"]) for each in told["invitations"]] == [("new@ostra.example", "manager")]
    assert words("members", *at).count("\n") == 3


def test_members_are_told_by_when_they_were_last_seen(workspace: Workspace, at):
    seen = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
    workspace.memberships.filter(role="owner").update(last_seen_at=seen)
    workspace.memberships.filter(role="rep").update(last_seen_at=None)

    told = [each["last_seen_at"] for each in data("members", *at)["members"]]

    assert told == ["2026-05-04T09:30:00+00:00", None]
    assert "last seen 2026-05-04 09:30" in words("members", *at)
    assert "never seen" in words("members", *at)


def test_members_of_nobody():
    made = people.workspace("Empty")

    assert data("members", "--workspace", made.slug)["members"] == []
    assert words("members", "--workspace", made.slug) == "Nobody works in Empty yet.\n"


def test_member_is_added_with_an_account_and_a_link(client, at):
    told = data("member", *at, "new@ostra.example", "add", "--role", "manager", "--monthly-limit", "20")

    assert (told["email"], told["role"], told["monthly_limit"]) == ("new@ostra.example", "manager", "20.00")
    assert not User.objects.get(email="new@ostra.example").has_usable_password()
    assert client.get(told["password_link"], follow=True).status_code == 200


def test_member_with_an_account_is_added_without_a_link(at):
    people.user("known@ostra.example")

    assert "password_link" not in data("member", *at, "Known@ostra.example", "add")


def test_member_is_changed_ended_and_restored(at, workspace):
    changed = data("member", *at, "rep@ostra.example", "change", "--role", "manager", "--monthly-limit", "none")
    ended = data("member", *at, "rep@ostra.example", "end")
    restored = data("member", *at, "rep@ostra.example", "restore")

    assert (changed["role"], changed["monthly_limit"]) == ("manager", None)
    assert (ended["is_active"], restored["is_active"]) == (False, True)


def test_password_link_of_a_member(client, at):
    link = data("member", *at, "rep@ostra.example", "password-link")["password_link"]

    assert client.get(link, follow=True).status_code == 200


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nobody@ostra.example", "change"), "nobody@ostra.example is not in Ostra Sales; “add” gives them a place."),
        (("rep@ostra.example", "add"), "is in Ostra Sales already"),
        (("owner@ostra.example", "end"), "This is the last owner."),
        (("owner@ostra.example", "change", "--role", "rep"), "This is the last owner."),
        (("rep@ostra.example", "change", "--monthly-limit", "lots"), "“lots” is no amount of credits"),
        (("rep@ostra.example", "change", "--monthly-limit", "99999999999"), "“99999999999” is no amount of credits"),
        (("rep@ostra.example", "change", "--role", "boss"), "invalid choice: 'boss'"),
        (("rep@ostra.example", "promote"), "invalid choice: 'promote'"),
        (("no address", "add"), "“no address” is no e-mail address."),
        (("owner@ostra.example", "end", "--by", "rep@ostra.example"), "Only an owner can change an owner"),
        (
            ("rep@ostra.example", "change", "--by", "x@ostra.example"),
            "Nobody called x@ostra.example works in Ostra Sales.",
        ),
    ],
)
def test_member_mistakes(at, arguments: tuple[str, ...], sentence: str):
    before = set(Membership.objects.values_list("user__email", "role", "monthly_limit", "is_active"))

    assert sentence in refused("member", *at, *arguments)
    assert set(Membership.objects.values_list("user__email", "role", "monthly_limit", "is_active")) == before
    assert User.objects.count() == 2


def test_invitation_is_made_and_revoked(client, at):
    made = data("invite_member", *at)
    answer = client.get(made["link"])

    revoked = data("invite_member", *at, "--revoke", made["number"])

    assert answer.status_code == 200
    assert (revoked["is_revoked"], data("members", *at)["invitations"]) == (True, [])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--email", "no address"), "“no address” is no e-mail address."),
        (("--email", f"{LONG}@ostra.example"), "is no e-mail address."),
        (("--role", "boss"), "invalid choice: 'boss'"),
        (("--revoke", "17"), "Ostra Sales has no open invitation 17; `members` lists them."),
        (("--role", "owner", "--by", "rep@ostra.example"), "You cannot invite somebody in this role"),
    ],
)
def test_invitation_mistakes(at, arguments: tuple[str, ...], sentence: str):
    assert sentence in refused("invite_member", *at, *arguments)


def test_sum_that_is_confirmed_again_is_shown_set_and_taken_away(at):
    told = [data("confirm_sum", *at, *credits)["confirm_above"] for credits in ((), ("75.5",), ("none",))]

    assert told == ["100.00", "75.50", None]


def test_run_limit_is_shown_set_and_taken_away(at):
    told = [data("run_limit", *at, *credits)["most_credits_per_run"] for credits in ((), ("75.5",), (), ("none",))]

    assert told == [None, "75.50", "75.50", None]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("lots",), "“lots” is no amount of credits"),
        (("99999999999",), "“99999999999” is no amount of credits"),
        (("75", "--by", "rep@ostra.example"), "Ask a manager: they set what a run may cost."),
    ],
)
def test_run_limit_mistakes(at, workspace, arguments: tuple[str, ...], sentence: str):
    assert sentence in refused("run_limit", *at, *arguments)
    workspace.refresh_from_db()
    assert workspace.most_credits_per_run is None


@pytest.mark.parametrize("name", ["members", "run_limit", "credits", "invite_member"])
def test_workspace_that_is_not_there(workspace, name: str):
    assert refused(name, "--workspace", "nowhere") == f"There is no workspace “nowhere”. Known: {workspace.slug}."


def test_limit_of_nothing_is_a_limit(at):
    assert data("member", *at, "rep@ostra.example", "change", "--monthly-limit", "0")["monthly_limit"] == "0.00"
    assert Membership.objects.get(user__email="rep@ostra.example").monthly_limit == Decimal(0)


def test_password_renews_the_sign_ins_of_the_sample(settings, tmp_path):
    settings.HOME = tmp_path
    rep = people.user(read_or_create(tmp_path)[0].email)

    said = words("password")

    fresh = {each.role: each.password for each in read_or_create(tmp_path)}
    rep.refresh_from_db()
    assert rep.check_password(fresh["rep"])
    assert said.splitlines()[0].split() == ["rep", rep.email, fresh["rep"]]


def test_password_without_a_sample(settings, tmp_path):
    settings.HOME = tmp_path

    assert refused("password").startswith("The sample is not loaded")


def test_password_is_one_json_object_for_scripts(tmp_path, settings):
    settings.HOME = tmp_path
    for sign_in in read_or_create(tmp_path):
        people.user(sign_in.email)

    told = data("password")

    assert told == {"sign_ins": [asdict(each) for each in read_or_create(tmp_path)]}


def test_workspace_for_invented_data_needs_a_sandbox(settings):
    settings.SANDBOX = False
    sentence = refused("create_workspace", "Trial", "--sample")
    settings.SANDBOX = True

    data("create_workspace", "Trial", "--sample")

    assert sentence == "This server takes no invented data: set SANDBOX=1 for it, or leave out --sample."
    assert Workspace.objects.get().is_sample
