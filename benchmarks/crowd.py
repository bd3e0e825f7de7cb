"""A workspace with up to millions of leads, made by the database server itself, the same each time."""

from __future__ import annotations

from datetime import datetime
from itertools import chain
from typing import Any

from django.db import connection

from leads.models import Stage
from leads.sample.lists import titles
from leads.vocabulary import industries
from leads.vocabulary.titles import parse
from scoring.profiles import ensure_default

A_COMPANY, A_RUN = 5, 5_000  # leads of each
RUN_CRITERIA = '{"employees": {"min": 51, "max": 1000}, "seniorities": ["director", "vp"]}'
KEY = "(lpad(to_hex(%s), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(%s), 12, '0'))::uuid"

COMPANIES = """
    INSERT INTO leads_company (id, workspace_id, name, name_key, domain, country, region, city, industry, industry_raw,
        employees_min, employees_max, revenue_usd, founded_year, funding_stage, technologies, keywords, description, phone,
        linkedin_slug, relation, created_at, updated_at)
    SELECT {company}, %(workspace)s, 'Brightwater ' || n, 'brightwater ' || n, 'brightwater' || n || '.example',
        (%(countries)s::text[])[1 + n %% 6], '', (%(cities)s::text[])[1 + n %% 6],
        (%(industries)s::text[])[1 + n * 7919 %% cardinality(%(industries)s::text[])], '',
        (%(sizes)s::int[])[1 + n * 31 %% 6], (%(sizes)s::int[])[1 + n * 31 %% 6] * 4,
        CASE WHEN n %% 2 = 0 THEN (1 + n %% 997) * 250000::bigint END, 1950 + n %% 75, '',
        (ARRAY['{{}}', '{{SAP}}', '{{Salesforce,HubSpot}}', '{{Shopify}}'])[1 + n * 13 %% 4]::text[], '{{software}}',
        repeat('We make things that last. ', 4), CASE WHEN n %% 3 = 0 THEN '+4930' || (1000000 + n) ELSE '' END, '', '',
        %(now)s, %(now)s
    FROM generate_series(1, %(companies)s) AS n
"""
LEADS = """
    INSERT INTO leads_lead (id, workspace_id, company_id, full_name, first_name, last_name, name_key, title, seniority,
        department, email, email_status, email_reason, email_flags, phone, phone_type, phone_valid, linkedin_slug, country,
        region, city, do_not_contact, stage_id, outcome, outcome_reason, deal_currency, custom, source, is_sample,
        created_at, updated_at)
    SELECT {lead}, %(workspace)s, {company_of_lead}, 'Ada ' || n, 'Ada', n::text, 'ada ' || n,
        (%(titles)s::text[])[place], (%(seniorities)s::text[])[place], (%(departments)s::text[])[place],
        'ada' || n || '@mail.example', (ARRAY['deliverable', 'risky', 'unchecked', 'unknown'])[1 + n * 17 %% 4],
        (ARRAY['mailbox_accepted', 'accept_all', 'not_checked', 'greylisted'])[1 + n * 17 %% 4], '',
        CASE WHEN n %% 3 > 0 THEN '+4915' || (10000000 + n) ELSE '' END, CASE WHEN n %% 3 > 0 THEN 'mobile' ELSE '' END,
        CASE WHEN n %% 3 > 0 THEN true END, CASE WHEN n %% 4 > 0 THEN 'ada-' || n ELSE '' END,
        (%(countries)s::text[])[1 + n %% 6], '', (%(cities)s::text[])[1 + n %% 6], n %% 100 = 0, %(stage)s,
        CASE WHEN n %% 50 = 7 THEN 'won' WHEN n %% 50 = 8 THEN 'lost' ELSE '' END, '', '', '{{}}', 'directory', true,
        %(now)s, %(now)s
    FROM generate_series(1, %(leads)s) AS n
    CROSS JOIN LATERAL (SELECT (1 + n * 101 %% cardinality(%(titles)s::text[]))::int AS place) AS chosen
"""
SIGNALS = """
    INSERT INTO leads_signal (workspace_id, company_id, kind, observed_on, detail, source, url)
    SELECT %(workspace)s, {company}, (ARRAY['hiring', 'funding', 'growth', 'news'])[1 + n %% 4],
        %(now)s::date - (n * 29 %% 300)::int, 'seen', 'directory', ''
    FROM generate_series(1, %(companies)s, 3) AS n
"""
ACTIVITIES = """
    INSERT INTO leads_activity (workspace_id, lead_id, kind, text, detail, occurred_at)
    SELECT %(workspace)s, {lead}, (ARRAY['email_sent', 'call', 'email_replied', 'meeting'])[1 + n / 4 %% 4], '', '{{}}',
        %(now)s - make_interval(days => (n * 37 %% 200)::int)
    FROM generate_series(1, %(leads)s, 4) AS n
"""
RUNS = """
    INSERT INTO leads_run (id, workspace_id, number, name, criteria, ideal, profile_id, sources, most_leads, most_credits,
        lowest_grade, new_only, stop_rules, quote, request_key, state, epoch, reason, found, delivered, spent, started_by_id,
        created_at)
    SELECT {run}, %(workspace)s, n, 'Run', %(criteria)s, '{{}}', 0, '{{directory}}', 5000, 5000, 'D', true, '{{}}', '{{}}',
        n::text, 'finished', 0, '', 5000, 5000, 5000, %(user)s, %(now)s
    FROM generate_series(1, %(runs)s) AS n
"""
LANES = """
    INSERT INTO leads_lane (workspace_id, run_id, source, stage, feeds, sequence, unit_price, position, found, delivered,
        spent, asked, provider_credits, faults, retry_note, state, cursor, due_at, claimed, epoch, stalls, error)
    SELECT %(workspace)s, id, 'directory', 'people', false, 0, 1, 0, 5000, 5000, 5000, 0, 0, 0, '', 'done', '{{}}', %(now)s,
        false, 0, 0, '' FROM leads_run WHERE workspace_id = %(workspace)s
"""
DELIVERIES = """
    INSERT INTO leads_delivery (id, workspace_id, run_id, lane_id, lead_id, source, unit_price, grade, delivered_at)
    SELECT {lead}, %(workspace)s, lane.run_id, lane.id, {lead}, 'directory', 1, 'B', %(now)s
    FROM generate_series(1, %(leads)s) AS n JOIN leads_lane AS lane ON lane.run_id = {run_of_lead}
"""
KEYS = {
    "company": KEY % ("1", "n"),
    "company_of_lead": KEY % ("1", f"1 + n / {A_COMPANY} %% %(companies)s"),
    "lead": KEY % ("2", "n"),
    "run": KEY % ("3", "n"),
    "run_of_lead": KEY % ("3", f"1 + (n - 1) / {A_RUN}"),
}


def fill(workspace: Any, user: Any, *, leads: int, now: datetime) -> None:
    """So many leads, a fifth as many companies, runs of 5,000; a third of the companies signals, a quarter activities."""
    ensure_default(workspace)
    jobs = [(title, parse(title)) for title in sorted(set(chain.from_iterable(titles().values())))]
    values = {
        "workspace": workspace.pk,
        "user": user.pk,
        "now": now,
        "leads": leads,
        "companies": max(1, leads // A_COMPANY),
        "runs": -(-leads // A_RUN),
        "criteria": RUN_CRITERIA,
        "countries": ["DE", "AT", "CH", "FR", "US", "GB"],
        "cities": ["Berlin", "Vienna", "Zurich", "Paris", "Austin", "London"],
        "industries": sorted(industries.TREE),
        "sizes": [1, 11, 51, 201, 501, 1_001],
        "titles": [title for title, _ in jobs],
        "seniorities": [job.seniority for _, job in jobs],
        "departments": [job.department for _, job in jobs],
        "stage": Stage.objects.of(workspace).order_by("position").values_list("pk", flat=True)[0],
    }
    with connection.cursor() as cursor:
        for statement in (COMPANIES, LEADS, SIGNALS, ACTIVITIES, RUNS, LANES, DELIVERIES):
            cursor.execute(statement.format(**KEYS), values)
        cursor.execute("ANALYZE")
