"""The queries of `reading.py`: each column of fixed width and never NULL, texts as hashes of 64 bits."""

from __future__ import annotations

from leadengine.binary_copy import UUID
from scoring.columns import CATEGORIES

# All that a column of facts is made of. What is left out here would be read wrongly in bulk: a test compares both ways.
PHONE = """
    CASE WHEN company.phone <> '' AND (lead.phone = '' OR right(regexp_replace(lead.phone, '\\D', '', 'g'), 8)
            = right(regexp_replace(company.phone, '\\D', '', 'g'), 8)) THEN 'switchboard'
        WHEN lead.phone = '' THEN '' ELSE concat_ws(e'\\x1f', 'own', lead.phone_type, lead.phone_valid::text) END
"""
PLACE = """
    CASE WHEN lead.country <> '' THEN concat_ws(e'\\x1f', lead.country, lead.region, lead.city)
        ELSE concat_ws(e'\\x1f', company.country, company.region, company.city) END
"""
DETAILS = """
    concat_ws(e'\\x1f', company.funding_stage, coalesce(company.founded_year, 0)::text,
        CASE WHEN %(with_words)s THEN concat_ws(e'\\x1f', company.keywords::text, company.description) END)
"""
EMAIL = """
    CASE WHEN lead.email = '' THEN (lead.email_reason IN ('', 'not_checked'))::text ELSE
        concat_ws(e'\\x1f', lead.email_status, lead.email_reason, lead.email_flags, lead.email_score::text) END
"""
CODED = {
    "position": "concat_ws(e'\\x1f', lead.title, lead.seniority, lead.department)",
    "industry": "coalesce(company.industry, '')",
    "place": PLACE,
    "technologies": "coalesce(company.technologies::text, '{}')",
    "details": DETAILS,
    "email": EMAIL,
    "phone": PHONE,
    "outcome": "lead.outcome",
}
PLURALS = dict(zip(CODED, CATEGORIES, strict=True))
PLAIN = {
    "id": ("lead.id", UUID),
    "run": ("coalesce(delivered.run_id, '00000000-0000-0000-0000-000000000000')", UUID),
    "least": ("coalesce(company.employees_min, 0)", "i4"),
    "most": ("coalesce(company.employees_max, 0)", "i4"),
    "revenue": ("coalesce(company.revenue_usd::float8, 'NaN')", "f8"),
    "has_profile": ("(lead.linkedin_slug <> '')::int", "i4"),
    "is_barred": ("lead.do_not_contact::int", "i4"),
}
COLUMNS = {name: kind for name, (_, kind) in PLAIN.items()} | dict.fromkeys(CODED, "i8")
EVENT_COLUMNS = {"lead": UUID, "kind": "i4", "age": "f8"}

LIVING = """
    lead.workspace_id = %(workspace)s AND lead.erased_at IS NULL AND lead.id > %(after)s
        AND (%(only)s::uuid[] IS NULL OR lead.id = ANY(%(only)s::uuid[]))
"""
BOUND = f"""
    SELECT coalesce((SELECT id FROM (SELECT lead.id FROM leads_lead AS lead WHERE {LIVING} ORDER BY lead.id
        LIMIT %(most)s) AS next ORDER BY id DESC LIMIT 1), '00000000-0000-0000-0000-000000000000')
"""  # noqa: S608
RANGE = f"{LIVING} AND lead.id <= %(upto)s"
_PLAIN = ", ".join(expression for expression, _ in PLAIN.values())
_CODED = ", ".join(f"hashtextextended({expression}, 0)" for expression in CODED.values())
FACTS = f"""
    SELECT {_PLAIN}, {_CODED}
    FROM leads_lead AS lead LEFT JOIN leads_company AS company ON company.id = lead.company_id
    LEFT JOIN (
        SELECT DISTINCT ON (lead_id) lead_id, run_id FROM leads_delivery AS lead_delivery
        WHERE workspace_id = %(workspace)s AND lead_id > %(after)s AND lead_id <= %(upto)s
        ORDER BY lead_id, delivered_at DESC, id DESC
    ) AS delivered ON delivered.lead_id = lead.id
    WHERE {RANGE} ORDER BY lead.id
"""  # noqa: S608
AGE = "greatest(0, extract(epoch FROM %(now)s - {when})::float8 / 86400)"
_DAY = AGE.format(when="(signal.observed_on::timestamp AT TIME ZONE 'UTC')")
SIGNALS = f"""
    SELECT lead.id, coalesce(array_position(%(kinds)s::text[], signal.kind::text), 1), {_DAY}
    FROM leads_lead AS lead JOIN leads_signal AS signal ON signal.company_id = lead.company_id
        AND (signal.lead_id IS NULL OR signal.lead_id = lead.id)
    WHERE {RANGE} ORDER BY signal.id
"""  # noqa: S608
# What a touch is called in `heeding.touch_kind`: a call by what came of it, and past what is proved of another number or
# address than the one in use.
_TOUCH = """
    CASE WHEN activity.kind = 'call' AND coalesce(activity.detail->>'outcome', '') = 'wrong_number'
        AND activity.detail->>'proved' IS DISTINCT FROM lead.phone THEN 'past_call_wrong_number'
    WHEN activity.kind = 'email_bounced' AND (activity.detail->>'proved' IS DISTINCT FROM lead.email
        OR lead.email_status = 'deliverable' AND lead.email_checked_at > activity.occurred_at) THEN 'past_email_bounced'
    WHEN activity.kind = 'call' AND coalesce(activity.detail->>'outcome', '') <> ''
        THEN 'call_' || (activity.detail->>'outcome')
    ELSE activity.kind::text END
"""
TOUCHED = f"""
    SELECT lead.id, coalesce(array_position(%(kinds)s::text[], {_TOUCH}), 1), {AGE.format(when="activity.occurred_at")}
    FROM leads_lead AS lead JOIN leads_activity AS activity ON activity.lead_id = lead.id
        AND activity.lead_id > %(after)s AND activity.lead_id <= %(upto)s
    WHERE {RANGE} AND activity.kind = ANY(%(written)s) ORDER BY activity.id
"""  # noqa: S608
