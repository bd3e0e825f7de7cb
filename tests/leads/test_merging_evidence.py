"""Facts about a lead that exists: the better evidence wins, whatever came first, and a person's edit always stands."""

from datetime import UTC, datetime, timedelta

import pytest

from leads.candidate import Candidate, CompanyFacts
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


def learn(lead: Lead, *, contact: Contact | None = None, **facts) -> list:
    given = {"source": "directory", "record_id": "r1", "full_name": "Ada Byron", "confidence": 0.5, "observed_at": NOW}
    found = prospect([Candidate(**given | facts, company=COMPANY)], Criteria())
    lane = runs.lane(runs.run(lead.workspace))
    changed = save(lane, [More(lead.pk, found, contact or Contact())], now=NOW)
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
