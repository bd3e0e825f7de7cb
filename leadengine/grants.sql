-- What the application's role may do: read and write rows. It owns nothing, so it can neither change tables nor
-- truncate them. Applied by `manage.py migrate` after each migration, when the owner is another role; may be repeated.

GRANT USAGE ON SCHEMA public TO {app};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {app};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app};

-- Append-only tables, and Django's list of migrations.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['billing_creditentry', 'billing_auditevent'] LOOP
        IF to_regclass(name) IS NOT NULL THEN
            EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM %I', name, {app_name});
        END IF;
    END LOOP;
    IF to_regclass('django_migrations') IS NOT NULL THEN
        EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM %I', {app_name});
    END IF;
END
$$;
