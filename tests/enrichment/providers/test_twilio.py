"""Twilio Lookup: the free question and the paid package, its answers in our terms, once while an answer is good."""

import base64
from datetime import timedelta

import pytest
from django.utils import timezone

from enrichment.checks.phone import check_phone, check_phones
from enrichment.forgetting import forget_person
from enrichment.models import OutsideAnswer
from enrichment.phone_lines import look_up
from enrichment.providers.registry import CHECKERS
from enrichment.providers.twilio import TYPES, Twilio, report_of
from leadengine.http import Unanswered
from leadengine.outcomes import Outcome
from leadengine.sandbox import twilio as sandbox
from leadengine.sandbox.scripted import Reply, Trouble, serve
from leads.sources.door import open_door
from tests.commands import data, refused
from tests.factories import leads, people, providers, verification

KEY, MOBILE = "AC0815:t0ken-of-a-test", "+447400123456"


@pytest.fixture
def script(settings, monkeypatch):
    settings.SANDBOX = True
    with serve(sandbox.script()) as script:
        monkeypatch.setattr(Twilio, "base_url", script.base_url)
        yield script


def asked(workspace, number=MOBILE, *, with_line=False, now=None):
    now = now or timezone.now()
    return look_up(check_phone(number), workspace_id=workspace.pk, with_line=with_line, now=now)


@pytest.mark.parametrize("said", [*TYPES, "unknown", "a word of next year"])
def test_kind_of_line_in_our_terms(said):
    line = {"type": said, "carrier_name": "Acme Mobile", "error_code": None}

    found = report_of({"valid": True, "line_type_intelligence": line})

    assert (found.type, found.carrier, found.has_line) == (TYPES.get(said, "unknown"), "Acme Mobile", True)


def test_package_that_failed_by_itself_tells_nothing():
    found = report_of({"valid": True, "line_type_intelligence": {"type": None, "error_code": 60600}})

    assert (found.valid, found.has_line, found.type) == (True, False, "unknown")


@pytest.mark.django_db
def test_package_is_paid_for_only_when_asked_for(script):
    workspace = people.workspace()
    providers.key(workspace, "twilio", KEY)

    plain, whole = asked(workspace).report, asked(workspace, with_line=True).report

    assert [each.one("Fields") for each in script.asked] == ["", "line_type_intelligence"]
    assert (plain.valid, plain.has_line, plain.carrier) == (True, False, "")
    assert (whole.type, whole.carrier, whole.network) == ("mobile", "Sandbox Mobile", "999-01")
    assert script.asked[0].headers["authorization"] == f"Basic {base64.b64encode(KEY.encode()).decode()}"


@pytest.mark.django_db
def test_number_is_asked_about_once_while_the_answer_is_good(script):
    workspace, now = people.workspace(), timezone.now()
    providers.key(workspace, "twilio", KEY)
    asked(workspace, with_line=True, now=now)

    again, plain = asked(workspace, with_line=True, now=now), asked(workspace, now=now)
    asked(workspace, now=now + timedelta(days=31))

    assert (again.is_kept, plain.is_kept, len(script.asked)) == (True, True, 2)
    assert again.evidence()["carrier"] == "Sandbox Mobile"


@pytest.mark.django_db
def test_number_that_is_none_is_an_answer_and_not_an_error(script):
    checker = CHECKERS["twilio"]

    found = checker.ask(open_door(checker, 0, key=KEY), "+4474001", with_line=False)

    assert (found.valid, found.errors) == (False, ("INVALID_BUT_POSSIBLE",))


@pytest.mark.django_db
def test_key_is_tested_by_the_free_question(script):
    assert CHECKERS["twilio"].test_key(KEY).said.startswith("It works")
    assert script.asked[0].one("Fields") == ""
    with pytest.raises(Unanswered) as refusal:
        CHECKERS["twilio"].test_key(sandbox.BAD_KEY)
    assert refusal.value.outcome == Outcome.KEY_REFUSED


@pytest.mark.django_db
@pytest.mark.parametrize("trouble", [Trouble(is_cut=True), Trouble(Reply({"message": "?"}, 500)), Trouble(Reply([]))])
def test_provider_that_fails_is_told_and_may_be_asked_again(script, trouble):
    workspace = people.workspace()
    providers.key(workspace, "twilio", KEY)
    script.always = trouble

    found = asked(workspace, with_line=True)

    assert found.report is None
    assert found.evidence()["left_out"].startswith("Twilio Lookup")
    assert not OutsideAnswer.objects.exists()


@pytest.mark.django_db
def test_answers_about_a_persons_numbers_go_with_the_person(script):
    workspace = people.workspace()
    providers.key(workspace, "twilio", KEY)
    lead = leads.lead(workspace, phone=MOBILE)
    for with_line in (False, True):
        asked(workspace, with_line=with_line)
    asked(workspace, "+442079460000")

    forget_person(lead)

    assert OutsideAnswer.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "phone", ["0171 1234567", "0049 171 1234567", "030 901820 / 0171 1234567", "+49 (0)171 1234567"]
)
def test_answer_about_a_number_read_by_the_companys_country_goes_with_the_person(script, phone):
    workspace = people.workspace()
    providers.key(workspace, "twilio", KEY)
    lead = leads.lead(workspace, phone=phone, country="", company=leads.company(workspace, country="DE"))
    for own in check_phones(phone, ("DE",)):
        look_up(own, workspace_id=workspace.pk, with_line=True, now=timezone.now())
    assert OutsideAnswer.objects.exists()

    forget_person(lead)

    assert not OutsideAnswer.objects.exists()


@pytest.mark.django_db
def test_command_asks_the_stand_in_for_a_sample(tmp_path, settings):
    settings.SANDBOX = True
    sample, file = verification.workspace(), tmp_path / "numbers.txt"
    file.write_text(f"{MOBILE}\n")
    providers.key(sample, "twilio", KEY)

    told = data("check_phones", str(file), "--ask", sample.slug, "--line")

    assert told["numbers"][0]["external"][0] | {"at": ""} == {
        "provider": "twilio", "title": "Twilio Lookup", "at": "", "is_kept": False, "is_paid_package": True,
        "valid": True, "country": "GB", "errors": [], "has_line": True, "type": "mobile", "said": "mobile",
        "carrier": "Sandbox Mobile", "network": "999-01",
    }  # fmt: skip
    assert refused("check_phones", str(file), "--ask", "nobody") == "There is no workspace “nobody”."
