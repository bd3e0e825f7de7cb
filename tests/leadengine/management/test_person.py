"""One person handed over and erased: nothing of them stays in any table but hashes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from billing.models import AuditEvent
from enrichment import kept_opinions
from enrichment.remembering import subject_key
from leads.models import Delivery, Lead, LeadIdentity, SourceAnswer, Suppression
from tests import commands
from tests.factories import leads, people, runs

pytestmark = pytest.mark.django_db

TEXTS = """
SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'
AND (data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY'))
"""
MARKS = ("zelda.okonkwo@pumps.example", "+4930123456789", "zelda okonkwo", "zelda-okonkwo-7")
EARLIER = "zelda@private.example"


@pytest.fixture
def workspace():
    made = people.workspace()
    people.owner(made)
    return made


@pytest.fixture
def lead(workspace) -> Lead:
    """Somebody who occurs wherever a person can."""
    email, phone, name, slug = MARKS
    own = {"email": email, "phone": phone, "linkedin_slug": slug, "custom": {"alias": name}}
    made = leads.lead(workspace, name="Zelda Okonkwo", **own)
    lane = runs.lane(runs.run(workspace))
    runs.delivery(lane, made)
    candidate = {"full_name": "Zelda Okonkwo", "email": email}
    runs.exclusion(lane, label="Zelda Okonkwo, Pumps", candidate=candidate)
    SourceAnswer.objects.create(workspace=workspace, lane=lane, sequence=0, candidates=[candidate, {"full_name": "Al"}])
    runs.source_file(workspace, [["Zelda Okonkwo", email, "Pumps"], ["Ana Lee", "x" + email, "Pumps"]])
    leads.activity(made, text=f"Spoke to {name}, {phone}")
    leads.evidence(made, "email")
    LeadIdentity.objects.create(workspace=workspace, lead=made, kind="email", value=EARLIER)
    runs.exclusion(lane, label="", candidate={"email": EARLIER})
    leads.signal(made.company, detail="New head of sales: Zelda Okonkwo")
    return made


def traces(mark: str) -> list[str]:
    """The columns of all tables in which the mark stands by itself."""
    with connection.cursor() as cursor:
        cursor.execute(TEXTS)
        columns = cursor.fetchall()
        pattern = rf"(^|[^a-z]){mark.replace('+', '[+]')}"
        return [f"{table}.{column}" for table, column in columns if _holds(cursor, table, column, pattern)]


def _holds(cursor, table: str, column: str, pattern: str) -> bool:
    cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}" WHERE "{column}"::text ~* %s)', [pattern])
    return cursor.fetchone()[0]


@pytest.mark.parametrize("mark", [*MARKS, EARLIER])
def test_nothing_of_an_erased_person_stays_in_any_column(workspace, lead, mark):
    assert traces(mark)

    commands.data("person", "erase", MARKS[0], "--workspace", workspace.slug)

    assert traces(mark) == []


def test_stub_delivery_and_hashes_stay(workspace, lead):
    commands.data("person", "erase", MARKS[1], "--workspace", workspace.slug)

    lead.refresh_from_db()
    assert lead.erased_at
    assert Delivery.objects.filter(lead=lead).exists()
    assert set(Suppression.objects.values_list("kind", flat=True)) == {"email", "phone", "linkedin"}
    assert AuditEvent.objects.filter(verb="person.erased", object_id=str(lead.pk)).count() == 1
    assert lead.erased_for == "request"
    assert SourceAnswer.objects.get().candidates == [{"full_name": "Al"}]
    assert traces("xzelda.okonkwo@pumps.example") == ["leads_sourcefilerow.cells"]


def test_number_of_the_company_is_not_suppressed(workspace):
    firm = leads.company(workspace, phone="+4930555666777")
    leads.lead(workspace, name="Zelda Okonkwo", company=firm, phone=firm.phone)

    commands.data("person", "erase", "Zelda Okonkwo", "--workspace", workspace.slug)

    assert not Suppression.objects.filter(kind="phone").exists()


def test_export_holds_what_is_known_and_is_logged(workspace, lead):
    data = commands.data("person", "export", "https://linkedin.com/in/zelda-okonkwo-7", "--workspace", workspace.slug)

    assert data["lead"][0]["email"] == MARKS[0]
    assert all(data[name] for name in ("evidence", "activity", "delivery", "exclusion", "sourcefilerow", "signal"))
    assert AuditEvent.objects.filter(verb="person.exported").exists()


def test_export_holds_what_providers_answered_about_address_and_number(workspace, lead):
    until, keep = timezone.now() + timedelta(days=1), {"credits": Decimal(1)}
    asked = {"zerobounce": subject_key("mailbox", MARKS[0]), "twilio": subject_key("phone-line", MARKS[1])}
    for provider, subject in (*asked.items(), ("neverbounce", subject_key("mailbox", "ana@lee.example"))):
        kept_opinions.claim(workspace.pk, provider, subject, asked_for=None, now=timezone.now())
        kept_opinions.keep(workspace.pk, provider, subject, {"said": "fine"}, until=until, **keep)

    found = commands.data("person", "export", MARKS[0], "--workspace", workspace.slug)["outsideanswer"]

    assert {(each["provider"], each["about"]) for each in found} == {("zerobounce", MARKS[0]), ("twilio", MARKS[1])}
    assert all(each["facts"] == {"said": "fine"} for each in found)
    assert not any(subject in str(found) for subject in asked.values())


def test_rep_may_not_erase(workspace, lead):
    rep = people.rep(workspace)

    refusal = commands.refused("person", "erase", MARKS[0], "--workspace", workspace.slug, "--by", rep.email)

    assert "Ask a manager" in refusal
    assert Lead.objects.living().filter(pk=lead.pk).exists()


@pytest.mark.parametrize("who", ["nobody@pumps.example", "Nobody Atall"])
def test_unknown_person_is_a_sentence(workspace, who):
    assert "holds no lead" in commands.refused("person", "export", who, "--workspace", workspace.slug)


def test_two_of_one_name_are_not_erased_by_it(workspace):
    leads.lead(workspace, name="Ana Lee")
    leads.lead(workspace, name="Ana Lee")

    refusal = commands.refused("person", "erase", "Ana Lee", "--workspace", workspace.slug)

    assert "More than one" in refusal
    assert Lead.objects.living().count() == 2


def test_somebody_who_is_no_lead_is_erased_from_files(workspace):
    runs.source_file(workspace, [["Ana Lee", "ana@lee.example", "Pumps"]])

    data = commands.data("person", "erase", "ana@lee.example", "--workspace", workspace.slug)

    assert data == {"lead": None, "erased": True}
    assert traces("ana@lee.example") == []
