"""The bell: notifications, where each person wants to be told of what, and the workspace's time zone."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0006_display"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="notices",
            field=models.JSONField(
                blank=True,
                db_default=models.Value({}, models.JSONField()),
                default=dict,
                help_text="Where told otherwise than by default.",
            ),
        ),
        migrations.AddField(
            model_name="workspace",
            name="time_zone",
            field=models.CharField(
                db_default="UTC",
                default="UTC",
                help_text="Hours of schedules and months of caps are in it.",
                max_length=50,
            ),
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("run_finished", "A run is finished"),
                            ("run_stopped", "A run was stopped"),
                            ("run_failed", "A run failed"),
                            ("schedule_blocked", "A schedule did not run"),
                            ("new_matches", "New people match a saved search"),
                            ("credits_low", "Credits are low"),
                        ],
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("text", models.CharField(blank=True, default="", max_length=400)),
                ("url", models.CharField(help_text="The page it is about: a path of this site.", max_length=200)),
                ("in_bell", models.BooleanField(default=True)),
                ("mail_due", models.BooleanField(default=False, help_text="Still to be sent by e-mail.")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="billing.workspace",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["workspace", "user", "-created_at", "-id"], name="notification_recent"),
                    models.Index(
                        condition=models.Q(("in_bell", True), ("read_at", None)),
                        fields=["workspace", "user"],
                        name="notification_unread",
                    ),
                    models.Index(
                        condition=models.Q(("mail_due", True)), fields=["created_at"], name="notification_mail"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "run_finished",
                                    "run_stopped",
                                    "run_failed",
                                    "schedule_blocked",
                                    "new_matches",
                                    "credits_low",
                                ],
                            )
                        ),
                        name="notification_kind",
                    )
                ],
            },
        ),
    ]
