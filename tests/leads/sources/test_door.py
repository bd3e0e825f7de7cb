"""The way to a provider for one page: who still wants it, and how long it may take."""

from __future__ import annotations

import pytest
from django.utils import timezone

from leadengine.sandbox import gleif, hunter
from leadengine.sandbox.scripted import Reply, Trouble, serve
from leads.criteria import Criteria
from leads.sources.base import SearchRequest, SourceError
from leads.sources.company_registries.gleif import Gleif
from leads.sources.email_providers.hunter import Hunter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _sandbox(settings):
    settings.SANDBOX = True


def request(**more) -> SearchRequest:
    criteria = Criteria.from_json({"places": ["GB"]})
    return SearchRequest(criteria=criteria, workspace_id=0, new_only=False, now=timezone.now(), **more)


def test_page_that_nobody_wants_any_more_ends_with_what_is_there():
    turns = [True, True, False, False]
    with serve(hunter.script()) as script:
        page = Hunter(script.base_url).search(request(keep_on=lambda: turns.pop(0)), {}, 50)

    assert turns == []
    assert page.candidates
    assert (page.asked, page.next_cursor["company"]) == (len(script.asked), 2)


@pytest.mark.parametrize("status", [401, 403])
def test_provider_without_keys_refuses_none(status):
    with serve(gleif.script()) as script:
        script.always = Trouble(Reply({}, status))
        with pytest.raises(SourceError, match="GLEIF refused to answer") as caught:
            Gleif(script.base_url).search(request(), {}, 10)

    assert not caught.value.permanent
