"""What makes a record belong to one workspace: its base model, its query set, and its foreign keys.

Three walls (docs/adr/0002): queries start from `of(workspace)`, a foreign key between tenant records is checked by the
database together with the workspace, and a test walks every URL as a stranger.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models


class WorkspaceQuerySet(models.QuerySet):
    """A query set whose every use starts from the workspace that asks."""

    def of(self, workspace: models.Model | int) -> Self:
        return self.filter(workspace=workspace)


class TenantModel(models.Model):
    """A record that belongs to exactly one workspace.

    Its own indexes begin with the workspace; one on the workspace alone would only tempt the planner to read a whole
    workspace where a handful of rows is wanted (docs/adr/0006).
    """

    workspace = models.ForeignKey("billing.Workspace", models.PROTECT, related_name="+", db_index=False)

    objects: ClassVar[Any] = WorkspaceQuerySet.as_manager()

    class Meta:
        abstract = True


class TenantDetail(TenantModel):
    """A record that hangs on another record of the workspace: the composite key to that one vouches for the workspace."""

    workspace = models.ForeignKey(
        "billing.Workspace", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        abstract = True


class TenantKey(models.Field):
    """What makes a foreign key one to a record of the same workspace.

    Django cannot declare the composite key `(x_id, workspace_id)`, so the field asks for no constraint of its own and the
    migration operation `TenantWalls` makes the composite one.
    """

    def __init__(self, to: Any, on_delete: Any, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_constraint", None)
        return name, path, args, kwargs


class TenantForeignKey(TenantKey, models.ForeignKey):
    """A foreign key to a record of the same workspace."""


class TenantOneToOneField(TenantKey, models.OneToOneField):
    """As `TenantForeignKey`, and at most one."""


def tenant_keys(model: type[models.Model]) -> list[Any]:
    """The fields of `model` that must be held by a composite foreign key."""
    return [field for field in model._meta.local_fields if isinstance(field, TenantKey)]
