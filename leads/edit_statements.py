"""The statements that edit many leads at once and put them back: each changes the leads and tells their timelines in one.

All take the parameters workspace, by, now, edit, value, words, and `ids`, the leads in question. What a lead had before is
kept in the `detail` of its activity and comes back as `details`, in the order of `ids`: as arrays, because a join with rows
that were written a moment ago has no statistics, and 100,000 of them are then planned as a loop in a loop.
"""

STAGE = """
WITH before AS MATERIALIZED (
  SELECT lead.id, lead.stage_id, lead.outcome, lead.outcome_reason, lead.closed_at, COALESCE(stage.name, '') AS name
  FROM leads_lead lead LEFT JOIN leads_stage stage ON stage.id = lead.stage_id
  WHERE lead.id = ANY(%(ids)s) AND lead.workspace_id = %(workspace)s AND lead.stage_id IS DISTINCT FROM %(value)s
), told AS (
  INSERT INTO leads_activity (workspace_id, lead_id, kind, text, detail, by_id, occurred_at, edit_id)
  SELECT %(workspace)s, id, 'stage', name || ' → ' || %(words)s,
    jsonb_build_object('stage', stage_id, 'outcome', outcome, 'reason', outcome_reason, 'closed_at', closed_at),
    %(by)s, %(now)s, %(edit)s
  FROM before
)
UPDATE leads_lead lead
SET stage_id = %(value)s, outcome = %(outcome)s, outcome_reason = %(reason)s, closed_at = %(closed_at)s, updated_at = %(now)s
FROM before WHERE lead.id = before.id
"""

OWNER = """
WITH before AS MATERIALIZED (
  SELECT id, owner_id FROM leads_lead
  WHERE id = ANY(%(ids)s) AND workspace_id = %(workspace)s AND owner_id IS DISTINCT FROM %(value)s
), told AS (
  INSERT INTO leads_activity (workspace_id, lead_id, kind, text, detail, by_id, occurred_at, edit_id)
  SELECT %(workspace)s, id, 'owner', %(words)s, jsonb_build_object('owner', owner_id), %(by)s, %(now)s, %(edit)s
  FROM before
)
UPDATE leads_lead lead SET owner_id = %(value)s, updated_at = %(now)s FROM before WHERE lead.id = before.id
"""

TAG = """
WITH added AS (
  INSERT INTO leads_leadtag (workspace_id, lead_id, tag_id)
  SELECT %(workspace)s, id, %(value)s FROM leads_lead WHERE id = ANY(%(ids)s) AND workspace_id = %(workspace)s ORDER BY id
  ON CONFLICT (lead_id, tag_id) DO NOTHING RETURNING lead_id
)
INSERT INTO leads_activity (workspace_id, lead_id, kind, text, detail, by_id, occurred_at, edit_id)
SELECT %(workspace)s, lead_id, 'edited', 'Tagged “' || %(words)s || '”', '{}', %(by)s, %(now)s, %(edit)s FROM added
"""

LIST = """
WITH added AS (
  INSERT INTO leads_leadlistentry (workspace_id, lead_id, lead_list_id, added_at)
  SELECT %(workspace)s, id, %(value)s, %(now)s FROM leads_lead
  WHERE id = ANY(%(ids)s) AND workspace_id = %(workspace)s ORDER BY id
  ON CONFLICT (lead_list_id, lead_id) DO NOTHING RETURNING lead_id
)
INSERT INTO leads_activity (workspace_id, lead_id, kind, text, detail, by_id, occurred_at, edit_id)
SELECT %(workspace)s, lead_id, 'edited', 'On the list “' || %(words)s || '”', '{}', %(by)s, %(now)s, %(edit)s FROM added
"""

# A lead that somebody has changed since, or whose stage is gone, stays as it is.
STAGE_BACK = """
WITH before AS MATERIALIZED (
  SELECT lead.id, detail, COALESCE(stage.name, '') AS name
  FROM unnest(%(ids)s::uuid[], %(details)s::jsonb[]) AS told (lead_id, detail)
  JOIN leads_lead lead ON lead.id = told.lead_id
  LEFT JOIN leads_stage stage ON stage.id = (told.detail->>'stage')::bigint
  WHERE lead.workspace_id = %(workspace)s AND lead.erased_at IS NULL AND lead.stage_id IS NOT DISTINCT FROM %(value)s
    AND (stage.id IS NOT NULL OR told.detail->>'stage' IS NULL)
), told AS (
  INSERT INTO leads_activity (workspace_id, lead_id, kind, text, detail, by_id, occurred_at)
  SELECT %(workspace)s, id, 'stage', 'Undone: back to ' || COALESCE(NULLIF(name, ''), 'no stage'), '{}', %(by)s, %(now)s
  FROM before
)
UPDATE leads_lead lead
SET stage_id = (detail->>'stage')::bigint, outcome = detail->>'outcome', outcome_reason = detail->>'reason',
  closed_at = (detail->>'closed_at')::timestamptz, updated_at = %(now)s
FROM before WHERE lead.id = before.id
"""

OWNER_BACK = """
WITH before AS MATERIALIZED (
  SELECT lead.id, (told.detail->>'owner')::bigint AS owner_id
  FROM unnest(%(ids)s::uuid[], %(details)s::jsonb[]) AS told (lead_id, detail)
  JOIN leads_lead lead ON lead.id = told.lead_id
  WHERE lead.workspace_id = %(workspace)s AND lead.erased_at IS NULL AND lead.owner_id IS NOT DISTINCT FROM %(value)s
), told AS (
  INSERT INTO leads_activity (workspace_id, lead_id, kind, text, detail, by_id, occurred_at)
  SELECT %(workspace)s, before.id, 'owner', 'Undone: back to ' || COALESCE(NULLIF(trim(person.first_name || ' ' ||
    person.last_name), ''), person.email, 'nobody'), '{}', %(by)s, %(now)s
  FROM before LEFT JOIN billing_user person ON person.id = before.owner_id
)
UPDATE leads_lead lead SET owner_id = before.owner_id, updated_at = %(now)s FROM before WHERE lead.id = before.id
"""

TAG_BACK = """
WITH gone AS (
  DELETE FROM leads_leadtag
  WHERE lead_id = ANY(%(ids)s) AND tag_id = %(value)s AND workspace_id = %(workspace)s RETURNING lead_id
)
INSERT INTO leads_activity (workspace_id, lead_id, kind, text, detail, by_id, occurred_at)
SELECT %(workspace)s, lead_id, 'edited', 'Undone: tag “' || %(words)s || '” taken off', '{}', %(by)s, %(now)s FROM gone
"""

LIST_BACK = """
WITH gone AS (
  DELETE FROM leads_leadlistentry
  WHERE lead_id = ANY(%(ids)s) AND lead_list_id = %(value)s AND workspace_id = %(workspace)s RETURNING lead_id
)
INSERT INTO leads_activity (workspace_id, lead_id, kind, text, detail, by_id, occurred_at)
SELECT %(workspace)s, lead_id, 'edited', 'Undone: off the list “' || %(words)s || '”', '{}', %(by)s, %(now)s FROM gone
"""
