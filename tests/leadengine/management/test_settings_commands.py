"""Commands that do what the settings' pages do."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    workspace = people.workspace()
    people.owner(workspace)
    return workspace


def told(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_reuse_window_is_shown_and_set(workspace):
    assert "365 days" in told("reuse_window", "--workspace", workspace.slug)

    data = json.loads(told("reuse_window", "--workspace", workspace.slug, "--json", "30"))

    workspace.refresh_from_db()
    assert data == {"workspace": workspace.slug, "reuse_days": 30}
    assert workspace.reuse_days == 30


def test_odd_window_is_refused(workspace):
    with pytest.raises(CommandError, match="1 to 3650"):
        told("reuse_window", "--workspace", workspace.slug, "0")


def test_audit_lists_what_was_done(workspace):
    told("reuse_window", "--workspace", workspace.slug, "30")

    data = json.loads(told("audit", "--workspace", workspace.slug, "--json", "--group", "credits"))

    assert [event["verb"] for event in data["events"]] == ["workspace.reuse_days", "workspace.created"]
    assert (data["events"][0]["about"], data["events"][0]["url"]) == ("Privacy", "/settings/privacy/")
    assert "Set how long a lead stays known (stays known for: 365 days → 30 days) · Privacy" in told(
        "audit", "--workspace", workspace.slug
    )
