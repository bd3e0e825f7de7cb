"""Facts about a lead that exists: the better evidence wins, whatever came first, and a person's edit always stands."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from leads.candidate import Candidate, CompanyFacts
from leads.companies import Found
from leads.criteria import Criteria
from leads.intake import Contact
from leads.merging_evidence import More, save
from leads.models import Evidence, FieldChange, Lead
from leads.prospecting import prospect
from tests.factories import leads, people, runs

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
COMPANY = CompanyFacts(name="Acme", domain="acme.example")


@pytest.fixture
def lead() -> Lead:
    """A lead whose title the directory gave yesterday, and who has no phone."""
    made = leads.lead(people.workspace(), "Ada Byron", title="Head of Sales", phone="")
    leads.evidence(made, "title", observed_at=NOW - timedelta(days=1), confidence=0.5)
    return made


def learn(lead: Lead, *, contact: Contact | None = None, at: Found | None = None, **facts) -> list:
    given = {"source": "directory", "record_id": "r1", "full_name": "Ada Byron", "confidence": 0.5, "observed_at": NOW}
    found = prospect([Candidate(**given | {"company": COMPANY} | facts)], Criteria())
    lane, at = runs.lane(runs.run(lead.workspace)), at or Found(lead.company_id)
    changed = save(lane, [More(lead.pk, found, contact or Contact(), at)], now=NOW)
    lead.refresh_from_db()
    return changed


@pytest.mark.parametrize(
    ("facts", "wins"),
    [
        pytest.param({"source": "file"}, True, id="the-customers-file-over-a-provider"),
        pytest.param({"confidence": 0.9}, True, id="the-surer"),
        pytest.param({}, True, id="the-newer-of-two-as-sure"),
        pytest.param({"observed_at": NOW - timedelta(days=2)}, False, id="the-older"),
        pytest.param({"confidence": 0.4}, False, id="the-less-sure-however-new"),
        pytest.param({"source": "guess", "confidence": 1.0}, False, id="a-guess"),
    ],
)
def test_better_evidence_wins(lead, facts, wins):
    changed = learn(lead, title="Chief Executive Officer", **facts)

    assert lead.title == ("Chief Executive Officer" if wins else "Head of Sales")
    assert changed == ([lead.pk] if wins else [])


def test_one_row_of_evidence_is_in_use(lead):
    learn(lead, title="Chief Executive Officer")

    current = Evidence.objects.filter(lead=lead, field="title", is_current=True)
    assert [row.value for row in current] == ["Chief Executive Officer"]


def test_meaning_of_a_title_comes_with_it(lead):
    learn(lead, title="Chief Executive Officer")

    assert lead.seniority == "c_level"


def test_change_is_kept_with_what_stood_there(lead):
    learn(lead, title="Chief Executive Officer")

    change = FieldChange.objects.get(lead=lead, field="title")
    assert (change.before, change.after) == ("Head of Sales", "Chief Executive Officer")


def test_edit_of_a_person_is_never_overwritten(lead):
    Evidence.objects.filter(lead=lead).update(authority=4)

    learn(lead, title="Chief Executive Officer", source="file", confidence=1.0)

    assert lead.title == "Head of Sales"


def test_value_without_evidence_is_not_overwritten(lead):
    Evidence.objects.filter(lead=lead).delete()

    learn(lead, title="Chief Executive Officer", source="file", confidence=1.0)

    assert lead.title == "Head of Sales"


def test_gap_is_filled_together_with_its_verdict(lead):
    contact = Contact(phone="+4930901820", phone_type="fixed", phone_valid=True)

    learn(lead, phone="+49 30 901820", contact=contact)

    assert (lead.phone, lead.phone_type, lead.phone_valid) == ("+4930901820", "fixed", True)
    assert Evidence.objects.get(lead=lead, field="phone").is_current


def test_same_value_again_changes_nothing(lead):
    assert learn(lead, title="Head of Sales") == []

    assert not FieldChange.objects.exists()


def test_same_value_of_a_better_source_is_defended_by_it(lead):
    learn(lead, title="Head of Sales", confidence=0.9)

    learn(lead, title="Chief Executive Officer", confidence=0.8, observed_at=NOW + timedelta(days=1))

    assert lead.title == "Head of Sales"
    assert Evidence.objects.get(lead=lead, field="title", is_current=True).confidence == 0.9


def test_verdict_of_an_address_stays_with_it(lead):
    leads.evidence(lead, "email", observed_at=NOW - timedelta(days=1), confidence=0.5)
    Lead.objects.update(email_status="deliverable")

    learn(lead, email=lead.email, contact=Contact(email=lead.email, email_status="unchecked"), confidence=0.9)

    assert lead.email_status == "deliverable"


@pytest.mark.parametrize("is_first", [True, False], ids=["own number first", "switchboard first"])
def test_number_of_the_company_gives_way_to_the_persons_own(lead, is_first):
    own = {"phone": "+49 30 901822", "contact": Contact(phone="+4930901822")}
    switchboard = {"company": replace(COMPANY, phone="+49 30 901820"), "contact": Contact(phone="+4930901820")}

    for facts in (own, switchboard) if is_first else (switchboard, own):
        learn(lead, **facts, confidence=0.5)

    assert lead.phone == "+4930901822"


@pytest.mark.parametrize(("source", "moves"), [("file", True), ("guess", False)])
def test_other_employer_wins_by_the_better_word(lead, source, moves):
    leads.evidence(lead, "company.name", value="Acme")
    other, before = leads.company(lead.workspace, "Falcon"), lead.company_id

    learn(lead, source=source, company=CompanyFacts(name="Falcon"), at=Found(other.pk))

    assert lead.company_id == (other.pk if moves else before)
    assert Evidence.objects.filter(lead=lead, field="company.name", value="Falcon", is_current=True).exists() == moves
