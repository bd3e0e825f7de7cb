"""Second opinions: who is asked about what, in which order, once, and what that costs beside our own credits."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from enrichment import kept_opinions
from enrichment.email_panel import email_panel
from enrichment.forgetting import forget_person
from enrichment.models import EmailCheck, OutsideAnswer
from enrichment.remembering import mailbox_key
from enrichment.second_opinions import checkers_with_key, newest_key
from enrichment.verifying.verifier import RETRY_AFTER
from leadengine.leased import LeaseState
from leadengine.sandbox import hunter, neverbounce, running, zerobounce
from leadengine.sandbox.scripted import Trouble, serve
from leadengine.workflows import asking_outside
from leadengine.workflows.bulk_checks import order_receipt, start_checks, verifiable, work_off_order
from leadengine.workflows.dispatch import turn
from leadengine.workflows.opinion_choice import choose_opinions
from leads.models import Activity, Lead
from tests.factories import leads, people, providers, verification

pytestmark = pytest.mark.django_db
CATCH_ALL = verification.address("risky").partition("@")[2]
UNREACHED = verification.address("unknown").partition("@")[2]


@pytest.fixture
def workspace():
    return verification.workspace()


@pytest.fixture
def zero(settings, monkeypatch):
    yield from stand_in(settings, monkeypatch, "zerobounce", zerobounce.script())


@pytest.fixture
def never(settings, monkeypatch):
    yield from stand_in(settings, monkeypatch, "neverbounce", neverbounce.script())


def stand_in(settings, monkeypatch, name, script):
    settings.SANDBOX = True
    with serve(script):
        monkeypatch.setitem(running._running, name, script)
        yield script


def checked(workspace, email) -> EmailCheck:
    return verification.done(leads.lead(workspace, email=email))


def external(check) -> list[dict]:
    return check.found.evidence.get("external", [])


@pytest.mark.parametrize(
    ("email", "status", "charged"),
    [
        (f"valid@{CATCH_ALL}", "deliverable", "0.50"),
        (f"invalid@{CATCH_ALL}", "undeliverable", "0.50"),
        (f"catch-all@{CATCH_ALL}", "risky", "0.00"),
        (f"valid@{UNREACHED}", "deliverable", "0.50"),
        (f"toxic@{UNREACHED}", "risky", "0.00"),
        (f"unknown@{UNREACHED}", "unknown", "0.00"),
    ],
)
def test_provider_decides_what_our_engine_could_not(workspace, zero, email, status, charged):
    providers.key(workspace, "zerobounce")

    check = checked(workspace, email)

    assert (check.found.status, check.charged) == (status, Decimal(charged))
    assert external(check)[0]["credits"] == ("0" if email.startswith("unknown") else "1")


def test_key_that_finds_leads_is_spent_on_second_opinions_only_where_that_was_chosen(workspace):
    for name in ("hunter", "zerobounce"):
        providers.key(workspace, name)
    before, since = checkers_with_key(workspace.pk), newest_key(workspace.pk)

    choose_opinions(workspace, "hunter", True, by=None, now=timezone.now())
    choose_opinions(workspace, "zerobounce", False, by=None, now=timezone.now())

    assert [each.provider for each in before] == ["zerobounce"]
    assert [each.provider for each in checkers_with_key(workspace.pk)] == ["hunter"]
    assert newest_key(workspace.pk) > since
    assert checkers_with_key(people.workspace().pk) == []


def test_what_our_engine_decides_is_asked_of_nobody(workspace, zero):
    providers.key(workspace, "zerobounce")

    check = verification.done(verification.lead(workspace, "undeliverable"))

    assert (check.found.status, zero.asked, external(check)) == ("undeliverable", [], [])


def test_without_a_key_nobody_is_asked(workspace, zero):
    providers.key(people.workspace(), "zerobounce")

    check = checked(workspace, f"valid@{CATCH_ALL}")

    assert (check.found.status, zero.asked) == ("risky", [])


def test_cheapest_is_asked_first_and_the_next_only_where_it_knows_nothing(workspace, zero, never, settings):
    settings.CHECKER_PRICES = {"zerobounce": "0.010", "neverbounce": "0.008"}
    for name in ("zerobounce", "neverbounce"):
        providers.key(workspace, name)

    known, unknown = (checked(workspace, f"{word}@{UNREACHED}") for word in ("valid", "unknown"))

    assert [each["provider"] for each in external(known)] == ["neverbounce"]
    assert [each["provider"] for each in external(unknown)] == ["neverbounce", "zerobounce"]


def test_provider_that_wants_lists_as_jobs_is_not_asked_about_one_of_many(workspace, zero, never):
    for name in ("zerobounce", "neverbounce"):
        providers.key(workspace, name)
    for word in ("valid", "invalid"):
        leads.lead(workspace, email=f"{word}@{CATCH_ALL}")
    by, now = people.rep(workspace), timezone.now()

    held = start_checks(
        Lead.objects.of(workspace), workspace=workspace, key=uuid4(), by=by, shown_at_most=None, now=now
    )
    told = work_off_order(held)

    assert (len(zero.asked), never.asked) == (2, [])
    assert [(each.title, each.asked, each.credits) for each in told.outside] == [("ZeroBounce", 2, 2)]
    assert "lists only as jobs" in external(EmailCheck.objects.first())[0]["left_out"]
    assert order_receipt(held).to_json()["outside"][0]["provider_credits"] == 2.0


def test_provider_is_asked_once_about_an_address_while_its_answer_is_good(workspace, zero):
    providers.key(workspace, "zerobounce")
    lead = leads.lead(workspace, email=f"valid@{CATCH_ALL}")
    verification.done(lead)
    EmailCheck.objects.all().delete()

    again = verification.done(lead)

    assert (len(zero.asked), again.found.status) == (1, "deliverable")
    assert external(again)[0]["is_kept"]


def test_two_spellings_of_one_address_are_one_question(workspace, zero):
    providers.key(workspace, "zerobounce")
    many = [leads.lead(workspace, email=f"{word}@{CATCH_ALL}") for word in ("valid", "VALID")]
    held = verification.order(workspace, *many, by=people.rep(workspace))

    EmailCheck.objects.update(is_invented=True)

    assert order_receipt(held).waiting == 2
    assert work_off_order(held).verdicts["deliverable"] == 2
    assert len(zero.asked) == 1


def test_answer_of_one_workspace_is_not_given_to_another(workspace, zero):
    other = verification.workspace()
    for each in (workspace, other):
        providers.key(each, "zerobounce")
        checked(each, f"valid@{CATCH_ALL}")

    assert len(zero.asked) == 2


def test_key_that_comes_later_decides_what_is_known_as_risky(workspace, zero):
    lead = leads.lead(workspace, email=f"valid@{CATCH_ALL}")
    before, known = verification.done(lead), Lead.objects.of(workspace)
    assert not verifiable(known, workspace, now=timezone.now()).exists()
    providers.key(workspace, "zerobounce")

    assert verifiable(known, workspace, now=timezone.now()).exists()
    after = verification.done(lead)

    assert (before.found.status, after.found.status) == ("risky", "deliverable")
    assert (after.is_known, after.charged) == (False, Decimal("0.50"))


@pytest.mark.parametrize(("word", "is_in_doubt"), [("cut", True), ("refused", False), ("garbled", True)])
def test_provider_that_fails_is_told_and_what_it_may_have_charged(workspace, zero, word, is_in_doubt):
    providers.key(workspace, "zerobounce")
    failures = {
        "cut": Trouble(is_cut=True),
        "refused": Trouble(zerobounce.Reply(zerobounce.REFUSED)),
        "garbled": Trouble(zerobounce.Reply({"status": []})),
    }
    zero.troubles = [failures[word]]

    check = checked(workspace, f"valid@{CATCH_ALL}")

    assert (check.found.status, check.charged) == ("risky", 0)
    assert external(check)[0]["left_out"].startswith("ZeroBounce")
    assert ("may have been charged" in external(check)[0]["left_out"]) is is_in_doubt
    assert OutsideAnswer.objects.filter(facts__in_doubt__isnull=False).exists() is is_in_doubt


def test_question_that_may_have_been_charged_is_not_asked_again_and_whom_it_kept_waiting_is(workspace, zero):
    providers.key(workspace, "zerobounce")
    many = [leads.lead(workspace, email=f"{word}@{CATCH_ALL}") for word in ("valid", "invalid")]
    held = verification.order(workspace, *many, by=people.rep(workspace))
    EmailCheck.objects.update(is_invented=True)
    zero.troubles = [Trouble(zerobounce.Reply({}, 503))]

    first = work_off_order(held)
    EmailCheck.objects.update(due_at=timezone.now())
    turn(now=timezone.now())

    told = order_receipt(held)
    assert (first.put_off, first.done, told.done, len(zero.asked)) == (1, 1, 2, 2)
    assert told.verdicts["risky"] == 1
    assert str(told.outside[0]) == "1 ZeroBounce credit, and up to 1 more that may have been charged"


def test_question_whose_worker_was_lost_is_not_asked_again(workspace, zero):
    providers.key(workspace, "zerobounce")
    lost = (workspace.pk, "zerobounce", mailbox_key(f"valid@{CATCH_ALL}"))
    kept_opinions.claim(*lost, asked_for=None, now=timezone.now() - timedelta(minutes=3))

    check = checked(workspace, f"valid@{CATCH_ALL}")

    assert (check.found.status, zero.asked) == ("risky", [])
    assert "worker lost" in external(check)[0]["left_out"]


def test_provider_that_is_still_at_it_is_asked_again_and_nobody_else_meanwhile(workspace, zero, settings, monkeypatch):
    settings.CHECKER_PRICES = {"hunter": "0.008", "zerobounce": "0.010"}
    choose_opinions(workspace, "hunter", True, by=None, now=timezone.now())
    for name in ("hunter", "zerobounce"):
        providers.key(workspace, name)
    many = [leads.lead(workspace, email=f"{word}@{CATCH_ALL}") for word in ("slow", "invalid")]
    held = verification.order(workspace, *many, by=people.rep(workspace))
    EmailCheck.objects.update(is_invented=True)
    with serve(hunter.script()) as script:
        monkeypatch.setitem(running._running, "hunter", script)

        first = work_off_order(held)
        EmailCheck.objects.update(due_at=timezone.now())
        turn(now=timezone.now())

    told = order_receipt(held)
    assert (first.put_off, first.done, zero.asked, len(script.asked)) == (1, 1, [], 3)
    assert [(each.title, each.asked, each.credits) for each in told.outside] == [("Hunter", 2, 1)]


def test_who_is_at_it_for_ever_keeps_nobody_from_the_next_provider(workspace, zero, settings, monkeypatch):
    settings.CHECKER_PRICES = {"hunter": "0.008", "zerobounce": "0.010"}
    choose_opinions(workspace, "hunter", True, by=None, now=timezone.now())
    for name in ("hunter", "zerobounce"):
        providers.key(workspace, name)
    check = verification.queued(leads.lead(workspace, email=f"valid@{CATCH_ALL}"))
    with serve(hunter.script()) as script:
        monkeypatch.setitem(running._running, "hunter", script)
        script.always = Trouble(zerobounce.Reply({"data": None}, 202))
        for _ in range(len(RETRY_AFTER) + 1):
            EmailCheck.objects.update(due_at=timezone.now())
            turn(now=timezone.now())

    check.refresh_from_db()
    assert (check.found.status, len(script.asked), len(zero.asked)) == ("deliverable", len(RETRY_AFTER) + 1, 1)


def test_whom_a_provider_does_not_answer_stays_undecided_free_and_may_be_asked_about_an_hour_later(workspace, zero):
    providers.key(workspace, "zerobounce")
    lead, now = leads.lead(workspace, email=f"valid@{CATCH_ALL}"), timezone.now()
    zero.troubles = [Trouble(zerobounce.Reply({}, 503))]
    check, soon = verification.done(lead), verification.done(lead)
    lead.refresh_from_db()
    ends = (check.state, check.found.status, check.found.retry_at, check.charged)
    assert ends == (LeaseState.DONE, "risky", None, 0)
    assert (len(zero.asked), soon.found.status) == (1, "risky")
    assert email_panel(lead, check, now=now).good_until is None
    assert verifiable(Lead.objects.of(workspace), workspace, now=now).exists()
    OutsideAnswer.objects.update(asked_at=now - timedelta(hours=1))

    again = verification.done(lead)

    assert (again.found.status, again.charged) == ("deliverable", Decimal("0.50"))
    assert not verifiable(Lead.objects.of(workspace), workspace, now=now).exists()


def test_address_that_is_asked_about_elsewhere_waits_for_that_answer(workspace, zero):
    providers.key(workspace, "zerobounce")
    lead = leads.lead(workspace, email=f"VALID@{CATCH_ALL}")
    elsewhere = (workspace.pk, "zerobounce", mailbox_key(f"valid@{CATCH_ALL}"))
    kept_opinions.claim(*elsewhere, asked_for=None, now=timezone.now())
    check = verification.queued(lead)
    turn(now=timezone.now())
    check.refresh_from_db()
    assert (check.state, check.verdict, zero.asked) == (LeaseState.QUEUED, None, [])
    kept_opinions.keep(
        *elsewhere,
        {"status": "deliverable", "reason": "verifier_confirmed", "said": "valid", "more": "", "flags": []},
        credits=Decimal(1),
        until=timezone.now() + timedelta(days=1),
    )

    turn(now=timezone.now() + timedelta(minutes=1))

    check.refresh_from_db()
    assert (check.found.status, zero.asked) == ("deliverable", [])


def test_timeline_names_both_costs(workspace, zero):
    providers.key(workspace, "zerobounce")

    check = checked(workspace, f"valid@{CATCH_ALL}")

    assert Activity.objects.get(lead=check.lead).text.endswith("0.5 credits and 1 ZeroBounce credit.")


def test_answer_names_nobody_and_goes_with_the_person(workspace, zero):
    providers.key(workspace, "zerobounce")
    check = checked(workspace, f"valid@{CATCH_ALL}")
    kept = OutsideAnswer.objects.get()
    assert CATCH_ALL not in str(vars(kept))

    forget_person(check.lead)

    assert not OutsideAnswer.objects.exists()


def test_address_for_which_there_was_no_time_waits_for_another_turn(workspace, zero, monkeypatch):
    providers.key(workspace, "zerobounce")
    check = verification.queued(leads.lead(workspace, email=f"valid@{CATCH_ALL}"))
    monkeypatch.setattr(asking_outside, "SECONDS", -1.0)
    turn(now=timezone.now())
    check.refresh_from_db()
    assert (check.state, check.verdict, zero.asked) == (LeaseState.QUEUED, None, [])
    monkeypatch.setattr(asking_outside, "SECONDS", 36.0)

    turn(now=timezone.now() + timedelta(minutes=1))

    check.refresh_from_db()
    assert check.found.status == "deliverable"


def test_server_that_puts_us_off_is_asked_again_before_any_provider(workspace, zero):
    providers.key(workspace, "zerobounce")
    email = verification.address("deliverable", is_grey=True)

    check = checked(workspace, email)

    assert (check.is_open, check.asked_again_at is not None, zero.asked) == (True, True, [])


def test_provider_that_refused_the_key_is_left_alone_for_a_while(workspace, zero):
    providers.key(workspace, "zerobounce", text=zerobounce.BAD_KEY)
    checked(workspace, f"valid@{CATCH_ALL}")
    before = len(zero.asked)

    check = checked(workspace, f"invalid@{CATCH_ALL}")

    assert len(zero.asked) == before == 2
    assert "Test the key" in external(check)[0]["left_out"]


def test_address_stands_in_no_log(workspace, zero, caplog):
    providers.key(workspace, "zerobounce")
    zero.troubles = [Trouble(zerobounce.Reply({"error": f"No such thing: valid@{CATCH_ALL}"}))]

    check = checked(workspace, f"valid@{CATCH_ALL}")

    assert "ZeroBounce" in caplog.text
    assert "valid@" not in caplog.text + external(check)[0]["left_out"]
    assert "valid%40" not in caplog.text
