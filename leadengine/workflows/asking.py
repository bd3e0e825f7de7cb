"""One question of a lane to its source: what it costs is stored before it is used, and not asked for again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from leadengine.workflows import frontier, kept_answers, leases, own_ceilings, paid_pages
from leads.candidate import Candidate
from leads.criteria import Criteria
from leads.models import Lane, Run, RunCompany
from leads.sources.base import Cursor, Page, RecordFault, SearchRequest, Source, SourceError
from leads.sources.connector import Connector
from scoring.ordering import worth_of
from scoring.rules import started_with

SMALLEST_BATCH = 10
AT_A_COMPANY = 5  # paid records of one page; of more it would be open what they cost, where no answer comes
MOST_LEFT_OUT = 3  # companies in a row about which a source cannot be asked; then it is not they that are at fault
# A source of ours that orders by a proxy is asked for more than is wanted: the best of them by their score are delivered.
TO_CHOOSE_FROM = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer, and what company sources had told of the company whose people it holds."""

    page: Page
    told: tuple[Candidate, ...] = ()


def is_sandboxed(workspace: Any) -> bool:
    """Whether providers are asked in the sandbox: for a sample workspace, and never for any other."""
    return bool(workspace.is_sample and settings.SANDBOX)


def request_of(run: Run, criteria: Criteria, now: datetime) -> SearchRequest:
    """What the sources of a run are asked."""
    began = started_with(run)
    return SearchRequest(
        criteria=criteria,
        workspace_id=run.workspace_id,
        new_only=run.new_only,
        now=now,
        file_id=run.source_file_id,
        wishes=began.ideal.as_criteria(),
        worth=worth_of(began.ideal, criteria, began.weights),
        includes_samples=run.workspace.is_sample,
        is_sandboxed=is_sandboxed(run.workspace),
    )


def ask(source: Source, run: Run, lane: Lane, criteria: Criteria, now: datetime) -> Asked | None:
    """The source's answer for this batch; None while a fed source waits for companies. Raises SourceError.

    Each question to a provider begins with a whole lease; of a run that was stopped, a page ends with what is there.
    """
    request = replace(request_of(run, criteria, now), keep_on=lambda: leases.renew(lane, now=timezone.now()))
    limit = _limit(source, run, lane)
    if not limit:
        return Asked(Page((), None))
    if source.is_local:
        return Asked(source.search(request, lane.cursor, min(source.batch, TO_CHOOSE_FROM * limit)))
    if isinstance(source, Connector) and source.is_fed and frontier.is_fed(run):
        return _ask_for_people(source, run, lane, request, min(limit, AT_A_COMPANY) if source.is_rationed else limit)
    return Asked(_kept_or_asked(source, run, lane, request, lane.cursor, limit))


def _limit(source: Source, run: Run, lane: Lane) -> int:
    """How many it is asked for; 0 where nobody more may be paid for."""
    if isinstance(source, Connector) and source.is_rationed:
        return min(source.batch, paid_pages.ration(source, run, lane))
    is_completed = isinstance(source, Connector) and source.completes
    least = 1 if is_completed else SMALLEST_BATCH  # whom there is no room for is not bought, and would be lost
    wanted = min(source.batch, max(least, run.leads_left))
    left = own_ceilings.records_left(source, run, lane)
    return wanted if left is None else min(wanted, left)


def _ask_for_people(source: Source, run: Run, lane: Lane, request: SearchRequest, limit: int) -> Asked | None:
    """The people at one company of the frontier; the lane's cursor says which one came last, and where in it to go on."""
    after, within = lane.cursor.get("after", 0), lane.cursor.get("within", {})
    growing = frontier.is_growing(run)  # asked first: what is added while we look is then not missed
    until = frontier.passed_by_cheaper(run, lane, now=request.now)
    company = frontier.next_company(run, after=after, until=until)
    if company is None:
        return None if growing or until is not None else Asked(Page((), None))
    told = Candidate.from_json(company.facts)
    try:
        page = _kept_or_asked(source, run, lane, replace(request, companies=(told.company,)), within, limit)
    except SourceError as error:
        return Asked(_left_out(lane, company, told, error, request.now), (told,))
    return Asked(replace(page, next_cursor=_onwards(company, page.next_cursor, after)), (told,))


def _onwards(company: RunCompany, within: Cursor | None, after: int) -> Cursor:
    return {"after": company.pk} if within is None else {"after": after, "within": within}


def _left_out(lane: Lane, company: RunCompany, told: Candidate, error: SourceError, now: datetime) -> Page:
    """A company whose question alone is at fault, as a record that cannot be used: the next one is asked about.

    Raises the error where it is not that, or where so many in a row cannot be.
    """
    number = lane.cursor.get("left_out", 0) + 1
    if not error.is_of_question or number >= MOST_LEFT_OUT:
        raise error
    fault = RecordFault(f"company {company.pk}", told.company.name, str(error))
    page = Page((), None, (fault,), asked=error.asked, provider_credits=error.provider_credits)
    return replace(
        kept_answers.keep(lane, page, now=now), next_cursor=_onwards(company, None, 0) | {"left_out": number}
    )


def _kept_or_asked(source: Source, run: Run, lane: Lane, request: SearchRequest, cursor: Cursor, limit: int) -> Page:
    kept = kept_answers.kept(lane)
    if kept is not None:
        return kept
    if isinstance(source, Connector) and source.page_costs:
        return paid_pages.bought(source, run, lane, request, cursor, limit)
    return kept_answers.keep(lane, source.search(request, cursor, limit), now=request.now)
