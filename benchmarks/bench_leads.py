"""The list of a workspace with 100,000 leads: a page of each kind of query, and an edit of all of them and back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from benchmarks.data import SEED, workspace_with
from benchmarks.figures import Figure
from leadengine.bulk import copy_in
from leadengine.ids import uuid7
from leads.editing import Change, edit, undo
from leads.grouping import create_list
from leads.models import Company, EditedField, Lead, Stage
from leads.vocabulary import industries, titles
from scoring.models import LeadScore
from scoring.profiles import ensure_default

LEADS, COMPANIES, TIMES = 100_000, 33_000, 3
PAGE_LIMIT, EDIT_LIMIT = 300, 5_000  # milliseconds
FIRST = "Ada Bo Cem Dana Eli Finn Gia Hugo Ines Jan Kira Liam Mona Nils Olga Pia Rosa Sven Tara Uwe".split()
LAST = "Lindqvist Okafor Sandoval Novak Weber Rossi Dubois Larsen Haas Moreau Costa Kovacs Silva Khan Adler".split()
NAMED = "Northwind Halcyon Kestrel Lumen Helio Cobalt Palisade Brightwater Vega Juniper Quanta Tern".split()
TITLES = ("Head of Sales", "VP Marketing", "Plant Manager", "Director of Procurement", "CFO", "IT Manager", "Founder")
QUERIES = {
    "all": "",
    "last page": "page=2000",
    "two grades": "q=grade:A%2B,A",
    "a word": "q=rosa",
    "a word that nobody has": "q=zzz",
    "industry and stage": "q=industry:software-development+stage:new",
    "place without a word, by name": "q=place:berlin+-rosa&sort=name",
    "by company": "sort=company",
}


def run() -> Iterator[Figure]:
    workspace, user = workspace_with(1, slug="leads")
    fill(workspace, Random(SEED), timezone.now())
    client = Client(headers={"host": "localhost"})
    settings.ALLOWED_HOSTS = ["localhost"]
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for name, query in QUERIES.items():
        milliseconds = best_of(TIMES, partial(client.get, f"/leads/?{query}"))
        yield limited(f"leads/page: {name}", milliseconds, PAGE_LIMIT)
    yield from edited(workspace, user)


def edited(workspace: Any, user: Any) -> Iterator[Figure]:
    """Every lead, and all of them back. The list is emptied after it was filled."""
    everybody, now = Lead.objects.of(workspace), timezone.now()
    fair = create_list(workspace, "Fair", by=user, now=now)
    working = Stage.objects.of(workspace).get(key="working")
    changes = (
        Change(EditedField.OWNER, user),
        Change(EditedField.STAGE, working),
        Change(EditedField.LIST, fair),
        Change(EditedField.UNLIST, fair),
    )
    for change in changes:
        start = time.perf_counter()
        made = edit(everybody, change, workspace=workspace, by=user, now=now)
        yield limited(f"leads/{change.field} of all", (time.perf_counter() - start) * 1_000, EDIT_LIMIT)
        start = time.perf_counter()
        undo(made, by=user, now=now)
        yield limited(f"leads/{change.field} and back", (time.perf_counter() - start) * 1_000, EDIT_LIMIT)
        if change.field == EditedField.LIST:
            edit(everybody, change, workspace=workspace, by=user, now=now)


def limited(name: str, milliseconds: float, limit: int) -> Figure:
    return Figure(name, milliseconds, "ms", milliseconds / limit, f"{limit:,} ms promised", LEADS)


def best_of(times: int, act: Callable[[], object]) -> float:
    """The shortest of several, in milliseconds: the machine is shared."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - start)
    return min(seconds) * 1_000


def fill(workspace: Any, chance: Random, now: datetime) -> None:
    """Companies, leads and scores; the statistics are renewed as the server's own housekeeping would."""
    companies = [company(workspace, chance, number) for number in range(COMPANIES)]
    stages = list(Stage.objects.of(workspace).order_by("position"))
    leads = [
        lead(chance, chance.choice(companies), chance.choice(stages), now - timedelta(minutes=n)) for n in range(LEADS)
    ]
    copy_in(companies)
    copy_in(leads)
    profile = ensure_default(workspace)
    copy_in([score(each, profile, chance) for each in leads if chance.random() < 0.95])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def company(workspace: Any, chance: Random, number: int) -> Company:
    name = f"{chance.choice(NAMED)} {number}"
    facts = {"industry": chance.choice([*industries.TREE]), "employees_min": chance.choice([1, 11, 51, 201, 1_001])}
    domain, country = f"{name.lower().replace(' ', '')}.example", chance.choice(["DE", "US", "FR", "AT"])
    return Company(
        id=uuid7(1_700_000_000_000 + number),
        workspace=workspace,
        name=name,
        name_key=name.lower(),
        domain=domain,
        country=country,
        city=chance.choice(["Berlin", "Vienna", "Paris", "Austin"]),
        **facts,
    )


def lead(chance: Random, at: Company, stage: Stage, added: datetime) -> Lead:
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    contact = {"email": f"{name.lower().replace(' ', '.')}@{at.domain}", "title": chance.choice(TITLES)}
    return Lead(
        id=uuid7(int(added.timestamp() * 1_000)),
        workspace_id=at.workspace_id,
        company=at,
        full_name=name,
        name_key=name.lower(),
        seniority=chance.choice([*titles.SENIORITIES]),
        country=at.country,
        city=at.city,
        stage=stage,
        source="directory",
        created_at=added,
        updated_at=added,
        **contact,
    )


def score(of: Lead, profile: Any, chance: Random) -> LeadScore:
    total = min(100, max(0, round(chance.gauss(60, 15))))
    grade = next(letter for letter, least in (("A+", 85), ("A", 75), ("B", 60), ("C", 45), ("D", 0)) if total >= least)
    return LeadScore(
        workspace_id=of.workspace_id,
        lead=of,
        values=[5_000] * 10,
        total=total,
        low=total,
        high=total,
        confidence=80,
        grade=grade,
        profile=profile,
    )
