"""LinkedIn: the connection of a workspace, what its webhook told, and the day of a connection as a signal."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import leads.models.keys


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0008_retention_that_was_chosen"),
        ("leads", "0014_providers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="signal",
            name="kind",
            field=models.CharField(
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "response", "action"), name="linkedin_event_once")
                ],
            },
        ),
    ]
