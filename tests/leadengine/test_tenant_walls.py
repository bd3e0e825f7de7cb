"""The walls between workspaces stand in the database itself: asked of its catalogue, model by model."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models

from billing.models import CreditEntry
from leadengine.tenancy import TenantDetail, TenantModel, tenant_keys
from leads.models import Lead
from tests.factories import credits, leads, people

pytestmark = [pytest.mark.django_db, pytest.mark.db]

TENANTS = [model for model in apps.get_models() if issubclass(model, TenantModel)]
TO_WORKSPACE = "FOREIGN KEY (workspace_id) REFERENCES billing_workspace(id)"
APPEND_ONLY = ("billing_creditentry", "billing_auditevent")


def label(model: type[models.Model]) -> str:
    return model._meta.label


def constraints(table: str) -> list[tuple[str, str]]:
    """Type and definition of each constraint of a table, as PostgreSQL writes them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT contype, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass", [table]
        )
        return cursor.fetchall()


def triggers(table: str) -> dict[str, str]:
    """Name -> definition of the triggers that fire."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger "
            "WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled = 'O'",
            [table],
        )
        return dict(cursor.fetchall())


def test_there_are_tenants_to_look_at() -> None:
    assert len(TENANTS) > 20


@pytest.mark.parametrize("model", TENANTS, ids=label)
def test_each_key_between_records_of_a_workspace_carries_the_workspace(model) -> None:
    standing = [text for kind, text in constraints(model._meta.db_table) if kind == "f"]

    for field in tenant_keys(model):
        target = field.remote_field.model._meta
        wall = (
            f"FOREIGN KEY ({field.column}, workspace_id) REFERENCES {target.db_table}({target.pk.column}, workspace_id)"
        )
        assert any(text.startswith(wall) and "DEFERRABLE INITIALLY DEFERRED" in text for text in standing), wall


@pytest.mark.parametrize("model", TENANTS, ids=label)
def test_no_plain_key_leads_to_a_record_of_a_workspace(model) -> None:
    plain = [each for each in model._meta.local_fields if each.is_relation and each not in tenant_keys(model)]

    assert [each.name for each in plain if issubclass(each.related_model, TenantModel)] == []


@pytest.mark.parametrize("model", TENANTS, ids=label)
def test_workspace_is_never_empty_and_never_dangling(model) -> None:
    """By a key of its own, or by that of the record it hangs on: one that is always there, or exactly one of several."""
    standing = constraints(model._meta.db_table)

    assert not model._meta.get_field("workspace").null
    if issubclass(model, TenantDetail):
        keys = tenant_keys(model)
        exactly_one = [text for kind, text in standing if kind == "c" and all(key.column in text for key in keys)]
        assert any(not key.null for key in keys) or exactly_one
    else:
        assert any(kind == "f" and text.startswith(TO_WORKSPACE) for kind, text in standing)


@pytest.mark.parametrize("model", TENANTS, ids=label)
def test_no_index_on_the_workspace_alone_tempts_the_planner(model) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", [model._meta.db_table])
        found = [text for (text,) in cursor.fetchall() if "(workspace_id)" in text and "UNIQUE" not in text]

    assert found == []


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_append_only_table_refuses_changes_by_trigger(table: str) -> None:
    fired = [text for text in triggers(table).values() if "append_only" in text]

    assert any("BEFORE DELETE OR UPDATE" in text for text in fired), triggers(table)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_entry_stays_as_it_was_whoever_asks(verb: str) -> None:
    workspace = people.workspace(credits=5)
    entries = CreditEntry.objects.of(workspace)

    with pytest.raises(IntegrityError, match="append-only"):
        entries.update(note="changed") if verb == "update" else entries.delete()


def test_record_cannot_point_into_another_workspace() -> None:
    mine, theirs = leads.lead(), leads.company(people.workspace())
    Lead.objects.filter(pk=mine.pk).update(company=theirs)

    with pytest.raises(IntegrityError, match="_wall"):
        connection.check_constraints()


def test_hold_cannot_be_drawn_on_from_another_workspace() -> None:
    held = credits.hold(people.workspace(credits=5), 5)
    other = people.workspace(credits=5)

    with pytest.raises(IntegrityError):
        charge_foreign(held, other)


def charge_foreign(held, other) -> None:
    CreditEntry.objects.create(
        workspace=other, account=other.credit_account, hold=held, kind="capture", posted=-1, held=-1, key="foreign"
    )
    connection.check_constraints()
