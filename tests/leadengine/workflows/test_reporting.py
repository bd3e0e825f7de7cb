"""The bad-data button pays back once, within its window, and the source is trusted less."""

from datetime import timedelta

import pytest
from django.utils import timezone

from billing import ledger
from billing.models import CreditEntry
from leadengine.workflows.reporting import WINDOW, NotReportable, Trust, report_bad, trust
from leads.models import Activity, Delivery, Lead
from scoring.models import LeadScore
from scoring.rulebook import KEYS
from tests.factories import people
from tests.fakes.workers import credits, provider, record, start, work_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(monkeypatch) -> Lead:
    """One of four that were delivered for a credit each."""
    workspace = people.workspace(credits=4)
    with provider(monkeypatch, [record(number) for number in range(4)]):
        work_off(start(workspace, most_leads=4))
    return Lead.objects.of(workspace).order_by("pk").first()


def report(lead: Lead, after: timedelta = timedelta()):
    return report_bad(lead, "bounced", by=people.rep(lead.workspace), now=timezone.now() + after)


def test_report_pays_back_as_an_entry_of_its_own(lead):
    assert report(lead) == credits(1)

    entry = CreditEntry.objects.of(lead.workspace).get(kind="reverse")
    assert entry.reverses.delivery_id == Delivery.objects.get(lead=lead).pk
    assert ledger.balance(lead.workspace).available == credits(1)


def test_report_stands_in_the_timeline(lead):
    report(lead)

    text = Activity.objects.get(lead=lead, kind="reported").text
    assert text == "The e-mail bounced. 1 credit paid back."


def test_a_bounce_is_learned_and_scored(lead):
    report(lead)

    lead.refresh_from_db()
    assert (lead.email_status, lead.email_reason) == ("undeliverable", "reported_bounced")
    assert LeadScore.objects.get(lead=lead).values[KEYS.index("email_validity")] == 0


def test_second_report_is_refused(lead):
    report(lead)

    with pytest.raises(NotReportable):
        report(lead)

    assert CreditEntry.objects.filter(kind="reverse").count() == 1


def test_report_after_the_window_is_refused(lead):
    with pytest.raises(NotReportable):
        report(lead, after=WINDOW + timedelta(minutes=1))


def test_reports_lower_the_trust_in_the_source(lead):
    before = trust(lead.workspace)
    report(lead)

    after = trust(lead.workspace)

    assert (before, after) == ([Trust("sandbox", 4, 0)], [Trust("sandbox", 4, 1)])
    assert (before[0].share, after[0].share) == (5 / 6, 4 / 6)
    assert (before[0].percent, after[0].percent) == (100, 75)
