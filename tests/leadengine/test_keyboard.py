"""The list of keys tells what the pages really carry."""

import re

import pytest
from django.urls import reverse

from leadengine.keyboard import key_groups
from tests.factories import people


def test_keys_go_only_to_pages_that_exist():
    going = next(group for group in key_groups() if group.title == "Go to")

    assert {key.does for key in going.keys} >= {"Home", "Leads", "Runs", "Saved searches"}
    assert all(key.keys[0] == "g" for key in going.keys)


@pytest.mark.django_db
@pytest.mark.parametrize("is_manager", [True, False], ids=["manager", "rep"])
def test_each_way_that_is_listed_is_carried_by_a_link(client, is_manager):
    workspace = people.workspace()
    client.force_login(people.manager(workspace) if is_manager else people.rep(workspace))

    page = client.get(reverse("leadengine:keys")).content.decode()

    carried = set(re.findall(r'data-key="([^"]+)"', page))
    going = next(group for group in key_groups(is_manager=is_manager) if group.title == "Go to")
    assert ("g d" in carried, "On the dashboard" in page) == (is_manager, is_manager)
    assert {" ".join(key.keys) for key in going.keys} | {"n"} == carried


@pytest.mark.django_db
def test_the_page_of_the_keys_leaves_no_level_of_headings_out(client):
    client.force_login(people.rep(people.workspace()))

    main = client.get("/keys/").content.decode().split("<h1>")[1].split("</main>")[0]

    assert "<h2>" in main
    assert "<h3>" not in main


@pytest.mark.django_db
def test_keys_that_were_switched_off_are_not_carried_by_the_page(client):
    user = people.rep(people.workspace())
    client.force_login(user)
    assert b'<body class="shell" data-keys>' in client.get("/keys/").content

    user.has_keys = False
    user.save()

    assert b'<body class="shell">' in client.get("/keys/").content
