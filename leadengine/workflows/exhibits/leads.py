"""Invented leads for the style guide: as cards of the pipeline, and one to look at closely."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from billing.models import User
from leads.board import Column, Worth
from leads.models import Company, EmailStatus, Lead, Stage, StageKind
from scoring.models import LeadScore, ScoreFeedback

STAGES = (
    Stage(key="new", name="New"),
    Stage(key="working", name="Working"),
    Stage(key="won", name="Won", kind=StageKind.WON),
    Stage(key="lost", name="Lost", kind=StageKind.LOST),
)
ANA = User(first_name="Ana", last_name="Novak", email="ana@leads.example")
LARS = User(first_name="Lars", last_name="Eriksen", email="lars@leads.example")
REASON = "Bought elsewhere, under a contract that ends in two years"


def lead(name: str, title: str, company: str, score: tuple[str, int], **more: Any) -> Any:
    """One that was never saved, with its score, as the pages read it."""
    made: Any = Lead(full_name=name, title=title, company=Company(name=company), **more)
    made.has_bounced = False
    made.in_stage_since = timezone.now() - timedelta(days=3)
    grade, total = score
    LeadScore(lead=made, grade=grade, total=total)
    return made


def columns() -> list[Column]:
    """A column with more than it shows, one with a card under way, one with worth, and one with nobody."""
    new, working, won, lost = STAGES
    moving = lead("Chen Wei", "VP Operations", "Tern Payments", ("B", 67), owner=LARS)
    moving.is_moving = True
    sold = {"deal_value": Decimal(48000), "deal_currency": "EUR", "owner": ANA}
    cards = (
        lead("James Okafor", "CFO", "Ostrava Steelworks", ("A+", 91), owner=ANA),
        lead("Hannah Schmidt", "Director of Procurement and Supplier Development", "Cobalt Foods", ("A", 81)),
    )
    return [
        Column(new, 46, (), cards),
        Column(working, 1, (), (moving,)),
        Column(won, 1, (Worth(Decimal(48000), "EUR"),), (lead("Ines Duarte", "COO", "Lumen", ("A", 78), **sold),)),
        Column(lost, 1, (), (lead("Piet Vos", "Owner", "Vos Pumps", ("C", 41), outcome_reason=REASON),)),
        Column(Stage(key="later", name="Later"), 0, (), ()),
    ]


def looked_at() -> Lead:
    """All that the panel beside a list can say of one."""
    reach = {"email": "hannah@cobalt-foods.example", "email_status": EmailStatus.DELIVERABLE, "phone": "+493012345"}
    made = lead("Hannah Schmidt", "Director of Procurement", "Cobalt Foods", ("A", 81), **reach, phone_valid=True)
    made.company.industry, made.company.employees_min, made.company.employees_max = "manufacturing", 500, 999
    made.stage, made.owner = STAGES[1], ANA
    return made


def votes() -> list[ScoreFeedback]:
    """One that calls a score wrong, and one that calls it right."""
    told = {"total": 81, "grade": "A", "created_at": timezone.now() - timedelta(days=2)}
    wrong = ScoreFeedback(by=ANA, is_right=False, factor="job_title", text="She left procurement in May.", **told)
    return [wrong, ScoreFeedback(by=LARS, is_right=True, **told)]
