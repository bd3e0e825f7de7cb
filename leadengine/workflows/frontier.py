"""The frontier of a run: companies that company sources found, whose people the fed sources are asked for one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from leadengine.leased import OPEN_STATES
from leadengine.workflows.judging import Judged
from leads.candidate import SAMPLE, Candidate, CompanyFacts
from leads.criteria import Criteria, Terms
from leads.criteria.judging import NOT_KNOWN
from leads.identity import company_identities, company_name_key
from leads.models import Lane, Run, RunCompany

OF_A_PERSON = ("titles", "seniorities", "departments")
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


def next_company(run: Run, *, after: int) -> RunCompany | None:
    """The company that was found next. They come in the order of their number, because they are added under the run's lock."""
    return RunCompany.objects.of(run.workspace_id).filter(run=run, pk__gt=after).order_by("pk").first()


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
