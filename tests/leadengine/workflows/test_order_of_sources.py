"""The same leads, companies and scores come of several sources, whichever of them answers first."""

from itertools import permutations
from random import Random

import pytest
from django.utils import timezone

from billing.models import Workspace
from leadengine.workflows import scoring
from leadengine.workflows.receipts import run_receipt
from leadengine.workflows.scoring import start_rescoring
from leads.models import Evidence, Lead, Signal
from leads.sources import registry
from tests.factories import people
from tests.factories.runs import source_file
from tests.fakes.provider_source import SandboxSource
from tests.fakes.workers import provider, record, start, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.db]
FIRMS = ("Brightwater", "Kestrel", "Halden")
NAMES = ("Amara Ackroyd", "Boris Castellanos", "Cyra Dimitrov", "Dario Fontaine", "Elif Grabowski", "Goran Haddad")
HEADER = ["full_name", "email", "company", "title", "phone"]
WANTED = {
    "industries": {"values": ["manufacturing"], "level": "nice"},
    "employees": {"min": 100, "max": 500, "level": "nice"},
    "seniorities": {"values": ["c_level"], "level": "nice"},
    "technologies": {"values": ["SAP"], "level": "nice"},
}
PERSON = (
    "full_name",
    "first_name",
    "title",
    "seniority",
    "email",
    "phone",
    "phone_type",
    "linkedin_slug",
    "country",
    "city",
)
COMPANY = (
    "name", "name_key", "domain", "country", "city", "industry", "employees_min", "employees_max", "revenue_usd",
    "founded_year", "technologies", "keywords", "phone", "description",
)  # fmt: skip


def invented(random: Random, source: str) -> list[dict]:
    """What a source knows of six people at three companies: sometimes this, sometimes that, of uneven worth."""
    return [_record(random, source, number) for number in range(6) if random.random() < 0.8]


def _record(random: Random, source: str, number: int) -> dict:
    def maybe(*values):
        return random.choice([*values, *values, None])

    at = number % 3
    company = {
        "name": maybe(FIRMS[at], f"{FIRMS[at]} GmbH"),
        "domain": f"{FIRMS[at].lower()}.example",
        "country": maybe("DE", "AT"),
        "city": maybe("Berlin", "Wien"),
        "industry": maybe("manufacturing", "retail"),
        "employees_min": maybe(50, 200),
        "employees_max": maybe(300, 900),
        "revenue_usd": maybe(10**6, 10**7),
        "technologies": random.sample(["SAP", "Slack", "Miro"], random.randint(0, 2)),
        "phone": maybe("+49 30 901820", "+49 30 901821"),
    }
    person = {
        "full_name": NAMES[number],
        "title": maybe("CEO", "Head of Sales", "Buyer"),
        "phone": maybe("+49 30 901822", "+49 30 901823"),
        "country": maybe("DE", "FR"),
        "city": maybe("Berlin", "Paris"),
        "observed_at": maybe("2026-01-01T00:00:00+00:00", "2026-06-01T00:00:00+00:00"),
        "confidence": random.choice([0.4, 0.8]),
        "signals": [
            {
                "kind": "hiring",
                "observed_on": maybe("2026-11-01"),
                "detail": "x",
                "url": f"https://{source}.example/{number}",
            }
        ]
        * random.randint(0, 1),
    }
    known = {name: value for name, value in person.items() if value is not None}
    told = {name: value for name, value in company.items() if value is not None}
    return {
        "record_id": f"{source}{number}",
        "email": f"p{number}@{FIRMS[at].lower()}.example",
        **known,
        "company": told,
    }


def outcome(monkeypatch, order: tuple[str, ...], seed: int) -> list:
    """Everything that a person sees of the leads, after a run over the sources in this order."""
    random, workspace = Random(seed), people.workspace(credits=50)
    told = {name: invented(random, name) for name in ("alpha", "beta")}
    rows = [
        [each.get(name, "") if name != "company" else each["company"].get("name", "") for name in HEADER]
        for each in invented(random, "gamma")
    ]
    file = source_file(workspace, rows, header=HEADER, mapping={name: place for place, name in enumerate(HEADER)})
    with provider(monkeypatch, told["alpha"]) as alpha, provider(monkeypatch, told["beta"]) as beta:
        for name, served in (("alpha", alpha), ("beta", beta)):
            source = SandboxSource(served.base_url)
            monkeypatch.setattr(source, "name", name, raising=False)
            monkeypatch.setitem(registry.SOURCES, name, source)
        run = work_off(start(workspace, sources=order, file_id=file.pk, new_only=False, criteria=WANTED))
    assert run_receipt(run, now=timezone.now()).adds_up
    return scored_alike(workspace)


def scored_alike(workspace: Workspace) -> list[dict]:
    """What is seen of the leads, the same after they were scored again at once."""
    before = [_seen(lead) for lead in Lead.objects.of(workspace).order_by("email")]
    job = start_rescoring(workspace, why="again", by=people.rep(workspace), now=timezone.now())
    scoring.work_off(job)
    after = [_seen(lead) for lead in Lead.objects.of(workspace).order_by("email")]
    assert after == before
    return before


def _seen(lead: Lead) -> dict:
    company = lead.company
    evidence = Evidence.objects.filter(lead=lead).values_list("field", "value", "source")
    signals = Signal.objects.filter(company=company).values_list("kind", "observed_on", "detail")
    return {
        "person": {name: getattr(lead, name) for name in PERSON},
        "company": {name: getattr(company, name) for name in COMPANY} if company else None,
        "score": (lead.score.total, lead.score.grade, lead.score.values),
        "evidence": sorted(set(evidence)),
        "signals": sorted(set(signals)),
    }


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_leads_do_not_depend_on_the_order_of_the_sources(monkeypatch, seed):
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)

    first, *others = [outcome(monkeypatch, order, seed) for order in permutations(("alpha", "beta", "file"))]

    assert first
    for other in others:
        assert other == first


@pytest.mark.parametrize("order", [("sandbox", "file"), ("file", "sandbox")], ids="-".join)
def test_company_and_signals_of_the_second_source_are_used(monkeypatch, order):
    workspace = people.workspace(credits=50)
    row = ["Bela Ackroyd", "p1@brightwater1.example", "Brightwater 1 Works", "CEO", "+49 30 901820"]
    file = source_file(workspace, [row], header=HEADER, mapping={name: place for place, name in enumerate(HEADER)})
    company = {"industry": "manufacturing", "employees_min": 200, "employees_max": 300, "technologies": ["SAP"]}
    hiring = {"kind": "hiring", "observed_on": "2026-11-01", "detail": "Three sales jobs", "url": ""}
    with provider(monkeypatch, [record(1, title="", company=company, signals=[hiring])]):
        work_off(start(workspace, sources=order, file_id=file.pk, new_only=False, criteria=WANTED))

    lead = Lead.objects.of(workspace).get()
    assert (lead.title, lead.phone, lead.score.total) == ("CEO", "+4930901820", 83)
    assert (lead.company.domain, lead.company.industry) == ("brightwater1.example", "manufacturing")
    assert (lead.company.employees_min, lead.company.technologies) == (200, ["SAP"])
    assert Signal.objects.filter(company=lead.company, kind="hiring").count() == 1
    assert Evidence.objects.filter(lead=lead, field="company.industry", source="sandbox", is_current=True).exists()


def seen_by(name: str, number: int, at: int, **facts) -> dict:
    """One of the people of a company, with signals that every source read on a page of its own."""
    page = f"https://{name}.example/{number}"
    kinds = {"hiring": f"{at} jobs", "new_in_role": "CEO", "growth": "x"}
    signals = [
        {"kind": kind, "observed_on": "2026-11-01", "detail": words, "url": page} for kind, words in kinds.items()
    ]
    company = {"name": f"{FIRMS[at]} GmbH", "domain": f"{FIRMS[at].lower()}.example", **facts.pop("company", {})}
    person = {"full_name": NAMES[number], "title": "CEO", "email": f"p{number}@{company['domain']}", "signals": signals}
    return {"record_id": f"{name}{number}", **person, **facts, "company": company}


@pytest.mark.parametrize("batch", [2, 50], ids=["in two batches", "in one batch"])
def test_who_was_just_delivered_keeps_the_score_when_scored_again(monkeypatch, batch):
    now, workspace = timezone.now(), people.workspace(credits=50)
    monkeypatch.setattr(timezone, "now", lambda: now)
    phone = {"phone": "+49 30 901820"}
    told = {
        "alpha": [seen_by("alpha", number, number % 2, observed_at="2026-01-01T00:00:00+00:00") for number in range(4)],
        "beta": [seen_by("beta", number, number % 2, **phone, company=phone) for number in (0, 0, 1, 4)],
    }
    with provider(monkeypatch, told["alpha"]) as alpha, provider(monkeypatch, told["beta"]) as beta:
        for name, served in (("alpha", alpha), ("beta", beta)):
            source = SandboxSource(served.base_url, batch=batch)
            monkeypatch.setattr(source, "name", name, raising=False)
            monkeypatch.setitem(registry.SOURCES, name, source)
        for most, sources in ((3, ("alpha",)), (5, ("beta",)), (5, ("alpha", "beta"))):
            work_off(start(workspace, sources=sources, most_leads=most, new_only=False, criteria=WANTED))
            seen = scored_alike(workspace)

    assert len(seen) == 5
