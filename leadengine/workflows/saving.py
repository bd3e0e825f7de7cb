"""Writes what was decided of a batch: leads, evidence and scores, of those that are new and of those that exist.

Everything but charges, exclusions and counters. Call it before the credit account is locked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from leadengine.workflows.deciding import Decided
from leadengine.workflows.regrading import Mark
from leads import companies, intake, merging_evidence
from leads.buying_signals import Shown, save_signals
from leads.candidate import Candidate
from leads.companies import Employer, Found
from leads.company_facts import told_by
from leads.intake import Accepted
from leads.merging_evidence import More
from leads.models import Lane, Lead, Run
from leads.sources import registry
from scoring import recording
from scoring.engine import Scores
from scoring.models import LeadScore
from scoring.rescoring import hold_scores, rescore
from scoring.rules import Rules

Shares = Mapping[Lane, Sequence[Decided]]


def save(run: Run, shares: Shares, scores: Scores, rules: Rules, *, why: str, now: datetime) -> dict[int, Mark]:
    """Write each lane's share of what was decided; `scores` are in the order of `Decided.index`.

    Answers the marks, by that index, of those who were delivered with another grade than their lead has after all.
    """
    everything = [each for decided in shares.values() for each in decided if each.accepted or each.adds_to]
    found = _companies(run, everything, now)
    for lane, decided in shares.items():
        at = {each.lead: found[each.index].company_id for each in decided if each.accepted and each.lead}
        intake.save(lane, accepted(decided), at, now=now)
    for lane, decided in shares.items():
        merging_evidence.save(lane, _more(decided, found), now=now)
    shown = save_signals(run.workspace_id, list(_at_companies(everything, found)), asked_at=run.created_at)
    colleagues = _colleagues(run, everything, found, shown)
    hold_scores(run.workspace_id, [*(each.lead for each in everything if each.lead), *(each.pk for each in colleagues)])
    judged_whole = [each for each in everything if _is_judged_whole(each, found[each.index], shown)]
    _score(run, judged_whole, scores, rules, why, now)
    again = {each.index for each in everything} - {each.index for each in judged_whole}
    for lane, decided in shares.items():
        _score_again(lane, [each for each in decided if each.index in again], why, now)
    rescore(colleagues, why="More facts of the company", now=now)
    return {index: mark for lane, decided in shares.items() for index, mark in _told_right(lane, decided).items()}


def _told_right(lane: Lane, decided: Sequence[Decided]) -> dict[int, Mark]:
    """The delivery tells the grade that the lead has, whatever it was judged by, and whoever's record scored it last."""
    delivered = {each.accepted.lead_id: each for each in decided if each.accepted}
    scored = LeadScore.objects.filter(pk__in=list(delivered)).values_list("pk", "grade", "total")
    marks = {key: Mark(grade, total) for key, grade, total in scored if grade != delivered[key].judged.grade}
    intake.regrade(lane, {key: mark.grade for key, mark in marks.items()})
    return {delivered[key].index: mark for key, mark in marks.items()}


def accepted(decided: Sequence[Decided]) -> list[Accepted]:
    """What of it is delivered."""
    return [each.accepted for each in decided if each.accepted]


def _companies(run: Run, decided: Sequence[Decided], now: datetime) -> dict[int, Found]:
    """The company of each prospect, with what is said of it and the signals that come with it."""
    workspace_id, asked_at = run.workspace_id, run.created_at
    leads = Lead.objects.of(workspace_id).filter(pk__in=[each.adds_to for each in decided if each.adds_to])
    homes: dict[UUID | None, UUID | None] = dict(leads.values_list("pk", "company_id"))
    employers = [
        Employer(
            told_by(each.judged.prospect, asked_at=asked_at),
            each.judged.candidate.company,
            lead_id=each.adds_to,
            home=homes.get(each.adds_to),
        )
        for each in decided
    ]
    found = companies.resolve(workspace_id, employers, now=now)
    return {each.index: it for it, each in zip(found, decided, strict=True)}


def _at_companies(decided: Sequence[Decided], found: Mapping[int, Found]) -> Iterator[tuple[UUID, UUID, Candidate]]:
    for each in decided:
        if each.lead and (company_id := found[each.index].company_id):
            yield company_id, each.lead, each.judged.candidate


def _more(decided: Sequence[Decided], found: Mapping[int, Found]) -> list[More]:
    """What is said of leads that exist: those delivered again, and those of which this is a duplicate."""
    return [
        More(
            lead_id, each.judged.prospect, each.judged.contact, found[each.index], is_delivery=each.accepted is not None
        )
        for each in decided
        if (lead_id := each.adds_to)
    ]


def _is_judged_whole(each: Decided, at: Found, shown: Shown) -> bool:
    """A new lead of which no more is stored than was judged: its score is known already."""
    return not (each.adds_to or each.judged.prospect.revives or at.says_more or each.lead in shown.short)


def _score(run: Run, decided: Sequence[Decided], scores: Scores, rules: Rules, why: str, now: datetime) -> None:
    alike: dict[int, list[Decided]] = defaultdict(list)
    for each in decided:
        alike[rules.of(each.judged.candidate.company.industry).id or run.profile_id].append(each)
    for profile_id, some in alike.items():
        lead_ids = [each.lead for each in some if each.lead]
        scored = scores.of([each.index for each in some])
        recording.record(run.workspace_id, lead_ids, scored, profile_id=profile_id, why=why, now=now)


def _score_again(lane: Lane, decided: Sequence[Decided], why: str, now: datetime) -> None:
    """By all that is stored of them, so that the score is the same whichever source answered first."""
    for because, is_delivery in ((why, True), (f"More facts from {registry.title(lane.source)}", False)):
        ids = {each.lead for each in decided if each.lead and bool(each.accepted) == is_delivery}
        rescore(_by_key(Lead.objects.of(lane.workspace_id).filter(pk__in=ids)), why=because, now=now)


def _colleagues(run: Run, decided: Sequence[Decided], found: Mapping[int, Found], shown: Shown) -> list[Lead]:
    """The others at companies that are better known now, whichever run delivered them."""
    grown = {each.company_id for each in found.values() if each.company_id and each.has_grown} | shown.grown
    others = Lead.objects.of(run.workspace_id).living().filter(company__in=grown)
    return _by_key(others.exclude(pk__in={each.lead for each in decided if each.lead})) if grown else []


def _by_key(leads: QuerySet[Lead]) -> list[Lead]:
    return list(leads.select_related("company", "workspace").order_by("pk"))
