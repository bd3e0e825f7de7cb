"""What the workspace knows of an address moves its score; other workspaces and one colleague are no proof."""

import pytest

from leadengine.workflows.address_facts import facts_of_addresses
from leads.models import EmailStatus
from tests.factories import leads, people

pytestmark = pytest.mark.django_db
NAMES = (("Grace", "Hopper"), ("Alan", "Turing"), ("Ada", "Byron"))


def colleague(company, first, last, **fields):
    email = f"{first}.{last}@{company.domain}".lower()
    return leads.lead(
        company.workspace,
        f"{first} {last}",
        company=company,
        first_name=first,
        last_name=last,
        **{"email": email} | fields,
    )


def facts(lead):
    return facts_of_addresses(lead.workspace_id, [lead.pk])[lead.email]


@pytest.mark.parametrize(("confirmed", "expected"), [(2, {"pattern_confirmed"}), (1, set())])
def test_pattern_of_confirmed_colleagues_counts_from_two_on(confirmed, expected):
    company = leads.company()
    for first, last in NAMES[:confirmed]:
        colleague(company, first, last, email_status=EmailStatus.DELIVERABLE)

    assert facts(colleague(company, *NAMES[2])) == expected


def test_address_built_otherwise_is_not_confirmed():
    company = leads.company()
    for first, last in NAMES[:2]:
        colleague(company, first, last, email_status=EmailStatus.DELIVERABLE)

    assert facts(colleague(company, *NAMES[2], email=f"abyron@{company.domain}")) == set()


def test_other_workspaces_prove_nothing():
    company = leads.company()
    twin = leads.company(people.workspace(), domain=company.domain)
    for first, last in NAMES[:2]:
        colleague(twin, first, last, email_status=EmailStatus.DELIVERABLE)

    assert facts(colleague(company, *NAMES[2])) == set()


@pytest.mark.parametrize(("host", "expected"), [("www.{}", {"seen_on_site"}), ("directory.example", set())])
def test_address_counts_as_seen_on_its_own_site_only(host, expected):
    company = leads.company()
    lead = colleague(company, *NAMES[2])
    leads.evidence(lead, "email", value=lead.email, url=f"https://{host.format(company.domain)}/team")

    assert facts(lead) == expected


def test_many_leads_take_three_queries(django_assert_num_queries):
    company = leads.company()
    many = [colleague(company, f"Ada{number}", "Byron") for number in range(6)]

    with django_assert_num_queries(3):
        facts_of_addresses(company.workspace_id, [each.pk for each in many])
