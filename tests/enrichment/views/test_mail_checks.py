"""The page of mail checks shows the last test with what to do, and the weights; reps are sent to their manager."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from enrichment.models import Memory, MemoryKind
from enrichment.verifying.weighing import START, WEIGHTS
from enrichment.weight_table import FACTS, STARTS
from tests.factories import people

pytestmark = pytest.mark.django_db
URL = reverse("enrichment:mail-checks")


def remember(outcome):
    now = timezone.now()
    findings = [{"name": "Port 25", "outcome": outcome, "seen": "None was reached.", "advice": "Open it."}]
    Memory.objects.create(
        kind=MemoryKind.SELF_TEST,
        key="mail",
        facts={"findings": findings},
        learned_at=now,
        expires_at=now + timedelta(hours=1),
    )


def test_page_tells_that_nothing_was_tested_yet(client):
    client.force_login(people.manager(people.workspace()))

    answer = client.get(URL)

    assert "Not tested within a day" in answer.content.decode()
    assert "check_mail" in answer.content.decode()


def test_page_shows_the_last_test_with_what_to_do(client):
    remember("bad")
    client.force_login(people.manager(people.workspace()))

    page = client.get(URL).content.decode()

    assert all(text in page for text in ("To do", "None was reached.", "Open it.", "+15", "−60"))


@pytest.mark.parametrize("is_sample", [True, False], ids=["sample", "own"])
def test_page_says_who_answers_for_the_addresses_of_the_sample(client, is_sample):
    client.force_login(people.manager(people.workspace(is_sample=is_sample)))

    assert ("a stand-in on this server answers" in client.get(URL).content.decode()) is is_sample


def test_rep_is_refused(client):
    client.force_login(people.rep(people.workspace()))

    assert client.get(URL).status_code == 403


def test_every_weight_is_published():
    assert set(FACTS) == set(WEIGHTS)
    assert set(STARTS) == set(START)


def test_command_tests_and_keeps_what_it_found(capsys, settings):
    settings.VERIFY_SMTP = False
    settings.VERIFY_HELO = "probe.acme.example"

    call_command("check_mail", "--json", "--resolver", "127.0.0.1:9")

    told = {each["name"]: each["outcome"] for each in json.loads(capsys.readouterr().out)["findings"]}
    assert told["Port 25"] == "unknown"
    assert Memory.objects.filter(kind=MemoryKind.SELF_TEST).exists()
