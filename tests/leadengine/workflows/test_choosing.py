"""A person says which value holds for a company: no source overrules it, its leads are scored again, it can go back."""

import pytest
from django.utils import timezone

from leadengine.workflows.choosing import choose, take_back
from leadengine.workflows.picking import NotPickable
from leads.company_conflicts import company_conflicts
from leads.company_facts import Fact, Told, learn
from leads.dossier import evidence
from leads.fact_words import told
from leads.models import Authority, Company, CompanyChoice, Evidence
from scoring.models import LeadScore
from tests.factories import leads, people

pytestmark = pytest.mark.django_db

NOW = timezone.now()


@pytest.fixture
def lead():
    lead = leads.lead(people.workspace(), company=None)
    given = {"field": "employees_min", "value": "100", "source": "directory", "observed_at": NOW}
    Evidence.objects.create(workspace=lead.workspace, company=lead.company, **given)
    return lead


@pytest.fixture
def by(lead):
    return people.rep(lead.workspace)


def size(lead, low: int, high: int, source: str = "file") -> Evidence:
    """The evidence that speaks for what a source says."""
    word = {"source": source, "observed_at": NOW}
    row = leads.evidence(lead, "company.employees_min", value=str(low), **word)
    leads.evidence(lead, "company.employees_max", value=str(high), **word)
    return row


def stands(lead) -> tuple[int, int]:
    company = Company.objects.get(pk=lead.company_id)
    return company.employees_min, company.employees_max


def own(lead):
    return Evidence.objects.filter(company=lead.company)


def test_chosen_value_holds_whole_and_is_told_of_the_company(lead, by):
    made = choose(lead.company, size(lead, 501, 1000).pk, by=by, now=NOW)

    assert stands(lead) == (501, 1000)
    assert (made.text, made.by) == ("501–1,000 people (Your file) was chosen", by)
    assert own(lead).get(is_current=True).authority == Authority.PERSON


def test_what_was_chosen_is_in_use_in_the_data_of_its_leads(lead, by):
    size(lead, 60, 60)
    choose(lead.company, size(lead, 501, 1000, "directory").pk, by=by, now=NOW)
    lead.company.refresh_from_db()

    lines = [(each.words, each.fact.is_current) for each in told(evidence(lead), lead.company)]

    assert lines[0] == ("501–1,000 people", True)
    assert {is_current for _, is_current in lines[1:]} == {False}


def test_its_leads_are_scored_again(lead, by):
    colleague = leads.lead(lead.workspace, company=lead.company)

    choose(lead.company, size(lead, 501, 1000).pk, by=by, now=NOW)

    assert set(LeadScore.objects.values_list("lead", flat=True)) == {lead.pk, colleague.pk}


def test_no_later_run_overrules_it(lead, by):
    choose(lead.company, size(lead, 501, 1000).pk, by=by, now=NOW)
    told = Told(
        {"employees_min": Fact((7, 9), "directory", Authority.FILE, 1.0, timezone.now())},
        {"technologies": [], "keywords": []},
    )

    learn(lead.workspace_id, [(lead.company_id, told)], set(), now=timezone.now())

    assert stands(lead) == (501, 1000)
    assert [each.is_settled for each in company_conflicts(Company.objects.get(pk=lead.company_id))] == []


def test_it_stays_open_to_another_choice(lead, by):
    size(lead, 100, 200, "directory")
    choose(lead.company, size(lead, 501, 1000).pk, by=by, now=NOW)

    (found,) = company_conflicts(Company.objects.get(pk=lead.company_id))

    assert (found.is_settled, [each.value for each in found.others]) == (True, ["100–200 people"])


def test_choice_is_taken_back_as_if_it_had_not_been_made(lead, by):
    before = own(lead).get()
    made = choose(lead.company, size(lead, 501, 1000).pk, by=by, now=NOW)

    take_back(made, by=by, now=NOW)

    assert stands(lead) == (100, 200)
    assert list(own(lead)) == [before]
    assert CompanyChoice.objects.latest("pk").text.startswith("Taken back: ")


def test_choice_is_not_taken_back_after_somebody_chose_again(lead, by):
    first = choose(lead.company, size(lead, 501, 1000).pk, by=by, now=NOW)
    choose(lead.company, size(lead, 7, 9, "github").pk, by=by, now=NOW)

    with pytest.raises(NotPickable, match="chosen again since"):
        take_back(first, by=by, now=NOW)

    assert stands(lead) == (7, 9)


def test_second_choice_is_taken_back_to_the_first(lead, by):
    choose(lead.company, size(lead, 501, 1000).pk, by=by, now=NOW)
    second = choose(lead.company, size(lead, 7, 9, "github").pk, by=by, now=NOW)

    take_back(second, by=by, now=NOW)

    assert stands(lead) == (501, 1000)
    assert own(lead).get(is_current=True).authority == Authority.PERSON


def test_what_no_source_says_any_more_is_refused(lead, by):
    row = leads.evidence(lead, "title", value="CTO", source="file")

    with pytest.raises(NotPickable, match="No source says that"):
        choose(lead.company, row.pk, by=by, now=NOW)
