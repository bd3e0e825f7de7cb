"""Verifying many addresses from the list: the page that names the price, the order, how far it is, and its stop."""

import pytest
from django.urls import reverse
from django.utils import timezone

from enrichment.models import EmailCheck
from leadengine.workflows import dispatch
from tests.factories import people, verification

pytestmark = pytest.mark.django_db

VERIFY = reverse("leads:lead-verify")


@pytest.fixture
def workspace():
    return verification.workspace()


@pytest.fixture
def rep(client, workspace):
    user = people.rep(workspace)
    client.force_login(user)
    return user


@pytest.fixture
def two(workspace):
    return [verification.lead(workspace, status) for status in ("deliverable", "risky")]


def order(client, answer, **data):
    """Send what the page shows."""
    context = answer.context
    return client.post(VERIFY, {"key": context["key"], "shown_at_most": context["offer"].at_most, **data})


def test_page_names_the_price_of_those_ticked(client, rep, two):
    page = client.post(VERIFY, {"lead": [two[0].pk]}).content.decode()

    assert "Verify e-mail · at most 0.5 credits" in page
    assert f'value="{two[0].pk}"' in page
    assert EmailCheck.objects.count() == 0


def test_page_says_what_is_left_afterwards_and_that_data_is_invented(client, rep, two, workspace):
    asking = client.post(VERIFY, {"everything": 1})
    ordered = client.get(order(client, asking, everything=1)["Location"]).content.decode()

    assert asking.context["offer"].balance_after == asking.context["offer"].available - 1
    assert "Left afterwards, at least" in asking.content.decode()
    assert "Sandbox: invented data" in asking.content.decode()
    assert "Sandbox: invented data" in ordered


def test_looking_where_nothing_is_to_be_verified_is_no_mistake(client, rep):
    answer = client.get(VERIFY)

    assert answer.status_code == 200
    assert "None of these has an address" in answer.content.decode()


def test_page_says_how_many_are_left_out_for_which_reason(client, rep, two, workspace):
    for email, is_barred in (("", False), ("", True), ("bo@harbour9.example", True)):
        verification.lead(workspace, email=email, do_not_contact=is_barred)
    verification.queued(two[0], by=rep)

    page = client.post(VERIFY, {"everything": 1}).content.decode()

    told = "2 without an address, 1 not to be contacted, 1 verified not long ago or being verified."
    assert f"4 of the selected are left out: {told}" in page


def test_order_leads_to_a_page_that_waits_and_then_tells_the_shares(client, rep, two):
    answer = order(client, client.post(VERIFY, {"everything": 1}), everything=1)
    waiting = client.get(answer["Location"]).content.decode()
    dispatch.turn(now=timezone.now())

    ended = client.get(answer["Location"], headers={"HX-Request": "true"})

    done = ended.content.decode()
    assert (answer.status_code, "frame-due" in ended["HX-Trigger"]) == (303, True)
    assert 'hx-trigger="every 2s"' in waiting
    assert "hx-trigger" not in done
    assert "left</span>" in done
    assert ("Deliverable" in done, "Risky" in done, "50 %" in done) == (True, True, True)


@pytest.mark.parametrize("data", [{"lead": []}, {"lead": ["x"]}])
def test_nothing_ticked_is_a_sentence(client, rep, data):
    answer = client.post(VERIFY, data)

    assert answer.status_code == 422
    assert "Tick at least one lead." in answer.content.decode()


def test_price_that_rose_meanwhile_is_asked_anew(client, rep, two):
    answer = client.post(VERIFY, {"everything": 1, "key": "not a key", "shown_at_most": "0.50"})
    rose = order(client, answer, everything=1, shown_at_most="0.50")

    assert (answer.status_code, rose.status_code) == (422, 422)
    assert "It would cost 1" in rose.content.decode()


def test_missing_credits_disable_the_button(client, two, workspace):
    poor = verification.workspace(credits=0)
    verification.lead(poor)
    client.force_login(people.rep(poor))

    page = client.get(VERIFY).content.decode()

    assert "This needs 0.5 credits; 0 are available." in page
    assert "disabled>" in page


def test_stop_is_told(client, rep, two):
    url = order(client, client.post(VERIFY, {"everything": 1}), everything=1)["Location"]

    answer = client.post(f"{url}stop/", follow=True)

    assert "Stopped: 2 verifications not made." in answer.content.decode()
