"""The tables of enrichment as their migrations left them, with the walls between workspaces."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import leadengine.tenancy
from leadengine.tenant_walls import TenantWalls, WithoutWallTarget


class Migration(migrations.Migration):
    replaces = [
        ("enrichment", "0001_initial"),
        ("enrichment", "0002_email_checks"),
        ("enrichment", "0003_domain_technology"),
        ("enrichment", "0005_outside_answers"),
        ("enrichment", "0006_help_of_a_known_check"),
        ("enrichment", "0007_opinion_choices"),
        ("enrichment", "0008_lookups"),
    ]

    initial = True

    dependencies = [
        ("billing", "0010_answers_epoch"),
        ("leads", "0018_purchases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Memory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("dns", "DNS answer"),
                            ("mailbox", "Mailbox verdict"),
                            ("catch_all", "Domain takes any recipient"),
                            ("unresolved", "Mail exchangers not found"),
                            ("block", "Provider blocks us"),
                            ("cut_off", "No name can be looked up"),
                            ("self_test", "Test of our own ways"),
                        ],
                        max_length=10,
                    ),
                ),
                ("key", models.CharField(max_length=300)),
                ("facts", models.JSONField()),
                ("learned_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["expires_at"], name="memory_by_end")],
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="memory_once")],
            },
        ),
        migrations.CreateModel(
            name="EmailCheck",
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
                ("email", models.CharField(max_length=320)),
                ("key", models.UUIDField(default=uuid.uuid4)),
                (
                    "price",
                    models.DecimalField(decimal_places=2, help_text="Credits, as the button named it.", max_digits=12),
                ),
                ("charged", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("verdict", models.JSONField(blank=True, null=True)),
                ("is_invented", models.BooleanField(default=False, help_text="Answered by the sandbox.")),
                (
                    "is_known",
                    models.BooleanField(
                        default=False,
                        help_text="A certain verdict was there already, or somebody else came to one meanwhile: nothing is charged.",
                    ),
                ),
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
                    "lead",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="email_checks",
                        to="leads.lead",
                    ),
                ),
                (
                    "run",
                    leadengine.tenancy.TenantForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="email_checks",
                        to="leads.run",
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
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=["due_at"],
                        name="email_check_due",
                    ),
                    models.Index(fields=["lead", "-created_at"], name="email_check_of_lead"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "key"), name="email_check_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=("lead",),
                        name="email_check_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DomainTechnology",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("domain", models.CharField(max_length=253)),
                ("vendor", models.CharField(max_length=120)),
                ("category", models.CharField(blank=True, default="", max_length=60)),
                ("confidence", models.FloatField()),
                ("evidence", models.CharField(max_length=400)),
                ("first_seen", models.DateTimeField()),
                ("last_seen", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "domain technologies",
                "constraints": [
                    models.UniqueConstraint(fields=("domain", "vendor"), name="domain_technology_once"),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__gte", 0), ("confidence__lte", 1)),
                        name="domain_technology_sure",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutsideAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=64)),
                ("facts", models.JSONField(null=True)),
                (
                    "credits",
                    models.DecimalField(decimal_places=2, default=0, help_text="Of the provider's own.", max_digits=10),
                ),
                ("asked_for", models.UUIDField(null=True)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
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
                "indexes": [models.Index(fields=["expires_at"], name="outside_answer_by_end")],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "subject", "provider"), name="outside_answer_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="OpinionChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(max_length=40)),
                ("is_asked", models.BooleanField()),
                ("chosen_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                "constraints": [models.UniqueConstraint(fields=("workspace", "provider"), name="opinion_choice_once")],
            },
        ),
        migrations.CreateModel(
            name="Lookup",
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
                ("kind", models.CharField(choices=[("email", "E-mail address"), ("line", "Phone line")], max_length=5)),
                ("about", models.CharField(max_length=260)),
                ("key", models.UUIDField(default=uuid.uuid4)),
                (
                    "price",
                    models.DecimalField(decimal_places=2, help_text="Credits, as the button named it.", max_digits=12),
                ),
                ("charged", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                ("result", models.JSONField(blank=True, null=True)),
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
                    "lead",
                    leadengine.tenancy.TenantForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lookups",
                        to="leads.lead",
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
                        condition=models.Q(("state__in", ["queued", "running"])), fields=["due_at"], name="lookup_due"
                    ),
                    models.Index(fields=["lead", "kind", "-created_at"], name="lookup_of_lead"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "key"), name="lookup_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=("lead", "kind"),
                        name="lookup_one_open",
                    ),
                    models.CheckConstraint(condition=models.Q(("kind__in", ["email", "line"])), name="lookup_kind"),
                ],
            },
        ),
        TenantWalls(
            "emailcheck",
            "lookup",
        ),
        WithoutWallTarget(
            "lookup",
        ),
    ]
