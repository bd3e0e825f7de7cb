"""Enrichments: orders about many leads, what is asked of each, and each field before and after."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import leadengine.tenancy
from leadengine.tenant_walls import TenantWalls, WithoutWallTarget


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0010_answers_epoch"),
        ("enrichment", "0008_lookups"),
        ("leads", "0023_linkedin_accounts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Enrichment",
            fields=[
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("paused", "Paused"),
                            ("done", "Done"),
                            ("stopped", "Stopped"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("cursor", models.JSONField(blank=True, default=dict)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed", models.BooleanField(default=False)),
                (
                    "taken_at",
                    models.DateTimeField(
                        blank=True, help_text="When a worker last took it: the measure of fairness.", null=True
                    ),
                ),
                ("epoch", models.PositiveIntegerField(default=0)),
                ("stalls", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, default="", max_length=300)),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.UUIDField(default=uuid.uuid4)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("email", "Find e-mail"),
                                ("verify", "Verify e-mail"),
                                ("line", "Phone line"),
                                ("company", "Company by its DNS"),
                                ("profiles", "Company profiles"),
                            ],
                            max_length=8,
                        ),
                        size=None,
                    ),
                ),
                (
                    "at_most",
                    models.DecimalField(decimal_places=2, help_text="Credits, as the button named it.", max_digits=12),
                ),
                ("selected", models.PositiveIntegerField(help_text="Leads that were chosen.")),
                ("leads", models.PositiveIntegerField(help_text="Leads about which something is asked.")),
                ("is_test", models.BooleanField(default=False)),
                ("is_invented", models.BooleanField(default=False, help_text="Answered by the sandbox.")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "hold",
                    leadengine.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="billing.hold"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EnrichmentItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("email", "Find e-mail"),
                            ("verify", "Verify e-mail"),
                            ("line", "Phone line"),
                            ("company", "Company by its DNS"),
                            ("profiles", "Company profiles"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("asked", "Being asked"),
                            ("found", "Found"),
                            ("nothing", "Not found"),
                            ("failed", "No answer"),
                            ("left", "Not asked"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("price", models.DecimalField(decimal_places=2, max_digits=12)),
                ("charged", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("before", models.JSONField(blank=True, default=dict)),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("score_before", models.SmallIntegerField(blank=True, null=True)),
                ("grade_before", models.CharField(blank=True, default="", max_length=2)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "company",
                    leadengine.tenancy.TenantForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="leads.company",
                    ),
                ),
                (
                    "enrichment",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="enrichment.enrichment",
                    ),
                ),
                (
                    "lead",
                    leadengine.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="enrichment_items", to="leads.lead"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EnrichedField",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=40)),
                ("before", models.TextField(blank=True, default="")),
                ("after", models.TextField()),
                (
                    "mark",
                    models.CharField(
                        choices=[
                            ("added", "Added"),
                            ("changed", "Changed"),
                            ("same", "Same"),
                            ("conflict", "Conflict"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To decide"),
                            ("applied", "In use"),
                            ("kept", "Old kept"),
                            ("undone", "Undone"),
                        ],
                        default="open",
                        max_length=7,
                    ),
                ),
                ("source", models.CharField(max_length=40)),
                ("url", models.CharField(blank=True, default="", max_length=500)),
                ("confidence", models.FloatField(blank=True, null=True)),
                ("undo", models.JSONField(blank=True, default=dict)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lead",
                    leadengine.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="enriched_fields", to="leads.lead"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
                (
                    "item",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fields",
                        to="enrichment.enrichmentitem",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="enrichment",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "running"])), fields=["due_at"], name="enrichment_due"
            ),
        ),
        migrations.AddIndex(
            model_name="enrichment",
            index=models.Index(fields=["workspace", "-created_at"], name="enrichment_recent"),
        ),
        migrations.AddIndex(
            model_name="enrichment",
            index=models.Index(fields=["hold"], name="enrichment_hold"),
        ),
        migrations.AddConstraint(
            model_name="enrichment",
            constraint=models.UniqueConstraint(fields=("workspace", "key"), name="enrichment_once"),
        ),
        migrations.AddIndex(
            model_name="enrichmentitem",
            index=models.Index(
                condition=models.Q(("company__isnull", False)),
                fields=["company", "kind"],
                name="enrichment_item_company",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrichmentitem",
            constraint=models.UniqueConstraint(fields=("enrichment", "lead", "kind"), name="enrichment_item_once"),
        ),
        migrations.AddConstraint(
            model_name="enrichmentitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["email", "verify", "line", "company", "profiles"])),
                name="enrichment_item_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrichmentitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "asked", "found", "nothing", "failed", "left"])),
                name="enrichment_item_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrichedfield",
            constraint=models.UniqueConstraint(fields=("item", "field"), name="enriched_field_once"),
        ),
        migrations.AddConstraint(
            model_name="enrichedfield",
            constraint=models.CheckConstraint(
                condition=models.Q(("mark__in", ["added", "changed", "same", "conflict"])), name="enriched_field_mark"
            ),
        ),
        migrations.AddConstraint(
            model_name="enrichedfield",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "applied", "kept", "undone"])), name="enriched_field_state"
            ),
        ),
        TenantWalls("enrichment", "enrichmentitem", "enrichedfield"),
        WithoutWallTarget("enrichedfield"),
    ]
