"""The credits page: what managers and reps see, the ledger and its file, the limit for runs."""

import csv
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from billing import ledger
from billing.models import AuditEvent
from tests.factories import credits, enrichments, leads, people, runs, verification

pytestmark = pytest.mark.django_db

PAGE, FILE, LIMIT = (reverse(f"billing:{name}") for name in ("credits", "ledger-csv", "run-limit"))


@pytest.fixture
def workspace():
    return people.workspace(credits=100)


@pytest.fixture
def rep(workspace):
    """A rep whose run charged two leads, of which one was paid back, with 3 credits still held."""
    rep = people.rep(workspace, user=people.user("rosa@sample.example", first_name="Rosa", last_name="Lindqvist"))
    run = runs.run(workspace, number=7, name="Pumps", started_by=rep)
    held = credits.hold(workspace, 5, run_id=run.pk, by=rep)
    first, _ = (credits.captured(held, 1) for _ in range(2))
    ledger.reverse(first, by=rep, key="reverse:first", note="=Bounced", now=timezone.now())
    return rep


@pytest.fixture
def other(workspace):
    """A rep who used 40 credits."""
    other = people.rep(workspace, user=people.user("otto@sample.example", first_name="Otto", last_name="Berg"))
    credits.captured(credits.hold(workspace, 40, by=other), 40)
    return other


def page(client: Client, user, path: str = PAGE, **headers: str) -> str:
    client.force_login(user)
    return client.get(path, headers=headers).content.decode()


def file(client: Client, user, query: str = "") -> list[dict[str, str]]:
    client.force_login(user)
    text = b"".join(client.get(FILE + query)).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def test_manager_sees_use_of_everybody(client: Client, workspace, rep, other) -> None:
    shown = page(client, people.manager(workspace))

    assert "Run 7: Pumps" in shown
    assert all(name in shown for name in ("Rosa Lindqvist", "Otto Berg"))
    assert "Paid back" in shown


def test_rep_sees_their_own_use_alone(client: Client, workspace, rep, other) -> None:
    shown = page(client, rep)

    assert "Otto Berg" not in shown
    assert ">40<" not in shown
    assert "Balance</th>" not in shown
    assert "Run 7: Pumps" in shown


@pytest.mark.parametrize(("used", "is_low"), [(80, False), (81, True)])
def test_alert_is_shown_under_a_fifth_of_the_last_grant(client: Client, workspace, used: int, is_low: bool) -> None:
    credits.captured(credits.hold(workspace, used), used)

    shown = page(client, people.rep(workspace))

    assert ("Less than a fifth of the last grant is left" in shown) is is_low


def test_filter_inside_htmx_renders_the_ledger_alone(client: Client, workspace, rep) -> None:
    shown = page(client, people.manager(workspace), f"{PAGE}?kind=reverse", **{"HX-Request": "true"})

    assert shown.lstrip().startswith('<div id="ledger"')
    assert shown.count("<tr") == 2


def test_unknown_filter_shows_everything(client: Client, workspace, rep) -> None:
    assert "Granted" in page(client, people.manager(workspace), f"{PAGE}?kind=nonsense&page=x")


def test_page_asks_as_often_for_many_entries_as_for_few(client: Client, workspace, rep) -> None:
    held = credits.hold(workspace, 40, by=rep)
    client.force_login(people.manager(workspace))
    client.get(PAGE)
    few = queries(client)
    lane = runs.lane(runs.run(workspace))
    for _ in range(40):
        credits.captured(held, delivery_id=runs.delivery(lane, leads.lead(workspace)).pk)

    many = queries(client)

    assert many <= few + 1 <= 21  # of which two open and close the transaction


@pytest.fixture
def charged(workspace):
    """One lead of an enrichment that was charged for it."""
    lead = leads.lead(workspace, "Ada Example", company=leads.company(workspace, "Acme", domain="acme.com"))
    job = enrichments.order(workspace, "company")
    entry = credits.captured(job.hold, key=f"enrichment:{job.items.get().pk}", price_kind="company_facts")
    return job, lead, entry


def test_ledger_calls_an_enrichment_by_its_name(client: Client, workspace, charged) -> None:
    job, lead, _entry = charged

    shown = page(client, people.manager(workspace))

    assert f'<a class="link" href="/enrichment/{job.pk}/">Enrichment of 1 lead</a>' in shown
    assert f'<a class="link" href="/leads/{lead.pk}/">Ada Example</a>' in shown
    assert "Held: Enrichment" in shown
    assert "Verification" not in shown.split('id="ledger"')[1].split("</table>")[0]


def test_file_calls_an_enrichment_by_its_name(client: Client, workspace, charged) -> None:
    rows = file(client, people.manager(workspace))

    assert [(row["What"], row["Lead"]) for row in rows[:2]] == [
        ("Company facts found", "Ada Example"),
        ("Enrichment", ""),
    ]


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as found:
        client.get(PAGE)
    return len(found)


def test_file_has_every_entry_with_the_balance_after_it(client: Client, workspace, rep) -> None:
    rows = file(client, people.manager(workspace))

    assert [(row["Entry"], row["Credits"], row["Balance"]) for row in rows] == [
        ("Paid back", "1.00", "99.00"),
        ("Charged", "-1.00", "98.00"),
        ("Charged", "-1.00", "99.00"),
        ("Held", "0.00", "100.00"),
        ("Granted", "100.00", "100.00"),
    ]


def test_file_keeps_the_filter_and_the_true_balance(client: Client, workspace, rep) -> None:
    rows = file(client, people.manager(workspace), "?kind=capture")

    assert [row["Balance"] for row in rows] == ["98.00", "99.00"]


def test_file_neutralises_text_that_is_a_formula(client: Client, workspace, rep) -> None:
    assert file(client, people.manager(workspace))[0]["Note"] == "'=Bounced"


def test_file_of_a_rep_is_their_own_without_balances(client: Client, workspace, rep, other) -> None:
    rows = file(client, rep)

    assert {row["Who"] for row in rows} == {"Rosa Lindqvist"}
    assert "Balance" not in rows[0]


def test_manager_sets_the_limit_of_a_run(client: Client, workspace) -> None:
    client.force_login(people.manager(workspace))

    answer = client.post(LIMIT, {"most": "25.5"})

    workspace.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (303, reverse("billing:settings-limits"))
    assert workspace.most_credits_per_run == Decimal("25.50")


@pytest.mark.parametrize("most", ["0", "-5", "much", "1.234", "99999999999999"])
def test_bad_limit_gets_the_page_back_with_a_reason(client: Client, workspace, most: str) -> None:
    client.force_login(people.manager(workspace))

    answer = client.post(LIMIT, {"most": most})

    assert answer.status_code == 422
    assert b"Most credits a run" in answer.content
    assert b'aria-invalid="true"' in answer.content


def test_download_is_written_into_the_audit(client: Client, workspace, rep) -> None:
    manager = people.manager(workspace)
    file(client, manager, "?kind=capture")
    file(client, rep)
    client.head(FILE)

    events = AuditEvent.objects.filter(verb="ledger.exported").order_by("pk")
    assert [(event.actor_id, event.after) for event in events] == [
        (manager.pk, {"entries": "capture", "own_only": False}),
        (rep.pk, {"entries": "all", "own_only": True}),
    ]


def test_manager_filters_by_person_in_page_and_file(client: Client, workspace, rep, other) -> None:
    manager = people.manager(workspace)

    shown = page(client, manager, f"{PAGE}?who={rep.pk}", **{"HX-Request": "true"})

    assert "Otto Berg" not in shown
    assert {row["Who"] for row in file(client, manager, f"?who={rep.pk}")} == {"Rosa Lindqvist"}


def test_rep_who_asks_for_somebody_else_gets_their_own(client: Client, workspace, rep, other) -> None:
    assert {row["Who"] for row in file(client, rep, f"?who={other.pk}")} == {"Rosa Lindqvist"}
    assert "Otto Berg" not in page(client, rep, f"{PAGE}?who={other.pk}")


def test_forecast_says_when_there_is_too_little_to_tell(client: Client, workspace, rep) -> None:
    assert "1 day of use: too few to tell" in page(client, people.manager(workspace))


def test_forecast_is_of_the_pace_of_late(client: Client, workspace) -> None:
    now = timezone.now()
    for ago in range(9, -1, -1):
        at = now - timedelta(days=ago)
        credits.captured(credits.hold(workspace, 5, now=at), 5, now=at)

    shown = page(client, people.manager(workspace))

    last = timezone.localdate(now) + timedelta(days=10)
    assert f"Lasts to about <b>{last.day} {last:%b}</b>" in shown


def test_hold_names_the_run_it_is_for(client: Client, workspace, rep) -> None:
    shown = page(client, rep)

    assert "3 for <a" in shown


def test_use_is_shown_as_a_part_of_what_there_was_this_month(client: Client, workspace, other) -> None:
    assert "40 % of the 100 of this month" in page(client, people.manager(workspace))


def test_sources_show_their_trust_to_managers_alone(client: Client, workspace, rep) -> None:
    lane = runs.lane(runs.run(workspace))
    [runs.delivery(lane, reversed_at=reported) for reported in (None, None, timezone.now())]

    shown = page(client, people.manager(workspace))

    assert "Reported bad" in shown
    assert '<span class="number">66 %</span>' in shown
    assert "Reported bad" not in page(client, rep)


def test_delivery_names_the_lead_and_the_source_as_the_file_does(client: Client, workspace) -> None:
    delivered = runs.delivery(runs.lane(runs.run(workspace)), leads.lead(workspace, "Ines Calloway"))
    charged = credits.captured(credits.hold(workspace, 5), 1, delivery_id=delivered.pk)
    ledger.reverse(charged, by=None, key="reverse:it", note="Bounced", now=timezone.now())
    manager = people.manager(workspace)

    shown, rows = page(client, manager), file(client, manager)

    named = f'New lead delivered, <a class="link" href="{reverse("leads:lead-detail", args=[delivered.lead_id])}">'
    assert shown.count(f"{named}Ines Calloway</a>") == 2  # charged, and paid back
    assert {(row["Lead"], row["Source"]) for row in rows[:2]} == {("Ines Calloway", "Company database")}
    assert "directory" not in shown


def test_delivery_of_an_erased_lead_names_nobody(client: Client, workspace) -> None:
    lead = leads.lead(workspace, "Ines Calloway", erased_at=timezone.now())
    delivered = runs.delivery(runs.lane(runs.run(workspace)), lead)
    credits.captured(credits.hold(workspace, 5), 1, delivery_id=delivered.pk)

    assert "Ines Calloway" not in page(client, people.manager(workspace))


def test_file_tells_what_each_run_came_to(client: Client, workspace, rep, other) -> None:
    rows = file(client, people.manager(workspace))

    of_run = {row["Credits of the run"] for row in rows if row["Run number and name"] == "Run 7: Pumps"}
    assert of_run == {"-1.00"}
    assert {row["Credits of the run"] for row in rows if not row["Run"]} == {""}


def test_verification_names_whose_address_it_was_and_leads_there(client: Client) -> None:
    of = verification.workspace(credits=10)
    check = verification.done(verification.lead(of, full_name="Ines Calloway"))
    manager = people.manager(of)

    shown, rows = page(client, manager), file(client, manager)

    assert f'<a class="link" href="{reverse("leads:lead-detail", args=[check.lead_id])}">Ines Calloway</a>' in shown
    assert [row["Lead"] for row in rows if row["Entry"] == "Charged"] == ["Ines Calloway"]


def test_signs_run_with_what_can_be_spent(client: Client, workspace) -> None:
    held = credits.hold(workspace, 12)
    credits.captured(held, 1)
    ledger.release(held, key="release", now=timezone.now())
    manager = people.manager(workspace)

    shown, rows = page(client, manager), file(client, manager)

    assert "−12<span" in shown
    assert "+11<span" in shown
    assert [row["Available"] for row in rows] == ["11.00", "0.00", "-12.00", "100.00"]


def test_rep_is_told_what_is_held_for_others(client: Client, workspace, rep) -> None:
    credits.hold(workspace, 20, by=people.manager(workspace))

    shown = page(client, rep)

    assert "20 for the work of others" in shown
    assert "20 for the work of others" not in page(client, people.manager(workspace))


def test_rep_without_work_is_told_what_is_held_for_others(client: Client, workspace) -> None:
    credits.hold(workspace, 20, by=people.manager(workspace))

    shown = page(client, people.rep(workspace))

    assert "20 for the work of others" in shown
    assert "nothing is under way" not in shown
