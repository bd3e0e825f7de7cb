"""What a run does with what the domains of its candidates say: real questions to a name server of its own."""

import pytest
from django.urls import reverse

from leadengine.sandbox.aside import serving
from leadengine.sandbox.names import NameServer
from leads.models import Exclusion, Lead
from leads.templatetags.lead_words import no_email_words
from tests.factories import people
from tests.fakes.workers import provider, record, start, work_off

pytestmark = pytest.mark.django_db

DEAD = "ada@deadfirm.com"
TABLE = {
    ("gmail.com", "MX"): ("5 mx.gmail.com.",),
    ("deadfirm.com", "MX"): ("0 .",),
    ("livefirm.com", "MX"): ("10 mx.livefirm.com.",),
    ("mx.livefirm.com", "A"): ("93.184.215.14",),
}


@pytest.fixture
def names(settings):
    """A name server on loopback that knows nobody but those of the table."""
    server = NameServer(TABLE)
    with serving(server):
        settings.CHECK_DOMAINS, settings.VERIFY_RESOLVER = True, server.address
        yield server


def run_of(monkeypatch, records, workspace=None, **brief):
    with provider(monkeypatch, records):
        return work_off(start(workspace or people.workspace(credits=50), **brief))


def test_domain_that_takes_no_mail_excludes_whom_nobody_could_reach(names, monkeypatch):
    run = run_of(monkeypatch, [record(1, email=DEAD), record(2, email="bob@livefirm.com")])

    left_out = Exclusion.objects.get(run=run)
    assert (left_out.reason, left_out.detail) == ("invalid_email", f"{DEAD}: The domain says that it takes no mail.")
    assert Lead.objects.get().email == "bob@livefirm.com"


def test_whoever_can_be_reached_otherwise_comes_without_the_address(names, monkeypatch):
    run_of(monkeypatch, [record(1, email=DEAD, linkedin_url="https://www.linkedin.com/in/ada-7")])

    lead = Lead.objects.get()
    assert (lead.email, lead.email_reason) == ("", "null_mx")
    assert no_email_words(lead.email_reason) == "None that takes mail: the domain takes no mail"


def test_without_names_everybody_is_delivered_under_one_banner(names, monkeypatch, client):
    names.table = {}
    run = run_of(monkeypatch, [record(1, email=DEAD), record(2, email="bob@livefirm.com")])
    client.force_login(run.started_by)

    page = client.get(reverse("leads:run-detail", args=[run.pk])).content.decode()

    assert (run.delivered, run.is_cut_off) == (2, True)
    assert {lead.email_reason for lead in Lead.objects.all()} == {"dns_timeout"}
    assert page.count("Names could not be looked up from this machine") == 1


def test_invented_addresses_of_the_sample_ask_no_server(names, monkeypatch):
    run = run_of(monkeypatch, [record(1)], people.workspace(credits=50, is_sample=True))

    assert run.delivered == 1
    assert names.asked == []
