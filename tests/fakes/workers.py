"""Working off runs in a test, as a worker would, without a queue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from billing.models import Workspace
from leadengine.sandbox.provider import Provider, serve
from leadengine.workflows.briefs import Brief
from leadengine.workflows.dispatch import turn
from leadengine.workflows.generation import start_generation
from leads.criteria import Criteria
from leads.models import Lane, Run
from leads.sources import registry
from tests.factories import people
from tests.fakes.provider_source import SandboxSource


def record(number: int, **facts: Any) -> dict[str, Any]:
    """A provider's record of one of many different invented people, each at a company of their own."""
    name = f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}"
    company = {"name": f"Brightwater {number} Works", "domain": f"brightwater{number}.example", "country": "DE"}
    person = {
        "record_id": f"r{number}",
        "full_name": name,
        "title": "Head of Sales",
        "email": f"p{number}@{company['domain']}",
    }
    return {**person, **facts, "company": {**company, **facts.get("company", {})}}


FIRST = ("Amara", "Bela", "Cyra", "Dario", "Elif", "Femke", "Goran", "Hanne", "Ines", "Jonas")
LAST = (
    "Ackroyd",
    "Bergstrom",
    "Castellanos",
    "Dimitrov",
    "Eriksen",
    "Fontaine",
    "Grabowski",
    "Haddad",
    "Ivanova",
    "Jansen",
)


@contextmanager
def provider(
    patch: pytest.MonkeyPatch, records: list[dict[str, Any]], *, batch: int = 50, **script: Any
) -> Iterator[Provider]:
    """The sandbox's provider as an installed source, for as long as the block lasts."""
    with serve(Provider(records, **script)) as served:
        source = SandboxSource(served.base_url, batch=batch)
        patch.setitem(registry.SOURCES, source.name, source)
        yield served


def start(workspace: Workspace, *, most_leads: int = 10, criteria: dict[str, Any] | None = None, **brief: Any) -> Run:
    """A run of the sandbox's provider, queued."""
    asked = {"sources": ("sandbox",), **brief}
    return start_generation(
        workspace,
        Brief(criteria=Criteria.from_json(criteria or {}), most_leads=most_leads, **asked),
        name="A search",
        by=people.rep(workspace),
        request_key=uuid4().hex,
        shown_at_most=None,
        now=timezone.now(),
    )


def work_off(run: Run, *, turns: int = 200) -> Run:
    """Take turns until the run has ended; what is due later is taken at once."""
    for _ in range(turns):
        run.refresh_from_db()
        if not run.is_active:
            return run
        Lane.objects.filter(run=run, claimed=False).update(due_at=timezone.now())
        turn(now=timezone.now(), run=run)
    raise AssertionError(f"run {run.number} does not end: {run.state}")


def credits(amount: int) -> Decimal:
    return Decimal(amount).quantize(Decimal("0.01"))
