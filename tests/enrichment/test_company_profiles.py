"""Profiles of companies at Wikidata, found by their site in the sandbox's query service."""

import pytest

from enrichment.company_profiles import ask_wikidata
from leadengine.sandbox.world import firms
from tests.factories import verification

pytestmark = pytest.mark.django_db


def test_accounts_of_the_company_at_the_site_are_told_with_their_page():
    firm = next(each for each in firms() if each.index % 2 and each.index % 3 == 0)
    workspace = verification.workspace()

    found = {each.field: each for each in ask_wikidata(firm.domain, workspace_id=workspace.pk, in_sandbox=True)}

    assert found["linkedin_url"].page == f"https://www.linkedin.com/company/{firm.domain.partition('.')[0]}"
    assert found["x"].handle == firm.domain.partition(".")[0]
    assert found["x"].url.startswith("https://www.wikidata.org/wiki/Q")


def test_of_a_site_that_it_does_not_know_it_tells_nothing():
    workspace = verification.workspace()

    assert ask_wikidata("nobody.example", workspace_id=workspace.pk, in_sandbox=True) == []
