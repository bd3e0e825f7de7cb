"""The ledger's rules that Django cannot declare: entries fold into totals, and neither they nor the audit ever change."""

from django.db import migrations

FOLD = """
CREATE FUNCTION billing_fold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE billing_creditaccount AS account
    SET posted = account.posted + added.posted, held = account.held + added.held
    FROM (SELECT account_id, sum(posted) AS posted, sum(held) AS held FROM added_entries GROUP BY 1 ORDER BY 1) AS added
    WHERE account.id = added.account_id;

    UPDATE billing_hold AS hold
    SET remaining = hold.remaining + added.held, captured = hold.captured - added.posted
    FROM (
        SELECT hold_id, sum(posted) AS posted, sum(held) AS held
        FROM added_entries WHERE hold_id IS NOT NULL GROUP BY 1 ORDER BY 1
    ) AS added
    WHERE hold.id = added.hold_id;

    RETURN NULL;
END
$$;

CREATE TRIGGER billing_fold AFTER INSERT ON billing_creditentry
REFERENCING NEW TABLE AS added_entries FOR EACH STATEMENT EXECUTE FUNCTION billing_fold();
"""
UNDO_FOLD = """
DROP TRIGGER billing_fold ON billing_creditentry;
DROP FUNCTION billing_fold;
"""

FROZEN = """
CREATE FUNCTION billing_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER billing_append_only BEFORE UPDATE OR DELETE ON billing_creditentry
FOR EACH STATEMENT EXECUTE FUNCTION billing_append_only();

CREATE TRIGGER billing_append_only BEFORE UPDATE OR DELETE ON billing_auditevent
FOR EACH STATEMENT EXECUTE FUNCTION billing_append_only();
"""
UNDO_FROZEN = """
DROP TRIGGER billing_append_only ON billing_auditevent;
DROP TRIGGER billing_append_only ON billing_creditentry;
DROP FUNCTION billing_append_only;
"""

# A trigger depth of one is a statement of somebody's own; the fold's updates run one deeper.
DERIVED = """
CREATE FUNCTION billing_derived() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'the totals of % are derived from its entries', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER billing_derived_update BEFORE UPDATE ON billing_creditaccount FOR EACH ROW
WHEN ((OLD.id, OLD.workspace_id, OLD.posted, OLD.held) IS DISTINCT FROM (NEW.id, NEW.workspace_id, NEW.posted, NEW.held))
EXECUTE FUNCTION billing_derived();

CREATE TRIGGER billing_derived_insert BEFORE INSERT ON billing_creditaccount FOR EACH ROW
WHEN ((NEW.posted, NEW.held) IS DISTINCT FROM (0::numeric, 0::numeric))
EXECUTE FUNCTION billing_derived();

CREATE TRIGGER billing_derived_update BEFORE UPDATE ON billing_hold FOR EACH ROW
WHEN ((OLD.id, OLD.account_id, OLD.remaining, OLD.captured) IS DISTINCT FROM (NEW.id, NEW.account_id, NEW.remaining, NEW.captured))
EXECUTE FUNCTION billing_derived();

CREATE TRIGGER billing_derived_insert BEFORE INSERT ON billing_hold FOR EACH ROW
WHEN ((NEW.remaining, NEW.captured) IS DISTINCT FROM (0::numeric, 0::numeric))
EXECUTE FUNCTION billing_derived();
"""
UNDO_DERIVED = """
DROP TRIGGER billing_derived_insert ON billing_hold;
DROP TRIGGER billing_derived_update ON billing_hold;
DROP TRIGGER billing_derived_insert ON billing_creditaccount;
DROP TRIGGER billing_derived_update ON billing_creditaccount;
DROP FUNCTION billing_derived;
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]

    operations = [
        migrations.RunSQL(FOLD, UNDO_FOLD),
        migrations.RunSQL(FROZEN, UNDO_FROZEN),
        migrations.RunSQL(DERIVED, UNDO_DERIVED),
    ]
