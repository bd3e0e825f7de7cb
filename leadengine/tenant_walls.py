"""The migration operation that builds the walls between workspaces in the database itself."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

from leadengine.tenancy import tenant_keys

UNIQUE = "ALTER TABLE {table} ADD CONSTRAINT {table}_wall UNIQUE ({pk}, workspace_id)"
FOREIGN = (
    "ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}, workspace_id) "
    "REFERENCES {target} ({target_pk}, workspace_id) DEFERRABLE INITIALLY DEFERRED"
)


def wall_name(table: str, column: str) -> str:
    """The name of the composite foreign key on `table (column, workspace_id)`, at most 63 bytes."""
    return f"{table}_{column}_wall"[-63:]


class WithoutWallTarget(Operation):
    """Takes UNIQUE (id, workspace_id) off models that no other record points at: an index that only costs. Reversible."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, *names: str) -> None:
        self.names = names

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Constraints of this kind are not part of Django's state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for name in self.names:
            table = to_state.apps.get_model(app_label, name)._meta.db_table
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_wall")

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for name in self.names:
            options = from_state.apps.get_model(app_label, name)._meta
            schema_editor.execute(UNIQUE.format(table=options.db_table, pk=options.pk.column))

    def describe(self) -> str:
        return f"Take the unused half of the walls off {', '.join(self.names)}"


class TenantWalls(Operation):
    """Adds UNIQUE (id, workspace_id) to each model and the deferrable foreign key (x_id, workspace_id) for each of its keys.

    A model that only others point at is named too. Reversible; changes no state.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, *names: str) -> None:
        self.names = names

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Constraints of this kind are not part of Django's state."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        models = [to_state.apps.get_model(app_label, name) for name in self.names]
        for model in models:
            schema_editor.execute(UNIQUE.format(table=model._meta.db_table, pk=model._meta.pk.column))
        for model in models:
            for field in tenant_keys(model):
                schema_editor.execute(self.foreign(model, field))

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        models = [from_state.apps.get_model(app_label, name) for name in self.names]
        for model in models:
            for field in tenant_keys(model):
                name = wall_name(model._meta.db_table, field.column)
                schema_editor.execute(f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT {name}")
        for model in models:
            schema_editor.execute(f"ALTER TABLE {model._meta.db_table} DROP CONSTRAINT {model._meta.db_table}_wall")

    def foreign(self, model: Any, field: Any) -> str:
        target = field.remote_field.model._meta
        return FOREIGN.format(
            table=model._meta.db_table,
            name=wall_name(model._meta.db_table, field.column),
            column=field.column,
            target=target.db_table,
            target_pk=target.pk.column,
        )

    def describe(self) -> str:
        return f"Build the workspace walls of {', '.join(self.names)}"
