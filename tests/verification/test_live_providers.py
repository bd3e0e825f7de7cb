"""The real providers, with the keys of the environment: LIVE_KEY_HUNTER=... pytest tests/verification. Never in CI."""

from __future__ import annotations

import os

import pytest
from django.utils import timezone

from leads.criteria import Criteria
from leads.sources.base import SearchRequest
from leads.sources.registry import connectors
from tests.factories import people, providers

pytestmark = pytest.mark.django_db
CRITERIA = {"places": ["GB"], "titles": ["Founder"], "industries": ["software-development"]}


def live() -> list[str]:
    """Those whose key is given, and with LIVE=1 those that need none."""
    return [
        name
        for name, each in connectors().items()
        if os.environ.get(f"LIVE_KEY_{each.provider.upper()}" if each.needs_key else "LIVE")
    ]


@pytest.mark.parametrize("name", live())
def test_live_provider_answers_by_its_contract(name):
    connector, workspace = connectors()[name], people.workspace()
    if connector.needs_key:
        providers.key(workspace, connector.provider, text=os.environ[f"LIVE_KEY_{connector.provider.upper()}"])
    asked = SearchRequest(
        criteria=Criteria.from_json(CRITERIA), workspace_id=workspace.pk, new_only=False, now=timezone.now()
    )

    page = connector.search(asked, {}, 5)

    assert page.faults == ()
    assert all(each.record_id and (each.name or each.company.name) for each in page.candidates)
