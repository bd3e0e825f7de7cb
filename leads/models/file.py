"""Files that a user brings along as a source: the rows as they were read, with what was wrong with each."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from leadengine.tenancy import TenantDetail, TenantForeignKey, TenantModel
from leads.models.keys import new_id


class SourceFile(TenantModel):
    """One uploaded CSV: its header, how its columns map to our fields, and where the data is from."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    header = ArrayField(models.CharField(max_length=200), default=list)
    mapping = models.JSONField(default=dict, help_text="Our field to the column's position.")
    encoding = models.CharField(max_length=20, default="utf-8")
    delimiter = models.CharField(max_length=1, default=",")
    row_count = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list, blank=True, help_text="[[line, reason], ...] of rows left out.")
    uploaded_by = models.ForeignKey("billing.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["workspace", "-created_at"], name="source_file_recent")]

    def __str__(self) -> str:
        return self.name


class SourceFileRow(TenantDetail):
    """One row of a file, by its line number."""

    file = TenantForeignKey(SourceFile, models.CASCADE, related_name="rows", db_index=False)
    line = models.PositiveIntegerField()
    cells = ArrayField(models.TextField(), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "line"], name="file_row_once")]

    def __str__(self) -> str:
        return f"line {self.line}"
