"""The frontier of a run: companies that company sources found, whose people the fed sources are asked for one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from leadengine.leased import OPEN_STATES
from leadengine.workflows.judging import Judged
from leads.candidate import SAMPLE, Candidate, CompanyFacts
from leads.criteria import Criteria, Terms
from leads.criteria.judging import NOT_KNOWN
from leads.identity import company_identities, company_name_key
from leads.models import Lane, Run, RunCompany
from leads.sources import registry

OF_A_PERSON = ("titles", "seniorities", "departments")
HOLDS_UP = timedelta(minutes=2)  # a lease that is worked on ends sooner
FLAGS = ("has_email", "has_phone", "new_in_role", "hiring")


def feed(lane: Lane, judged: Sequence[Judged], criteria: Criteria) -> None:
    """Add the companies of a batch whose people are worth asking for, with what was said of them; each once a run."""
    if not lane.feeds:
        return
    asked = about_companies(criteria)
    found = {key: told for each in judged for told in _told(each.prospect.records) if (key := _key(told.company))}
    RunCompany.objects.bulk_create(
        [
            RunCompany(
                workspace_id=lane.workspace_id,
                run_id=lane.run_id,
                company_key=key,
                facts=told.to_json(),
                found_by=lane.source,
            )
            for key, told in found.items()
            if may_fit(told, asked)
        ],
        ignore_conflicts=True,
    )


def next_company(run: Run, *, after: int, until: int | None = None) -> RunCompany | None:
    """The company that was found next. They come in the order of their number, because they are added under the run's lock.

    `until`: not beyond this one.
    """
    found = RunCompany.objects.of(run.workspace_id).filter(run=run, pk__gt=after)
    return (found if until is None else found.filter(pk__lte=until)).order_by("pk").first()


def passed_by_cheaper(run: Run, lane: Lane, *, now: datetime) -> int | None:
    """The last company that all cheaper fed sources have been asked about; None where none of them holds this one up.

    So the dearer are asked about a company last, and not at all where the limits of the run are reached before. Who is
    put off by its provider, or fails, holds nobody up.
    """
    soon = now + HOLDS_UP
    rows = run.lanes.filter(state__in=OPEN_STATES, source__in=_fed_sources(), faults=0, due_at__lte=soon)
    mine = (lane.unit_price, lane.position)
    ahead = [
        cursor
        for price, position, cursor in rows.values_list("unit_price", "position", "cursor")
        if (price, position) < mine
    ]
    return min((cursor.get("after", 0) for cursor in ahead), default=None)


def _fed_sources() -> list[str]:
    return [name for name, source in registry.connectors().items() if source.is_fed]


def is_fed(run: Run) -> bool:
    """Whether any source of the run finds companies for others."""
    return run.lanes.filter(feeds=True).exists()


def is_growing(run: Run) -> bool:
    return run.lanes.filter(feeds=True, state__in=OPEN_STATES).exists()


def about_companies(criteria: Criteria) -> Criteria:
    """What can be judged of a company before its people are known, by a source that may not know its words."""
    nothing = {name: Terms() for name in OF_A_PERSON} | dict.fromkeys(FLAGS)
    return replace(criteria, **nothing, keywords=replace(criteria.keywords, values=()))  # type: ignore[arg-type]


def may_fit(told: Candidate, asked: Criteria) -> bool:
    """Whether nothing that is known of the company speaks against it; the source that is fed may know the rest."""
    return all(each.found == NOT_KNOWN for each in asked.judge(told))


def _told(records: Iterable[Candidate]) -> Iterable[Candidate]:
    """The company alone, as each record tells of it: nobody's identity hangs on it."""
    for each in records:
        sample = (SAMPLE,) if each.is_sample else ()
        yield Candidate(
            source=each.source,
            record_id="",
            company=each.company,
            evidence_url=each.evidence_url,
            observed_at=each.observed_at,
            confidence=each.confidence,
            extra=sample,
        )


def _key(company: CompanyFacts) -> str:
    """By name and country, so that two registries mean the same company."""
    if name := company_name_key(company.name):
        return f"{name}|{company.country.lower()}"[:320]
    return next((each.value for each in company_identities(company)), "")
