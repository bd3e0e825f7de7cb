"""The tables of leads as their migrations left them, with the walls between workspaces."""

import uuid
from decimal import Decimal
from importlib import import_module

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import leadengine.tenancy
import leads.models.keys
from leadengine.tenant_walls import TenantWalls, WithoutWallTarget

FIRST = import_module("leads.migrations.0001_extensions").Migration


class Migration(migrations.Migration):
    replaces = [
        ("leads", "0001_extensions"),
        ("leads", "0002_leads"),
        ("leads", "0003_walls"),
        ("leads", "0004_indexes_that_are_read"),
        ("leads", "0005_saved_search_limits"),
        ("leads", "0006_groups_and_companies"),
        ("leads", "0007_views_and_edits"),
        ("leads", "0008_watchers_and_schedules"),
        ("leads", "0009_undo_of_every_edit"),
        ("leads", "0010_erased_for"),
        ("leads", "0011_logged_activities"),
        ("leads", "0012_checked_activities"),
        ("leads", "0014_providers"),
        ("leads", "0015_linkedin"),
        ("leads", "0016_company_choices"),
        ("leads", "0017_help_of_a_runs_profile"),
        ("leads", "0018_purchases"),
        ("leads", "0019_what_was_asked_stays"),
        ("leads", "0020_purchases_side_by_side"),
        ("leads", "0021_responses_taken_in"),
        ("leads", "0022_suppressed_records"),
        ("leads", "0023_linkedin_accounts"),
    ]

    initial = True

    dependencies = [
        ("billing", "0010_answers_epoch"),
    ]

    operations = [
        *FIRST.operations,
        migrations.CreateModel(
            name="Dataset",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.SlugField(max_length=60, unique=True)),
                ("title", models.CharField(blank=True, default="", max_length=120)),
                ("is_sample", models.BooleanField(default=False, help_text="Invented data.")),
                ("observed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("loaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("company_count", models.PositiveIntegerField(default=0)),
                ("person_count", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Company",
            fields=[
                ("name", models.CharField(max_length=300)),
                (
                    "name_key",
                    models.CharField(db_index=True, help_text="Normalised for sorting and searching.", max_length=300),
                ),
                ("domain", models.CharField(blank=True, default="", max_length=253)),
                ("country", models.CharField(blank=True, default="", max_length=2)),
                ("region", models.CharField(blank=True, default="", max_length=120)),
                ("city", models.CharField(blank=True, default="", max_length=120)),
                (
                    "industry",
                    models.CharField(blank=True, default="", help_text="Code of our industry tree.", max_length=80),
                ),
                ("industry_raw", models.CharField(blank=True, default="", max_length=200)),
                ("employees_min", models.PositiveIntegerField(blank=True, null=True)),
                ("employees_max", models.PositiveIntegerField(blank=True, null=True)),
                ("revenue_usd", models.BigIntegerField(blank=True, help_text="Yearly, in US dollars.", null=True)),
                ("founded_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("funding_stage", models.CharField(blank=True, default="", max_length=40)),
                (
                    "technologies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "keywords",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), blank=True, default=list, size=None
                    ),
                ),
                ("description", models.TextField(blank=True, default="")),
                ("phone", models.CharField(blank=True, default="", max_length=40)),
                ("linkedin_slug", models.CharField(blank=True, default="", max_length=120)),
                (
                    "id",
                    models.UUIDField(
                        default=leads.models.keys.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        blank=True,
                        choices=[("", "None"), ("customer", "Customer"), ("competitor", "Competitor")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
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
            options={
                "verbose_name_plural": "companies",
                "indexes": [
                    models.Index(fields=["workspace", "name_key", "id"], name="company_by_name"),
                    models.Index(fields=["workspace", "domain"], name="company_by_domain"),
                    models.Index(fields=["workspace", "industry", "country", "city"], name="company_by_industry"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("relation__in", ["", "customer", "competitor"])), name="company_relation"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CompanyIdentity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=320)),
                (
                    "company",
                    leadengine.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="identities", to="leads.company"
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
            options={
                "verbose_name_plural": "company identities",
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "kind", "value"), name="company_identity_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomField",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[("text", "Text"), ("number", "Number"), ("date", "Date"), ("choice", "Choice")],
                        default="text",
                        max_length=8,
                    ),
                ),
                ("choices", models.JSONField(blank=True, default=list)),
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
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace", "key"), name="custom_field_once")],
            },
        ),
        migrations.CreateModel(
            name="DirectoryCompany",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300)),
                (
                    "name_key",
                    models.CharField(db_index=True, help_text="Normalised for sorting and searching.", max_length=300),
                ),
                ("domain", models.CharField(blank=True, default="", max_length=253)),
                ("country", models.CharField(blank=True, default="", max_length=2)),
                ("region", models.CharField(blank=True, default="", max_length=120)),
                ("city", models.CharField(blank=True, default="", max_length=120)),
                (
                    "industry",
                    models.CharField(blank=True, default="", help_text="Code of our industry tree.", max_length=80),
                ),
                ("industry_raw", models.CharField(blank=True, default="", max_length=200)),
                ("employees_min", models.PositiveIntegerField(blank=True, null=True)),
                ("employees_max", models.PositiveIntegerField(blank=True, null=True)),
                ("revenue_usd", models.BigIntegerField(blank=True, help_text="Yearly, in US dollars.", null=True)),
                ("founded_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("funding_stage", models.CharField(blank=True, default="", max_length=40)),
                (
                    "technologies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "keywords",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), blank=True, default=list, size=None
                    ),
                ),
                ("description", models.TextField(blank=True, default="")),
                ("phone", models.CharField(blank=True, default="", max_length=40)),
                ("linkedin_slug", models.CharField(blank=True, default="", max_length=120)),
                ("record_id", models.CharField(max_length=120)),
                (
                    "company_key",
                    models.CharField(help_text="Domain, else name key and country: one per company.", max_length=320),
                ),
                ("registry_ids", models.JSONField(blank=True, default=list)),
                ("hiring_on", models.DateField(blank=True, null=True)),
                ("hiring_detail", models.CharField(blank=True, default="", max_length=120)),
                ("funded_on", models.DateField(blank=True, null=True)),
                (
                    "growth_percent",
                    models.SmallIntegerField(blank=True, help_text="Headcount over twelve months.", null=True),
                ),
                ("expansion_on", models.DateField(blank=True, null=True)),
                ("url", models.CharField(blank=True, default="", max_length=500)),
                (
                    "search_text",
                    models.TextField(
                        default="", help_text="Normalised name, industry, keywords, technologies, description."
                    ),
                ),
                ("has_people", models.BooleanField(default=False)),
                ("rank", models.PositiveSmallIntegerField(default=0, help_text="Stored proxy of fit, best first.")),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="companies", to="leads.dataset"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "directory companies",
                "indexes": [
                    models.Index(fields=["industry", "country"], name="directory_company_where"),
                    models.Index(fields=["-rank", "id"], name="directory_company_rank"),
                    models.Index(fields=["company_key"], name="directory_company_key"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_text"], name="directory_company_text", opclasses=["gin_trgm_ops"]
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["technologies"], name="directory_company_tech"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("dataset", "record_id"), name="directory_company_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DirectoryCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("industry", models.CharField(blank=True, default="", max_length=80)),
                ("country", models.CharField(blank=True, default="", max_length=2)),
                ("size_band", models.CharField(blank=True, default="", max_length=12)),
                ("seniority", models.CharField(blank=True, default="", max_length=20)),
                ("department", models.CharField(blank=True, default="", max_length=40)),
                ("people", models.PositiveIntegerField(default=0)),
                ("companies", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("industry", "country", "size_band", "seniority", "department"),
                        name="directory_count_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DirectoryPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("record_id", models.CharField(max_length=120)),
                ("full_name", models.CharField(max_length=200)),
                ("first_name", models.CharField(blank=True, default="", max_length=100)),
                ("last_name", models.CharField(blank=True, default="", max_length=100)),
                ("title", models.CharField(blank=True, default="", max_length=200)),
                (
                    "title_key",
                    models.CharField(blank=True, default="", help_text="Normalised, for searching.", max_length=200),
                ),
                ("seniority", models.CharField(blank=True, default="", max_length=20)),
                ("department", models.CharField(blank=True, default="", max_length=40)),
                ("email", models.CharField(blank=True, default="", max_length=320)),
                (
                    "email_key",
                    models.CharField(blank=True, default="", help_text="As LeadIdentity keeps it.", max_length=320),
                ),
                ("phone", models.CharField(blank=True, default="", max_length=40)),
                ("linkedin_slug", models.CharField(blank=True, default="", max_length=120)),
                ("country", models.CharField(blank=True, default="", max_length=2)),
                ("region", models.CharField(blank=True, default="", max_length=120)),
                ("city", models.CharField(blank=True, default="", max_length=120)),
                ("new_in_role_on", models.DateField(blank=True, null=True)),
                ("observed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("url", models.CharField(blank=True, default="", max_length=500)),
                ("rank", models.PositiveSmallIntegerField(default=0, help_text="Stored proxy of fit, best first.")),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="leads.directorycompany"
                    ),
                ),
                (
                    "dataset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="leads.dataset"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "directory people",
                "indexes": [
                    models.Index(fields=["company"], name="directory_person_company"),
                    models.Index(fields=["seniority", "department"], name="directory_person_role"),
                    models.Index(fields=["-rank", "id"], name="directory_person_rank"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["title_key"], name="directory_person_title", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("dataset", "record_id"), name="directory_person_once")],
            },
        ),
        migrations.CreateModel(
            name="LeadList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace", "name"), name="lead_list_once")],
            },
        ),
        migrations.CreateModel(
            name="SourceFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=leads.models.keys.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                (
                    "header",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), default=list, size=None
                    ),
                ),
                ("mapping", models.JSONField(default=dict, help_text="Our field to the column's position.")),
                ("encoding", models.CharField(default="utf-8", max_length=20)),
                ("delimiter", models.CharField(default=",", max_length=1)),
                ("row_count", models.PositiveIntegerField(default=0)),
                (
                    "errors",
                    models.JSONField(blank=True, default=list, help_text="[[line, reason], ...] of rows left out."),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["workspace", "-created_at"], name="source_file_recent")],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=leads.models.keys.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("criteria", models.JSONField()),
                ("ideal", models.JSONField(default=dict, help_text="The ideal customer as it was at the start.")),
                (
                    "profile_id",
                    models.BigIntegerField(
                        help_text="The scoring profile's version in force at the start: its sources are asked by it, whatever is published later."
                    ),
                ),
                (
                    "sources",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None),
                ),
                ("most_leads", models.PositiveIntegerField()),
                ("most_credits", models.DecimalField(decimal_places=2, max_digits=12)),
                ("lowest_grade", models.CharField(default="D", max_length=2)),
                (
                    "new_only",
                    models.BooleanField(default=True, help_text="Leave out what the workspace knows already."),
                ),
                ("stop_rules", models.JSONField(blank=True, default=dict)),
                ("quote", models.JSONField(default=dict)),
                ("request_key", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("running", "Running"),
                            ("paused", "Paused"),
                            ("finished", "Finished"),
                            ("stopped", "Stopped"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=8,
                    ),
                ),
                (
                    "epoch",
                    models.PositiveIntegerField(
                        default=0, help_text="Raised by stop and pause: what is in flight is fenced off."
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        default="",
                        help_text="Why it stopped, paused or failed, for people.",
                        max_length=300,
                    ),
                ),
                ("found", models.PositiveIntegerField(default=0)),
                ("delivered", models.PositiveIntegerField(default=0)),
                ("spent", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=12)),
                ("stop_requested_at", models.DateTimeField(blank=True, null=True)),
                ("spent_at_stop", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "hold",
                    leadengine.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.hold",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                (
                    "source_file",
                    leadengine.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="runs",
                        to="leads.sourcefile",
                    ),
                ),
                (
                    "verify_emails",
                    models.BooleanField(
                        db_default=False, default=False, help_text="Verify the addresses of the leads that it delivers."
                    ),
                ),
                (
                    "is_cut_off",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="No name could be looked up, so that domains were not checked.",
                    ),
                ),
                (
                    "included",
                    models.PositiveIntegerField(
                        db_default=0,
                        default=0,
                        help_text="Of the delivered ones those that were included by hand, beyond what was asked.",
                    ),
                ),
                (
                    "included_cost",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=Decimal("0"),
                        help_text="What they cost, of what was spent.",
                        max_digits=12,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "-created_at", "-id"], name="run_recent")],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "request_key"), name="run_request_once"),
                    models.UniqueConstraint(fields=("workspace", "number"), name="run_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["queued", "running", "paused", "finished", "stopped", "failed"])
                        ),
                        name="run_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "delivered__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("most_leads"), "+", models.F("included")
                                ),
                            )
                        ),
                        name="run_within_leads",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "spent__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("most_credits"), "+", models.F("included_cost")
                                ),
                            )
                        ),
                        name="run_within_credits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lane",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("source", models.CharField(max_length=40)),
                (
                    "stage",
                    models.CharField(
                        choices=[("companies", "Companies"), ("people", "People")], default="people", max_length=10
                    ),
                ),
                ("feeds", models.BooleanField(default=False)),
                ("sequence", models.PositiveIntegerField(default=0, help_text="Number of the next batch.")),
                ("unit_price", models.DecimalField(decimal_places=2, max_digits=12)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("found", models.PositiveIntegerField(default=0)),
                ("delivered", models.PositiveIntegerField(default=0)),
                ("spent", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=12)),
                (
                    "faults",
                    models.PositiveSmallIntegerField(default=0, help_text="Source errors since the last answer."),
                ),
                ("retry_note", models.CharField(blank=True, default="", max_length=200)),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
                (
                    "run",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lanes",
                        to="leads.run",
                    ),
                ),
                (
                    "asked",
                    models.PositiveIntegerField(
                        default=0, help_text="Questions put to the provider, those that failed included."
                    ),
                ),
                (
                    "provider_credits",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        help_text="What the provider charged, in credits of its own.",
                        max_digits=12,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "running"])), fields=["due_at"], name="lane_due"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("run", "source", "stage"), name="lane_once")],
            },
        ),
        migrations.CreateModel(
            name="RunCompany",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("company_key", models.CharField(max_length=320)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("asked", "Asked")], default="waiting", max_length=8
                    ),
                ),
                ("facts", models.JSONField(default=dict)),
                ("found_by", models.CharField(max_length=40)),
                (
                    "run",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="frontier",
                        to="leads.run",
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
            options={
                "verbose_name_plural": "run companies",
                "constraints": [models.UniqueConstraint(fields=("run", "company_key"), name="run_company_once")],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("criteria", models.JSONField(default=dict)),
                (
                    "sources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("most_leads", models.PositiveIntegerField(default=100)),
                ("lowest_grade", models.CharField(default="D", max_length=2)),
                ("is_shared", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                ("most_credits", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                (
                    "new_only",
                    models.BooleanField(default=True, help_text="Leave out what the workspace knows already."),
                ),
                (
                    "source_file",
                    leadengine.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="leads.sourcefile",
                    ),
                ),
                (
                    "verify_emails",
                    models.BooleanField(
                        db_default=False, default=False, help_text="Verify the addresses of the leads that it delivers."
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "saved searches",
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "created_by", "name"), name="saved_search_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveIntegerField()),
                ("candidates", models.JSONField()),
                ("next_cursor", models.JSONField(null=True)),
                ("fetched_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "lane",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="leads.lane",
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
            options={
                "constraints": [models.UniqueConstraint(fields=("lane", "sequence"), name="answer_once")],
            },
        ),
        migrations.CreateModel(
            name="SourceFileRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField()),
                (
                    "cells",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                (
                    "file",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="leads.sourcefile",
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
            options={
                "constraints": [models.UniqueConstraint(fields=("file", "line"), name="file_row_once")],
            },
        ),
        migrations.CreateModel(
            name="Stage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=30)),
                ("name", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[("open", "Open"), ("won", "Won"), ("lost", "Lost"), ("disqualified", "Disqualified")],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
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
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace", "key"), name="stage_once")],
            },
        ),
        migrations.CreateModel(
            name="Lead",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=leads.models.keys.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("full_name", models.CharField(blank=True, default="", max_length=200)),
                ("first_name", models.CharField(blank=True, default="", max_length=100)),
                ("last_name", models.CharField(blank=True, default="", max_length=100)),
                (
                    "name_key",
                    models.CharField(
                        help_text="Normalised name of person, or company, for sorting and searching.", max_length=320
                    ),
                ),
                ("title", models.CharField(blank=True, default="", max_length=200)),
                ("seniority", models.CharField(blank=True, default="", max_length=20)),
                ("department", models.CharField(blank=True, default="", max_length=40)),
                ("email", models.CharField(blank=True, default="", max_length=320)),
                (
                    "email_status",
                    models.CharField(
                        choices=[
                            ("unchecked", "Not checked"),
                            ("deliverable", "Deliverable"),
                            ("risky", "Risky"),
                            ("unknown", "Unknown"),
                            ("undeliverable", "Undeliverable"),
                        ],
                        default="unchecked",
                        max_length=14,
                    ),
                ),
                ("email_reason", models.CharField(blank=True, default="", max_length=40)),
                (
                    "email_flags",
                    models.CharField(
                        blank=True, default="", help_text="Comma-separated: role, free, disposable.", max_length=120
                    ),
                ),
                ("email_checked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "phone",
                    models.CharField(
                        blank=True, default="", help_text="E.164 where it parses, else as found.", max_length=40
                    ),
                ),
                ("phone_type", models.CharField(blank=True, default="", max_length=20)),
                ("phone_valid", models.BooleanField(blank=True, null=True)),
                ("linkedin_slug", models.CharField(blank=True, default="", max_length=120)),
                ("country", models.CharField(blank=True, default="", max_length=2)),
                ("region", models.CharField(blank=True, default="", max_length=120)),
                ("city", models.CharField(blank=True, default="", max_length=120)),
                ("do_not_contact", models.BooleanField(default=False)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("won", "Won"), ("lost", "Lost"), ("disqualified", "Disqualified")],
                        default="",
                        help_text="Set with the stage; empty while open.",
                        max_length=12,
                    ),
                ),
                ("outcome_reason", models.CharField(blank=True, default="", max_length=200)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("deal_value", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("deal_currency", models.CharField(blank=True, default="", max_length=3)),
                ("custom", models.JSONField(blank=True, default=dict)),
                ("source", models.CharField(help_text="The source that delivered it first.", max_length=40)),
                ("is_sample", models.BooleanField(default=False, help_text="Invented data.")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "company",
                    leadengine.tenancy.TenantForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="leads.company",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "stage",
                    leadengine.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leads",
                        to="leads.stage",
                    ),
                ),
                (
                    "erased_for",
                    models.CharField(
                        blank=True,
                        choices=[("request", "On request"), ("retention", "Kept long enough")],
                        db_default="",
                        default="",
                        max_length=9,
                    ),
                ),
                (
                    "email_score",
                    models.SmallIntegerField(
                        blank=True,
                        help_text="0..100: how likely mail arrives, where a mail server was asked.",
                        null=True,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "-created_at", "-id"], name="lead_recent"),
                    models.Index(fields=["workspace", "name_key", "id"], name="lead_by_name"),
                    models.Index(fields=["company"], name="lead_by_company"),
                    models.Index(fields=["workspace", "owner", "-created_at", "-id"], name="lead_by_owner"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deal_value__isnull", True),
                            models.Q(("deal_currency", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="lead_deal_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "won", "lost", "disqualified"])), name="lead_outcome"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=40)),
                ("before", models.TextField(blank=True, default="")),
                ("after", models.TextField(blank=True, default="")),
                ("source", models.CharField(max_length=40)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "lead",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="field_changes",
                        to="leads.lead",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["lead", "-changed_at"], name="field_change_lead")],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=40)),
                ("value", models.TextField()),
                ("source", models.CharField(max_length=40)),
                ("url", models.CharField(blank=True, default="", max_length=500)),
                ("confidence", models.FloatField(default=0.5)),
                (
                    "authority",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Guess"), (2, "Provider"), (3, "Customer's file"), (4, "A person's edit")],
                        default=2,
                    ),
                ),
                ("observed_at", models.DateTimeField()),
                ("is_current", models.BooleanField(default=True)),
                (
                    "company",
                    leadengine.tenancy.TenantForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="leads.company",
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
                    "lead",
                    leadengine.tenancy.TenantForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="leads.lead",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "evidence",
                "indexes": [
                    models.Index(condition=models.Q(("lead__isnull", False)), fields=["lead"], name="evidence_lead"),
                    models.Index(
                        condition=models.Q(("company__isnull", False)), fields=["company"], name="evidence_company"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("lead__isnull", True), ("company__isnull", True), _connector="XOR"),
                        name="evidence_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__gte", 0), ("confidence__lte", 1)), name="evidence_confidence"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("delivered", "Delivered"),
                            ("merged", "More evidence"),
                            ("stage", "Stage changed"),
                            ("owner", "Owner changed"),
                            ("note", "Note"),
                            ("call", "Call"),
                            ("email_sent", "E-mail sent"),
                            ("email_opened", "E-mail opened"),
                            ("email_clicked", "Link clicked"),
                            ("email_bounced", "E-mail bounced"),
                            ("email_replied", "Reply"),
                            ("meeting", "Meeting"),
                            ("visit", "Visit to our site"),
                            ("opt_out", "Opted out"),
                            ("edited", "Edited"),
                            ("reported", "Reported as bad data"),
                            ("enriched", "Enriched"),
                            ("checked", "Checked"),
                        ],
                        max_length=16,
                    ),
                ),
                ("text", models.CharField(blank=True, default="", max_length=2000)),
                ("detail", models.JSONField(blank=True, default=dict)),
                ("run_id", models.UUIDField(blank=True, null=True)),
                ("occurred_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "lead",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activities",
                        to="leads.lead",
                    ),
                ),
                ("edit_id", models.UUIDField(blank=True, help_text="The LeadEdit that it is part of.", null=True)),
                (
                    "external_id",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Its number where it was logged from, so that it is logged once.",
                        max_length=120,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "activities",
                "indexes": [
                    models.Index(fields=["lead", "-occurred_at", "-id"], name="activity_timeline"),
                    models.Index(
                        condition=models.Q(("edit_id__isnull", False)), fields=["edit_id"], name="activity_of_edit"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("workspace", "external_id"),
                        name="activity_logged_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "delivered",
                                    "merged",
                                    "stage",
                                    "owner",
                                    "note",
                                    "call",
                                    "email_sent",
                                    "email_opened",
                                    "email_clicked",
                                    "email_bounced",
                                    "email_replied",
                                    "meeting",
                                    "visit",
                                    "opt_out",
                                    "edited",
                                    "reported",
                                    "enriched",
                                    "checked",
                                ],
                            )
                        ),
                        name="activity_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeadIdentity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=400)),
                (
                    "lead",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identities",
                        to="leads.lead",
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
            options={
                "verbose_name_plural": "lead identities",
                "indexes": [models.Index(fields=["lead"], name="lead_identity_lead")],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "kind", "value"), name="lead_identity_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LeadListEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "lead",
                    leadengine.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="list_entries", to="leads.lead"
                    ),
                ),
                (
                    "lead_list",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="leads.leadlist",
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
            options={
                "verbose_name_plural": "lead list entries",
                "constraints": [models.UniqueConstraint(fields=("lead_list", "lead"), name="lead_list_entry_once")],
            },
        ),
        migrations.CreateModel(
            name="MatchKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BigIntegerField()),
                (
                    "lead",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="match_keys",
                        to="leads.lead",
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
            options={
                "indexes": [
                    models.Index(fields=["workspace", "key"], include=("lead",), name="match_key_lookup"),
                    models.Index(fields=["lead"], name="match_key_lead"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Exclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=40)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("duplicate_in_run", "Found twice in this run"),
                            ("already_known", "Known already"),
                            ("suppressed", "On the suppression list"),
                            ("criteria_mismatch", "Does not meet the criteria"),
                            ("low_likelihood", "Too uncertain a match"),
                            ("no_contact", "No way to make contact"),
                            ("invalid_email", "Invalid e-mail address"),
                            ("below_grade", "Below the lowest grade"),
                            ("limit_reached", "The most leads were reached"),
                            ("budget_reached", "The most credits were reached"),
                            ("source_error", "The source's record was unusable"),
                        ],
                        max_length=20,
                    ),
                ),
                ("detail", models.CharField(blank=True, default="", max_length=300)),
                (
                    "label",
                    models.CharField(
                        blank=True, default="", help_text="Whom it is about, as shown on the receipt.", max_length=200
                    ),
                ),
                ("candidate", models.JSONField(blank=True, null=True)),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        blank=True,
                        default=list,
                        help_text="Hashed identities, to judge it again.",
                        size=None,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("included_at", models.DateTimeField(blank=True, null=True)),
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
                    "lane",
                    leadengine.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="exclusions", to="leads.lane"
                    ),
                ),
                (
                    "lead",
                    leadengine.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exclusions",
                        to="leads.lead",
                    ),
                ),
                (
                    "run",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exclusions",
                        to="leads.run",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["run", "reason", "id"], name="exclusion_group"),
                    django.contrib.postgres.indexes.GinIndex(fields=["keys"], name="exclusion_keys"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    "duplicate_in_run",
                                    "already_known",
                                    "suppressed",
                                    "criteria_mismatch",
                                    "low_likelihood",
                                    "no_contact",
                                    "invalid_email",
                                    "below_grade",
                                    "limit_reached",
                                    "budget_reached",
                                    "source_error",
                                ],
                            )
                        ),
                        name="exclusion_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=40)),
                ("unit_price", models.DecimalField(decimal_places=2, max_digits=12)),
                ("grade", models.CharField(blank=True, default="", max_length=2)),
                ("delivered_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reversed_at", models.DateTimeField(blank=True, null=True)),
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
                    "lane",
                    leadengine.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="leads.lane"
                    ),
                ),
                (
                    "lead",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="leads.lead",
                    ),
                ),
                (
                    "run",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="leads.run",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "indexes": [
                    models.Index(fields=["lead", "-delivered_at"], name="delivery_of_lead"),
                    models.Index(fields=["workspace", "-delivered_at"], name="delivery_recent"),
                ],
                "constraints": [models.UniqueConstraint(fields=("run", "lead"), name="delivery_once")],
            },
        ),
        migrations.CreateModel(
            name="Signal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hiring", "Hiring"),
                            ("funding", "Funding"),
                            ("growth", "Growing"),
                            ("shrinking", "Shrinking"),
                            ("expansion", "Expansion"),
                            ("new_in_role", "New in role"),
                            ("technology", "New technology"),
                            ("news", "In the news"),
                            ("connected", "Connected on LinkedIn"),
                        ],
                        max_length=20,
                    ),
                ),
                ("observed_on", models.DateField()),
                ("detail", models.CharField(blank=True, default="", max_length=200)),
                ("source", models.CharField(max_length=40)),
                ("url", models.CharField(blank=True, default="", max_length=500)),
                (
                    "company",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signals",
                        to="leads.company",
                    ),
                ),
                (
                    "lead",
                    leadengine.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signals",
                        to="leads.lead",
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("company", "lead", "kind", "observed_on", "detail"),
                        name="signal_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("domain", "Domain"),
                            ("phone", "Phone"),
                            ("linkedin", "LinkedIn"),
                            ("record", "Record of a source"),
                        ],
                        max_length=8,
                    ),
                ),
                ("digest", models.BinaryField(max_length=32)),
                ("note", models.CharField(blank=True, default="", help_text="Why; no personal data.", max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "kind", "digest"), name="suppression_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
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
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace", "name"), name="tag_once")],
            },
        ),
        migrations.CreateModel(
            name="LeadTag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "lead",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tags",
                        to="leads.lead",
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
                    "tag",
                    leadengine.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="leads", to="leads.tag"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("lead", "tag"), name="lead_tag_once")],
            },
        ),
        migrations.CreateModel(
            name="DiscardedGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("tag", "Tag"), ("list", "List")], max_length=4)),
                ("name", models.CharField(max_length=80)),
                ("created_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lead_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "merged_into",
                    models.BigIntegerField(blank=True, help_text="The tag that took its leads, if one did.", null=True),
                ),
                (
                    "gained_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(),
                        blank=True,
                        default=list,
                        help_text="The leads that the other tag did not have before.",
                        size=None,
                    ),
                ),
                ("discarded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            options={
                "indexes": [models.Index(fields=["discarded_at"], name="discarded_when")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", ["tag", "list"])), name="discarded_kind")
                ],
            },
        ),
        migrations.CreateModel(
            name="LeadEdit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=leads.models.keys.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        choices=[
                            ("stage", "Stage"),
                            ("owner", "Owner"),
                            ("tag", "Tag"),
                            ("list", "List"),
                            ("outcome", "Outcome"),
                            ("untag", "Tag taken off"),
                            ("unlist", "Taken off a list"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "value_id",
                    models.BigIntegerField(
                        blank=True, help_text="Stage, user, tag or list; empty for nobody.", null=True
                    ),
                ),
                ("words", models.CharField(help_text="What was done, for people.", max_length=120)),
                ("changed", models.PositiveIntegerField(default=0, help_text="How many leads it changed.")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("field__in", ["stage", "owner", "tag", "list", "outcome", "untag", "unlist"])
                        ),
                        name="lead_edit_field",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("query", models.TextField(blank=True, default="", help_text="Canonical text; “me” is whoever looks.")),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        help_text="Empty: one's own.",
                        size=None,
                    ),
                ),
                ("sort", models.CharField(blank=True, default="", max_length=20)),
                ("is_shared", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=("workspace", "owner", "name"),
                        name="saved_view_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RunWatcher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "run",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="watchers",
                        to="leads.run",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            options={
                "constraints": [models.UniqueConstraint(fields=("run", "user"), name="run_watcher_once")],
            },
        ),
        migrations.CreateModel(
            name="SearchSchedule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("code", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "act",
                    models.CharField(
                        choices=[("run", "Run it"), ("alert", "Only tell me how many are new")],
                        default="run",
                        max_length=5,
                    ),
                ),
                (
                    "every",
                    models.CharField(
                        choices=[("daily", "Daily"), ("weekly", "Weekly"), ("monthly", "Monthly")],
                        default="weekly",
                        max_length=7,
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        default=0, validators=[django.core.validators.MaxValueValidator(6)]
                    ),
                ),
                (
                    "monthday",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(28),
                        ],
                    ),
                ),
                (
                    "hour",
                    models.PositiveSmallIntegerField(
                        default=7, validators=[django.core.validators.MaxValueValidator(23)]
                    ),
                ),
                (
                    "most_leads",
                    models.PositiveIntegerField(
                        default=25,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10000),
                        ],
                    ),
                ),
                (
                    "most_credits_a_month",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
                ("next_at", models.DateTimeField()),
                (
                    "note",
                    models.CharField(
                        blank=True, default="", help_text="Why it did not run, for people.", max_length=300
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "search",
                    leadengine.tenancy.TenantOneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="schedule", to="leads.savedsearch"
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
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "running"])), fields=["due_at"], name="schedule_due"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="schedule_weekday"),
                    models.CheckConstraint(
                        condition=models.Q(("monthday__gte", 1), ("monthday__lte", 28)), name="schedule_monthday"
                    ),
                    models.CheckConstraint(condition=models.Q(("hour__lte", 23)), name="schedule_hour"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProviderHealth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(max_length=40)),
                ("key_digest", models.CharField(blank=True, default="", max_length=64)),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("untried", "Not asked yet"),
                            ("working", "Working"),
                            ("slow", "Slow"),
                            ("waiting", "Asks us to wait"),
                            ("unavailable", "Does not answer"),
                            ("out_of_credits", "Out of credits"),
                            ("key_refused", "Key refused"),
                        ],
                        default="untried",
                        max_length=16,
                    ),
                ),
                ("gate", models.JSONField(default=dict, help_text="Rate limits and breaker (leadengine/gating.py).")),
                ("asked", models.PositiveBigIntegerField(default=0)),
                ("milliseconds", models.PositiveIntegerField(default=0, help_text="Of an answer, lately.")),
                ("last_answer_at", models.DateTimeField(blank=True, null=True)),
                ("last_error", models.CharField(blank=True, default="", max_length=300)),
                ("last_error_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "provider health",
                "constraints": [
                    models.UniqueConstraint(fields=("provider", "key_digest"), name="provider_health_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "standing__in",
                                [
                                    "untried",
                                    "working",
                                    "slow",
                                    "waiting",
                                    "unavailable",
                                    "out_of_credits",
                                    "key_refused",
                                ],
                            )
                        ),
                        name="provider_health_standing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProviderKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("provider", models.CharField(max_length=40)),
                ("sealed", models.TextField()),
                (
                    "digest",
                    models.CharField(
                        help_text="Keyed, to find how it fares; nobody can read the key from it.", max_length=64
                    ),
                ),
                (
                    "ending",
                    models.CharField(help_text="The last characters, by which people know it again.", max_length=4),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("untried", "Not asked yet"),
                            ("working", "Working"),
                            ("slow", "Slow"),
                            ("waiting", "Asks us to wait"),
                            ("unavailable", "Does not answer"),
                            ("out_of_credits", "Out of credits"),
                            ("key_refused", "Key refused"),
                        ],
                        default="untried",
                        max_length=16,
                    ),
                ),
                ("said", models.CharField(blank=True, default="", max_length=300)),
                ("credits_left", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("tested_at", models.DateTimeField(blank=True, null=True)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=["due_at"],
                        name="provider_key_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "provider"), name="provider_key_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "standing__in",
                                [
                                    "untried",
                                    "working",
                                    "slow",
                                    "waiting",
                                    "unavailable",
                                    "out_of_credits",
                                    "key_refused",
                                ],
                            )
                        ),
                        name="provider_key_standing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkedInConnection",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=leads.models.keys.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sealed", models.TextField(help_text="Access and refresh token.")),
                ("ends_at", models.DateTimeField(help_text="Of the access token.")),
                ("refresh_ends_at", models.DateTimeField(blank=True, null=True)),
                ("scopes", models.CharField(blank=True, default="", max_length=300)),
                (
                    "account",
                    models.CharField(blank=True, default="", help_text="URN of the ad account.", max_length=60),
                ),
                ("account_name", models.CharField(blank=True, default="", max_length=200)),
                ("since", models.DateField(help_text="Runs are given responses from this day on.")),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("untried", "Not asked yet"),
                            ("working", "Working"),
                            ("slow", "Slow"),
                            ("waiting", "Asks us to wait"),
                            ("unavailable", "Does not answer"),
                            ("out_of_credits", "Out of credits"),
                            ("key_refused", "Key refused"),
                        ],
                        default="working",
                        max_length=16,
                    ),
                ),
                ("said", models.CharField(blank=True, default="", max_length=300)),
                ("webhook", models.CharField(blank=True, default="", max_length=60)),
                ("challenged_at", models.DateTimeField(blank=True, null=True)),
                ("event_at", models.DateTimeField(blank=True, null=True)),
                ("connected_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "connected_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                (
                    "most_credits_a_month",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                    ),
                ),
                (
                    "offered",
                    models.JSONField(
                        blank=True, default=list, help_text="The ad accounts that LinkedIn named: URN and name."
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("workspace",), name="linkedin_connection_once")],
            },
        ),
        migrations.CreateModel(
            name="LinkedInEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("response", models.CharField(help_text="LinkedIn's id; it names nobody.", max_length=120)),
                ("action", models.CharField(choices=[("CREATED", "Sent in"), ("DELETED", "Deleted")], max_length=8)),
                ("occurred_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
                ("claimed", models.BooleanField(default=False)),
                ("cursor", models.JSONField(blank=True, default=dict)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("epoch", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, default="", max_length=300)),
                ("stalls", models.PositiveSmallIntegerField(default=0)),
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
                (
                    "taken_at",
                    models.DateTimeField(
                        blank=True, help_text="When a worker last took it: the measure of fairness.", null=True
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "response", "action"), name="linkedin_event_once")
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=["due_at"],
                        name="linkedin_event_due",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CompanyChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.CharField(help_text="The columns that are chosen together.", max_length=40)),
                ("text", models.CharField(max_length=500)),
                ("before", models.JSONField(help_text="What stood in these columns.")),
                (
                    "evidence_id",
                    models.BigIntegerField(blank=True, help_text="The evidence that was in use before.", null=True),
                ),
                ("occurred_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "company",
                    leadengine.tenancy.TenantForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="choices", to="leads.company"
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
            options={
                "indexes": [models.Index(fields=["company", "group", "-id"], name="company_choice_last")],
            },
        ),
        migrations.CreateModel(
            name="Purchase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.PositiveIntegerField()),
                ("number", models.PositiveSmallIntegerField(help_text="Of people.")),
                (
                    "people",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("at_most", models.DecimalField(decimal_places=2, max_digits=12)),
                ("credits", models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=12)),
                ("is_assumed", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("answered", "Answered"),
                            ("unknown", "Not known whether charged"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                (
                    "said",
                    models.CharField(
                        blank=True, default="", help_text="Why it is not known, for people.", max_length=300
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lane",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="purchases",
                        to="leads.lane",
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
                    "left",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="In credits of the provider, by its own word.",
                        max_digits=12,
                        null=True,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["workspace", "asked_at"], name="purchase_recent")],
                "constraints": [
                    models.UniqueConstraint(fields=("lane", "sequence"), name="purchase_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "answered", "unknown"])), name="purchase_state"
                    ),
                ],
            },
        ),
        TenantWalls(
            "company",
            "stage",
            "lead",
            "tag",
            "leadlist",
            "sourcefile",
            "run",
            "lane",
            "companyidentity",
            "signal",
            "leadidentity",
            "matchkey",
            "leadtag",
            "leadlistentry",
            "customfield",
            "savedsearch",
            "sourcefilerow",
            "runcompany",
            "sourceanswer",
            "delivery",
            "exclusion",
            "evidence",
            "fieldchange",
            "activity",
            "savedview",
            "leadedit",
            "runwatcher",
            "searchschedule",
            "companychoice",
            "purchase",
        ),
        WithoutWallTarget(
            "activity",
            "companyidentity",
            "delivery",
            "evidence",
            "exclusion",
            "fieldchange",
            "leadidentity",
            "leadlistentry",
            "leadtag",
            "matchkey",
            "runcompany",
            "signal",
            "sourceanswer",
            "sourcefilerow",
            "companychoice",
            "purchase",
        ),
    ]
