"""Imports of a workspace's own leads: the file on its way into the workspace, and what became of each of its rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from leadengine.leased import OPEN_STATES, Leased
from leadengine.tenancy import TenantDetail, TenantForeignKey, TenantModel, TenantOneToOneField
from leads.models.company import Company
from leads.models.file import SourceFile
from leads.models.keys import new_id
from leads.models.lead import Lead

IMPORTED = "file:import"  # the source of imported leads and of what is said of them
UNDO_FOR = timedelta(hours=24)
RESUMABLE_FOR = timedelta(days=7)


class ImportStep(models.TextChoices):
    MAP = "map", "Columns"
    CHECK = "check", "Check"
    IMPORT = "import", "Import"
    DONE = "done", "Imported"
    UNDO = "undo", "Being undone"
    UNDONE = "undone", "Undone"


class OnMatch(models.TextChoices):
    SKIP = "skip", "Leave them as they are"
    FILL = "fill", "Fill their gaps"
    OVERWRITE = "overwrite", "Overwrite them with the file"


class MatchBy(models.TextChoices):
    PERSON = "person", "Everything that tells a person"
    EMAIL = "email", "E-mail address or profile"
    DOMAIN = "domain", "Also the name at the same web domain"


UNFINISHED = (ImportStep.MAP, ImportStep.CHECK)
UNDER_WAY = (*UNFINISHED, ImportStep.IMPORT)


class Import(TenantModel, Leased):
    """One file on its way; worked on by a worker while it is checked, imported or undone, else paused for a person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file = TenantOneToOneField(SourceFile, models.SET_NULL, null=True, blank=True, related_name="imported_by")
    name = models.CharField(max_length=200)
    step = models.CharField(max_length=8, choices=ImportStep, default=ImportStep.MAP)
    match_by = models.CharField(max_length=8, choices=MatchBy, default=MatchBy.PERSON)
    on_match = models.CharField(max_length=10, choices=OnMatch, default=OnMatch.FILL)
    source_note = models.CharField(
        max_length=300, blank=True, default="", help_text="Where the data is from, as its owner says."
    )
    grades = models.BooleanField(default=True, help_text="Whether its leads are graded when they are imported.")
    unit_price = models.DecimalField(max_digits=12, decimal_places=2, default=Decimal(0))
    hold = TenantForeignKey("billing.Hold", models.PROTECT, null=True, blank=True, related_name="+")
    counts = models.JSONField(default=dict, blank=True, help_text="Rows by what became of them, once that is known.")
    observed_at = models.DateTimeField(default=timezone.now, help_text="As of when the file speaks: its upload.")
    started_by = models.ForeignKey("billing.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("billing.User", models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="import_step", condition=Q(step__in=ImportStep.values))]
        indexes = [
            models.Index(fields=["workspace", "-created_at", "-id"], name="import_recent"),
            models.Index(fields=["due_at"], name="import_due", condition=Q(state__in=[*OPEN_STATES])),
        ]

    def __str__(self) -> str:
        return self.name

    source = IMPORTED
    run_id = None

    @property
    def asked_at(self) -> datetime:
        """When what it says was observed."""
        return self.observed_at

    @property
    def owner_id(self) -> int:
        """Whose leads they become."""
        return self.started_by_id

    @property
    def is_working(self) -> bool:
        """Whether a worker has something to do."""
        return self.state in OPEN_STATES

    @property
    def is_checked(self) -> bool:
        return self.step == ImportStep.CHECK and not self.is_working and bool(self.counts)

    @property
    def resumable_until(self) -> datetime:
        return self.created_at + RESUMABLE_FOR

    @property
    def undoable_until(self) -> datetime | None:
        return self.finished_at + UNDO_FOR if self.finished_at and self.step == ImportStep.DONE else None

    @property
    def written(self) -> int:
        """Rows that make a lead or change one."""
        return sum(self.counts.get(verdict, 0) for verdict in WRITING)


class ImportUpload(TenantDetail):
    """The file's bytes, kept while another encoding or delimiter may still be chosen, and no longer."""

    of = TenantOneToOneField(Import, models.CASCADE, related_name="upload")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"upload of {self.of_id}"


class Verdict(models.TextChoices):
    """What becomes of a row: by its check, and then by its import."""

    NEW = "new", "New"
    UPDATE = "update", "Update"
    KNOWN = "known", "Yours already"
    DUPLICATE = "duplicate", "Duplicate in the file"
    ERROR = "error", "Error"
    SUPPRESSED = "suppressed", "On the suppression list"
    BARRED = "barred", "At a company that is marked"


WRITING = (Verdict.NEW, Verdict.UPDATE)  # rows that make a lead or change one


class Undoing(models.TextChoices):
    """What an undo did with the lead of a row; empty before."""

    REMOVED = "removed", "Removed"
    PUT_BACK = "put_back", "Put back"
    LEFT = "left", "Left as it is"


class ImportRow(TenantDetail):
    """What became of one row, by the line of the file in which it begins; its cells stand with the file."""

    of = TenantForeignKey(Import, models.CASCADE, related_name="rows", db_index=False)
    line = models.PositiveIntegerField()
    head = models.PositiveIntegerField(help_text="The line of the first row of the same person.")
    verdict = models.CharField(max_length=10, choices=Verdict)
    faults = models.JSONField(default=dict, blank=True, help_text="Our field -> what is wrong with its cell.")
    why = models.CharField(max_length=300, blank=True, default="", help_text="For people; names no value of the row.")
    is_done = models.BooleanField(default=False)
    lead = TenantForeignKey(Lead, models.CASCADE, null=True, blank=True, related_name="import_rows", db_index=False)
    undoing = models.CharField(max_length=8, choices=Undoing, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "line"], name="import_row_once")]
        indexes = [
            models.Index(fields=["of", "verdict", "line"], name="import_row_verdict"),
            models.Index(fields=["lead"], name="import_row_lead", condition=Q(lead__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"line {self.line}"


class ImportKey(TenantDetail):
    """A 64-bit hash under which likely duplicates of a row are looked for; there only while the file is checked."""

    of = TenantForeignKey(Import, models.CASCADE, related_name="keys", db_index=False)
    key = models.BigIntegerField()
    line = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["of", "key"], include=["line"], name="import_key_lookup")]

    def __str__(self) -> str:
        return str(self.key)


class ImportChange(TenantDetail):
    """A lead or company as it was before an import changed it, and as it was left; `before` is None for one it made."""

    of = TenantForeignKey(Import, models.CASCADE, related_name="changes")
    lead = TenantForeignKey(Lead, models.CASCADE, null=True, blank=True, related_name="import_changes")
    company = TenantForeignKey(Company, models.CASCADE, null=True, blank=True, related_name="import_changes")
    before = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    replaced = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="Rows of evidence that were in use before."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_change_of_one", condition=Q(lead__isnull=True) ^ Q(company__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"change of {self.lead_id or self.company_id}"
