"""The statements that edit many leads at once and put them back: each changes the leads and tells their timelines in one.

All take the parameters workspace, by, now, edit, value, words, and `ids`, the leads in question. What a lead had before
the edit, and has since, is kept in the `detail` of its activity. Taking an edit back is done with the ids of the leads
and of their `events`, in the same order: as arrays, because rows that were written a moment ago have no statistics, and
100,000 of them are then planned as a loop in a loop. It answers the leads that were put back.
"""

STANDING = """jsonb_build_object('stage_id', lead.stage_id, 'outcome', lead.outcome, 'outcome_reason', lead.outcome_reason,
    'closed_at', lead.closed_at, 'deal_value', lead.deal_value, 'deal_currency', lead.deal_currency)"""
OWNING = "jsonb_build_object('owner_id', lead.owner_id)"

EDIT = """
WITH before AS MATERIALIZED (
  SELECT lead.id, {standing} AS standing, COALESCE(stage.name, '') AS name
  FROM leads_lead lead LEFT JOIN leads_stage stage ON stage.id = lead.stage_id
  WHERE lead.id = ANY(%(ids)s) AND lead.workspace_id = %(workspace)s AND {differs}
), changed AS (
  UPDATE leads_lead lead SET {values}, updated_at = %(now)s FROM before WHERE lead.id = before.id
  RETURNING lead.id, lead.outcome, before.name, before.standing AS before, {standing} AS after
)
INSERT INTO leads_activity (workspace_id, lead_id, kind, text, detail, by_id, occurred_at, edit_id)
SELECT %(workspace)s, id, '{kind}', {text}, jsonb_build_object('before', before, 'after', after),
  %(by)s, %(now)s, %(edit)s
FROM changed
"""

STAGE = EDIT.format(
    standing=STANDING,
    differs="lead.stage_id IS DISTINCT FROM %(value)s",
    values="""stage_id = %(value)s, outcome = %(outcome)s, outcome_reason = %(reason)s, closed_at = %(closed_at)s,
    deal_value = COALESCE(%(deal_value)s::numeric, lead.deal_value),
    deal_currency = COALESCE(NULLIF(%(deal_currency)s, ''), lead.deal_currency)""",
    kind="stage",
    text="name || ' → ' || %(words)s",
)
OUTCOME = EDIT.format(
    standing=STANDING,
    differs="""(lead.outcome_reason, lead.deal_value, lead.deal_currency)
    IS DISTINCT FROM (%(reason)s, %(deal_value)s::numeric, %(deal_currency)s)""",
    values="outcome_reason = %(reason)s, deal_value = %(deal_value)s::numeric, deal_currency = %(deal_currency)s",
    kind="edited",
    text="initcap(outcome) || ': ' || %(words)s",
)
OWNER = EDIT.format(
    standing=OWNING,
    differs="lead.owner_id IS DISTINCT FROM %(value)s",
    values="owner_id = %(value)s",
    kind="owner",
    text="%(words)s",
)

TOLD = """
WITH changed AS ({changed})
INSERT INTO leads_activity (workspace_id, lead_id, kind, text, detail, by_id, occurred_at, edit_id)
SELECT %(workspace)s, lead_id, 'edited', {text} || ' “' || %(words)s || '”', {detail}, %(by)s, %(now)s, %(edit)s
FROM changed
"""

TAG = TOLD.format(
    changed="""  INSERT INTO leads_leadtag (workspace_id, lead_id, tag_id)
  SELECT %(workspace)s, id, %(value)s FROM leads_lead WHERE id = ANY(%(ids)s) AND workspace_id = %(workspace)s ORDER BY id
  ON CONFLICT (lead_id, tag_id) DO NOTHING RETURNING lead_id""",
    text="'Tagged'",
    detail="'{}'::jsonb",
)

LIST = TOLD.format(
    changed="""  INSERT INTO leads_leadlistentry (workspace_id, lead_id, lead_list_id, added_at)
  SELECT %(workspace)s, id, %(value)s, %(now)s FROM leads_lead
  WHERE id = ANY(%(ids)s) AND workspace_id = %(workspace)s ORDER BY id
  ON CONFLICT (lead_list_id, lead_id) DO NOTHING RETURNING lead_id""",
    text="'On the list'",
    detail="'{}'::jsonb",
)

UNTAG = TOLD.format(
    changed="""  DELETE FROM leads_leadtag
  WHERE lead_id = ANY(%(ids)s) AND tag_id = %(value)s AND workspace_id = %(workspace)s RETURNING lead_id""",
    text="'No longer tagged'",
    detail="'{}'::jsonb",
)

UNLIST = TOLD.format(
    changed="""  DELETE FROM leads_leadlistentry
  WHERE lead_id = ANY(%(ids)s) AND lead_list_id = %(value)s AND workspace_id = %(workspace)s RETURNING lead_id, added_at""",
    text="'Off the list'",
    detail="jsonb_build_object('added_at', added_at)",
)

# Only a lead that is as the edit left it goes back, and only to a stage or person that is still there.
EDIT_BACK = """told AS MATERIALIZED (
  SELECT event.lead_id, event.detail->'before' AS before, event.detail->'after' AS after
  FROM unnest(%(events)s::bigint[]) AS own (id) JOIN leads_activity event ON event.id = own.id
), back AS (
  UPDATE leads_lead lead SET {values}, updated_at = %(now)s
  FROM told
  WHERE lead.id = told.lead_id AND lead.workspace_id = %(workspace)s AND {standing} = told.after
    AND (told.before->>'{key}' IS NULL OR EXISTS (SELECT FROM {table} WHERE id = (told.before->>'{key}')::bigint))
  RETURNING lead.id
)
"""

FORGET = """
WITH {back}
DELETE FROM leads_activity USING back WHERE edit_id = %(edit)s AND lead_id = back.id RETURNING lead_id
"""

STAGE_BACK = FORGET.format(
    back=EDIT_BACK.format(
        standing=STANDING,
        values="""stage_id = (told.before->>'stage_id')::bigint, outcome = told.before->>'outcome',
    outcome_reason = told.before->>'outcome_reason', closed_at = (told.before->>'closed_at')::timestamptz,
    deal_value = (told.before->>'deal_value')::numeric, deal_currency = told.before->>'deal_currency'""",
        key="stage_id",
        table="leads_stage",
    )
)
OWNER_BACK = FORGET.format(
    back=EDIT_BACK.format(
        standing=OWNING, values="owner_id = (told.before->>'owner_id')::bigint", key="owner_id", table="billing_user"
    )
)

TAG_BACK = FORGET.format(
    back="""back AS (
  DELETE FROM leads_leadtag
  WHERE lead_id = ANY(%(ids)s) AND tag_id = %(value)s AND workspace_id = %(workspace)s RETURNING lead_id AS id
)"""
)

LIST_BACK = FORGET.format(
    back="""back AS (
  DELETE FROM leads_leadlistentry
  WHERE lead_id = ANY(%(ids)s) AND lead_list_id = %(value)s AND workspace_id = %(workspace)s RETURNING lead_id AS id
)"""
)

UNTAG_BACK = FORGET.format(
    back="""back AS (
  INSERT INTO leads_leadtag (workspace_id, lead_id, tag_id)
  SELECT %(workspace)s, own.id, tag.id FROM unnest(%(ids)s::uuid[]) AS own (id), leads_tag tag
  WHERE tag.id = %(value)s AND tag.workspace_id = %(workspace)s
  ON CONFLICT (lead_id, tag_id) DO NOTHING RETURNING lead_id AS id
)"""
)

UNLIST_BACK = FORGET.format(
    back="""back AS (
  INSERT INTO leads_leadlistentry (workspace_id, lead_id, lead_list_id, added_at)
  SELECT %(workspace)s, event.lead_id, list.id, (event.detail->>'added_at')::timestamptz
  FROM unnest(%(events)s::bigint[]) AS own (id) JOIN leads_activity event ON event.id = own.id, leads_leadlist list
  WHERE list.id = %(value)s AND list.workspace_id = %(workspace)s
  ON CONFLICT (lead_list_id, lead_id) DO NOTHING RETURNING lead_id AS id
)"""
)
