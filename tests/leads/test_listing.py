"""Pages of leads in their order, and counts per grade."""

from itertools import chain

import pytest
from django.utils import timezone

from leads import listing
from leads.models import Lead, SignalKind
from leads.query.terms import LeadQuery, Term
from tests.factories import leads, people, scores, verification

pytestmark = pytest.mark.django_db


@pytest.fixture
def workspace():
    return people.workspace()


def names(workspace, sort: str, number: int = 1) -> list[str]:
    mine = Lead.objects.of(workspace)
    page = listing.page_of(mine, sort, number, listing.count(mine, LeadQuery()))
    return [lead.full_name for lead in page.object_list]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("sort", [*listing.SORTS])
def test_pages_together_hold_each_lead_once(workspace, monkeypatch, sort, size):
    monkeypatch.setattr(listing, "PAGE", size)
    company = leads.company(workspace)
    made = [leads.lead(workspace, f"Lead {number}", company=company) for number in range(7)]
    for lead, grade in zip(made[2:6], ["A", "A", "C", "B"], strict=True):
        scores.score(lead, grade)

    pages = [names(workspace, sort, number) for number in range(1, -(-7 // size) + 1)]

    assert [len(page) for page in pages[:-1]] == [size] * (len(pages) - 1)
    assert sorted(chain(*pages)) == [f"Lead {number}" for number in range(7)]


def test_score_of_another_workspace_changes_no_order(workspace):
    for of in (workspace, people.workspace()):
        scores.score(leads.lead(of, "Graded"), "B")
        leads.lead(of, "Bare")

    assert names(workspace, "score") == ["Graded", "Bare"]


@pytest.mark.parametrize(
    ("terms", "total"),
    [
        pytest.param([], 4, id="all"),
        pytest.param([Term("grade", ("A",))], 1, id="a grade"),
        pytest.param([Term("grade", ("A", "B"))], 3, id="two grades"),
        pytest.param([Term("grade", ("none",))], 1, id="none yet"),
        pytest.param([Term("grade", ("B",), True)], 2, id="without a grade"),
        pytest.param([Term("grade", ("A", "B")), Term("grade", ("A",), True)], 2, id="with and without"),
    ],
)
def test_grades_are_counted_and_those_asked_for_summed(workspace, terms, total):
    for grade in ("A", "B", "B"):
        scores.score(leads.lead(workspace), grade)
    leads.lead(workspace)

    counts = listing.count(Lead.objects.of(workspace), LeadQuery(tuple(terms)))

    assert dict(counts.by_grade) == {"A": 1, "B": 2, "none": 1}
    assert counts.total == total


def test_row_has_what_it_shows(workspace):
    lead = leads.lead(workspace)
    leads.signal(lead.company, observed_on=timezone.now().date(), detail="New")
    leads.signal(lead.company, observed_on=timezone.now().date() - timezone.timedelta(days=9), detail="Old")
    seen = leads.evidence(lead).observed_at

    row = listing.rows(Lead.objects.of(workspace)).get()

    assert (row.signal_detail, row.seen_at, row.tag_names) == ("New", seen, [])


def test_row_has_no_signal_of_a_colleague(workspace):
    lead = leads.lead(workspace)
    colleague = leads.lead(workspace, company=lead.company)
    leads.signal(lead.company, SignalKind.NEW_IN_ROLE, lead=colleague)

    kinds = dict(listing.rows(Lead.objects.of(workspace)).values_list("pk", "signal_kind"))

    assert kinds == {lead.pk: None, colleague.pk: "new_in_role"}


def test_row_under_verification_is_marked():
    of = verification.workspace()
    verification.queued(verification.lead(of, full_name="Asked Now", email="now@harbour.example"))
    verification.done(verification.lead(of, full_name="Asked Before"))

    marked = [row.full_name for row in listing.rows(Lead.objects.of(of)) if row.is_being_verified]

    assert marked == ["Asked Now"]
